"""沿革: what happened to a unit, each event with the document behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import polars as pl

from bianzhi.core.columns import Columns
from bianzhi.core.facts import FIELDS, STATUSES
from bianzhi.core.folding import known_by
from bianzhi.core.ledger import COUNTERS
from bianzhi.core.quantity import quantity_text
from bianzhi.core.state import State

NAMED = 5  # how many other units an event names before it says 等


class Event(NamedTuple):
    """One act of one document on the unit.

    Attributes:
        day, no, act: When it takes effect; the change and the act in it.
        verb: 设立, 划转 …
        text: What it did to the unit, in words.
        doc_no, title, issuer: The document; empty where the change has none.
        kind: regular, opening or unverified.
        source: The clause, or the cell it was read from.
    """

    day: int
    no: int
    act: int
    verb: str
    text: str
    doc_no: str
    title: str
    issuer: str
    kind: str
    source: str


def history(columns: Columns, unit: str, known: int | None = None) -> list[Event]:
    """The events of a unit in order of days, as known at a change."""
    return list(_Telling(columns, unit, known).events())


class _Telling:
    def __init__(self, columns: Columns, unit: str, known: int | None) -> None:
        self.columns = columns
        self.known = columns.head if known is None else known
        self.counts = (pl.col("no") <= self.known) & known_by(columns, self.known)
        self.keys = columns.frame("subjects")["key"]
        self.unit = unit
        self.id = _position(self.keys, unit)
        self.trees = State(columns, 0, self.known).trees
        self.words: dict[tuple[int, int, int, str], list[str]] = defaultdict(list)
        self.sources: dict[tuple[int, int, int, str], str] = {}

    def events(self) -> Iterator[Event]:
        if self.id is None:
            return
        self._facts()
        self._postings()
        self._people()
        self._links()
        papers = self._papers()
        for key in sorted(self.words):
            day, no, act, verb = key
            doc_no, title, issuer, kind = papers[no]
            text = "；".join(dict.fromkeys(self.words[key]))
            yield Event(
                day, no, act, verb, text, doc_no or "", title or "", issuer or "", kind,
                self.sources.get(key, ""),
            )  # fmt: skip

    def _say(self, row: dict[str, object], text: str) -> None:
        key = (int(str(row["day"])), int(str(row["no"])), int(str(row["act"])), str(row["verb"]))
        self.words[key].append(text)
        if row["source"]:
            self.sources.setdefault(key, str(row["source"]))

    def _rows(self, table: str, condition: pl.Expr) -> Iterator[dict[str, object]]:
        frame = self.columns.frame(table).filter(self.counts & condition).sort("no", "line")
        return iter(frame.iter_rows(named=True))

    def _facts(self) -> None:
        fields = FIELDS["org"]
        for row in self._rows("facts", pl.col("subject") == self.id):
            field = fields[str(row["field"])]
            value = self.keys[int(str(row["ref"])) - 1] if row["ref"] else row["value"]
            shown = self._shown(field.type, None if value is None else str(value))
            self._say(row, f"{field.title}：{shown}")
        duties = (pl.col("ref") == self.id) & (pl.col("field") == "holder")
        for row in self._rows("facts", duties):
            self._say(row, f"承担职责 {self.keys[int(str(row['subject'])) - 1]}")

    def _shown(self, kind: str, value: str | None) -> str:
        if value is None:
            return "（终止）"
        if kind in self.trees and (code := self.trees[kind].find(value)):
            return code.name
        return {**STATUSES, "true": "是", "false": "否"}.get(value, value)

    def _postings(self) -> None:
        accounts = self.columns.frame("accounts").with_row_index("id", offset=1)
        mine = accounts.filter(pl.col("holder") == self.unit)["id"]
        for row in self._rows("postings", pl.col("account").is_in(mine.implode())):
            others = self._others(int(str(row["no"])), int(str(row["act"])), mine)
            delta = int(str(row["delta"]))
            account = accounts.row(int(str(row["account"])) - 1, named=True)
            kind = self._shown("quota_kind", account["kind"])
            funding = self._shown("funding_form", account["funding"]) if account["funding"] else ""
            way = "增加" if delta > 0 else "减少"
            side = ("来自" if delta > 0 else "转到") + others if others else ""
            words = [kind + funding, f"{way} {quantity_text(abs(delta))} 名", side]
            self._say(row, " ".join(word for word in words if word))

    def _others(self, no: int, act: int, mine: pl.Series) -> str:
        legs = self.columns.frame("postings").filter(
            (pl.col("no") == no) & (pl.col("act") == act) & ~pl.col("account").is_in(mine.implode())
        )
        holders = self.columns.frame("accounts")["holder"].gather(legs["account"] - 1)
        names = list(dict.fromkeys(holders))
        more = f" 等 {len(names)} 个单位" if len(names) > NAMED else ""
        return "、".join(names[:NAMED]) + more

    def _people(self) -> None:
        accounts = self.columns.frame("accounts").with_row_index("id", offset=1)
        mine = accounts.filter(pl.col("holder") == self.unit)["id"].implode()
        counted: dict[tuple[int, int, int, str], int] = defaultdict(int)
        example: dict[tuple[int, int, int, str], dict[str, object]] = {}
        for row in self._rows("claims", pl.col("account").is_in(mine)):
            day, no = int(str(row["day"])), int(str(row["no"]))
            key = (day, no, int(str(row["act"])), str(row["figure"]))
            counted[key] += int(str(row["amount"]))
            example[key] = row
        words = {"actual": "实有", "pending": "待上编", "reserved": "预留", "uncounted": "不占编"}
        for key, amount in counted.items():
            self._say(example[key], f"{words[key[3]]} {quantity_text(amount)} 名")

    def _links(self) -> None:
        either = (pl.col("before") == self.id) | (pl.col("after") == self.id)
        for row in self._rows("links", either):
            before = self.keys[int(str(row["before"])) - 1]
            after = self.keys[int(str(row["after"])) - 1]
            self._say(row, f"由 {after} 承接" if before == self.unit else f"承接 {before}")

    def _papers(self) -> dict[int, tuple[str | None, str | None, str | None, str]]:
        wanted = {no for _, no, _, _ in self.words}
        changes = self.columns.frame("changes").filter(pl.col("no").is_in(list(wanted)))
        rows = changes.select("no", "doc_no", "title", "issuer", "kind").iter_rows()
        return {no: (doc_no, title, issuer, kind) for no, doc_no, title, issuer, kind in rows}


def _position(keys: pl.Series, unit: str) -> int | None:
    if unit in COUNTERS:
        return None
    found = keys.index_of(unit)
    return None if found is None else found + 1
