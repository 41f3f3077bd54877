"""A sheet before it is written: cells, merges, and how it goes into a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

Cell = str | int | float | None
MADE = datetime(2026, 1, 5)  # noqa: DTZ001  the same bytes of properties for the same seed


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


def address(row: int, column: int) -> str:
    """The cell's name, from 0-based places.

    >>> address(4, 27)
    'AB5'
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def write(book: Book, folder: Path) -> None:
    """Write a workbook."""
    path = folder / book.path
    path.parent.mkdir(parents=True, exist_ok=True)
    plain = all(not grid.merges for grid in book.grids)
    options: dict[str, Any] = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), {**options, "constant_memory": plain}) as workbook:
        workbook.set_properties({"created": MADE})
        head = workbook.add_format(
            {"bold": True, "align": "center", "valign": "vcenter", "border": 1, "text_wrap": True}
        )
        body = workbook.add_format({"valign": "vcenter", "border": 1}) if not plain else None
        for grid in book.grids:
            _sheet(workbook, grid, head, body)


def _sheet(workbook: Any, grid: Grid, head: Any, body: Any) -> None:
    sheet = workbook.add_worksheet(grid.name)
    for column, width in grid.widths.items():
        sheet.set_column(column, column, width)
    for row, cells in enumerate(grid.rows):
        style = head if row < grid.heads else body
        for column, value in enumerate(cells):
            if value is not None and value != "":
                if isinstance(value, str):
                    sheet.write_string(row, column, value, style)
                else:
                    sheet.write_number(row, column, value, style)
            elif style is not None and grid.merges:
                sheet.write_blank(row, column, None, style)
    for first_row, first, last_row, last in grid.merges:
        style = head if first_row < grid.heads else body
        sheet.merge_range(first_row, first, last_row, last, grid.rows[first_row][first], style)
    sheet.freeze_panes(grid.heads, 0)


def table(name: str, titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Grid:
    """A plain sheet with one row of headings."""
    return Grid(name, [list(titles), *(list(row) for row in rows)], 1)
