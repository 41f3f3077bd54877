"""Writes a workbook: with formats where a sheet has merges, else the plain and fast way."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from bianzhi.sample.sheets.grid import Book, Grid
from bianzhi.sample.sheets.plain import write_plain

MADE = datetime(2026, 1, 5)  # noqa: DTZ001  the same properties for the same seed


def write(book: Book, folder: Path) -> None:
    """Write a workbook into the folder."""
    path = folder / book.path
    path.parent.mkdir(parents=True, exist_ok=True)
    if not any(grid.merges for grid in book.grids):
        write_plain(path, book.grids)
        return
    options: dict[str, Any] = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        workbook.set_properties({"created": MADE})
        head = workbook.add_format(
            {"bold": True, "align": "center", "valign": "vcenter", "border": 1, "text_wrap": True}
        )
        body = workbook.add_format({"valign": "vcenter", "border": 1})
        for grid in book.grids:
            _sheet(workbook, grid, head, body)


def _sheet(workbook: Any, grid: Grid, head: Any, body: Any) -> None:
    sheet = workbook.add_worksheet(grid.name)
    for column, width in grid.widths.items():
        sheet.set_column(column, column, width)
    for row, cells in enumerate(grid.rows):
        style = head if row < grid.heads else body
        for column, value in enumerate(cells):
            if value is None or value == "":
                sheet.write_blank(row, column, None, style)
            elif isinstance(value, str):
                sheet.write_string(row, column, value, style)
            else:
                sheet.write_number(row, column, value, style)
    for first_row, first, last_row, last in grid.merges:
        style = head if first_row < grid.heads else body
        sheet.merge_range(first_row, first, last_row, last, grid.rows[first_row][first], style)
    sheet.freeze_panes(grid.heads, 0)
