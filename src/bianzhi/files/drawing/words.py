"""Words on a drawing: where they stand, and about how wide they are."""

from __future__ import annotations

from html import escape

FAMILY = "Noto Sans CJK SC, SimHei, Microsoft YaHei, sans-serif"
INK, GREY, PALE = "#333333", "#777777", "#d9d9d9"


def wide(words: str, size: float = 12) -> float:
    """About how many pixels words take.

    >>> wide("ab"), wide("编办")
    (14.0, 24.0)
    """
    return float(sum(size if ord(each) > 255 else size * 7 / 12 for each in words))


def word(x: float, y: float, words: str, anchor: str = "start", size: float = 12) -> str:
    """Words at a place: ``anchor`` is start, middle or end."""
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"'
    larger = "" if size == 12 else f' font-size="{size:g}"'
    return f'<text {place}{larger} fill="{INK}">{escape(words)}</text>'


def cut(words: str, most: int) -> str:
    """Words no longer than so many characters, with … where some are left out."""
    return words if len(words) <= most else words[: most - 1] + "…"


def whole(width: float, height: float, parts: list[str]) -> str:
    """A drawing of some parts on white."""
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FAMILY}" font-size="12">'
    back = f'<rect width="{width:g}" height="{height:g}" fill="#ffffff"/>'
    return "\n".join([head, back, *parts, "</svg>", ""])
