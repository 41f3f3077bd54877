"""Bars that lie, one a line, each with its name before it and its number behind it: no scale is
needed, and long Chinese names have room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bianzhi.files.drawing.words import INK, cut, whole, wide, word

WIDTH, PITCH, THICK, GAP, TOP = 520.0, 26.0, 16.0, 8.0, 8.0
MOST = 20  # characters of a name


class Bar(NamedTuple):
    """A bar: its name, its length (not below 0), its number as it is written."""

    name: str
    length: float
    told: str


def bars(given: Sequence[Bar], fill: str = INK) -> str:
    """The drawing; the longest bar takes the width that names and numbers leave."""
    names = [cut(each.name, MOST) for each in given]
    left = max((wide(name) for name in names), default=0.0) + 2 * GAP
    right = max((wide(each.told) for each in given), default=0.0) + 2 * GAP
    longest = max((each.length for each in given), default=0.0) or 1.0
    parts = []
    for place, (name, each) in enumerate(zip(names, given, strict=True)):
        top = TOP + place * PITCH
        long = (WIDTH - left - right) * each.length / longest
        parts += [
            word(left - GAP, top + 13, name, "end"),
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{long:.1f}" height="{THICK:g}" '
            f'fill="{fill}"/>',
            word(left + long + GAP, top + 13, each.told),
        ]
    foot = TOP + len(given) * PITCH
    parts.append(f'<path d="M{left:.1f} {TOP - 4:.1f}V{foot:.1f}" stroke="{INK}"/>')
    return whole(WIDTH, foot + TOP, parts)
