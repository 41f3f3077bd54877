"""The report of a year: two states, their difference, and the change behind every line.

A department reports the year before to the 编委 by 31 January, the 编委 upward by 31 March
(rules DL-01 and DL-02).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from bianzhi.core.days import day_text
from bianzhi.core.diff import Difference, diff
from bianzhi.core.facts import ENDED, HOLDERS
from bianzhi.core.ledger import COUNTERS
from bianzhi.core.state import State
from bianzhi.core.values import show_value
from bianzhi.office.desk.words import Words

DEPARTMENT_BY, BOARD_BY = (1, 31), (3, 31)  # of the next year: DL-01, DL-02
MERGED = "合并"


@dataclass(frozen=True)
class Cell:
    """A value of a report; ``view`` and ``where`` say which page shows its grounds."""

    value: Any
    view: str = ""
    where: Mapping[str, str] = field(default_factory=dict)
    signed: bool = False

    @property
    def numeric(self) -> bool:
        """Whether it is a number of posts."""
        return isinstance(self.value, Decimal)

    @property
    def text(self) -> str:
        """As it is read."""
        if self.value is None:
            return ""
        shown = show_value(self.value).replace("-", "−") if self.numeric else str(self.value)
        return f"+{shown}" if self.signed and self.numeric and self.value > 0 else shown


Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Section:
    """A table of the report; a report says so where it has no rows."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


def due(year: int, department: bool) -> date:
    """By when the report of a year is due: a department's, or the 编委's own."""
    return date(year + 1, *(DEPARTMENT_BY if department else BOARD_BY))


