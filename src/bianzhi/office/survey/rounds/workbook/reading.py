"""Reading a workbook that came back: whose it is, what it answers, what was changed or is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from bianzhi.core.errors import Problem
from bianzhi.core.values import show_value
from bianzhi.files.intake.findings import ERROR, Finding
from bianzhi.files.workbook import Cell, Workbook
from bianzhi.files.workbook import Sheet as Page
from bianzhi.office.survey.rounds.checking import check
from bianzhi.office.survey.rounds.content import Table
from bianzhi.office.survey.rounds.form import Form, FormPart, Forms, Line
from bianzhi.office.survey.rounds.models import Round, Sheet
from bianzhi.office.survey.rounds.questions.kinds import Column
from bianzhi.office.survey.rounds.reading import normal
from bianzhi.office.survey.rounds.workbook.layout import (
    BODY,
    FIRST,
    HEADS,
    ID,
    IDENTITY,
    MARK,
    Identity,
    identity,
    sheet_name,
)
from bianzhi.office.survey.rounds.workbook.writing import head

CODE = "调研"
MOST = 200  # findings of one sheet of the workbook: a wrecked one needs no more


@dataclass
class Read:
    """A workbook as it was read.

    Attributes:
        sheet: Whose answers they are; None where that cannot be told.
        form, filled: The form and what was answered; only where ``sheet`` is there.
        findings: What is wrong, each with its cell.
    """

    sheet: Sheet | None = None
    form: Form | None = None
    filled: list[Table] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_workbook(book: Workbook, forms: Forms) -> Read:
    """Read a workbook that is to hold the answers of a unit of a round."""
    read = Read()
    sheet, problem = _whose(book, forms.round)
    if sheet is None:
        first = book.sheets[0].name if book.sheets else ""
        read.findings.append(_finding(Cell(book.name, first, 0, 0), problem))
        return read
    read.sheet, read.form = sheet, forms.of(sheet.unit)
    pages = {page.name: page for page in book.sheets}
    cells: dict[tuple[str, str, str], Cell] = {}
    written: dict[tuple[str, str, str], str] = {}
    for part in read.form.parts:
        page = pages.get(sheet_name(part))
        if page is None:
            cell = Cell(book.name, book.sheets[0].name, 0, 0)
            read.findings.append(_finding(cell, Problem(
                "no-sheet", f"缺少“{sheet_name(part)}”表，或改了表名", "请用发出的工作簿重填这张表"
            )))  # fmt: skip
            continue
        one = _Page(page, part)
        read.findings += list(one.read(cells, written))[:MOST]
    read.filled = read.form.filled(lambda *cell: written.get(cell, ""))
    read.findings += _faults(read, cells)
    return read


def _whose(book: Workbook, round: Round) -> tuple[Sheet | None, Problem]:
    page = next((each for each in book.sheets if each.name == IDENTITY), None)
    lines = [str(row[0]) for row in page.rows] if page is not None and page.width else []
    if len(lines) < len(Identity._fields) or lines[0] != MARK:
        return None, Problem(
            "not-ours", "这不是系统发出的调研工作簿，或内容被复制到了新工作簿里",
            "请在发出的工作簿里填写，直接保存",
        )  # fmt: skip
    told = Identity(*lines[: len(Identity._fields)])
    if told != identity(round, told.unit):
        other = Round.objects.filter(pk=int(told.round) if told.round.isdecimal() else 0).first()
        named = f"“{other.title}”" if other is not None and other.pk != round.pk else "另一轮调研"
        return None, Problem(
            "other-round", f"这是{named}的工作簿，不是“{round.title}”的",
            "请在对应的那一轮交回，或下载本轮的工作簿填写",
        )  # fmt: skip
    sheet = round.sheets.select_related("round").filter(unit=told.unit).first()
    if sheet is None:
        return None, Problem("other-unit", f"本轮没有调研单位 {told.unit}", "请核对是哪个单位的")
    return sheet, Problem("", "")


def _finding(cell: Cell, problem: Problem) -> Finding:
    return Finding(CODE, problem.code, ERROR, problem.what, problem.do or "请核对", cell)


def _faults(read: Read, cells: dict[tuple[str, str, str], Cell]) -> Iterator[Finding]:
    """What the form's own check finds, unless the sheet of the workbook is spoiled already."""
    spoiled = {each.cell.sheet for each in read.findings if each.kind in _SPOILS}
    if read.form is None or any(each.kind == "no-sheet" for each in read.findings):
        return
    for fault in check(read.form, read.filled):
        cell = cells.get((fault.part, fault.row, fault.column))
        if cell is not None and cell.sheet not in spoiled:
            yield _finding(cell, fault.problem)


