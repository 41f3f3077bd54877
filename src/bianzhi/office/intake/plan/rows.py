"""What planning is given: rows of tables, each value with its cell; and what it says about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from bianzhi.core.days import day_number, parse_day
from bianzhi.core.quantity import parse_quantity
from bianzhi.office.intake.plan.written import Written

LEDGER, LEADERSHIP, SECTIONS, HISTORY = "ledger", "leadership", "sections", "history"
PEOPLE, DOCUMENTS, CEILINGS, DUTIES = "people", "documents", "ceilings", "duties"
KINDS = {
    LEDGER: "机构编制职数一览表",
    HISTORY: "机构编制沿革表",
    LEADERSHIP: "领导职数情况表",
    SECTIONS: "内设机构表",
    PEOPLE: "实名制人员名册",
    DOCUMENTS: "文件目录",
    CEILINGS: "编制控制数",
    DUTIES: "职责清单",
}
ERROR, WARNING, NOTE = "error", "warning", "note"
SEVERITIES = {ERROR: "错误", WARNING: "提醒", NOTE: "说明"}


@dataclass(frozen=True)
class Value:
    """A value and the cell it stands in: ``文件.xlsx!表!E7``."""

    value: object
    origin: str


@dataclass(frozen=True)
class Row:
    """A row of a table: its values by the names of the columns' fields; empty cells are left out.

    Attributes:
        kind: Which table, one of ``KINDS``.
        origin: ``文件.xlsx!表!7`` — the row.
        values: Numbers are exact, dates are ``date``, codes are those of the record.
        columns: Field -> letters of its column, so that an empty cell can be named too.
    """

    kind: str
    origin: str
    values: Mapping[str, Value]
    columns: Mapping[str, str] = field(default_factory=dict)

    def text(self, field: str) -> str:
        """The value as text, "" where there is none."""
        found = self.values.get(field)
        return "" if found is None or found.value is None else str(found.value).strip()

    def number(self, field: str) -> int | None:
        """The value as a quantity (ten-thousandths), None where there is none."""
        found = self.values.get(field)
        if found is None or found.value in (None, ""):
            return None
        value = found.value
        return parse_quantity(str(value) if isinstance(value, Decimal | float) else value)

    def day(self, field: str) -> int | None:
        """The value as a day number, None where there is none."""
        found = self.values.get(field)
        if found is None or found.value in (None, ""):
            return None
        return day_number(found.value) if isinstance(found.value, date) else parse_day(found.value)

    def at(self, field: str) -> str:
        """The cell of a value; the row where there is none."""
        found = self.values.get(field)
        if found is not None:
            return found.origin
        table, _, number = self.origin.rpartition("!")
        return f"{table}!{self.columns[field]}{number}" if field in self.columns else self.origin

    def starting(self, prefix: str) -> Iterator[tuple[str, int]]:
        """(rest of the field's name, quantity) of a group of columns, such as ``approved_``."""
        for name in self.values:
            if name.startswith(prefix) and (n := self.number(name)) is not None:
                yield name.removeprefix(prefix), n


@dataclass(frozen=True)
class Finding:
    """Something a clerk must know about a cell.

    Attributes:
        severity: error (the row stays out), warning, note.
        code: Stable name of the kind of finding.
        what, do: In words.
        origin: The cell or row.
        key: What adopting its proposal is asked for by; "" where it proposes nothing.
    """

    severity: str
    code: str
    what: str
    do: str = ""
    origin: str = ""
    key: str = ""


class Guess(NamedTuple):
    """A short name, the full name and key of the unit it was taken for, and its cell."""

    name: str
    full: str
    unit: str
    origin: str


@dataclass(frozen=True)
class Given:
    """All rows of a delivery, and the day the current tables speak of.

    Attributes:
        rows: By table.
        day: Day number of the current tables.
        papers: The 三定 and 批复 among the files.
        confirmed: Keys of the numbers in them that a person confirmed.
        adopted: Keys of the numbers in remarks that a person adopted.
    """

    rows: Mapping[str, Sequence[Row]]
    day: int
    papers: Sequence[Written] = ()
    confirmed: frozenset[str] = frozenset()
    adopted: frozenset[str] = frozenset()

    def of(self, kind: str) -> Sequence[Row]:
        """The rows of a table."""
        return self.rows.get(kind, ())


@dataclass
class Said:
    """Findings as they are collected."""

    findings: list[Finding] = field(default_factory=list)
    guesses: dict[tuple[str, str], Guess] = field(default_factory=dict)

    def guess(self, name: str, full: str, unit: str, origin: str) -> None:
        """A short name was taken for a unit: put to the clerk as a question, once a name."""
        self.guesses.setdefault((name, full), Guess(name, full, unit, origin))

    def error(self, code: str, what: str, do: str, origin: str) -> None:
        """The row stays out."""
        self.findings.append(Finding(ERROR, code, what, do, origin))

    def warning(self, code: str, what: str, do: str, origin: str) -> None:
        """The row goes in; look at it."""
        self.findings.append(Finding(WARNING, code, what, do, origin))

    def note(self, code: str, what: str, origin: str) -> None:
        """Something that was done by itself."""
        self.findings.append(Finding(NOTE, code, what, "", origin))
