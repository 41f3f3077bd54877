"""A SQLite file with bytes flipped: found, in words; never taken for sound, never a crash."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest
from django.db import connections
from hypothesis import given, settings
from hypothesis import strategies as st

from bianzhi.core.errors import Refusal
from bianzhi.record.post import Poster
from bianzhi.record.verify import verify
from bianzhi.site import console
from tests.support.databases import new_sqlite, opened, sqlite_url
from tests.support.rich import rich_history
from tests.support.tampering import TABLES


@pytest.fixture(scope="module")
def connecting(django_db_blocker):
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def sound(connecting, tmp_path_factory):
    """A record in one packed file."""
    path = tmp_path_factory.mktemp("sound") / "record.sqlite3"
    with opened(new_sqlite(path)) as alias:
        Poster(alias).post(rich_history())
    with closing(sqlite3.connect(path)) as link:
        link.execute("PRAGMA journal_mode=DELETE")
        link.execute("VACUUM")
    return path


@pytest.fixture(scope="module")
def whole(sound):
    return contents(sound)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("damaged")


def contents(path: Path) -> object:
    """Every value of every table with its type, read without an index; None if unreadable."""
    # what SQLite says of a damaged schema may itself be no text
    with suppress(sqlite3.Error, UnicodeDecodeError), closing(sqlite3.connect(path)) as link:
        link.text_factory = bytes
        return {
            table: link.execute(
                "SELECT "
                + ", ".join(f'typeof("{name}"), "{name}"' for name in columns)
                + f" FROM {table} NOT INDEXED"
            ).fetchall()
            for table, columns in TABLES.items()
        }
    return None


def written(folder: Path, data: bytes) -> Path:
    path = folder / "record.sqlite3"
    for each in folder.iterdir():
        each.unlink()
    path.write_bytes(data)
    return path


def verified(path: Path) -> bool:
    """Whether verification finds a file sound; what it finds it says in words."""
    with opened(sqlite_url(path)) as alias:
        report = verify(alias)
    assert all(fault.no >= 0 and fault.what for fault in report.faults)
    return report.sound


def flipped(path: Path, at: int, bits: int) -> bytes:
    data = bytearray(path.read_bytes())
    data[at] ^= bits
    return bytes(data)


@settings(max_examples=100)
@given(place=st.floats(0, 1, exclude_max=True), bits=st.integers(1, 255))
def test_a_flipped_byte_is_found_wherever_it_changes_anything(sound, whole, folder, place, bits):
    at = int(place * sound.stat().st_size)
    path = written(folder, flipped(sound, at, bits))
    after = contents(path)
    assert not verified(path) or after == whole


def test_a_damaged_header_is_found_where_it_matters(sound, whole, folder):
    for at in (0, 15, *range(16, 72), *range(92, 100)):  # between them nothing is in use
        path = written(folder, flipped(sound, at, 0xFF))
        after = contents(path)
        assert not verified(path) or after == whole, at


def test_the_change_that_was_hit_is_named(sound, folder):
    for no in (2, 3, 4, 5, 7, 8, 9, 10):
        title = f"关于第 甲编发〔2020〕{no}号".encode()
        path = written(folder, flipped(sound, sound.read_bytes().index(title) + 3, 1))
        with opened(sqlite_url(path)) as alias:
            assert verify(alias).faults[0].no == no


def test_a_schema_that_is_no_text_any_more_is_told_in_words(sound, folder, monkeypatch):
    """What SQLite says then quotes it, and cannot itself be read as text."""
    statement = sound.read_bytes().index(b"CREATE INDEX")
    path = written(folder, flipped(sound, statement + 3, 0x80))
    assert not verified(path)
    with opened(sqlite_url(path)) as alias:
        monkeypatch.setattr(console, "connection", connections[alias])
        with pytest.raises(Refusal, match="打不开数据库"):
            console.ensure_tables()


@pytest.mark.parametrize("keep", [0, 1, 99, 100, 4096, 0.5, 0.9])
def test_a_cut_file_is_found(sound, folder, keep):
    data = sound.read_bytes()
    size = keep if isinstance(keep, int) else int(len(data) * keep)
    assert not verified(written(folder, data[:size]))


@pytest.mark.parametrize("what", [b"", b"\0" * 10_000, b"no database " * 1000, b"PK\3\4" * 5000])
def test_something_else_is_found(folder, what):
    assert not verified(written(folder, what))
