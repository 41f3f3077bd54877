"""The bench: drafts are made one by one on a book, so what is planned is what can be posted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bianzhi.core.acts import Act
from bianzhi.core.book import Book
from bianzhi.core.changes import Draft, Made, make, prefetch
from bianzhi.core.columns import Columns
from bianzhi.core.errors import Refusal
from bianzhi.core.exchange import read_act
from bianzhi.core.kinds import CodeTree
from bianzhi.core.ledger import COUNTERS
from bianzhi.core.memory import entry_of
from bianzhi.core.quantity import quantity_text
from bianzhi.core.rows import Account
from bianzhi.core.source import Source


def act(do: str, origin: str = "", **fields: Any) -> Act:
    """An act, its fields as the exchange form names them; ``n`` in ten-thousandths."""
    given = {name.rstrip("_"): value for name, value in fields.items() if value is not None}
    if isinstance(given.get("n"), int):
        given["n"] = quantity_text(given["n"])
    if origin:
        given["source"] = origin
    return read_act({"do": do, **given}, origin)


class Bench:
    """A book over the record, with the drafts planned so far made in it.

    Args:
        source: The record.
        columns: The same record's columns.
        by: Who will post.
    """

    def __init__(self, source: Source, columns: Columns, by: str) -> None:
        self.source, self.columns, self.by = source, columns, by
        self.book = Book(source)
        self.made: list[Made] = []

    @property
    def drafts(self) -> list[Draft]:
        """What is planned."""
        return [each.draft for each in self.made]

    def add(self, draft: Draft) -> Refusal | None:
        """Make a draft; where it cannot be, the bench is as before and says why."""
        try:
            self.made.append(make(self.book, draft))
        except Refusal as refusal:
            self._again()
            return refusal
        return None

    def _again(self) -> None:
        """A book in which a change was refused is spent: the drafts so far, in a fresh one."""
        self.book = Book(self.source)
        prefetch(self.book, self.drafts)
        self.made = [make(self.book, each.draft) for each in self.made]

    def after(self) -> Columns:
        """The record's columns with the drafts as if posted."""
        return self.columns.extended([entry_of(each) for each in self.made])

    # -- what the book says --------------------------------------------------------------------

    @property
    def kinds(self) -> CodeTree:
        """The tree of kinds of posts."""
        return self.book.tree("quota_kind")

    def is_leadership(self, kind: str) -> bool:
        """Whether a kind is 领导职数."""
        return self.kinds.attribute(kind, "family") == "leadership"

    def exists(self, key: str, day: int) -> bool:
        """Whether a unit is in being."""
        born, ended = self.book.life(key)
        return born is not None and born <= day and (ended is None or day < ended)

    def fact(self, key: str, field: str, day: int) -> str | None:
        """A field of a thing."""
        return self.book.fact(key, field, day)

    def accounts(self, key: str, day: int) -> dict[Account, int]:
        """What a unit has on the day, leadership posts too; accounts at nought left out."""
        found = {each: self.book.balance(each).on(day) for each in sorted(self.book.accounts(key))}
        return {each: n for each, n in found.items() if n}

    def by_kind(self, keys: list[str], day: int) -> dict[str, int]:
        """What some holders have together, by kind; ranks of leadership posts left out."""
        found: dict[str, int] = {}
        for account, n in (each for key in keys for each in self.accounts(key, day).items()):
            kind = account.kind.partition("@")[0]
            found[kind] = found.get(kind, 0) + n
        return found

    def spoken_for(self, keys: list[str], figure: str, day: int) -> dict[str, int]:
        """待上编 or 预留 of some holders on the day, by kind."""
        found: dict[str, int] = {}
        for account in (each for key in keys for each in sorted(self.book.accounts(key))):
            for claimant in sorted(self.book.claimants(account)):
                for timeline in self.book.claims(claimant).values():
                    use = timeline.at(day)
                    if use is not None and use[0] == account and use[1] == figure:
                        found[account.kind] = found.get(account.kind, 0) + use[2]
        return found


def changed(bench: Bench, key: str, day: int, wanted: Mapping[str, object]) -> dict[str, object]:
    """The fields that differ from what the record says on the day; None and "" say nothing."""
    return {
        field: value
        for field, value in wanted.items()
        if value not in (None, "") and _stored(value) != bench.fact(key, field, day)
    }


def _stored(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def only(acts: Iterable[Act | None]) -> list[Act]:
    """Those that are."""
    return [each for each in acts if each is not None]


def is_unit(holder: str) -> bool:
    """Whether a holder is no counter-account."""
    return holder not in COUNTERS
