"""Memory, SQLite and PostgreSQL: one history, one answer to every question, one refusal."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bianzhi.core.changes import Draft
from bianzhi.core.errors import Refusal
from tests.support.answers import HOLDERS, answers
from tests.support.histories import HISTORIES, START
from tests.support.records import Record, Remembered, each_stored, fresh


def outcome(record: Record, draft: Draft) -> Any:
    """The number and the disagreements of a change, or its problems."""
    try:
        (done,) = record.post(draft)
    except Refusal as refusal:
        return refusal.problems
    return done.no, done.disagreements


@each_stored
@given(history=HISTORIES, data=st.data())
@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
def test_a_random_history_is_the_same_record_in_memory_and_in_a_database(engine, history, data):
    memory = Remembered()
    with fresh(engine) as stored:
        memory.write(START)
        stored.write(START)
        for draft in history:
            if data.draw(st.booleans(), "somebody else posts"):
                stored.forget()
            assert outcome(stored, draft) == outcome(memory, draft)
        head = memory.head
        assert stored.head == head
        assert answers(stored.source, head) == answers(memory.source, head)
        known = data.draw(st.integers(0, head), "known")
        assert answers(stored.known(known), known) == answers(memory.known(known), known)
        assert set(stored.source.accounts(HOLDERS)) == set(memory.source.accounts(HOLDERS))
        for no in range(1, head + 1):
            assert stored.source.rows_of(no) == memory.source.rows_of(no)
        for made in memory.memory.made:
            if (paper := made.draft.document) is not None:
                found = set(memory.source.posted_under([paper.key]))
                assert set(stored.source.posted_under([paper.key])) == found


@each_stored
@given(history=HISTORIES)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_a_batch_is_the_same_record_as_its_changes_one_by_one(engine, history):
    memory = Remembered()
    memory.write(START)
    for draft in history:
        outcome(memory, draft)
    accepted = [made.draft for made in memory.memory.made[1:]]
    with fresh(engine) as stored:
        stored.write(START)
        stored.post(*accepted)
        assert answers(stored.source, memory.head) == answers(memory.source, memory.head)
