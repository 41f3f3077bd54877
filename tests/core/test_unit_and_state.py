"""One unit read by index is the same unit as in the whole state folded from columns."""

from __future__ import annotations

from contextlib import suppress

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from bianzhi.core.book import Book
from bianzhi.core.days import parse_day
from bianzhi.core.errors import Refusal
from bianzhi.core.facts import FIELDS, HOLDERS, REFERENCES
from bianzhi.core.memory import MemoryRecord
from bianzhi.core.state import State
from bianzhi.core.unit import UnitState, figures_of, is_under, unit_state
from tests.support.histories import DAYS, HISTORIES, START
from tests.support.ledger import ledger

FIGURES = ("approved", "actual", "pending", "reserved", "uncounted", "vacant", "gross_vacant")


def written(history) -> MemoryRecord:
    """A small office and what of a history can be posted on it, change by change."""
    record = MemoryRecord()
    record.post(*ledger(START))
    for draft in history:
        with suppress(Refusal):
            record.post(draft)
    return record


def holders(record: MemoryRecord) -> list[str]:
    return [s.key for made in record.made for s in made.rows.subjects if s.cls in HOLDERS]


def figures(unit: UnitState) -> dict[tuple[str, str], list[object]]:
    return {
        (each.kind, each.funding): [getattr(each, name) for name in FIGURES]
        for each in unit.accounts
    }


def folded_figures(state: State, key: str) -> dict[tuple[str, str], list[object]]:
    rows = state.accounts.filter(pl.col("holder") == key).iter_rows(named=True)
    return {(row["kind"], row["funding"]): [row[name] for name in FIGURES] for row in rows}


def folded_fields(state: State, key: str) -> dict[str, str]:
    things = state.things(*HOLDERS).filter(pl.col("key") == key)
    row = next(things.iter_rows(named=True), {})
    return {name: row[name] for name in FIELDS["org"] if row.get(name) is not None}


def folded_dependants(state: State, key: str) -> set[tuple[str, str]]:
    """(key, field) of everything in being that names the unit."""
    ended = set(state.things(*HOLDERS)["key"]) - set(state.orgs["key"])
    found: set[tuple[str, str]] = set()
    for cls in ("org", "person", "duty"):
        things = state.things(*HOLDERS) if cls == "org" else state.things(cls)
        for field in REFERENCES & FIELDS[cls].keys():
            found |= {(each, field) for each in things.filter(pl.col(field) == key)["key"]}
    return {each for each in found if each[0] not in ended}


@given(HISTORIES, st.sampled_from(DAYS), st.data())
@settings(max_examples=30)
def test_unit_by_index_equals_the_folded_state(history, day, data):
    record = written(history)
    known = data.draw(st.integers(0, record.head))
    on = parse_day(day)
    source = record.known(known)
    state = State(record.columns(), on, known)
    for key in holders(source):
        unit = unit_state(Book(source), key, on)
        assert unit.fields == folded_fields(state, key)
        assert {k: v for k, v in figures(unit).items() if any(v)} == {
            k: v for k, v in folded_figures(state, key).items() if any(v)
        }
        assert {(each.key, each.field) for each in unit.dependants} == folded_dependants(state, key)


@given(HISTORIES, st.sampled_from(DAYS))
@settings(max_examples=20)
def test_several_units_at_once_have_the_figures_each_has_alone(history, day):
    record = written(history)
    on, source = parse_day(day), record.known(record.head)
    keys = holders(source)
    together = figures_of(Book(source), keys, on)
    assert together == {key: unit_state(Book(source), key, on).accounts for key in keys}


@given(HISTORIES, st.sampled_from(DAYS))
@settings(max_examples=20)
def test_walking_up_from_a_unit_finds_what_a_scope_holds(history, day):
    record = written(history)
    on, source = parse_day(day), record.known(record.head)
    book = Book(source)
    for scope in holders(source):
        inside = State(record.columns(), on, scope=scope).inside
        assert inside is not None
        assert {key for key in holders(source) if is_under(book, key, scope, on)} == set(inside)


def test_every_unit_can_be_read_on_every_day_and_as_known_at_every_change():
    """A unit that uses its own posts and has no name yet is looked up while it is being read."""
    record = written([])
    for known in range(record.head + 1):
        source = record.known(known)
        for key in holders(source):
            for day in DAYS:
                assert unit_state(Book(source), key, parse_day(day)).unit == key