_SPOILS = ("no-row", "strange-row", "changed-head")  # the rows or columns are not where they were


class _Page:
    """The sheet of one part in a workbook."""

    def __init__(self, page: Page, part: FormPart) -> None:
        self.page, self.part = page, part

    def _at(self, row: int, column: int) -> Any:
        rows = self.page.rows
        return rows[row][column] if row < len(rows) and column < self.page.width else ""

    def read(
        self, cells: dict[tuple[str, str, str], Cell], written: dict[tuple[str, str, str], str]
    ) -> Iterator[Finding]:
        """Note where each answer stands and what it says; give what was changed."""
        for at, column in enumerate(self.part.columns, FIRST):
            if _text(self._at(HEADS, at)) != head(column):
                yield self._wrong(HEADS, at, "changed-head", f"表头被改动，应为“{head(column)}”",
                                  "请恢复，不要增删列")  # fmt: skip
        lines = {line.id: line for line in self.part.lines}
        seen = set[str]()
        for row in range(BODY, len(self.page.rows)):
            id = _text(self._at(row, ID))
            line = lines.get(id)
            if line is None or id in seen:
                yield from self._strange(row, id)
                continue
            seen.add(id)
            yield from self._line(row, line, cells, written)
        for line in self.part.lines:
            if line.id not in seen:
                shown = next((each for each in line.given.values() if each), "供补充的空行")
                yield self._wrong(HEADS, FIRST, "no-row", f"缺少一行：{shown}",
                                  "请恢复，不要删行")  # fmt: skip

    def _strange(self, row: int, id: str) -> Iterator[Finding]:
        if any(_text(value) for value in self.page.rows[row][FIRST:]):
            what = "这一行与前面的行重复" if id else "这一行是自己加的，收不进去"
            yield self._wrong(
                row, FIRST, "strange-row", what, "请把内容写进预留的空行，再删去这一行"
            )

    def _line(
        self, row: int, line: Line, cells: dict[tuple[str, str, str], Cell],
        written: dict[tuple[str, str, str], str],
    ) -> Iterator[Finding]:  # fmt: skip
        for at, column in enumerate(line.columns, FIRST):
            text = normal(column, _text(self._at(row, at)))
            if self.part.asks(line, column):
                name = (self.part.part.key, line.id, column.name)
                cells[name], written[name] = self.page.cell(row, at), text
                if self.page.cell(row, at).ref in self.page.without_result:
                    yield self._wrong(row, at, "formula", "公式没有算出结果", "请直接填数或文字")
            elif text != normal(column, column.shown(line.given.get(column.name, ""))):
                yield self._changed(row, at, column, line)

    def _changed(self, row: int, at: int, column: Column, line: Line) -> Finding:
        was = column.shown(line.given.get(column.name, "")) or "空白"
        return self._wrong(row, at, "changed-question", f"这一格取自台账，不能改；原为“{was}”",
                           "请恢复原样；与实际不符的，在旁边说明")  # fmt: skip

    def _wrong(self, row: int, column: int, kind: str, what: str, do: str) -> Finding:
        return _finding(self.page.cell(row, column), Problem(kind, what, do))


def _text(value: Any) -> str:
    """A cell as text: 12 for 12.0, a day in ISO form."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return show_value(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value).replace("\r\n", "\n").strip()
