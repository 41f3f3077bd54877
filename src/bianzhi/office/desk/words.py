"""Words for a state: names of units and people, names of codes, papers behind changes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

import polars as pl

from bianzhi.core.changes import KINDS, REGULAR
from bianzhi.core.facts import FIELDS, STATUSES
from bianzhi.core.folding import latest
from bianzhi.core.ledger import COUNTERS
from bianzhi.core.state import State
from bianzhi.core.values import decode_texts
from bianzhi.office.desk.kept import Kept
from bianzhi.office.desk.things import Things

EVER = 2**30  # later than any day
FEW = 1000  # keys, up to which looking them up one by one is quicker than a join
RECENT = 32  # answers of one state kept for who pages on
FLAGS = {"true": "是", "false": "否"}


class Paper(NamedTuple):
    """A change as a page names it: its document, and what later changes said about it.

    ``voided`` and ``grounded`` are the numbers of the later changes, 0 where there is none.
    """

    no: int
    label: str
    title: str
    issuer: str
    clause: str
    kind: str
    voided: int
    grounded: int

    @property
    def flag(self) -> str:
        """What people must know before they rely on it; "" for a change with its document."""
        if self.voided:
            return "已作废"
        if self.kind == REGULAR:
            return ""
        return "已补依据" if self.grounded else KINDS[self.kind]


class Words:
    """A state and the words for what is in it.

    Attributes:
        kept: What pages made of the state and may use again.
        recent: The same for what was sought last.
        shared: What is the same for every state of one reading of the record.
    """

    def __init__(self, state: State, shared: Kept | None = None) -> None:
        self.state = state
        self.kept = Kept()
        self.recent = Kept(RECENT)
        self.shared = shared or Kept()

    @property
    def things(self) -> Things:
        """Every key with its number and class."""
        return self.shared.get("things", lambda: Things(self.state.columns))

    @property
    def classes(self) -> Things:
        """What each key is: org, section, pool, person, duty …"""
        return self.things

    @cached_property
    def _names(self) -> pl.Series:
        """The name of everything by number: that of the day, else the last one known."""
        found = pl.DataFrame(schema={"subject": pl.Int64, "value": pl.String})
        for day in (EVER, self.state.on):
            facts = latest(
                self.state.columns, "facts", day, self.state.known, pl.col("field") == "name"
            )
            newer = facts.filter(pl.col("value").is_not_null()).select("subject", "value")
            kept = found.join(newer.select("subject"), on="subject", how="anti")
            found = pl.concat([kept, newer])
        names = pl.Series("name", [None], dtype=pl.String).new_from_index(0, len(self.things))
        return names.scatter(found["subject"] - 1, found["value"])

    def names_of(self, keys: pl.Series) -> pl.Series:
        """Names of many keys at once, the key itself where there is none."""
        if len(keys) <= FEW:
            return pl.Series("name", [self.name(key) for key in keys], dtype=pl.String)
        numbers = pl.DataFrame({"key": keys}).join(
            self.things.frame, on="key", how="left", maintain_order="left"
        )["number"]
        return self._names.gather(numbers).zip_with(numbers.is_not_null(), keys).fill_null(keys)

    def name(self, key: str) -> str:
        """The name behind a key, the key itself where there is none."""
        number = self.things.number(key)
        return (self._names[number] if number is not None else None) or key

    def kind(self, code: str) -> str:
        """A kind of post as people read it."""
        return self.code("quota_kind", code)

    def funding(self, code: str | None) -> str:
        """A funding form as people read it."""
        return self.code("funding_form", code) if code else ""

    def code(self, tree: str, code: str) -> str:
        """A code of any tree as people read it."""
        found = self.state.tree(tree).find(code)
        return found.name if found else code

    def field(self, key: str, name: str) -> str:
        """The title of a field of the thing behind a key."""
        known = FIELDS.get(self.classes.get(key, ""), {}).get(name)
        return known.title if known else name

    def value(self, cls: str, field: str, stored: str | None) -> str:
        """A stored value of a field as people read it."""
        kind = FIELDS[cls][field].type if field in FIELDS.get(cls, {}) else "text"
        if stored is None:
            return "（终止）"
        if kind in self.state.trees:
            return self.code(kind, stored)
        if kind == "ref":
            return self.name(stored)
        if kind == "texts":
            return "、".join(decode_texts(stored)) or "无"
        return {"status": STATUSES, "flag": FLAGS}.get(kind, {}).get(stored, stored)

    @cached_property
    def _places(self) -> dict[str, int]:
        tree = self.state.tree("quota_kind")
        return {code.code: place for place, code in enumerate(tree)}

    def place(self, kind: str) -> tuple[int, str]:
        """Where a kind stands in its code tree: tables list kinds in that order."""
        return self._places.get(kind.partition("@")[0], len(self._places)), kind

    def is_leadership(self, kind: str) -> bool:
        """Whether a kind is a leadership post (领导职数)."""
        return self.state.tree("quota_kind").attribute(kind, "family") == "leadership"

    def counts(self, kind: str) -> bool:
        """Whether a kind counts towards the total of posts."""
        return self.state.tree("quota_kind").attribute(kind, "counts") is not False

    # -- papers ------------------------------------------------------------------------------

    @cached_property
    def _amended(self) -> dict[tuple[str, int], int]:
        amendments = self.state.columns.frame("amendments")
        rows = amendments.filter(pl.col("no") <= self.state.known).select("verb", "target", "no")
        return {(verb, target): no for verb, target, no in rows.iter_rows()}

    def papers(self, numbers: Iterable[int]) -> dict[int, Paper]:
        """The papers behind some changes."""
        changes = self.state.columns.frame("changes")
        wanted = changes.filter(pl.col("no").is_in(list(set(numbers))))
        found = wanted.select("no", "kind", "note", "doc_no", "title", "issuer", "clause")
        return {row[0]: self._paper(*row) for row in found.iter_rows()}

    def _paper(
        self, no: int, kind: str, note: str, doc_no: str | None, title: str | None,
        issuer: str | None, clause: str | None,
    ) -> Paper:  # fmt: skip
        label = doc_no or (f"《{title}》" if title else note or KINDS[kind])
        return Paper(
            no, label, title or "", issuer or "", clause or "", kind,
            self._amended.get(("作废", no), 0), self._amended.get(("补依据", no), 0),
        )  # fmt: skip


def is_counter(key: str) -> bool:
    """Whether a holder is a counter-account (上级, 核销, 置换)."""
    return key in COUNTERS
