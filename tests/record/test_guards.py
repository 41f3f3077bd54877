"""The database itself refuses to change, remove or skip what was posted, whoever asks."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from bianzhi.record.models import APPEND_ONLY
from bianzhi.record.tables import COLUMNS
from bianzhi.record.triggers import TABLES
from tests.support.records import Stored
from tests.support.rich import contents, rich_history


@pytest.fixture
def rich(stored):
    """A record with rows in every table."""
    stored.post(*rich_history())
    return stored


def refused(record: Stored, sql: str, values: tuple[object, ...] = ()) -> str:
    """The database's own words; nothing may have changed."""
    before = contents(record.engine)
    with pytest.raises(DatabaseError) as error, transaction.atomic(using=record.engine.using):
        record.engine.run(sql, values)
    assert contents(record.engine) == before
    return str(error.value)


def test_every_table_with_rows_of_the_record_is_guarded():
    assert {model._meta.db_table for model in APPEND_ONLY} == set(TABLES) == set(COLUMNS)


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_never_changed(rich, table):
    column = COLUMNS[table][-1]
    words = refused(rich, f'UPDATE {table} SET "{column}" = "{column}"')
    assert "record rows are never changed or removed" in words


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_never_removed(rich, table):
    words = refused(rich, f"DELETE FROM {table}")
    assert "record rows are never changed or removed" in words


@pytest.mark.parametrize("table", [*TABLES, "record_head"])
def test_rows_are_never_replaced_or_truncated(rich, table):
    """The back doors of each engine: REPLACE deletes in passing, TRUNCATE passes row triggers."""
    if rich.engine.vendor == "postgresql":
        refused(rich, f"TRUNCATE {table}")
        return
    columns = ("id", "no", "digest") if table == "record_head" else COLUMNS[table]
    names = ", ".join(f'"{column}"' for column in columns)
    refused(rich, f"INSERT OR REPLACE INTO {table} ({names}) SELECT {names} FROM {table} LIMIT 1")


@pytest.mark.parametrize("no", [0, 1, 10, 12])
def test_change_numbers_have_no_gap_and_no_repeat(rich, no):
    refused(
        rich,
        'INSERT INTO record_change (no, recorded_at, "by", kind, note, digest) '
        "VALUES (%s, '', '', 'regular', '', '')",
        (no,),
    )


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE record_head SET no = 10",
        "UPDATE record_head SET no = 3",
        "DELETE FROM record_head",
    ],
)
def test_the_head_only_moves_forward(rich, sql):
    assert rich.head == 10
    refused(rich, sql)


def test_the_counter_accounts_are_there_before_the_first_change(stored):
    assert stored.engine.rows("SELECT key, cls, change_no FROM record_subject ORDER BY id") == [
        ("上级", "counter", 0),
        ("核销", "counter", 0),
        ("置换", "counter", 0),
    ]
