"""What differs between the engines: the write lock, safety on the disk, reading much."""

from __future__ import annotations

import threading
import time

import psycopg
import pytest
from django.db import DatabaseError, connections, transaction

from bianzhi.record.engine import BATCH, Engine
from bianzhi.record.load import head
from bianzhi.record.post import Poster
from tests.support.databases import new_sqlite, opened
from tests.support.ledger import draft, ledger
from tests.support.rich import rich_history

NUMBERS = "SELECT no FROM record_change ORDER BY no"


def test_sqlite_waits_for_the_disk(tmp_path, django_db_blocker):
    with django_db_blocker.unblock(), opened(new_sqlite(tmp_path / "a.sqlite3")) as alias:
        engine = Engine(alias)
        assert engine.row("PRAGMA journal_mode") == ("wal",)
        assert engine.row("PRAGMA synchronous") == (2,)


@pytest.mark.postgres
def test_postgresql_waits_for_the_disk_even_where_its_default_is_not_to(urls):
    url = urls("postgres")
    name = url.rpartition("/")[2]
    with psycopg.connect(url, autocommit=True) as link:
        link.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
    with opened(url) as alias:
        engine = Engine(alias)
        assert engine.row("SHOW synchronous_commit") == ("off",)
        with engine.writing():
            assert engine.row("SHOW synchronous_commit") == ("on",)


def test_a_second_writer_waits_for_the_first_and_sees_what_it_wrote(urls, kind, django_db_blocker):
    url, order = urls(kind), []

    def second() -> None:
        with django_db_blocker.unblock(), opened(url) as alias:
            waiting.set()
            with Engine(alias).writing():
                order.append(("second", head(Engine(alias))[0]))

    with opened(url) as alias:
        waiting = threading.Event()
        thread = threading.Thread(target=second)
        with Engine(alias).writing():
            thread.start()
            assert waiting.wait(30)
            time.sleep(0.1)  # the chance to go wrong; right it goes in any case
            Poster(alias).post([draft("设立 org=A name=甲局")])
            order.append(("first", 1))
        thread.join(30)
    assert order == [("first", 1), ("second", 1)]


def test_readers_do_not_wait_for_a_writer(urls, kind):
    url = urls(kind)
    with opened(url) as ours, opened(url) as theirs, Engine(ours).writing():
        Poster(ours).post([draft("设立 org=A name=甲局")])
        assert head(Engine(theirs)) == (0, "")


def test_a_stream_holds_no_lock_and_sees_nothing_that_comes_after_it(urls, kind):
    url = urls(kind)
    with opened(url) as ours, opened(url) as theirs:
        Poster(ours).post(rich_history())
        many = Engine(ours).stream(NUMBERS, size=2)
        seen = [next(many), next(many)]
        Poster(theirs).post(ledger("2023-01-01\n  设立 org=N name=新局"))
        seen += many
        assert [no for (no,) in seen] == list(range(1, 11))


def test_a_stream_left_half_read_is_no_obstacle(bases, kind):
    engine = bases(kind)
    Poster(engine.using).post(rich_history())
    left = engine.stream(NUMBERS, size=2)
    next(left)
    left.close()
    assert not connections[engine.using].in_atomic_block
    Poster(engine.using).post(ledger("2023-01-02\n  设立 org=M name=新局"))
    assert head(engine)[0] == 11


@pytest.mark.postgres
def test_a_stream_is_kept_by_the_server_and_fetched_in_parts(bases):
    engine = bases("postgres")
    Poster(engine.using).post(rich_history())
    many = engine.stream(NUMBERS, size=2)
    next(many)
    assert engine.row("SELECT COUNT(*) FROM pg_cursors WHERE NOT is_holdable") == (1,)
    many.close()
    assert engine.row("SELECT COUNT(*) FROM pg_cursors") == (0,)


def test_long_lists_are_asked_for_in_parts(stored):
    values = range(-BATCH, BATCH + 7)
    rows = stored.engine.rows_in("SELECT id FROM record_subject WHERE id IN {}", values)
    assert sorted(rows) == [(1,), (2,), (3,)]
    more = "SELECT id FROM record_subject WHERE id IN {} AND id > %s"
    assert list(stored.engine.rows_in(more, values, [2])) == [(3,)]
    assert list(stored.engine.rows_in(more, [], [2])) == []


@pytest.mark.parametrize("row", [(9, None, "org", 1, 1), (9, "A", None, 1, 1), (1, "A", "", 1, 1)])
def test_rows_that_do_not_fit_are_an_error_of_the_database(stored, row):
    columns = ("id", "key", "cls", "change_no", "line")
    with pytest.raises(DatabaseError), transaction.atomic(using=stored.engine.using):
        stored.engine.insert("record_subject", columns, [row])
    stored.engine.insert("record_subject", columns, [])
