"""A sheet before it is written: cells, merges, and how it goes into a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Cell = str | int | float | None


@dataclass
class Grid:
    """One sheet. ``rows`` start with ``heads`` rows of headings; merges are (row, column) pairs
    from 0, both ends included."""

    name: str
    rows: list[list[Cell]]
    heads: int
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    widths: dict[int, float] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)  # what each data row is about, for the truth

    @property
    def titles(self) -> list[Cell]:
        """The lowest heading of each column."""
        found: list[Cell] = []
        for column in range(len(self.rows[self.heads - 1])):
            cells = [self.rows[row][column] for row in range(self.heads) if self.rows[row][column]]
            found.append(cells[-1] if cells else None)
        return found

    def column(self, title: str) -> int:
        """Where a heading stands."""
        return self.titles.index(title)


@dataclass
class Book:
    """A workbook: where it goes in the folder, and its sheets."""

    path: str
    grids: list[Grid]


def column_name(column: int) -> str:
    """The letters of a 0-based column.

    >>> column_name(0), column_name(27)
    ('A', 'AB')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """The cell's name, from 0-based places.

    >>> address(4, 27)
    'AB5'
    """
    return f"{column_name(column)}{row + 1}"


def table(name: str, titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Grid:
    """A plain sheet with one row of headings."""
    return Grid(name, [list(titles), *(list(row) for row in rows)], 1)
