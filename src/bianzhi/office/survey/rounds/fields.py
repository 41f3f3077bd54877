"""The form of a sheet as the page draws it: every cell with its field, value and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bianzhi.office.survey.rounds.checking import Fault
from bianzhi.office.survey.rounds.content import YEAR, Row, Table
from bianzhi.office.survey.rounds.form import Form, FormPart, Line
from bianzhi.office.survey.rounds.questions.kinds import CHOICE, LONG, NUMBERS, Column
from bianzhi.office.survey.rounds.questions.questionnaire import Part


@dataclass(frozen=True)
class Drawn:
    """A cell: ``widget`` is "" for one that is only shown."""

    name: str
    label: str
    widget: str
    value: str
    choices: Mapping[str, str]
    faults: tuple[Fault, ...]
    number: bool
    year: bool


@dataclass(frozen=True)
class DrawnLine:
    """A row; ``own`` for one the unit may add."""

    own: bool
    cells: tuple[Drawn, ...]


@dataclass(frozen=True)
class DrawnPart:
    """A part with its rows; ``more`` are the blank ones it may add, folded away."""

    part: Part
    heads: tuple[Column, ...]
    lines: tuple[DrawnLine, ...]
    more: tuple[DrawnLine, ...]
    wrong: int


def drawn(form: Form, filled: list[Table], faults: list[Fault]) -> list[DrawnPart]:
    """The parts of a form."""
    wrong: dict[str, list[Fault]] = {}
    for fault in faults:
        wrong.setdefault(fault.name, []).append(fault)
    by_key = {table.key: table for table in filled}
    return [_part(each, by_key[each.part.key], wrong) for each in form.parts]


SHOWN = 2  # blank rows to add that are drawn at once; the others unfold


def _part(part: FormPart, table: Table, wrong: dict[str, list[Fault]]) -> DrawnPart:
    rows = {row.id: row for row in table.rows}
    lines: list[DrawnLine] = []
    more: list[DrawnLine] = []
    blank = 0
    for line in part.lines:
        made = _line(part, line, rows[line.id], wrong)
        blank += line.own and rows[line.id].is_blank
        folded = line.own and rows[line.id].is_blank and blank > SHOWN
        (more if folded else lines).append(made)
    count = sum(len(cell.faults) for line in (*lines, *more) for cell in line.cells)
    return DrawnPart(part.part, part.columns, tuple(lines), tuple(more), count)


def _line(part: FormPart, line: Line, row: Row, wrong: dict[str, list[Fault]]) -> DrawnLine:
    return DrawnLine(line.own, tuple(_cell(part, line, row, each, wrong) for each in line.columns))


def _cell(
    part: FormPart, line: Line, row: Row, column: Column, wrong: dict[str, list[Fault]]
) -> Drawn:
    name = f"{part.part.key}/{line.id}/{column.name}"
    first = next((each for each in line.given.values() if each), "")
    about = first or (part.part.kind.own if line.own else part.part.title)
    value = row[column.name]
    asks = part.asks(line, column)
    return Drawn(
        name=name, label=f"{about[:40]}：{column.title}", widget=_widget(column) if asks else "",
        value=value if asks else column.shown(value), choices=column.choices,
        faults=tuple(wrong.get(name, ())), number=column.type in NUMBERS,
        year=column.name.startswith(YEAR),
    )  # fmt: skip


def _widget(column: Column) -> str:
    if column.type == CHOICE:
        return "choice"
    return "long" if column.type == LONG else "number" if column.type in NUMBERS else "text"
