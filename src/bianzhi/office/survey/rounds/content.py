"""The content of a version: tables of rows, each with what was asked beside what was answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

YEAR = "y"  # how the column of a year begins: y2024
OWN = "+"  # how the id of a row begins that the unit added


@dataclass(frozen=True)
class Row:
    """A row: ``given`` is what the form showed, ``told`` what the unit wrote, both as text."""

    id: str
    given: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, column: str) -> str:
        """A cell, "" where nothing stands."""
        return self.told.get(column, "") or self.given.get(column, "")

    def years(self) -> Iterator[tuple[int, float]]:
        """The amounts by year, where one was stated."""
        for column, value in self.told.items():
            if column.startswith(YEAR) and column[1:].isdecimal() and value:
                yield int(column[1:]), float(value)

    @property
    def is_blank(self) -> bool:
        """Whether the unit wrote nothing in it."""
        return not any(self.told.values())


@dataclass(frozen=True)
class Table:
    """A part of a questionnaire as it was filled."""

    key: str
    kind: str
    rows: tuple[Row, ...] = ()

    def row(self, id: str) -> Row | None:
        """A row by its id."""
        return next((each for each in self.rows if each.id == id), None)


def tables(content: Mapping[str, Any]) -> list[Table]:
    """The tables of a version's ``content``."""
    return [
        Table(key, part["kind"], tuple(Row(**row) for row in part["rows"]))
        for key, part in content.items()
    ]


def content(filled: list[Table]) -> dict[str, Any]:
    """Tables as they are kept; rows the unit may add but left blank are not."""
    return {
        table.key: {
            "kind": table.kind,
            "rows": [
                {"id": row.id, "given": dict(row.given), "told": dict(row.told)}
                for row in table.rows
                if not (row.id.startswith(OWN) and row.is_blank)
            ],
        }
        for table in filled
    }
