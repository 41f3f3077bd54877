"""Posting: the one way to write."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from itertools import count

from bianzhi.core.assertions import Compared
from bianzhi.core.book import Book
from bianzhi.core.changes import Draft, Made, make, prefetch
from bianzhi.core.digest import START, Head, digest
from bianzhi.core.documents import Document
from bianzhi.core.facts import REFERENCES
from bianzhi.core.scenario import Scenario, stale
from bianzhi.record.engine import Engine
from bianzhi.record.source import SqlSource
from bianzhi.record.tables import COLUMNS, Stored, store

KEPT = 400_000  # subjects and accounts a poster keeps in memory between batches
FLUSH = 50_000  # rows entered into the database at a time


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a poster gets back: keep ``no`` and ``digest``, they prove what was posted.

    ``disagreements`` are published totals entered with the change that the record does not bear
    out; they are kept as findings.
    """

    no: int
    digest: str
    label: str
    disagreements: tuple[Compared, ...]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Garbage collection put off: a batch makes rows by the million and hardly a cycle, and the
    collector would look through them over and over again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Poster:
    """Posts changes to one database. Keep it: what it read serves the next batch, as long as
    nobody else has posted in between (it looks, under the lock)."""

    def __init__(self, using: str = "default") -> None:
        self.engine = Engine(using)
        self._warm: tuple[Book, SqlSource] | None = None

    @_uncollected()
    def post(
        self,
        drafts: Sequence[Draft],
        *,
        baseline: int | None = None,
        progress: Callable[[int], object] | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> list[Receipt]:
        """Post drafts, one change each, all or none. Returns when they are safe on the disk.

        Args:
            drafts: What to post, in order.
            baseline: The last change the drafts were previewed on; refused if there is a later one.
            progress: Called with the number of changes made since the last call.
            now: The clock, a label only.

        Raises:
            Refusal: One of them cannot be posted; nothing was written.
        """
        if not drafts:
            return []
        warm, self._warm = self._warm, None  # spent, unless all goes well
        with self.engine.writing():
            last, before = self._head()
            if baseline not in (None, last):
                raise stale(baseline or 0, last)
            book, source = self._current(warm, last)
            writing = _Writing(self.engine, source, before)
            prefetch(book, drafts)
            receipts = []
            for draft in drafts:
                receipts.append(writing.add(make(book, draft), now().isoformat()))
                if progress is not None:
                    progress(1)
            writing.finish(last)
        book.settle(source.grown(book.no, book.voided))
        self._warm = book, source
        return receipts

    def adopt(self, scenario: Scenario, document: Document, by: str = "") -> Receipt:
        """Post a scenario as one change under the document that approves it.

        What is posted is, row for row, what the preview showed.

        Raises:
            Refusal: Somebody has posted since the baseline: rebase first.
        """
        change = scenario.as_change(document, by)
        return self.post([change], baseline=scenario.baseline)[0]

    def _current(self, warm: tuple[Book, SqlSource] | None, last: int) -> tuple[Book, SqlSource]:
        """What was read before, if it is still the whole truth and not too large."""
        if warm is not None and warm[0].head == last and warm[0].size <= KEPT:
            return warm
        source = SqlSource(self.engine, last)
        return Book(source), source

    def _head(self) -> tuple[int, str]:
        row = self.engine.row("SELECT no, digest FROM record_change ORDER BY no DESC LIMIT 1")
        return (row[0], row[1]) if row else (0, START)


class _Writing:
    """One batch on its way into the database."""

    def __init__(self, engine: Engine, source: SqlSource, before: str) -> None:
        self.engine = engine
        self.source = source
        self.digest = before
        self.no = source.head
        self.stored: Stored = {table: [] for table in COLUMNS}
        self.waiting = 0

    @cached_property
    def new_subjects(self) -> Iterator[int]:
        """Numbers for new subjects."""
        return self._after("record_subject")

    @cached_property
    def new_accounts(self) -> Iterator[int]:
        """Numbers for new accounts."""
        return self._after("record_account")

    def _after(self, table: str) -> Iterator[int]:
        row = self.engine.row(f"SELECT COALESCE(MAX(id), 0) FROM {table}")
        return count(row[0] + 1 if row else 1)

    def add(self, made: Made, recorded_at: str) -> Receipt:
        draft, rows = made.draft, made.rows
        head = Head(made.no, recorded_at, draft.by, draft.kind, draft.note)
        self.digest = digest(self.digest, head, draft.document, rows)
        self.no = made.no
        self.stored["record_change"].append((*head, self.digest))
        if (paper := draft.document) is not None:
            self.stored["record_document"].append(
                (
                    made.no, paper.key, paper.title, paper.doc_no, paper.issuer, paper.doc_date,
                    paper.effective_on, paper.clause, paper.file_digest,
                )
            )  # fmt: skip
        self._number_subjects(made)
        self._number_accounts(made)
        subjects, accounts = self.source.numbers()
        for table, entries in store(made.no, rows, subjects, accounts).items():
            self.stored[table] += entries
            self.waiting += len(entries)
        if self.waiting >= FLUSH:
            self._flush()
        return Receipt(made.no, self.digest, draft.label, made.disagreements)

    def _number_subjects(self, made: Made) -> None:
        """Give numbers to new subjects, find those of the others that are named."""
        subjects, _ = self.source.numbers()
        for subject in made.rows.subjects:
            subjects[subject.key] = next(self.new_subjects)
        self.source.subject_ids([key for key in _named(made) if key not in subjects])

    def _number_accounts(self, made: Made) -> None:
        """Give numbers to new accounts, find those of the others that are used."""
        subjects, accounts = self.source.numbers()
        rows = made.rows
        used = {each.account for each in rows.postings if each.account not in accounts}
        used |= {each.account for each in rows.claims if each.account}
        new = sorted(used.difference(accounts))
        self.source.account_ids(new)
        for account in new:
            if account not in accounts:
                number = accounts[account] = next(self.new_accounts)
                self.stored["record_account"].append(
                    (number, subjects[account.holder], account.kind, account.funding)
                )

    def _flush(self) -> None:
        for table, columns in COLUMNS.items():
            self.engine.insert(table, columns, self.stored[table])
            self.stored[table] = []
        self.waiting = 0

    def finish(self, last: int) -> None:
        self._flush()
        if last:
            self.engine.run("UPDATE record_head SET no = %s, digest = %s", [self.no, self.digest])
        else:
            self.engine.run("INSERT INTO record_head VALUES (1, %s, %s)", [self.no, self.digest])


def _named(made: Made) -> set[str]:
    """The keys a change's rows name, other than by an account."""
    rows = made.rows
    facts = {fact.subject for fact in rows.facts}
    facts |= {fact.value for fact in rows.facts if fact.value and fact.field in REFERENCES}
    links = {key for link in rows.links for key in (link.before, link.after)}
    holders = {assertion.holder for assertion in rows.assertions if assertion.holder}
    return facts | links | holders | {claim.subject for claim in rows.claims}
