"""沿革: what happened to a unit, each event with the document behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

import polars as pl

from bianzhi.core.columns import Columns
from bianzhi.core.facts import FIELDS, STATUSES
from bianzhi.core.folding import known_by
from bianzhi.core.ledger import COUNTERS, FIGURES
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


Place = tuple[int, int, int, str]  # day, change, act, verb: what makes one event


class _Telling:
    def __init__(self, columns: Columns, unit: str, known: int | None) -> None:
        self.columns = columns
        self.known = columns.head if known is None else known
        self.counts = (pl.col("no") <= self.known) & known_by(columns, self.known)
        self.keys = columns.frame("subjects")["key"]
        self.unit = unit
        self.id = _position(self.keys, unit)
        self.trees = State(columns, 0, self.known).trees
        accounts = columns.frame("accounts").with_row_index("id", offset=1)
        self.accounts = accounts.filter(pl.col("holder") == unit)
        self.words: dict[Place, list[str]] = defaultdict(list)
        self.sources: dict[Place, str] = {}
        self.names: dict[str, str] = {}

    def events(self) -> Iterator[Event]:
        if self.id is None:
            return
        for tell in (self._facts, self._postings, self._assertions, self._uses, self._links):
            tell()
        papers = self._papers()
        for place in sorted(self.words):
            doc_no, title, issuer, kind = papers[place[1]]
            text = "；".join(dict.fromkeys(self.words[place]))
            source = self.sources.get(place, "")
            yield Event(*place, text, doc_no or "", title or "", issuer or "", kind, source)

    def _say(self, row: dict[str, Any], text: str) -> None:
        place = (row["day"], row["no"], row["act"], row["verb"])
        self.words[place].append(text)
        if row["source"]:
            self.sources.setdefault(place, row["source"])

    def _rows(self, table: str, condition: pl.Expr) -> Iterator[dict[str, Any]]:
        frame = self.columns.frame(table).filter(self.counts & condition).sort("no", "line")
        return iter(frame.iter_rows(named=True))

    def _facts(self) -> None:
        fields = FIELDS["org"]
        for row in self._rows("facts", pl.col("subject") == self.id):
            field = fields[row["field"]]
            value = self._name(row["ref"]) if row["ref"] else row["value"]
            self._say(row, f"{field.title}：{self._shown(field.type, value)}")
        held = (pl.col("ref") == self.id) & (pl.col("field") == "holder")
        for row in self._rows("facts", held):
            self._say(row, f"承担职责“{self._duty(row['subject'])}”")

    def _duty(self, number: int) -> str:
        texts = [
            row["value"]
            for row in self._rows(
                "facts", (pl.col("subject") == number) & (pl.col("field") == "text")
            )
        ]
        return str(texts[-1]) if texts else str(self.keys[number - 1])

    def _shown(self, kind: str, value: str | None) -> str:
        if value is None:
            return "（终止）"
        if kind in self.trees and (code := self.trees[kind].find(value)):
            return code.name
        return {**STATUSES, "true": "是", "false": "否"}.get(value, value)

    def _kind(self, kind: str, funding: str | None) -> str:
        form = f"（{self._shown('funding_form', funding)}）" if funding else ""
        return self._shown("quota_kind", kind) + form

    def _name(self, number: int) -> str:
        key = str(self.keys[number - 1])
        if key not in self.names:
            condition = (pl.col("subject") == number) & (pl.col("field") == "name")
            found = sorted(
                (row["day"], row["no"], row["line"], row["value"])
                for row in self._rows("facts", condition)
            )
            self.names[key] = f"{found[-1][3]}（{key}）" if found and found[-1][3] else key
        return self.names[key]

    def _postings(self) -> None:
        mine = {row["id"]: row for row in self.accounts.iter_rows(named=True)}
        for row in self._rows("postings", pl.col("account").is_in(list(mine))):
            account, delta = mine[row["account"]], row["delta"]
            others = self._others(row["no"], row["act"], list(mine))
            way, side = ("增加", "来自") if delta > 0 else ("减少", "转到")
            kind = self._kind(account["kind"], account["funding"])
            words = [kind, f"{way} {quantity_text(abs(delta))} 名", side + others if others else ""]
            self._say(row, " ".join(word for word in words if word))

    def _others(self, no: int, act: int, mine: list[int]) -> str:
        legs = self._rows(
            "postings",
            (pl.col("no") == no) & (pl.col("act") == act) & ~pl.col("account").is_in(mine),
        )
        holders = self.columns.frame("accounts")["holder_id"]
        names = list(dict.fromkeys(self._name(holders[leg["account"] - 1]) for leg in legs))
        more = f" 等 {len(names)} 个单位" if len(names) > NAMED else ""
        return "、".join(names[:NAMED]) + more

    def _assertions(self) -> None:
        for row in self._rows("assertions", pl.col("holder") == self.id):
            what = "核定" if row["at_change"] else "公布"
            kind = self._kind(row["kind"], row["funding"])
            self._say(row, f"{kind} {what} {quantity_text(row['expected'])} 名")

    def _uses(self) -> None:
        """People coming and going, holds and tickets: counted an act, by figure and direction."""
        counted: dict[tuple[Place, str, str], int] = defaultdict(int)
        rows: dict[Place, dict[str, Any]] = {}
        for row, figure, change in self._steps():
            place = (row["day"], row["no"], row["act"], row["verb"])
            rows[place] = row
            counted[place, figure, "增加" if change > 0 else "减少"] += abs(change)
        for (place, figure, way), amount in counted.items():
            self._say(rows[place], f"{FIGURES[figure]}{way} {quantity_text(amount)} 名")

    def _steps(self) -> Iterator[tuple[dict[str, Any], str, int]]:
        """(claim row, figure, change of the unit's figure) of everybody who ever used a post."""
        mine = self.accounts["id"].to_list()
        here = self.columns.frame("claims").filter(self.counts & pl.col("account").is_in(mine))
        users = here["subject"].unique().to_list()
        frame = self.columns.frame("claims").filter(self.counts & pl.col("subject").is_in(users))
        used: dict[tuple[int, str], dict[str, int]] = {}
        for row in frame.sort("subject", "slot", "day", "no", "line").iter_rows(named=True):
            who = row["subject"], row["slot"]
            before = used.get(who, {})
            after = {row["figure"]: row["amount"]} if row["account"] in mine else {}
            for figure in sorted({*before, *after}):
                if change := after.get(figure, 0) - before.get(figure, 0):
                    yield row, figure, change
            used[who] = after

    def _links(self) -> None:
        for row in self._rows(
            "links", (pl.col("before") == self.id) | (pl.col("after") == self.id)
        ):
            if row["before"] == self.id:
                self._say(row, f"由{self._name(row['after'])}承接")
            else:
                self._say(row, f"承接{self._name(row['before'])}")

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
