"""The promises of the record under any history: random changes, valid and not, dated anywhere.

After every step an oracle that knows nothing but the stored rows works everything out again.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any, ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from bianzhi.core.book import Book
from bianzhi.core.changes import Draft
from bianzhi.core.errors import Refusal
from bianzhi.core.rows import Rows
from bianzhi.record.tables import COLUMNS
from tests.support import histories
from tests.support.histories import changes
from tests.support.oracle import COUNTERS, Oracle, Said
from tests.support.records import MEMORY, Record, Stored, each_record, fresh


def lines(*groups: dict[str, st.SearchStrategy[str]]) -> st.SearchStrategy[str]:
    return st.one_of([line for group in groups for line in group.values()])


class Promises(RuleBasedStateMachine):
    """Clerks post what they like; the record keeps its word."""

    engine: ClassVar[str] = MEMORY

    def __init__(self) -> None:
        super().__init__()
        self.open = ExitStack()
        self.record: Record = self.open.enter_context(fresh(self.engine))
        self.rows: list[Rows] = []  # as read back right after posting
        self.kinds: list[str] = []
        self.seen: dict[tuple[int, int], Said] = {}  # (on, known) -> what was said at the time
        self.checked = 0
        self.record.write(histories.START)
        self._read()
        self.kinds.append("opening")

    def _read(self) -> None:
        source = self.record.source
        self.rows += [source.rows_of(no) for no in range(len(self.rows) + 1, source.head + 1)]

    def _stored(self) -> Any:
        if not isinstance(self.record, Stored):
            return self.record.head
        counts = ", ".join(f"(SELECT COUNT(*) FROM {table})" for table in COLUMNS)
        return self.record.engine.row(
            f"SELECT {counts}"
        )  # rows are only ever added: see the guards

    def _post(self, *drafts: Draft) -> None:
        before = self._stored()
        try:
            posted = self.record.post(*drafts)
        except Refusal:
            posted = []
        if not posted:
            assert self._stored() == before  # a refused change changes nothing
            return
        assert [each.no for each in posted] == [len(self.rows) + n + 1 for n in range(len(drafts))]
        self.kinds += [draft.kind for draft in drafts]
        self._read()

    @rule(draft=changes(lines(histories.POSTS), most=2))
    def move_posts(self, draft: Draft) -> None:
        self._post(draft)

    @rule(draft=changes(lines(histories.CLAIMS, histories.PEOPLE), most=2))
    def use_posts(self, draft: Draft) -> None:
        self._post(draft)

    @rule(draft=changes(lines(histories.UNITS), most=2))
    def change_units(self, draft: Draft) -> None:
        self._post(draft)

    @rule(draft=changes(lines(histories.ENDINGS), most=1))
    def end_units(self, draft: Draft) -> None:
        self._post(draft)

    @rule(draft=changes(lines(histories.RECORD), most=1))
    def publish_void_or_ground(self, draft: Draft) -> None:
        self._post(draft)

    @rule(drafts=st.lists(changes(), min_size=2, max_size=4))
    def post_a_batch(self, drafts: list[Draft]) -> None:
        self._post(*drafts)

    @rule()
    def go_on_in_another_process(self) -> None:
        self.record.forget()

    @invariant()
    def promises_hold(self) -> None:
        oracle, head = Oracle(self.rows), len(self.rows)
        assert self.record.head == head
        if self.checked == head:
            return
        for no in range(self.checked + 1, head + 1):
            assert oracle.unbalanced(no) == {}
            if self.kinds[no - 1] != "opening":
                assert oracle.promised_twice(no) == []
            for day in oracle.days(no)[:: max(1, len(oracle.days(no)) // 3)]:
                self.seen[day, no] = oracle.says(day, no)
        assert oracle.below_zero(head) == []
        assert oracle.placed_twice(head) == []
        assert oracle.outside_life(head) == []
        assert oracle.in_circles(head) == []
        self.checked = head

    def teardown(self) -> None:
        try:
            self._past_states_never_change()
        finally:
            self.open.close()

    def _past_states_never_change(self) -> None:
        source = self.record.source
        again = [source.rows_of(no) for no in range(1, source.head + 1)]
        assert again == self.rows
        oracle = Oracle(again)
        for (day, known), said in self.seen.items():
            assert oracle.says(day, known) == said
            assert reading(self.record, day, known, said) == said


def reading(record: Record, day: int, known: int, said: Said) -> Said:
    """What a book over the record as known then says about the same things, and nothing more."""
    book = Book(record.known(known))
    balances = {
        account: book.counter_balance(account, day)
        if account.holder in COUNTERS
        else book.balance(account).on(day)
        for holder in {account.holder for account in said.balances}
        for account in book.accounts(holder)
    }
    facts = {
        (subject, field): line.at(day)
        for subject in {subject for subject, _ in said.facts}
        for field, line in book.fields(subject).items()
    }
    uses = {
        (subject, slot): line.at(day)
        for subject in {subject for subject, _ in said.uses}
        for slot, line in book.claims(subject).items()
    }
    return Said(
        {account: total for account, total in balances.items() if total},
        {where: value for where, value in facts.items() if value is not None},
        {where: use for where, use in uses.items() if use is not None},
    )


@each_record
def test_the_promises_hold_after_any_history(engine):
    machine = type("Promises", (Promises,), {"engine": engine})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
