"""A province's worth of postings: the promises hold at a size where nothing fits in a glance."""

from __future__ import annotations

import random
from pathlib import Path

import polars as pl
import pytest

from benchmarks.data import SPAN, START, Office
from bianzhi.core.book import Book
from bianzhi.core.columns import Columns
from bianzhi.core.ledger import COUNTERS
from bianzhi.core.state import State
from bianzhi.core.unit import unit_state
from bianzhi.record.backup import backup
from bianzhi.record.load import load, read_all
from bianzhi.record.source import SqlSource
from bianzhi.record.verify import verify
from tests.support.records import STORED, Stored, fresh

pytestmark = [pytest.mark.large, pytest.mark.parametrize("engine", STORED)]

UNITS, POSTINGS, ACTS, BATCH = 30_000, 400_000, 20, 500


def filled(record: Stored) -> Office:
    """400,000 postings by 10,000 documents over ten years, some of them dated back."""
    documents = POSTINGS // (2 * ACTS)
    office = Office(UNITS, documents)
    record.post(*office.setting_up())
    for _ in range(documents // BATCH):
        record.post(*(office.moving(ACTS) for _ in range(BATCH)))
    return office


def test_a_large_record_keeps_its_promises(engine, tmp_path: Path, settings):
    """Posted, verified, cached, read whole and by unit, backed up: all of it the same record."""
    settings.CACHE_DIR = tmp_path / "columns"
    with fresh(engine) as record:
        assert isinstance(record, Stored)
        office = filled(record)
        using = record.engine.using
        report = verify(using)
        assert (report.sound, report.changes) == (True, record.head)

        columns = load(using)  # large enough to be cached
        state = State(load(using), START + SPAN)
        assert state.accounts.equals(
            State(read_all(record.engine, record.head), START + SPAN).accounts
        )
        _check_totals(columns)
        _check_units(record, state, office)

        taken = backup(tmp_path / "record.zip", using)
        assert (taken.no, taken.digest) == (record.head, report.digest)


def _check_totals(columns: Columns) -> None:
    for day in (START, START + SPAN // 2, START + SPAN):
        accounts = State(columns, day).accounts
        assert set(accounts.group_by("kind").agg(pl.col("approved").sum())["approved"]) == {0}
        holders = accounts.filter(~pl.col("holder").is_in(list(COUNTERS)))
        assert holders.filter(pl.col("approved") < 0).is_empty()


def _check_units(record: Stored, state: State, office: Office) -> None:
    chance = random.Random(3)
    held = {
        (holder, kind): approved
        for holder, kind, approved in state.accounts.select(
            "holder", "kind", "approved"
        ).iter_rows()
    }
    for unit in chance.sample(office.units, 200):
        book = Book(SqlSource(record.engine, record.head))
        for row in unit_state(book, unit, state.on).accounts:
            assert row.approved == held[unit, row.kind]
