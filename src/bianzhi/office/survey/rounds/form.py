"""The questionnaire of one unit: every cell it may see or fill, on the web and in Excel alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from bianzhi.office.survey.rounds.content import OWN, Row, Table, tables
from bianzhi.office.survey.rounds.models import Round, Sheet
from bianzhi.office.survey.rounds.prefill import Prefill, prefill, words_of
from bianzhi.office.survey.rounds.questions.kinds import Column
from bianzhi.office.survey.rounds.questions.questionnaire import Part, Questionnaire, columns
from bianzhi.office.survey.rounds.questions.reading import read_questionnaire
from bianzhi.office.survey.rounds.reading import normal

Told = Callable[[str, str, str], str]  # part, row, column -> what was written
OWN_CELLS = {"sections": {"kept": "extra"}}  # what a row says by being the unit's own


@dataclass(frozen=True)
class Line:
    """A row of a form.

    Attributes:
        id: Its id; ``+1`` … for rows the unit may add.
        given: What it shows, by column.
        columns: The columns, as they are answered in this row.
        required: Whether it must be answered.
    """

    id: str
    given: Mapping[str, str]
    columns: tuple[Column, ...]
    required: bool

    @property
    def own(self) -> bool:
        """Whether the unit adds it."""
        return self.id.startswith(OWN)


@dataclass(frozen=True)
class FormPart:
    """A part of a form with its rows."""

    no: int
    part: Part
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]

    def asks(self, line: Line, column: Column) -> bool:
        """Whether the unit fills this cell."""
        shown = self.part.kind.shown
        return column.name not in shown and column.name not in line.given


@dataclass(frozen=True)
class Form:
    """The questionnaire of one unit."""

    questionnaire: Questionnaire
    parts: tuple[FormPart, ...]
    years: tuple[int, ...] = field(default=())

    def filled(self, told: Told) -> list[Table]:
        """The answers in the form, numbers in their one spelling, whatever is wrong with them."""
        return [
            Table(each.part.key, each.part.kind.code,
                  tuple(_row(each, line, told) for line in each.lines))
            for each in self.parts
        ]  # fmt: skip


def _row(part: FormPart, line: Line, told: Told) -> Row:
    written = {
        column.name: normal(column, told(part.part.key, line.id, column.name))
        for column in line.columns if part.asks(line, column)
    }  # fmt: skip
    return Row(line.id, line.given, written)


@lru_cache(maxsize=64)
def questionnaire(text: str) -> Questionnaire:
    """The questionnaire of a round from its text."""
    return read_questionnaire(text)


def years(on: date, back: int) -> tuple[int, ...]:
    """The last full years on a day: that of the day only on its last day."""
    last = on.year if (on.month, on.day) == (12, 31) else on.year - 1
    return tuple(range(last - back + 1, last + 1))


def form_of(sheet: Sheet) -> Form:
    """The form of a sheet: what its round asks, prefilled from the record of the round's day."""
    return Forms(sheet.round).of(sheet.unit)


class Forms:
    """The forms of a round."""

    def __init__(self, round: Round) -> None:
        self.round = round
        self.questionnaire = questionnaire(round.questions)
        self.years = years(round.on, self.questionnaire.years)
        self._prefill: Prefill = prefill(words_of(round))

    def of(self, unit: str) -> Form:
        """The form of one unit."""
        parts = tuple(
            self._part(no, part, unit) for no, part in enumerate(self.questionnaire.parts, 1)
        )
        return Form(self.questionnaire, parts, self.years)

    def _part(self, no: int, part: Part, unit: str) -> FormPart:
        heads = columns(part, self.years)
        every = part.kind.every
        lines = [Line(each.id, each.cells, heads, every)
                 for each in self._prefill.of(part.kind.code, unit)]  # fmt: skip
        lines += [
            Line(row.id, row.cells, _answered(heads, row.answer), every or row.required)
            for row in part.rows
        ]
        own = OWN_CELLS.get(part.kind.code, {})
        lines += [Line(f"{OWN}{at}", own, heads, False) for at in range(1, part.more + 1)]
        return FormPart(no, part, heads, tuple(lines))


def _answered(heads: tuple[Column, ...], answer: Column | None) -> tuple[Column, ...]:
    if answer is None:
        return heads
    return tuple(replace(answer, title=each.title) if each.name == "answer" else each
                 for each in heads)  # fmt: skip


def told_by(content: Mapping[str, Any]) -> Told:
    """What a version says, cell by cell; "" where it says nothing."""
    cells = {
        (table.key, row.id): row.told for table in tables(content) for row in table.rows
    }  # fmt: skip
    return lambda part, row, column: cells.get((part, row), {}).get(column, "")
