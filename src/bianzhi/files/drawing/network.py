"""Who is tied to whom: names round an oval, a line a tie, thicker where there are more.

The places are fixed by the order of the names, so the same ties give the same drawing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import cos, pi

from bianzhi.files.drawing.words import GREY, INK, cut, whole, wide, word

WIDTH, EDGE, NODE, RING = 600.0, 24.0, 4.0, 12.0
AT = 0.3  # how far along its line a number stands: in the middle they would lie on each other
MOST = 14  # characters of a name
THIN, THICK = 0.8, 5.0


def network(
    names: Sequence[str], ties: Mapping[tuple[int, int], int], told: Mapping[tuple[int, int], str],
) -> str:  # fmt: skip
    """The drawing.

    Args:
        names: In the order they go round.
        ties: (place, other place) -> how many; a place with itself is a ring at the name.
        told: What is written at a tie, for those that get a number.
    """
    shown = [cut(name, MOST) for name in names]
    height = max(240.0, 44.0 * (len(names) + 1) / 2 + 2 * EDGE)
    reach = WIDTH / 2 - EDGE - max((wide(name) for name in shown), default=0.0)
    places = [_place(at, len(names), max(reach, 90.0), height) for at in range(len(names))]
    most = max(ties.values(), default=1)
    lines = [_tie(places, pair, number / most, height) for pair, number in sorted(ties.items())]
    numbers = [_number(places, pair, words, height) for pair, words in sorted(told.items())]
    nodes = [_node(place, name) for place, name in zip(places, shown, strict=True)]
    return whole(WIDTH, height, [*lines, *nodes, *numbers])


def _place(at: int, count: int, reach: float, height: float) -> tuple[float, float]:
    """Half go down the right side and half up the left, evenly in height so no names collide."""
    half = (count + 1) // 2
    side = 1 if at < half else -1
    row = at if side == 1 else count - 1 - at
    rows = half if side == 1 else count - half
    turn = pi * (row + 0.5) / rows - pi / 2  # from the top of the oval to its foot
    return (
        WIDTH / 2 + side * reach * (0.7 + 0.3 * cos(turn)),
        EDGE + (row + 0.5) / rows * (height - 2 * EDGE),
    )


def _tie(
    places: Sequence[tuple[float, float]], pair: tuple[int, int], share: float, height: float
) -> str:
    (x1, y1), (x2, y2) = places[pair[0]], places[pair[1]]
    look = f'fill="none" stroke="{GREY}" stroke-width="{THIN + (THICK - THIN) * share:.2f}"'
    if pair[0] == pair[1]:
        return f'<circle cx="{x1 + _inward(x1):.1f}" cy="{y1:.1f}" r="{RING:g}" {look}/>'
    cx, cy = _bend(places, pair, height)
    return f'<path d="M{x1:.1f} {y1:.1f}Q{cx:.1f} {cy:.1f} {x2:.1f} {y2:.1f}" {look}/>'


def _inward(x: float) -> float:
    """Where the middle of a ring lies from its name's dot: towards the middle of the drawing."""
    return -RING - NODE if x > WIDTH / 2 else RING + NODE


def _bend(
    places: Sequence[tuple[float, float]], pair: tuple[int, int], height: float
) -> tuple[float, float]:
    """The lines bend towards the middle, so that neighbours do not run along the rim."""
    (x1, y1), (x2, y2) = places[pair[0]], places[pair[1]]
    return (x1 + x2) / 4 + WIDTH / 4, (y1 + y2) / 4 + height / 4


def _number(
    places: Sequence[tuple[float, float]], pair: tuple[int, int], words: str, height: float
) -> str:
    (x1, y1), (x2, y2) = places[pair[0]], places[pair[1]]
    cx, cy = _bend(places, pair, height)
    x = (1 - AT) ** 2 * x1 + 2 * AT * (1 - AT) * cx + AT**2 * x2
    y = (1 - AT) ** 2 * y1 + 2 * AT * (1 - AT) * cy + AT**2 * y2
    if pair[0] == pair[1]:
        return word(x1 + _inward(x1), y1 + 4, words, "middle", 11)
    half = wide(words, 11) / 2 + 2
    box = (
        f'<rect x="{x - half:.1f}" y="{y - 8:.1f}" width="{2 * half:.1f}" height="15" '
        'fill="#ffffff"/>'
    )
    return box + word(x, y + 4, words, "middle", 11)


def _node(place: tuple[float, float], name: str) -> str:
    x, y = place
    right = x > WIDTH / 2
    dot = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{NODE:g}" fill="{INK}"/>'
    return dot + word(x + (9 if right else -9), y + 4, name, "start" if right else "end")
