"""States, which every page reads, held against an oracle that folds the plain rows by hand."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bianzhi.core.columns import Columns
from bianzhi.core.days import parse_day
from bianzhi.core.errors import Refusal
from bianzhi.core.memory import MemoryRecord, entry_of
from bianzhi.core.quantity import quantity
from bianzhi.core.rows import Account
from bianzhi.core.state import State
from tests.support.histories import DAYS, HISTORIES, START
from tests.support.ledger import ledger
from tests.support.oracle import COUNTERS, ENDED, Oracle, Said

ON = [parse_day(day) for day in ("2021-12-31", "2022-01-01", *DAYS, "2200-12-31")]
HOLDING = ("org", "section", "pool")
modest = settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])


def written(text: str, history: list[Any]) -> MemoryRecord:
    """A record of a ledger and of what of a history can be posted on it."""
    record = MemoryRecord()
    record.post(*ledger(text))
    for draft in history:
        with suppress(Refusal):
            record.post(draft)
    return record


def oracle(record: MemoryRecord) -> Oracle:
    return Oracle([made.rows for made in record.made])


def figures(state: State) -> dict[Account, tuple[Decimal, ...]]:
    """核定, 实有, 待上编 and 预留, 空编 of every account that has any."""
    names = ("approved", "actual", "pending", "reserved", "vacant")
    found: dict[Account, tuple[Decimal, ...]] = {}
    for row in state.accounts.iter_rows(named=True):
        approved, actual, pending, reserved, vacant = (row[name] for name in names)
        if approved or actual or pending or reserved:
            account = Account(row["holder"], row["kind"], row["funding"])
            found[account] = approved, actual, pending + reserved, vacant
    return found


def figures_said(said: Said) -> dict[Account, tuple[Decimal, ...]]:
    used = {use[0] for use in said.uses.values() if use[1] != "uncounted"}
    return {
        account: (
            quantity(said.balances.get(account, 0)),
            *map(quantity, said.used(account)),
            quantity(said.vacant(account)),
        )
        for account in {*said.balances, *used}
    }


@given(HISTORIES, st.sampled_from(ON), st.data())
@modest
def test_the_five_figures_are_what_the_rows_add_up_to(history, on, data):
    record = written(START, history)
    known = data.draw(st.integers(1, record.head), "known")
    state = State(record.columns(), on, known)
    assert figures(state) == figures_said(oracle(record).says(on, known))


@given(HISTORIES, st.sampled_from(ON), st.data())
@modest
def test_units_people_and_duties_are_those_of_the_day(history, on, data):
    record = written(START, history)
    known = data.draw(st.integers(1, record.head), "known")
    state, said = State(record.columns(), on, known), oracle(record).says(on, known)
    classes = {s.key: s.cls for made in record.made for s in made.rows.subjects}
    for cls, frame in [
        (HOLDING, state.orgs),
        (("person",), state.people),
        (("duty",), state.duties),
    ]:
        alive = {
            key: {field: value for (of, field), value in said.facts.items() if of == key}
            for key, its in classes.items()
            if its in cls
        }
        shown = {
            row["key"]: {name: row[name] for name in alive.get(row["key"], {})}
            for row in frame.iter_rows(named=True)
        }
        assert shown == {
            key: facts for key, facts in alive.items() if facts and in_being(classes[key], facts)
        }
    placed = {
        row["key"]: (row["holder"], row["kind"], row["figure"])
        for row in state.people.iter_rows(named=True)
        if row["holder"] is not None
    }
    assert placed == {
        subject: (use[0].holder, use[0].kind, use[1])
        for (subject, slot), use in said.uses.items()
        if slot == "post"
    }


def in_being(cls: str, facts: dict[str, Any]) -> bool:
    if cls in HOLDING:
        return facts.get("status") not in (None, *ENDED)
    return cls != "duty" or "holder" in facts


@given(HISTORIES, st.sampled_from(ON), st.integers(0, 10))
@modest
def test_it_does_not_matter_how_the_columns_came_about(history, on, first):
    """All at once, grown change by change, compacted in between, or cut back from a longer one."""
    record = written(START, history)
    known = min(first, record.head)
    whole = record.columns()
    begun = record.known(known).columns()
    grown = begun
    for made in record.made[known:]:
        grown = grown.extended([entry_of(made)])
    assert figures(State(grown, on)) == figures(State(whole, on))
    assert figures(State(whole, on, known)) == figures(State(begun, on))
    assert figures(State(whole.until(known), on)) == figures(State(begun, on))
    assert figures(State(whole.compacted(), on)) == figures(State(whole, on))


@given(HISTORIES, st.sampled_from(ON), st.sampled_from("ABC"))
@modest
def test_a_subtree_is_a_unit_and_all_below_it_on_that_day(history, on, top):
    record = written(START, history)
    said = oracle(record).says(on, record.head)
    inside = {top}
    for _ in range(9):
        inside |= {
            key
            for (key, field), value in said.facts.items()
            if field == "parent" and value in inside
        }
    state = State(record.columns(), on, scope=top)
    assert set(state.orgs["key"]) <= inside
    assert figures(state) == {
        account: each for account, each in figures_said(said).items() if account.holder in inside
    }


@given(HISTORIES, st.sampled_from(ON))
@modest
def test_what_was_granted_is_held_abolished_or_converted_to_the_last_post(history, on):
    state = State(written(START, history).columns(), on)
    for row in state.totals.iter_rows(named=True):
        assert row["granted"] == row["held"] + row["abolished"] + row["converted"]
    holders = state.accounts.filter(~pl.col("holder").is_in(list(COUNTERS)))
    assert sum(state.totals["held"]) == sum(holders["approved"])


@pytest.mark.parametrize("known", [-1, 2])
def test_a_change_that_is_not_there_is_not_known(known):
    record = written(START, [])
    with pytest.raises(Refusal) as refused:
        State(record.columns(), ON[-1], known)
    assert refused.value.problems[0].code == "unknown-change"


def test_before_the_first_change_there_is_nothing():
    state = State(Columns.start(), ON[-1])
    assert state.orgs.is_empty()
    assert figures(state) == {}
    assert state.basis == "2200-12-31，截至第 0 号变更"
