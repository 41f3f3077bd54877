"""Tables as a workbook: a sheet a table, headings frozen, numbers as numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any, NamedTuple

from django.http import HttpResponse
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from bianzhi.office.access.downloads import XLSX, saved


class Sheet(NamedTuple):
    """One table: its title, its headings, its rows, and a line that says the basis (口径)."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Any]]
    basis: str = ""


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """The workbook as a file. Text stays text: nothing a user typed becomes a formula or a link."""
    out = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
               "in_memory": True}  # fmt: skip
    with Workbook(out, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        for sheet in sheets:
            _fill(book.add_worksheet(sheet.title[:31]), sheet, bold)
    return out.getvalue()


def _fill(page: Worksheet, sheet: Sheet, bold: Any) -> None:
    widths = [_width(heading) for heading in sheet.headings]
    page.write_string(0, 0, sheet.basis)
    page.write_row(1, 0, sheet.headings, bold)
    for line, row in enumerate(sheet.rows, 2):
        for column, value in enumerate(row):
            _cell(page, line, column, value)
            widths[column] = max(widths[column], _width(value))
    for column, width in enumerate(widths):
        page.set_column(column, column, min(width + 2, 60))
    page.freeze_panes(2, 0)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(1)


def _cell(page: Worksheet, line: int, column: int, value: Any) -> None:
    if isinstance(value, Decimal | int):
        page.write_number(line, column, float(value))
    elif value not in (None, ""):
        page.write_string(line, column, str(value))


def _width(value: Any) -> int:
    """About how many columns a value takes: a Chinese character takes two."""
    text = "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
    return sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)


def download(name: str, sheets: Iterable[Sheet]) -> HttpResponse:
    """The workbook as an answer that the browser saves."""
    return saved(workbook(sheets), f"{name}.xlsx", XLSX)
