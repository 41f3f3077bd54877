"""Checking a filled form before it is handed in: field by field, everything at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bianzhi.core.errors import Problem
from bianzhi.office.survey.rounds.content import YEAR, Row, Table
from bianzhi.office.survey.rounds.form import Form, FormPart, Line
from bianzhi.office.survey.rounds.questions.kinds import Column
from bianzhi.office.survey.rounds.reading import wrong


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell; ``column`` is the first one where a whole row or part is meant.

    Attributes:
        part, row, column: The cell.
        problem: What is wrong, placed in words.
    """

    part: str
    row: str
    column: str
    problem: Problem

    @property
    def name(self) -> str:
        """The field of the web form."""
        return f"{self.part}/{self.row}/{self.column}"


def check(form: Form, filled: list[Table]) -> list[Fault]:
    """Everything that keeps a form from being handed in; none when all is right."""
    by_key = {table.key: table for table in filled}
    return [fault for part in form.parts for fault in _part(part, by_key[part.part.key])]


def _part(part: FormPart, table: Table) -> Iterator[Fault]:
    rows = {row.id: row for row in table.rows}
    blank = 0
    for at, line in enumerate(part.lines, 1):
        row = rows[line.id]
        if row.is_blank and not line.required:
            blank += 1
            continue
        yield from _row(part, at, line, row)
    missing = part.part.least - (len(part.lines) - blank)
    if missing > 0:
        first = part.lines[0]
        column = next(each for each in part.columns if part.asks(first, each))
        yield _fault(part, 1, first, column, Problem(
            "too-few", f"至少填 {part.part.least} 行，还差 {missing} 行", "请补填"
        ))  # fmt: skip


def _fault(part: FormPart, at: int, line: Line, column: Column, problem: Problem) -> Fault:
    place = f"{part.no}. {part.part.title}，第 {at} 行“{column.title}”"
    return Fault(part.part.key, line.id, column.name, problem.at(place))


def _row(part: FormPart, at: int, line: Line, row: Row) -> Iterator[Fault]:
    asked = [column for column in line.columns if part.asks(line, column)]
    for column in asked:
        problem = _cell(column, row, line)
        if problem is not None:
            yield _fault(part, at, line, column, problem)
    years = [column for column in asked if column.name.startswith(YEAR)]
    if years and not any(row[column.name] for column in years):
        problem = Problem("no-year", "各年都没有填数", "至少填一年；没有开展的填 0")
        yield _fault(part, at, line, years[-1], problem)
    special = _SPECIAL.get(part.part.kind.code)
    for name, problem in special(row, line) if special else ():
        column = next(each for each in line.columns if each.name == name)
        yield _fault(part, at, line, column, problem)


def _cell(column: Column, row: Row, line: Line) -> Problem | None:
    text = row[column.name]
    if text:
        return wrong(column, text)
    if column.required:
        return Problem(
            "missing", "没有填", "请填写" + ("；没有的填 0" if column.type == "whole" else "")
        )
    if column.unless is not None:
        name, values = column.unless
        if row[name] not in values:
            other = next(each for each in line.columns if each.name == name)
            told = other.shown(row[name])
            return Problem("missing", f"“{other.title}”填了“{told}”，这里没有填", "请写明")
    return None


def _figures(row: Row, line: Line) -> Iterator[tuple[str, Problem]]:
    stated, recorded = row["stated"], row["recorded"]
    if row["same"] == "yes" and stated and stated != recorded:
        yield "stated", Problem(
            "contradiction", f"选了“一致”，却写了 {stated}，台账数是 {recorded}",
            "一致的不必再写数；不一致的请改选",
        )  # fmt: skip
    if row["same"] == "no" and stated == recorded:
        yield "stated", Problem("contradiction", f"选了“不一致”，写的数却与台账数 {recorded} 相同",
                                "请核对")  # fmt: skip


def _sections(row: Row, line: Line) -> Iterator[tuple[str, Problem]]:
    if row["kept"] == "extra" and not line.own:
        yield (
            "kept",
            Problem(
                "contradiction", "核定的内设机构不会是“自行设置”", "请另选；自行设置的写在后面"
            ),
        )


_SPECIAL = {"figures": _figures, "sections": _sections}
