"""A version of a sheet as people read it: what was asked, what was answered, the record beside."""

from __future__ import annotations

from dataclasses import dataclass

from bianzhi.office.desk.words import Words
from bianzhi.office.survey.rounds.content import Row, Table, tables
from bianzhi.office.survey.rounds.form import questionnaire, years
from bianzhi.office.survey.rounds.models import Sheet, Version
from bianzhi.office.survey.rounds.prefill import prefill
from bianzhi.office.survey.rounds.questions.kinds import NUMBERS, Column
from bianzhi.office.survey.rounds.questions.questionnaire import Part, columns

NOW = Column("now", "现台账数", "amount")


@dataclass(frozen=True)
class Cell:
    """A cell: its words, whether it is a number, whether the record gave it, whether it differs."""

    words: str
    number: bool
    given: bool
    differs: bool


@dataclass(frozen=True)
class ShownRow:
    """A row: its id, its cells."""

    id: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class ShownPart:
    """A part with the rows that say anything; ``differences`` counts the rows that differ."""

    part: Part
    heads: tuple[Column, ...]
    rows: tuple[ShownRow, ...]
    differences: int


def shown(sheet: Sheet, version: Version, now: Words) -> list[ShownPart]:
    """A version part by part, the figures of another state (``now``) beside those stated."""
    asked = questionnaire(sheet.round.questions)
    by_key = {table.key: table for table in tables(version.content)}
    back = years(sheet.round.on, asked.years)
    figures = {row.id: row.cells["recorded"] for row in prefill(now).of("figures", sheet.unit)}
    return [
        _part(part, by_key.get(part.key, Table(part.key, part.kind.code)),
              columns(part, back), figures)
        for part in asked.parts
    ]  # fmt: skip


def _part(
    part: Part, table: Table, heads: tuple[Column, ...], figures: dict[str, str]
) -> ShownPart:
    rows = [row for row in table.rows if not row.is_blank or part.kind.every]
    beside = part.kind.code == "figures"
    made = []
    for row in rows:
        cells = [_cell(row, column, part) for column in heads]
        if beside:
            held = figures.get(row.id, "")
            cells.append(Cell(held, True, True, held != row["recorded"]))
        made.append(ShownRow(row.id, tuple(cells)))
    return ShownPart(part, (*heads, NOW) if beside else heads, tuple(made),
                     sum(any(cell.differs for cell in row.cells) for row in made))  # fmt: skip


def _cell(row: Row, column: Column, part: Part) -> Cell:
    text = row[column.name]
    given = column.name in row.given
    return Cell(column.shown(text), column.type in NUMBERS, given,
                not given and differs(part.kind.code, column.name, row))  # fmt: skip


def differs(kind: str, column: str, row: Row) -> bool:
    """Whether an answer says something else than the record."""
    if kind == "figures":
        return column == "stated" and row["same"] == "no"
    if kind == "sections":
        return column == "kept" and row["kept"] not in ("", "kept")
    return kind == "duties" and column == "done" and row["done"] in ("part", "none")
