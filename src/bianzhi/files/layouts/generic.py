"""Any table of the office as a workbook, with its day and 口径."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bianzhi.files.layouts.tree import Column, Layout
from bianzhi.files.layouts.writer import write_layout

_SAMPLE = 500


def table(
    title: str,
    columns: Sequence[tuple[str, str]],
    rows: Iterable[Mapping[str, Any]],
    basis: str,
    *,
    paper: str = "A4",
) -> bytes:
    """An .xlsx of a table.

    Args:
        title: Written over it, and the sheet's name.
        columns: (field, heading); a heading ``核定/行政`` makes merged headings.
        rows: Field -> value: text, number, Decimal, day, flag or list.
        basis: The day and the 口径, written under the title.
        paper: A3 or A4, landscape.
    """
    held = list(rows)
    made = tuple(
        Column(tuple(heading.split("/")), field, _width(heading, field, held))
        for field, heading in columns
    )
    name = columns[0][0] if columns else ""
    return write_layout(Layout(title, title, made, name, "", paper), held, basis=basis, sums=False)


def _width(heading: str, field: str, rows: Sequence[Mapping[str, Any]]) -> int:
    """Wide enough for most values; a Chinese character takes two places."""
    texts = [str(row.get(field, "")) for row in rows[:_SAMPLE]]
    longest = max((_places(text) for text in texts), default=0)
    return max(6, min(46, max(longest, _places(heading.rpartition("/")[2])) + 2))


def _places(text: str) -> int:
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text[:60])
