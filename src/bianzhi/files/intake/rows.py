"""Typed rows: what a sheet says, line by line. A row is a light view on the table's columns."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from bianzhi.files.intake.phrases import Fact, facts_in
from bianzhi.files.intake.table import Table
from bianzhi.files.intake.values import plain_text
from bianzhi.files.workbook import Cell

Number = int | Decimal


class Row:
    """One data row. ``no`` is its number in Excel."""

    __slots__ = ("index", "table")

    def __init__(self, table: Table, index: int) -> None:
        self.table, self.index = table, index

    @property
    def no(self) -> int:
        """The row's number as Excel shows it."""
        return self.table.body.rows[self.index] + 1

    def value(self, field: str) -> Any:
        """The value read, None where there is none or it could not be read."""
        column = self.table.columns.get(field)
        return column.values[self.index] if column is not None else None

    def raw(self, field: str) -> str:
        """What stands in the cell, as people read it."""
        column = self.table.columns.get(field)
        return plain_text(column.raws[self.index]) if column is not None else ""

    def cell(self, field: str = "") -> Cell:
        """Where the value stands."""
        return self.table.cell(self.index, field)

    def has(self, field: str) -> bool:
        """Whether the table has this column at all."""
        return field in self.table.columns

    def text(self, field: str) -> str:
        """A text, "" where there is none."""
        value = self.value(field)
        return "" if value is None else str(value)

    def number(self, field: str) -> Number | None:
        """A number, None where there is none."""
        value = self.value(field)
        return value if isinstance(value, int | Decimal) else None

    def day(self, field: str) -> date | None:
        """A day, None where there is none."""
        value = self.value(field)
        return value if isinstance(value, date) else None

    def exact_day(self, field: str) -> bool:
        """Whether the day of the month was written, not filled in with the first."""
        column = self.table.columns.get(field)
        vague = ("month-only", "year-only", "ambiguous-month")
        return column is not None and not column.has_note(self.index, *vague)

    def values(self) -> dict[str, Any]:
        """Field -> value, those that are there."""
        return {
            name: column.values[self.index]
            for name, column in self.table.columns.items()
            if column.values[self.index] is not None
        }

    def proposals(self) -> tuple[tuple[str, Fact], ...]:
        """(field, fact): numbers hidden in the row's remarks, for a person to confirm."""
        return tuple(
            (name, fact)
            for name in self.table.columns
            if name.startswith("note")
            for fact in facts_in(self.text(name))
        )

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.table.sheet.name} {self.no}: {self.values()})"


class LedgerRow(Row):
    """One unit of the 一览表."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """Name of the unit."""
        return self.text("name")

    @property
    def supervisor(self) -> str:
        """Name of the supervising unit, filled down where cells were merged."""
        return self.text("supervisor")

    def figures(self, group: str) -> dict[str, Number]:
        """Quota kind -> number of a group: ``approved``, ``actual`` or ``pending``."""
        return {
            kind: number
            for name in self.table.columns
            if name.startswith(f"{group}_") and (kind := name.partition("_")[2])[0].isupper()
            and (number := self.number(name)) is not None
        }  # fmt: skip

    @property
    def approved(self) -> dict[str, Number]:
        """核定 by kind."""
        return self.figures("approved")

    @property
    def actual(self) -> dict[str, Number]:
        """实有 by kind."""
        return self.figures("actual")

    @property
    def pending(self) -> dict[str, Number]:
        """待上编 by kind."""
        return self.figures("pending")

    def total(self, group: str) -> Number | None:
        """The number of a group as a whole: the written total, else the sum by kind."""
        written = self.number(f"{group}_total")
        if written is None:
            written = self.number(f"{group}_sum")
        parts = self.figures(group)
        return written if written is not None else sum(parts.values()) if parts else None


class LeadershipRow(Row):
    """One unit of the 领导职数表: ``{post}_approved``, ``{post}_actual``, ``{post}_titles``."""

    __slots__ = ()

    POSTS = {"chief": "LD1", "deputy": "LD2", "discipline": "LD3", "party": "LD4", "other": "LD9"}

    @property
    def name(self) -> str:
        """Name of the unit."""
        return self.text("name")

    def posts(self, figure: str = "approved") -> dict[str, Number]:
        """Quota kind (LD1, LD2 …) -> number, ``figure`` is approved or actual."""
        found = {kind: self.number(f"{post}_{figure}") for post, kind in self.POSTS.items()}
        return {kind: number for kind, number in found.items() if number is not None}


class SectionRow(Row):
    """One internal section of a unit."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """Name of the unit it belongs to."""
        return self.text("name")

    @property
    def section(self) -> str:
        """Name of the section."""
        return self.text("section")


class HistoryRow(Row):
    """One line of the 沿革表: a document and what it fixed."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """Name of the unit."""
        return self.text("name")

    def facts(self) -> tuple[tuple[str, Fact], ...]:
        """(field, fact): what the texts on posts and leaders say."""
        return tuple(
            (name, fact)
            for name in ("quota_text", "leadership_text")
            for fact in facts_in(_with_subject(name, self.text(name)))
        )


def _with_subject(field: str, text: str) -> str:
    """A bare number in a column of posts or leaders says what its heading says."""
    bare = text.rstrip("名人个")
    if not bare.isdecimal():
        return text
    return f"{'编制' if field == 'quota_text' else '领导职数'}{bare}名"


class PersonRow(Row):
    """One person of a roster."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """The person's name."""
        return self.text("person")

    @property
    def id_number(self) -> str:
        """Identity number, "" where none or wrong."""
        return self.text("id_number")

    @property
    def org(self) -> str:
        """Name of the unit that holds the post."""
        return self.text("org")


class DocumentRow(Row):
    """One document of a directory."""

    __slots__ = ()

    @property
    def doc_no(self) -> str:
        """文号 in its one spelling."""
        return self.text("doc_no")


class CeilingRow(Row):
    """One kind of posts with the number handed down."""

    __slots__ = ()

    @property
    def kind(self) -> str:
        """Code of the quota kind."""
        return self.text("kind")

    @property
    def amount(self) -> Number | None:
        """The number."""
        return self.number("amount")


class DutyRow(Row):
    """One duty of a unit."""

    __slots__ = ()

    @property
    def name(self) -> str:
        """Name of the unit that holds it."""
        return self.text("name")


ROWS: dict[str, type[Row]] = {
    "ledger": LedgerRow,
    "leadership": LeadershipRow,
    "sections": SectionRow,
    "history": HistoryRow,
    "people": PersonRow,
    "documents": DocumentRow,
    "ceilings": CeilingRow,
    "duties": DutyRow,
}
