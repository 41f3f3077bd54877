"""The difference between two states: every post of it has a document."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bianzhi.core.days import parse_day
from bianzhi.core.diff import Difference, diff, unexplained
from bianzhi.core.errors import Refusal
from bianzhi.core.memory import MemoryRecord
from bianzhi.core.quantity import quantity
from bianzhi.core.state import State
from tests.support import histories
from tests.support.histories import HISTORIES
from tests.support.ledger import START, draft, ledger
from tests.support.oracle import Oracle


@pytest.fixture
def record() -> MemoryRecord:
    """甲局 A with 10 posts of kind XZ, 乙局 B and the pool P, since 2020."""
    found = MemoryRecord()
    found.post(*ledger(START))
    return found


def between(record: MemoryRecord, before: str, after: str, *known: int) -> Difference:
    columns = record.columns()
    first, last = known or (record.head, record.head)
    return diff(State(columns, parse_day(before), first), State(columns, parse_day(after), last))


def told(found: Difference) -> list[tuple[str, int, str]]:
    """(holder, posts, 文号) of each posting that makes the difference."""
    return [(row["holder"], int(row["delta"]), row["doc_no"]) for row in found.postings.to_dicts()]


def test_each_movement_between_two_days_is_told_with_its_document(record):
    record.post(draft("划转 from=A to=B kind=XZ n=2", "X编发〔2023〕5号", day="2023-05-01"))
    found = between(record, "2023-04-30", "2023-05-01")
    assert told(found) == [("A", -2, "X编发〔2023〕5号"), ("B", 2, "X编发〔2023〕5号")]
    changed = {(row["holder"], row["figure"]): row["change"] for row in found.figures.to_dicts()}
    assert changed["A", "approved"] == -2
    assert changed["B", "vacant"] == 2
    assert between(record, "2023-05-01", "2023-12-31").figures.is_empty()


def test_a_voided_change_leaves_with_its_sign_turned(record):
    record.post(draft("核增 org=A kind=XZ n=2", "X编发〔2023〕5号"))
    record.post(draft("作废 no=2"))
    found = between(record, "2023-06-01", "2023-06-01", 2, 3)
    assert told(found) == [("A", -2, "X编发〔2023〕5号"), ("上级", 2, "X编发〔2023〕5号")]


def test_facts_that_differ_are_told_before_and_after_with_the_change_behind(record):
    record.post(draft("更名 org=A name=甲委", "X编发〔2023〕5号", day="2023-05-01"))
    (row,) = between(record, "2023-04-30", "2023-05-01").facts.to_dicts()
    assert (row["key"], row["field"], row["before"], row["after"]) == ("A", "name", "甲局", "甲委")
    assert (row["no"], row["doc_no"]) == (2, "X编发〔2023〕5号")


def test_who_went_into_whom_since_is_told(record):
    record.post(draft("撤销 org=B into=A", day="2023-05-01"))
    (row,) = between(record, "2023-04-30", "2023-05-01").succession.to_dicts()
    assert (row["before"], row["after"]) == ("B", "A")


_ends = st.tuples(st.sampled_from(["2021-12-31", *histories.DAYS]), st.integers(0, 20))


@given(HISTORIES, _ends, _ends)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_between_any_two_states_the_documents_explain_every_post(history, before, after):
    record = MemoryRecord()
    record.post(*ledger(histories.START))
    for each in history:
        with suppress(Refusal):
            record.post(each)
    oracle = Oracle([made.rows for made in record.made])
    (on, known), (then, later) = ((d, min(no, record.head)) for d, no in (before, after))
    found = between(record, on, then, known, later)
    assert unexplained(found).is_empty()
    was, now = oracle.says(parse_day(on), known), oracle.says(parse_day(then), later)
    changes = {
        account: quantity(now.balances.get(account, 0) - was.balances.get(account, 0))
        for account in {*was.balances, *now.balances}
    }
    sums: dict[tuple[str, str, str], Decimal] = {}
    for row in found.postings.to_dicts():
        where = row["holder"], row["kind"], row["funding"]
        sums[where] = sums.get(where, Decimal(0)) + row["delta"]
    assert {at: total for at, total in sums.items() if total} == {
        tuple(account): change for account, change in changes.items() if change
    }
    differ = {
        where for where in {*was.facts, *now.facts} if was.facts.get(where) != now.facts.get(where)
    }
    assert {(row["key"], row["field"]) for row in found.facts.to_dicts()} == differ
