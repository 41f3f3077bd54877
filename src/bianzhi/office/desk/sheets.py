"""A table as an Excel workbook: title, day, 口径, heads, rows. Text never becomes a formula."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.http import HttpRequest, HttpResponse

from bianzhi.core.errors import Refusal
from bianzhi.office.access.downloads import XLSX, saved
from bianzhi.office.desk.asking import AS, Asked

MOST = 300_000  # rows of a workbook: more than Excel opens with patience, less than its limit
CHARACTERS = 32_767  # Excel's limit of a cell


@dataclass(frozen=True)
class Column:
    """A column of an exported table: its head, its width in characters."""

    head: str
    width: int = 12


def wanted(request: HttpRequest) -> bool:
    """Whether the address asks for a workbook (``as=xlsx``)."""
    return request.GET.get(AS) == "xlsx"


def basis(asked: Asked) -> str:
    """Day and 口径 in one line, as the page says them."""
    later = "最新" if asked.is_latest else f"其后入账的 {asked.later} 号不计"
    return (
        f"口径：{asked.day}（{asked.when}），截至第 {asked.state.known} 号变更（{later}）"
        "；空编 = 核定 − 实有 − 待上编 − 预留"
    )


def workbook(
    asked: Asked, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]], total: int
) -> HttpResponse:
    """The answer that is the workbook.

    Args:
        asked: The viewpoint; its day goes into the sheet and the name of the file.
        title: Stands above the table.
        columns: The heads.
        rows: As long as the heads; Decimal, int, date, text or None in each cell.
        total: How many rows.

    Raises:
        Refusal: There are more rows than a workbook should have.
    """
    made = io.BytesIO()
    write(made, title, basis(asked), columns, rows, total)
    return handed_over(made.getvalue(), title, asked)


def refuse_more(total: int, most: int = MOST) -> None:
    """Go on only if so many rows go into one workbook.

    Raises:
        Refusal: There are more.
    """
    if total > most:
        raise Refusal.of(
            "too-many-rows", f"共 {total} 行，一个工作簿最多导出 {most} 行", "请先筛选，再导出"
        )


def handed_over(content: bytes, title: str, asked: Asked) -> HttpResponse:
    """A workbook as the answer, named after its title and day."""
    return saved(content, f"{title} {asked.day}.xlsx", XLSX)


def write(
    to: io.BytesIO, title: str, basis: str, columns: Sequence[Column],
    rows: Iterable[Sequence[Any]], total: int,
) -> None:  # fmt: skip
    """Write a workbook; arguments as for :func:`workbook`, the basis in words.

    Raises:
        Refusal: There are more rows than a workbook should have.
    """
    if total > MOST:
        raise Refusal.of(
            "too-many-rows", f"共 {total} 行，一个工作簿最多导出 {MOST} 行", "请先筛选，再导出"
        )
    book = xlsxwriter.Workbook(
        to, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet()
    looks = {
        name: book.add_format({"font_size": 10, **look}) for name, look in _LOOKS.items()
    }  # fmt: skip
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
    sheet.write_string(0, 0, title, looks["title"])
    sheet.write_string(1, 0, basis, looks["basis"])
    for place, column in enumerate(columns):
        sheet.write_string(2, place, column.head, looks["head"])
    last = 2
    for last, row in enumerate(rows, 3):
        for place, value in enumerate(row):
            _cell(sheet, last, place, value, looks)
    sheet.freeze_panes(3, 0)
    sheet.repeat_rows(2)
    sheet.set_landscape()
    sheet.set_paper(8 if len(columns) > 12 else 9)  # A3 or A4
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    if last > 2:
        sheet.autofilter(2, 0, last, len(columns) - 1)
    book.close()


_LINE = {"border": 1, "border_color": "#999999", "valign": "top"}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16},
    "basis": {"font_color": "#4e5b68"},
    "head": {**_LINE, "bold": True, "bg_color": "#eeeeee", "text_wrap": True, "align": "center"},
    "text": _LINE,
    "number": {**_LINE, "num_format": "0.####"},
    "whole": {**_LINE, "num_format": "0"},
    "day": {**_LINE, "num_format": "yyyy-mm-dd"},
}


def _cell(sheet: Any, row: int, place: int, value: Any, looks: dict[str, Any]) -> None:
    if value is None or value == "":
        sheet.write_blank(row, place, None, looks["text"])
    elif isinstance(value, Decimal | int | float):
        whole = value == int(value)
        sheet.write_number(row, place, float(value), looks["whole" if whole else "number"])
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, looks["day"])
    else:
        sheet.write_string(row, place, str(value)[:CHARACTERS], looks["text"])
