"""What a book reads from: the record as known at a change."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple, Protocol

from bianzhi.core.kinds import Code
from bianzhi.core.rows import Account, Assertion, Claim, Fact, Rows


class Known(NamedTuple):
    """A row's place in the record: its change and its line there."""

    no: int
    line: int


class Change(NamedTuple):
    """The head of a posted change, as other changes refer to it."""

    no: int
    kind: str
    label: str
    voided_by: int
    grounded_by: int


class Source(Protocol):
    """The record up to change ``head``, voided changes left out. Every answer is in bulk.

    Rows come in any order; keys that are not in the record are simply not answered.
    """

    @property
    def head(self) -> int:
        """The last change it knows."""

    def subjects(self, keys: Collection[str]) -> Iterable[tuple[str, str]]:
        """(key, class) of the subjects that exist."""

    def facts(self, keys: Collection[str]) -> Iterable[tuple[Known, Fact]]:
        """All facts of the subjects."""

    def referrers(self, keys: Collection[str]) -> Iterable[tuple[str, str]]:
        """(key, subject) for every subject with a fact that names the key as its value."""

    def accounts(self, holders: Collection[str]) -> Iterable[Account]:
        """All accounts ever used of the holders."""

    def postings(self, accounts: Collection[Account]) -> Iterable[tuple[Account, int, int, int]]:
        """(account, day, change number, delta) of every posting; never asked of a counter."""

    def counter_balance(self, account: Account, day: int) -> int:
        """The balance of a counter-account at the end of a day."""

    def claims(self, subjects: Collection[str]) -> Iterable[tuple[Known, Claim]]:
        """All claims of the subjects."""

    def claimants(self, accounts: Collection[Account]) -> Iterable[tuple[Account, str]]:
        """(account, subject) for every subject that ever claimed the account."""

    def assertions(self, holders: Collection[str]) -> Iterable[tuple[Known, Assertion]]:
        """Assertions of scope unit about the holders, those laid down left out."""

    def wide_assertions(self) -> Iterable[tuple[Known, Assertion]]:
        """Assertions of scope subtree or area."""

    def change(self, no: int) -> Change | None:
        """The head of a change, voided ones too."""

    def rows_of(self, no: int) -> Rows:
        """Everything a change left."""

    def posted_under(self, document_keys: Collection[str]) -> Iterable[tuple[str, int]]:
        """(document and clause, change) for those already posted under, voided changes left out."""

    def local_codes(self) -> Iterable[tuple[str, Code]]:
        """(tree, code) of the local codes."""
