"""Openings: units of the current table that no history tells of, and fields it does not tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from bianzhi.core.acts import Act
from bianzhi.core.days import day_text
from bianzhi.office.intake.plan.bench import Bench, act
from bianzhi.office.intake.plan.history import FIELDS, SUMS
from bianzhi.office.intake.plan.keys import Keys
from bianzhi.office.intake.plan.names import Names
from bianzhi.office.intake.plan.rows import LEADERSHIP, LEDGER, Given, Row, Said
from bianzhi.office.intake.plan.standing import funding_of, local_kind
from bianzhi.office.intake.plan.words import folded

PLAIN = ("uscc", "short_name", "founded_on", "order_no", "nature", "category", "note")
LEADERS = {
    "chief": "LD1", "deputy": "LD2", "discipline": "LD3", "party": "LD4", "other": "LD9",
}  # fmt: skip


TOLD = ("seq", "level1", "level2", "name", "supervisor", "note", "order_no")


def _table(row: Row) -> str:
    return row.origin.rpartition("!")[0]


class Current:
    """The current table: which unit each of its rows is, and what opens those that are new.

    Args:
        bench: With the history made.
        names, keys: As the history left them.
        given: The rows.
        said: Takes the findings.
    """

    def __init__(self, bench: Bench, names: Names, keys: Keys, given: Given, said: Said) -> None:
        self.bench, self.names, self.keys, self.given = bench, names, keys, given
        self.said, self.day = said, given.day
        self.units: dict[str, Row] = {}  # unit -> its row
        self.new: set[str] = set()
        self.leaders: dict[str, Row] = {}  # unit -> its row of the leadership sheet
        self._new_names: dict[str, str] = {}
        self._sections = _sections(bench)
        self._below: dict[str, list[str]] = defaultdict(list)
        for (parent, _), key in self._sections.items():
            self._below[parent].append(key)

    def identify(self) -> None:
        """Find the unit of each row."""
        for row in self.given.of(LEDGER):
            self._take(row)

    def _take(self, row: Row) -> None:
        name = row.text("name")
        if not name:
            return
        unit, guessed = self.names.resolve(name, self.day)
        if unit is None:
            unit = self.keys.new()
            self.new.add(unit)
            self._new_names[unit] = self.names.full(name)
            self.names.add(unit, self.names.full(name), self.day)
        elif guessed:
            self._short(row, unit)
        before = self.units.get(unit)
        self.units[unit] = row if before is None else self._both(before, row)

    def _both(self, before: Row, row: Row) -> Row:
        """Two tables about one unit complete each other; in one table the second row stays out."""
        if _table(before) == _table(row):
            self.said.error(
                "row-twice", f"“{row.text('name')}”与 {before.origin} 是同一单位，这一行没有采用",
                "请删去重复的一行", row.at("name"),
            )  # fmt: skip
            return before
        for name, value in row.values.items():
            other = before.values.get(name)
            if other is not None and name not in TOLD and str(other.value) != str(value.value):
                self.said.warning(
                    "tables-differ", f"{row.text('name')}：{other.origin} 写“{other.value}”，"
                    f"这里写“{value.value}”",
                    "已采用前一处，请核对", value.origin,
                )  # fmt: skip
        return replace(before, values={**row.values, **before.values})

    def _short(self, row: Row, unit: str) -> None:
        full = self.bench.fact(unit, "name", self.day) or row.text("name")
        self.said.guess(row.text("name"), full, unit, row.at("name"))

    def match(self, row: Row, field: str = "name") -> str | None:
        """The unit a row of another table is about; what cannot be found is told."""
        unit, guessed = self.names.resolve(row.text(field), self.day)
        if unit is None:
            self.said.error(
                "unknown-unit", f"台账中没有“{row.text(field)}”",
                "请核对单位名称，或先在一览表中登记这个单位", row.at(field),
            )  # fmt: skip
        elif guessed and row.kind == LEADERSHIP:
            self._short(row, unit)
        return unit

    # -- acts ----------------------------------------------------------------------------------

    def establish(self) -> list[Act]:
        """New units with their posts, then what the history leaves open about all units."""
        for row in self.given.of(LEADERSHIP):
            if (unit := self.match(row)) is not None:
                self.leaders.setdefault(unit, row)
        new = [each for unit in sorted(self.new) for each in self._new_unit(unit, self.units[unit])]
        return [*new, *(each for unit, row in self.units.items() for each in self._fill(unit, row))]

    def _new_unit(self, unit: str, row: Row) -> Iterator[Act]:
        fields = {
            name: row.values[name].value
            for name in (*FIELDS, *PLAIN)
            if name in row.values and row.values[name].value not in (None, "")
        }
        if "founded_on" in fields:
            fields["founded_on"] = str(fields["founded_on"])
        yield act(
            "设立", row.at("name"), org=unit, name=self._new_names[unit], on=self._on, **fields
        )
        funding = str(fields.get("funding_form") or "full")
        for code, n in row.starting("approved_"):
            if n > 0 and code not in SUMS:
                kind = local_kind(code, self._new_names[unit], set())
                yield self._grant(
                    unit, kind, n, row.at(f"approved_{code}"), funding_of(kind, funding)
                )
        yield from self._new_leaders(unit, row)

    def _new_leaders(self, unit: str, row: Row) -> Iterator[Act]:
        sheet = self.leaders.get(unit)
        if sheet is not None:
            for word, kind in LEADERS.items():
                if n := sheet.number(f"{word}_approved"):
                    yield self._grant(unit, kind, n, sheet.at(f"{word}_approved"))
        elif n := row.number("leaders_approved"):
            self.said.warning(
                "leaders-unsplit", f"{row.text('name')}只有领导职数总数，按一正其余为副登记",
                "请用领导职数情况表核对", row.at("leaders_approved"),
            )  # fmt: skip
            chiefs = min(n, 10000)
            yield self._grant(unit, "LD1", chiefs, row.at("leaders_approved"))
            if n > chiefs:
                yield self._grant(unit, "LD2", n - chiefs, row.at("leaders_approved"))

    def _grant(self, unit: str, kind: str, n: int, origin: str, funding: str = "") -> Act:
        return act("下达", origin, to=unit, kind=kind, n=n, funding=funding or None, on=self._on)

    @property
    def _on(self) -> str:
        return day_text(self.day)

    def _fill(self, unit: str, row: Row) -> Iterator[Act]:
        """Fields the record does not know of the unit; those it knows otherwise are differences."""
        for name in (*FIELDS, *PLAIN):
            value = row.values[name].value if name in row.values else None
            if value in (None, "") or unit in self.new:
                continue
            if self.bench.fact(unit, name, self.day) is None:
                told = str(value) if name == "founded_on" else value
                yield act("变更", row.at(name), subject=unit, field=name, value=told, on=self._on)
        above = self.above(unit, row)
        if above and self.bench.fact(unit, "supervisor", self.day) is None:
            yield act(
                "改隶", row.at("supervisor"), org=unit, supervisor=above, parent=above, on=self._on
            )

    def above(self, unit: str, row: Row) -> str | None:
        """The supervising body of a row; None where it is the unit itself, or none is told."""
        if not row.text("supervisor"):
            return None
        found, _ = self.names.resolve(row.text("supervisor"), self.day)
        if found is None:
            self.said.warning(
                "unknown-supervisor", f"台账中没有主管单位“{row.text('supervisor')}”",
                "请核对名称", row.at("supervisor"),
            )  # fmt: skip
        return None if found == unit else found

    # -- inside units --------------------------------------------------------------------------

    def section(self, unit: str, name: str) -> str | None:
        """The section of a unit by its name."""
        return self._sections.get((unit, folded(name)))

    def sections_of(self, unit: str) -> dict[str, str]:
        """Name -> key of the sections of a unit."""
        return {name: key for (parent, name), key in self._sections.items() if parent == unit}

    def holders(self, unit: str) -> list[str]:
        """A unit and its sections, those within sections too: their posts stand in its row."""
        found = [unit]
        for each in found:  # grows as it goes
            found += self._below.get(each, [])
        return found

    def add_section(self, unit: str, name: str) -> str:
        """A key for a new section."""
        key = self.keys.below(unit, "N")
        self._sections[unit, folded(name)] = key
        self._below[unit].append(key)
        return key

    def duty_texts(self) -> set[tuple[str, str]]:
        """(holder, text) of the duties in the record."""
        found: dict[str, dict[str, str]] = {}
        subjects = self.bench.columns.frame("subjects")
        for key in subjects.filter(pl.col("cls") == "duty")["key"]:
            facts = {name: self.bench.fact(key, name, self.day) for name in ("holder", "text")}
            found[key] = {name: value for name, value in facts.items() if value}
        return {(f["holder"], f["text"]) for f in found.values() if len(f) == 2}


def _sections(bench: Bench) -> dict[tuple[str, str], str]:
    """(unit, name) -> key of every section in the record."""
    subjects = bench.columns.frame("subjects")
    found = {}
    for key in subjects.filter(pl.col("cls") == "section")["key"]:
        parent, name = (bench.fact(key, field, 2**20) for field in ("parent", "name"))
        if parent and name:
            found[parent, name] = key
    return found
