"""A marked-up copy: bad cells coloured, the reason in a comment, a summary sheet.

An .xlsx keeps its own looks. An .xls, and an .xlsx that cannot be written back, comes as a new
.xlsx with the same values and merged ranges. Of a very large workbook only the rows in question
are handed back, as marking up the whole would take minutes.
"""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.workbook import Workbook as Book

from bianzhi.files.intake import ERROR, Finding, Taken
from bianzhi.files.marked.cells import colour, explain, put
from bianzhi.files.marked.summary import ADVICE, add_summary, line_of
from bianzhi.files.workbook import Sheet, Workbook

LARGE = 400_000  # cells; above that only the rows in question are written
MOST_MARKS = 20_000  # Excel becomes slow with more comments; all stand in the summary

Places = dict[tuple[str, int], int]  # (sheet, row from 0) -> row from 0 in the copy
# What the writer trips over in files that the reader and Excel accept; ParseError is a SyntaxError.
_TRIPS = (
    ValueError, TypeError, LookupError, AttributeError, ArithmeticError, OSError, SyntaxError,
    ImportError, zipfile.BadZipFile, InvalidFileException,
)  # fmt: skip


@dataclass(frozen=True)
class Marked:
    """A marked-up copy.

    Attributes:
        name: Proposed file name.
        data: The .xlsx.
        notes: What is different from the user's file, for people.
    """

    name: str
    data: bytes
    notes: tuple[str, ...] = ()


def marked_copy(workbook: Workbook, taken: Sequence[Taken], *, only_errors: bool = False) -> Marked:
    """The workbook with every finding marked.

    Args:
        workbook: As it was opened.
        taken: Its sheets as taken in.
        only_errors: Leave out warnings.
    """
    findings = [each for one in taken for each in one.findings]
    if only_errors:
        findings = [each for each in findings if each.severity == ERROR]
    lines = [line_of(each) for each in taken]
    cells = sum(len(sheet.rows) * sheet.width for sheet in workbook.sheets)
    if cells > LARGE:
        book, places, notes = _rows_in_question(workbook, taken, findings)
        return _finished(workbook, lines, findings, book, places, notes)
    return marked_findings(workbook, findings, lines)


def marked_findings(
    workbook: Workbook, findings: Sequence[Finding], lines: Sequence[str], advice: str = ADVICE
) -> Marked:
    """A whole workbook with findings of any reader marked.

    Args:
        workbook: As it was opened.
        findings: What is wrong, each with its cell.
        lines: What the summary says above them.
        advice: What the summary says to do.
    """
    if workbook.kind == "xlsx":
        try:
            book = openpyxl.load_workbook(io.BytesIO(workbook.data))
            return _finished(workbook, lines, findings, book, {}, [], advice)
        except _TRIPS:
            note = "原文件的格式无法原样写回：这是只含数值和合并单元格的新文件"
    else:
        note = "原文件是旧版 .xls：这是转换成 .xlsx 的新文件，数值和合并单元格照旧"
    return _finished(workbook, lines, findings, _values_only(workbook), {}, [note], advice)


def _finished(
    workbook: Workbook,
    lines: Sequence[str],
    findings: Sequence[Finding],
    book: Book,
    places: Places,
    notes: list[str],
    advice: str = ADVICE,
) -> Marked:
    notes = notes + _mark(book, findings, places)
    add_summary(book, workbook.name, [*notes, *lines, advice], findings)
    made = io.BytesIO()
    book.save(made)
    return Marked(f"{PurePath(workbook.name).stem}（标注）.xlsx", made.getvalue(), tuple(notes))


def _values_only(workbook: Workbook) -> Book:
    book = Book()
    book.remove(book.active)  # type: ignore[arg-type]
    for sheet in workbook.sheets:
        _copy(book, sheet, range(len(sheet.rows)))
        page = book[sheet.name]
        for area in sheet.merges[:5000]:
            page.merge_cells(area.ref)
    return book


def _copy(book: Book, sheet: Sheet, rows: Iterable[int]) -> None:
    page = book.create_sheet(sheet.name)
    for at, number in enumerate(rows, start=1):
        for column, value in enumerate(sheet.rows[number], start=1):
            if value != "":
                put(page.cell(at, column), value)


def _rows_in_question(
    workbook: Workbook, taken: Sequence[Taken], findings: Sequence[Finding]
) -> tuple[Book, Places, list[str]]:
    book = Book()
    book.remove(book.active)  # type: ignore[arg-type]
    places: Places = {}
    wanted = defaultdict(set)
    for each in findings:
        wanted[each.cell.sheet].add(each.cell.row)
    for one in taken:
        heads = range(one.understanding.header.body)
        rows = [*heads, *sorted(wanted[one.sheet.name] - set(heads))][:100_000]
        _copy(book, one.sheet, rows)
        places |= {(one.sheet.name, row): at for at, row in enumerate(rows)}
    return book, places, ["原文件很大：这里只有表头和有问题的行，原来的行号见“导入说明”"]


def _mark(book: Book, findings: Sequence[Finding], places: Places) -> list[str]:
    """Mark every cell once, its reasons together; errors before warnings."""
    by_cell: dict[tuple[str, int, int], list[Finding]] = defaultdict(list)
    for each in sorted(findings, key=lambda each: each.severity):
        by_cell[each.cell.sheet, each.cell.row, each.cell.column].append(each)
    for (sheet, row, column), reasons in list(by_cell.items())[:MOST_MARKS]:
        if sheet not in book.sheetnames:
            continue
        at = places.get((sheet, row), row)
        cell = _own(book[sheet], at + 1, column + 1)
        colour(cell, reasons[0].severity)
        explain(cell, reasons)
    if len(by_cell) > MOST_MARKS:
        return [f"问题太多：只标了前 {MOST_MARKS} 格，其余见“导入说明”"]
    return []


def _own(page: Any, row: int, column: int) -> Any:
    """The cell itself, or the first cell of the merged range it lies in."""
    cell = page.cell(row, column)
    if type(cell).__name__ != "MergedCell":
        return cell
    area = next(each for each in page.merged_cells.ranges if cell.coordinate in each)
    return page.cell(area.min_row, area.min_col)
