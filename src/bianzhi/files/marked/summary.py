"""The sheet that says what was found: totals, then every finding with a link to its cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl.styles import Alignment, Font
from openpyxl.workbook.workbook import Workbook as Book

from bianzhi.files.intake import ERROR, Finding, Taken
from bianzhi.files.marked.cells import colour, put

NAME = "导入说明"
_HEADINGS = ("所在表", "格", "轻重", "检查", "问题", "怎么办")
_WIDTHS = (18, 8, 8, 8, 70, 50)
_MOST = 50_000
ADVICE = "红色的行不能导入，黄色的能导入、请核对。改好后把本文件重新导入即可。"


def add_summary(book: Book, name: str, told: Sequence[str], findings: Sequence[Finding]) -> None:
    """Add the sheet, last, and open the workbook on it; ``told`` stands above the findings."""
    page = book.create_sheet(_free_name(book))
    lines = [f"《{name}》导入说明", *told]
    for at, text in enumerate(lines, start=1):
        put(page.cell(at, 1), text)
    page.cell(1, 1).font = Font(bold=True, size=14)
    head = len(lines) + 2
    for column, (text, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True), start=1):
        put(page.cell(head, column), text)
        page.cell(head, column).font = Font(bold=True)
        page.column_dimensions[page.cell(head, column).column_letter].width = width
    for at, each in enumerate(findings[:_MOST], start=head + 1):
        _write(book, page, at, each)
    page.freeze_panes = page.cell(head + 1, 1)
    book.active = len(book.sheetnames) - 1


def _free_name(book: Book) -> str:
    number, name = 1, NAME
    while name in book.sheetnames:
        number += 1
        name = f"{NAME}{number}"
    return name


def line_of(one: Taken) -> str:
    """What was read of a sheet, in a line."""
    errors = sum(1 for each in one.findings if each.severity == ERROR)
    warns = len(one.findings) - errors
    return (
        f"〔{one.sheet.name}〕按{one.understanding.kind.title}读入 {len(one.rows)} 行，"
        f"其中 {len(one.bad_rows)} 行不能导入；{errors} 处错误，{warns} 处请核对"
    )


def _write(book: Book, page: Any, row: int, finding: Finding) -> None:
    severity = "错误" if finding.severity == ERROR else "请核对"
    values = (
        finding.cell.sheet, finding.cell.ref, severity, finding.code, finding.what, finding.do,
    )  # fmt: skip
    for column, value in enumerate(values, start=1):
        cell = page.cell(row, column)
        put(cell, value)
        cell.alignment = Alignment(wrap_text=column > 4, vertical="top")
    if finding.cell.sheet in book.sheetnames:
        place = page.cell(row, 2)
        quoted = finding.cell.sheet.replace("'", "''")
        place.hyperlink = f"#'{quoted}'!{finding.cell.ref}"
        place.font = Font(color="0563C1", underline="single")
    colour(page.cell(row, 3), finding.severity)