@dataclass(frozen=True)
class Year:
    """What a report is made from: whole states, and the keys it is about (None for all).

    They are whole because a unit that came into the reach of a reader in the year has its grounds
    outside of what was within reach before.
    """

    before: Words
    after: Words
    units: frozenset[str] | None

    def sections(self) -> tuple[Section, ...]:
        """All tables of the report."""
        found = diff(self.before.state, self.after.state)
        return (
            Section("编制总量", TOTALS, tuple(self._totals(leaders=False))),
            Section("领导职数", TOTALS, tuple(self._totals(leaders=True))),
            Section("机构变化", UNITS, tuple(self._changes(found))),
            Section("编制和职数增减", POSTINGS, tuple(self._postings(found))),
            Section("超编和超职数", OVER, tuple(self._over())),
        )

    def _mine(self, frame: pl.DataFrame, column: str = "holder") -> pl.DataFrame:
        own = frame.filter(~pl.col(column).is_in(list(COUNTERS)))
        if self.units is None:
            return own
        return own.filter(pl.col(column).is_in(pl.Series(sorted(self.units)).implode()))

    # -- figures -----------------------------------------------------------------------------

    def _totals(self, *, leaders: bool) -> Iterator[Row]:
        """Each kind of each class of holder; a pool's posts are in no unit."""
        was, now = (self._sums(each.state) for each in (self.before, self.after))
        both = now.join(was, on=["pool", "kind"], how="full", coalesce=True, suffix="_before")
        rows = both.with_columns(pl.col(pl.Decimal).fill_null(0)).to_dicts()
        for row in sorted(rows, key=lambda each: (*self.after.place(each["kind"]), each["pool"])):
            if self.after.is_leadership(row["kind"]) == leaders:
                yield self._total(row)

    def _sums(self, state: State) -> pl.DataFrame:
        frame = self._mine(state.figures("holder", "kind"))
        pools = [key for key in frame["holder"].unique() if self.after.classes.get(key) == "pool"]
        frame = frame.with_columns(
            pool=pl.when(pl.col("holder").is_in(pools)).then("holder").otherwise(pl.lit(""))
        )
        return frame.group_by("pool", "kind").agg(
            pl.col("approved", "actual", "vacant").sum().cast(pl.Decimal(38, 4))
        )

    def _total(self, row: dict[str, Any]) -> Row:
        where = {
            "kind": row["kind"],
            **({"holder": row["pool"]} if row["pool"] else {"cls": "unit"}),
        }
        given = [Cell(row[name], "entries", where) for name in ("actual", "vacant")]
        days = {"before": day_text(self.before.state.on), "after": day_text(self.after.state.on)}
        return (
            Cell(self.after.kind(row["kind"])),
            Cell(self.after.name(row["pool"]) if row["pool"] else "各单位"),
            Cell(row["approved_before"], "entries" if row["approved_before"] else "",
                 {**where, "on": days["before"]}),
            Cell(row["approved"], "entries", where),
            Cell(row["approved"] - row["approved_before"], "compare", days, signed=True),
            *given,
        )  # fmt: skip

    def _over(self) -> Iterator[Row]:
        """Accounts with more people than posts."""
        accounts = self._mine(self.after.state.accounts).filter(pl.col("gross_vacant") < 0)
        for row in accounts.sort("holder", "kind", "funding").iter_rows(named=True):
            where = {name: row[name] for name in ("holder", "kind", "funding")}
            over = Cell(-row["gross_vacant"], "entries", where)
            numbers = (Cell(row[name], "entries", where) for name in ("approved", "actual"))
            yield (self._unit(row["holder"]), Cell(self.after.kind(row["kind"])), *numbers, over)

    # -- what became of it -------------------------------------------------------------------

    def _changes(self, found: Difference) -> Iterator[Row]:
        """Units set up, merged, abolished, renamed, each with its document."""
        into: dict[str, list[str]] = {}
        for link in found.succession.iter_rows(named=True):
            into.setdefault(link["before"], []).append(link["after"])
        merged = found.succession.filter(pl.col("verb") == MERGED)["before"].to_list()
        papers = self.after.papers(found.facts["no"])
        facts = self._mine(found.facts, "key").sort("no", "key")
        for row in facts.iter_rows(named=True):
            if self.after.classes.get(row["key"]) != "org":
                continue
            if told := self._told(row, merged, into):
                paper = papers.get(row["no"])
                grounds = Cell(paper.label if paper else "", "change", {"no": str(row["no"])})
                yield (Cell(told[0]), self._unit(row["key"]), Cell(told[1]), grounds)

    def _told(
        self, row: dict[str, Any], merged: list[str], into: dict[str, list[str]]
    ) -> tuple[str, str] | None:
        was, now, key = row["before"], row["after"], row["key"]
        if row["field"] == "name" and was and now:
            return "更名", f"{was} → {now}"
        if row["field"] != "status":
            return None
        if now in ENDED:
            others = [each for each in into.get(key, ()) if each != key]
            to = "、".join(map(self.after.name, others))
            return (MERGED if key in merged else "撤销"), (f"并入{to}" if to else "")
        return ("设立", "") if was is None and now else None

    def _postings(self, found: Difference) -> Iterator[Row]:
        papers = self.after.papers(found.postings["no"])
        for row in self._mine(found.postings).sort("day", "no", "holder").iter_rows(named=True):
            where = {name: row[name] for name in ("holder", "kind", "funding")}
            paper = papers.get(row["no"])
            yield (
                Cell(row["day"].isoformat()), self._unit(row["holder"]),
                Cell(self.after.kind(row["kind"])), Cell(row["verb"]),
                Cell(row["delta"], "entries", where, signed=True),
                Cell(paper.label if paper else "", "change", {"no": str(row["no"])}),
            )  # fmt: skip

    def _unit(self, key: str) -> Cell:
        known = self.after.classes.get(key) in HOLDERS
        return Cell(self.after.name(key), "unit" if known else "", {"code": key} if known else {})


TOTALS = ("种类", "范围", "上年末核定", "本期末核定", "增减", "实有", "空编")
UNITS = ("变化", "单位", "说明", "文件")
POSTINGS = ("生效日期", "单位", "种类", "事项", "增减", "文件")
OVER = ("单位", "种类", "核定", "实有", "超出")
