"""A record in memory: the same promises without a database, for tests, notebooks and what-ifs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from bianzhi.core.book import Book
from bianzhi.core.changes import Draft, Made, make
from bianzhi.core.columns import Columns, Entry
from bianzhi.core.facts import REFERENCES
from bianzhi.core.kinds import Code, stored_code
from bianzhi.core.rows import Account, Assertion, Claim, Fact, Rows
from bianzhi.core.source import Change, Known


def entry_of(made: Made) -> Entry:
    """A made change as the columns take it in; the clock plays no part."""
    draft = made.draft
    return Entry(made.no, "", draft.by, draft.kind, draft.note, draft.document, made.rows)


class MemoryRecord:
    """Changes kept in a list; itself the :class:`~bianzhi.core.source.Source` of its last change.

    >>> record = MemoryRecord()
    >>> record.head
    0
    """

    def __init__(self, made: Iterable[Made] = ()) -> None:
        self.made = list(made)

    @property
    def head(self) -> int:
        """The number of the last change."""
        return len(self.made)

    def post(self, *drafts: Draft) -> list[Made]:
        """Post drafts, all or none."""
        book = Book(self)
        made = [make(book, draft) for draft in drafts]
        self.made += made
        return made

    def known(self, no: int) -> MemoryRecord:
        """The record as it was known at a change."""
        return MemoryRecord(self.made[:no])

    def columns(self) -> Columns:
        """All rows as columns, for states."""
        return Columns.start().extended([entry_of(each) for each in self.made])

    # -- Source ----------------------------------------------------------------------------

    def _amended(self, verb: str) -> dict[int, int]:
        return {
            amendment.target: made.no
            for made in self.made
            for amendment in made.rows.amendments
            if amendment.verb == verb
        }

    def _live(self) -> Iterator[Made]:
        voided = self._amended("作废")
        return (made for made in self.made if made.no not in voided)

    def subjects(self, keys: Collection[str]) -> Iterable[tuple[str, str]]:
        # a voided change leaves its subjects: a key, once given, is never given again
        return [s for made in self.made for s in made.rows.subjects if s.key in keys]

    def facts(self, keys: Collection[str]) -> Iterable[tuple[Known, Fact]]:
        return [
            (Known(made.no, line), fact)
            for made in self._live()
            for line, fact in enumerate(made.rows.facts, 1)
            if fact.subject in keys
        ]

    def referrers(self, keys: Collection[str]) -> Iterable[tuple[str, str]]:
        return [
            (fact.value, fact.subject)
            for made in self._live()
            for fact in made.rows.facts
            if fact.field in REFERENCES and fact.value in keys and fact.value is not None
        ]

    def accounts(self, holders: Collection[str]) -> Iterable[Account]:
        used = [p.account for made in self.made for p in made.rows.postings]
        used += [c.account for made in self.made for c in made.rows.claims if c.account]
        return {account for account in used if account.holder in holders}

    def postings(self, accounts: Collection[Account]) -> Iterable[tuple[Account, int, int, int]]:
        return [
            (p.account, p.day, made.no, p.delta)
            for made in self._live()
            for p in made.rows.postings
            if p.account in accounts
        ]

    def counter_balance(self, account: Account, day: int) -> int:
        return sum(delta for _, at, _, delta in self.postings([account]) if at <= day)

    def claims(self, subjects: Collection[str]) -> Iterable[tuple[Known, Claim]]:
        return [
            (Known(made.no, line), claim)
            for made in self._live()
            for line, claim in enumerate(made.rows.claims, 1)
            if claim.subject in subjects
        ]

    def claimants(self, accounts: Collection[Account]) -> Iterable[tuple[Account, str]]:
        return [
            (claim.account, claim.subject)
            for made in self._live()
            for claim in made.rows.claims
            if claim.account is not None and claim.account in accounts
        ]

    def assertions(self, holders: Collection[str]) -> Iterable[tuple[Known, Assertion]]:
        return [
            (known, each)
            for known, each in self.all_assertions()
            if each.scope == "unit" and each.holder in holders
        ]

    def wide_assertions(self) -> Iterable[tuple[Known, Assertion]]:
        return [(known, each) for known, each in self.all_assertions() if each.scope != "unit"]

    def all_assertions(self) -> list[tuple[Known, Assertion]]:
        """Every assertion still compared."""
        laid_down = {
            Known(amendment.target, amendment.line)
            for made in self._live()
            for amendment in made.rows.amendments
            if amendment.verb == "停止核对"
        }
        entered = [
            (Known(made.no, line), each)
            for made in self._live()
            for line, each in enumerate(made.rows.assertions, 1)
        ]
        return [(known, each) for known, each in entered if known not in laid_down]

    def change(self, no: int) -> Change | None:
        if not 1 <= no <= self.head:
            return None
        made = self.made[no - 1]
        voided, grounded = self._amended("作废"), self._amended("补依据")
        return Change(no, made.draft.kind, made.draft.label, voided.get(no, 0), grounded.get(no, 0))

    def rows_of(self, no: int) -> Rows:
        return self.made[no - 1].rows

    def posted_under(self, document_keys: Collection[str]) -> Iterable[tuple[str, int]]:
        for made in self._live():
            if (paper := made.draft.document) is not None and paper.key in document_keys:
                yield paper.key, made.no

    def local_codes(self) -> Iterable[tuple[str, Code]]:
        for made in self._live():
            keys = {subject.key for subject in made.rows.subjects if subject.cls == "code"}
            for key in sorted(keys):
                facts = {f.field: f.value or "" for f in made.rows.facts if f.subject == key}
                tree, _, code = key.partition(":")
                yield (
                    tree,
                    stored_code(code, facts["name"], facts["parent_code"], facts["attributes"]),
                )
