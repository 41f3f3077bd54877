"""The stored record as a :class:`~bianzhi.core.source.Source`, up to a change, read by index."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from bianzhi.core.changes import KINDS
from bianzhi.core.kinds import Code, stored_code
from bianzhi.core.ledger import COUNTERS
from bianzhi.core.rows import Account, Assertion, Claim, Fact, Rows
from bianzhi.core.source import Change, Known
from bianzhi.record.engine import Engine
from bianzhi.record.tables import READINGS, collect

_READ = {reading.name: reading for reading in READINGS}
VOID, STOP, GROUNDS = "作废", "停止核对", "补依据"


class SqlSource:
    """Everything is asked for in bulk and by index; a question costs by its answer, not by the size
    of the record."""

    def __init__(self, engine: Engine, head: int) -> None:
        self.engine = engine
        self.head = head
        self._subject_ids: dict[str, int] = {}
        self._account_ids: dict[Account, int] = {}
        self._accounts_read: set[str] = set()
        self.voided = frozenset(
            target
            for (target,) in engine.rows(
                "SELECT target FROM record_amendment WHERE verb = %s AND change_no <= %s",
                [VOID, head],
            )
        )

    def grown(self, head: int, voided: Collection[int]) -> SqlSource:
        """The source after this process has posted up to ``head``, what it learned kept."""
        self.head = head
        self.voided |= frozenset(voided)
        return self

    # -- numbers of subjects and accounts ----------------------------------------------------

    def numbers(self) -> tuple[dict[str, int], dict[Account, int]]:
        """The numbers known so far; the poster adds those it gives out."""
        return self._subject_ids, self._account_ids

    def subject_ids(self, keys: Collection[str]) -> dict[str, int]:
        """Database numbers of the subjects that exist."""
        new = [key for key in keys if key not in self._subject_ids]
        sql = "SELECT key, id FROM record_subject WHERE key IN {}"
        self._subject_ids.update(self.engine.rows_in(sql, new))
        return {key: self._subject_ids[key] for key in keys if key in self._subject_ids}

    def account_ids(self, accounts: Collection[Account]) -> dict[Account, int]:
        """Database numbers of the accounts that exist."""
        self._read_accounts({account.holder for account in accounts})
        return {each: self._account_ids[each] for each in accounts if each in self._account_ids}

    def _read_accounts(self, holders: Collection[str]) -> None:
        new = [holder for holder in holders if holder not in self._accounts_read]
        deque(self.accounts(new), maxlen=0)  # each is kept as it is read
        self._accounts_read.update(new)

    # -- Source ------------------------------------------------------------------------------

    def _known(self, rows: Iterable[tuple[Any, ...]], name: str) -> Iterator[tuple[Known, Any]]:
        live = (row for row in rows if row[0] <= self.head and row[0] not in self.voided)
        for no, line, row in collect(live, _READ[name]):
            yield Known(no, line), row

    def _read(self, name: str, column: str, values: Iterable[int]) -> Iterator[tuple[Known, Any]]:
        sql = f"{_READ[name].select} WHERE {column} IN {{}}"
        return self._known(self.engine.rows_in(sql, values), name)

    def subjects(self, keys: Collection[str]) -> Iterable[tuple[str, str]]:
        sql = "SELECT key, id, cls FROM record_subject WHERE key IN {} AND change_no <= %s"
        for key, number, cls in self.engine.rows_in(sql, keys, [self.head]):
            self._subject_ids[key] = number
            yield key, cls

    def facts(self, keys: Collection[str]) -> Iterable[tuple[Known, Fact]]:
        return self._read("facts", "x.subject_id", self.subject_ids(keys).values())

    def referrers(self, keys: Collection[str]) -> Iterable[tuple[str, str]]:
        found = self._read("facts", "x.ref", self.subject_ids(keys).values())
        return {(fact.value, fact.subject) for _, fact in found}

    def accounts(self, holders: Collection[str]) -> Iterable[Account]:
        key_of = {number: key for key, number in self.subject_ids(holders).items()}
        sql = "SELECT id, holder_id, kind, funding FROM record_account WHERE holder_id IN {}"
        for number, holder, kind, funding in self.engine.rows_in(sql, key_of):
            account = Account(key_of[holder], kind, funding)
            self._account_ids[account] = number
            yield account

    def postings(self, accounts: Collection[Account]) -> Iterable[tuple[Account, int, int, int]]:
        account_of = {number: each for each, number in self.account_ids(accounts).items()}
        sql = "SELECT account_id, day, change_no, delta FROM record_posting WHERE account_id IN {}"
        for number, day, no, delta in self.engine.rows_in(sql, account_of):
            if no <= self.head and no not in self.voided:
                yield account_of[number], day, no, delta

    def counter_balance(self, account: Account, day: int) -> int:
        number = self.account_ids([account]).get(account)
        if number is None:
            return 0
        live = "".join(f" AND change_no <> {no}" for no in sorted(self.voided))
        row = self.engine.row(
            "SELECT COALESCE(SUM(delta), 0) FROM record_posting "
            f"WHERE account_id = %s AND day <= %s AND change_no <= %s{live}",
            [number, day, self.head],
        )
        return int(row[0]) if row else 0

    def claims(self, subjects: Collection[str]) -> Iterable[tuple[Known, Claim]]:
        return self._read("claims", "x.subject_id", self.subject_ids(subjects).values())

    def claimants(self, accounts: Collection[Account]) -> Iterable[tuple[Account, str]]:
        numbers = self.account_ids([each for each in accounts if each.holder not in COUNTERS])
        found = self._read("claims", "x.account_id", numbers.values())
        return {(claim.account, claim.subject) for _, claim in found}

    def assertions(self, holders: Collection[str]) -> Iterable[tuple[Known, Assertion]]:
        numbers = self.subject_ids(holders).values()
        found = list(self._read("assertions", "x.holder_id", numbers))
        return self._compared([(known, each) for known, each in found if each.scope == "unit"])

    def wide_assertions(self) -> Iterable[tuple[Known, Assertion]]:
        sql = f"{_READ['assertions'].select} WHERE x.scope <> %s"
        return self._compared(list(self._known(self.engine.rows(sql, ["unit"]), "assertions")))

    def _compared(self, found: list[tuple[Known, Assertion]]) -> Iterator[tuple[Known, Assertion]]:
        sql = (
            "SELECT change_no, target, target_line FROM record_amendment "
            "WHERE target IN {} AND verb = %s AND change_no <= %s"
        )
        targets = {known.no for known, _ in found}
        stopped = {
            Known(target, line)
            for no, target, line in self.engine.rows_in(sql, targets, [STOP, self.head])
            if no not in self.voided
        }
        return ((known, each) for known, each in found if known not in stopped)

    def change(self, no: int) -> Change | None:
        row = self.engine.row(
            "SELECT c.kind, d.doc_no, d.title FROM record_change c "
            "LEFT JOIN record_document d ON d.change_no = c.no WHERE c.no = %s",
            [no],
        )
        if row is None or no > self.head:
            return None
        kind, doc_no, title = row
        label = (doc_no or f"《{title}》") if title is not None else KINDS[kind]
        amended: dict[str, int] = defaultdict(int)
        for verb, by in self.engine.rows(
            "SELECT verb, change_no FROM record_amendment WHERE target = %s AND change_no <= %s",
            [no, self.head],
        ):
            amended[verb] = by
        return Change(no, kind, label, amended[VOID], amended[GROUNDS])

    def rows_of(self, no: int) -> Rows:
        rows = Rows()
        for reading in READINGS:
            sql = f"{reading.select} WHERE x.change_no = %s ORDER BY x.line"
            found = collect(iter(self.engine.rows(sql, [no])), reading)
            setattr(rows, reading.name, [row for _, _, row in found])
        return rows

    def posted_under(self, document_keys: Collection[str]) -> Iterable[tuple[str, int]]:
        sql = "SELECT key, change_no FROM record_document WHERE key IN {} AND change_no <= %s"
        for key, no in self.engine.rows_in(sql, document_keys, [self.head]):
            if no not in self.voided:
                yield key, no

    def local_codes(self) -> Iterable[tuple[str, Code]]:
        facts: dict[str, dict[str, str]] = defaultdict(dict)
        sql = f"{_READ['facts'].select} WHERE s.cls = %s ORDER BY x.change_no, x.line"
        for _, fact in self._known(self.engine.rows(sql, ["code"]), "facts"):
            facts[fact.subject][fact.field] = fact.value or ""
        for key, found in facts.items():
            tree, _, code = key.partition(":")
            yield (
                tree,
                stored_code(code, found["name"], found["parent_code"], found["attributes"]),
            )
