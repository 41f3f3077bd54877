"""Verifying: a sound record is found sound, whatever happens meanwhile; receipts are held to."""

from __future__ import annotations

import pytest

from bianzhi.core.digest import START
from bianzhi.record import verify as verifying
from bianzhi.record.engine import Engine
from bianzhi.record.post import Poster, Receipt
from bianzhi.record.tables import COLUMNS
from bianzhi.record.verify import verify
from tests.support.databases import new_postgres, new_sqlite, opened
from tests.support.ledger import draft
from tests.support.rich import contents, rich_history


@pytest.fixture
def rich(stored):
    stored.receipts = stored.post(*rich_history())
    return stored


def test_the_history_of_these_tests_has_rows_in_every_table(rich):
    found = contents(rich.engine)
    assert {table for table, rows in found.items() if len(rows) < 2} == {"record_head"}
    assert set(found) == {*COLUMNS, "record_head"}
    facts = rich.engine.rows("SELECT COUNT(value), COUNT(ref), COUNT(*) FROM record_fact")
    assert min(facts[0]) > 0


def test_an_empty_record_is_sound(stored):
    report = verify(stored.engine.using)
    assert (report.sound, report.changes, report.digest) == (True, 0, START)


def test_a_sound_record_gives_the_receipt_of_its_last_change(rich):
    report = verify(rich.engine.using)
    assert report.faults == ()
    assert report.changes == len(rich.receipts)
    assert report.digest == rich.receipts[-1].digest


def test_every_receipt_is_borne_out(rich):
    receipts = tuple((each.no, each.digest) for each in rich.receipts)
    assert verify(rich.engine.using, receipts=receipts).sound


def test_a_receipt_with_another_digest_names_its_change(rich):
    receipts = ((2, rich.receipts[1].digest), (4, "0" * 64), (7, "f" * 64))
    report = verify(rich.engine.using, receipts=receipts)
    assert [fault.no for fault in report.faults] == [4]


def test_a_receipt_beyond_the_last_change_is_a_lost_change(rich):
    report = verify(rich.engine.using, receipts=((11, "0" * 64), (12, "0" * 64)))
    assert [fault.no for fault in report.faults] == [11, 12]


def test_progress_adds_up_to_the_number_of_changes(rich, monkeypatch):
    monkeypatch.setattr(verifying, "SPAN", 3)
    told: list[int] = []
    assert verify(rich.engine.using, progress=told.append).sound
    assert told == [3, 3, 3, 1]


@pytest.mark.parametrize("missing", range(1, 10))
def test_a_missing_change_is_named_wherever_spans_of_reading_end(rich, monkeypatch, missing):
    monkeypatch.setattr(verifying, "SPAN", 3)
    engine: Engine = rich.engine
    table = "record_change"
    drop = f"DROP TRIGGER {table}_no_delete"
    engine.run(drop if engine.vendor == "sqlite" else f"{drop} ON {table}")
    engine.run(f"DELETE FROM {table} WHERE no = %s", [missing])
    assert [fault.no for fault in verify(engine.using).faults] == [missing]


def post_while_verifying(url: str) -> None:
    """Post on a second connection at every step of a verification on the first."""
    with opened(url) as ours, opened(url) as theirs:
        Poster(ours).post(rich_history())
        poster = Poster(theirs)
        posted: list[Receipt] = []

        def meddle(read: int) -> None:
            posted.extend(poster.post([draft(f"设立 org=N{len(posted)} name=新局")]))

        before = contents(Engine(ours))["record_change"]
        report = verify(ours, progress=meddle)
        assert (report.faults, report.changes) == ((), len(before))
        assert [receipt.no for receipt in posted] == [11, 12, 13, 14]
        assert verify(ours).changes == 14


def test_posting_meanwhile_is_no_fault(tmp_path, django_db_blocker, monkeypatch):
    monkeypatch.setattr(verifying, "SPAN", 3)
    with django_db_blocker.unblock():
        post_while_verifying(new_sqlite(tmp_path / "record.sqlite3"))


@pytest.mark.postgres
def test_posting_meanwhile_is_no_fault_in_postgresql(postgres_url, django_db_blocker, monkeypatch):
    monkeypatch.setattr(verifying, "SPAN", 3)
    with django_db_blocker.unblock(), new_postgres(postgres_url) as url:
        post_while_verifying(url)
