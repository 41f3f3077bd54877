"""Backup and restore: the same record, on either engine; anything else is refused whole."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bianzhi.core.errors import Refusal
from bianzhi.record.backup import Taken, backup
from bianzhi.record.engine import Engine
from bianzhi.record.post import Poster
from bianzhi.record.restore import restore
from bianzhi.record.tables import COLUMNS
from bianzhi.record.verify import verify
from tests.support.databases import opened
from tests.support.ledger import draft
from tests.support.poster_child import Child
from tests.support.records import POSTGRES, SQLITE
from tests.support.rich import contents, rich_history

Forge = Callable[[Path], dict[str, bytes | None]]

ACROSS = [
    (SQLITE, SQLITE),
    pytest.param((POSTGRES, POSTGRES), marks=pytest.mark.postgres),
    pytest.param((SQLITE, POSTGRES, SQLITE), marks=pytest.mark.postgres),
    pytest.param((POSTGRES, SQLITE, POSTGRES), marks=pytest.mark.postgres),
]
same_folder = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def rich(bases, kind) -> Engine:
    engine: Engine = bases(kind)
    Poster(engine.using).post(rich_history())
    return engine


@pytest.fixture
def original(bases) -> Engine:
    engine: Engine = bases(SQLITE)
    Poster(engine.using).post(rich_history())
    return engine


@pytest.fixture
def saved(original, tmp_path) -> Path:
    """A backup of a SQLite record."""
    return backup(tmp_path / "saved.zip", original.using).path


@pytest.fixture
def empty(bases) -> Engine:
    engine: Engine = bases(SQLITE)
    return engine


def refused(path: Path, engine: Engine) -> str:
    """The code of the refusal to restore a file; nothing is written."""
    before = contents(engine)
    with pytest.raises(Refusal) as refusal:
        restore(path, engine.using)
    assert contents(engine) == before
    assert all(problem.what and problem.do for problem in refusal.value.problems)
    return refusal.value.problems[0].code


def edited(path: Path, edits: dict[str, bytes | None]) -> Path:
    """A copy of a backup with some members replaced or (None) left out."""
    other = path.with_name("edited.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            data = edits.get(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return other


def member(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


# -- whole ---------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ACROSS, ids="-".join)
def test_a_record_is_the_same_after_any_way_through_engines(bases, tmp_path, way):
    first = bases(way[0])
    receipts = Poster(first.using).post(rich_history())
    engine = first
    for step, kind in enumerate(way[1:]):
        path = tmp_path / f"{step}.zip"
        taken = backup(path, engine.using)
        engine = bases(kind)
        assert restore(path, engine.using) == taken
        assert (taken.no, taken.digest) == (receipts[-1].no, receipts[-1].digest)
        assert taken.rows == sum(map(len, contents(first).values())) - 4  # 3 counters, the head
    assert contents(engine) == contents(first)
    assert verify(engine.using, receipts=tuple((r.no, r.digest) for r in receipts)).sound


def test_posting_goes_on_after_a_restore_as_it_would_have_before(bases, rich, kind, tmp_path):
    backup(tmp_path / "saved.zip", rich.using)
    other = bases(kind)
    restore(tmp_path / "saved.zip", other.using)
    again = draft("设立 org=N name=新局\n下达 to=N kind=XZ n=1\n上编 person=p9 org=N kind=XZ")
    one, two = (Poster(engine.using).post([again])[0].no for engine in (rich, other))
    assert one == two == 11
    rows, others = contents(rich), contents(other)
    for table in COLUMNS:
        if table != "record_change":  # two clocks
            assert rows[table] == others[table]
    assert verify(other.using).sound


def test_an_empty_record_is_backed_up_and_restored(bases, kind, tmp_path):
    engine, other = bases(kind), bases(kind)
    taken = backup(tmp_path / "empty.zip", engine.using)
    assert (taken.no, taken.rows) == (0, 0)
    assert restore(tmp_path / "empty.zip", other.using) == taken
    assert contents(other) == contents(engine)


def test_backups_while_another_process_posts_hold_what_was_posted_by_then(
    urls, bases, kind, tmp_path
):
    url = urls(kind)
    child = Child(url, tmp_path, "poster")
    child.await_first_try()
    with opened(url) as alias:
        taken: list[Taken] = []
        while len(taken) < 4:
            acked = child.await_receipt_after(taken[-1].no if taken else 0)
            taken.append(backup(tmp_path / f"{len(taken)}.zip", alias))
            assert taken[-1].no >= acked
        child.kill()
        digests = dict(Engine(alias).rows("SELECT no, digest FROM record_change"))
    for each in taken:
        other = bases(kind)
        assert restore(each.path, other.using) == each
        assert digests[each.no] == each.digest


# -- the file ------------------------------------------------------------------------------


def test_a_file_that_exists_is_never_overwritten(rich, tmp_path):
    path = tmp_path / "kept.zip"
    path.write_text("kept")
    with pytest.raises(Refusal) as refusal:
        backup(path, rich.using)
    assert refusal.value.problems[0].code == "file-exists"
    assert path.read_text() == "kept"
    assert os.listdir(tmp_path).count("kept.zip.part") == 0


@pytest.mark.parametrize("where", ["no folder/a.zip", "a file/a.zip"])
def test_a_place_that_cannot_be_written_is_refused(bases, tmp_path, where):
    (tmp_path / "a file").touch()
    with pytest.raises(Refusal) as refusal:
        backup(tmp_path / where, bases(SQLITE).using)
    assert refusal.value.problems[0].code == "cannot-write"


def test_what_an_interrupted_backup_left_is_no_obstacle(rich, bases, tmp_path):
    part = tmp_path / "saved.zip.part"
    part.write_bytes(b"half" * 100_000)
    backup(tmp_path / "saved.zip", rich.using)
    assert not part.exists()
    restore(tmp_path / "saved.zip", bases(SQLITE).using)


def test_an_interrupted_backup_leaves_no_file_that_looks_like_one(rich, tmp_path, monkeypatch):
    def interrupt(rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backup(tmp_path / "saved.zip", rich.using, progress=interrupt)
    assert not list(tmp_path.glob("saved.zip*"))


# -- refused -------------------------------------------------------------------------------


def test_a_record_that_is_not_empty_is_left_alone(rich, tmp_path):
    backup(tmp_path / "saved.zip", rich.using)
    assert refused(tmp_path / "saved.zip", rich) == "not-empty"


@pytest.mark.parametrize("data", [b"", b"PK\3\4", b"text\n" * 99, b"\0" * 5000], ids=repr)
def test_a_file_that_is_no_backup_is_refused(bases, tmp_path, data):
    path = tmp_path / "other"
    path.write_bytes(data)
    assert refused(path, bases(SQLITE)) == "damaged-backup"


def test_a_missing_file_and_a_folder_are_refused(bases, tmp_path):
    engine = bases(SQLITE)
    assert refused(tmp_path / "nothing.zip", engine) == "cannot-read"
    assert refused(tmp_path, engine) == "cannot-read"


@same_folder
@given(keep=st.floats(0, 1, exclude_max=True))
def test_a_cut_backup_is_refused(saved, empty, keep):
    data = saved.read_bytes()
    path = saved.with_name("cut.zip")
    path.write_bytes(data[: int(len(data) * keep)])
    assert refused(path, empty) == "damaged-backup"


@same_folder
@given(place=st.floats(0, 1, exclude_max=True), bits=st.integers(1, 255))
def test_a_backup_with_a_flipped_byte_is_refused_or_gives_the_same_record(
    saved, original, empty, place, bits
):
    data = bytearray(saved.read_bytes())
    data[int(place * len(data))] ^= bits
    path = saved.with_name("flipped.zip")
    path.write_bytes(data)
    before = contents(empty)
    with transaction.atomic(using=empty.using):
        with suppress(Refusal):
            restore(path, empty.using)
        # the byte may have meant nothing, such as the hour in the zip
        assert contents(empty) in (before, contents(original))
        transaction.set_rollback(True, using=empty.using)


def lines(path: Path, table: str) -> list[list[object]]:
    return [json.loads(line) for line in member(path, f"{table}.jsonl").splitlines()]


def with_rows(table: str, change) -> Forge:
    """A backup whose rows of a table went through a function."""

    def forge(path: Path) -> dict[str, bytes | None]:
        rows = change(lines(path, table))
        return {f"{table}.jsonl": "".join(f"{json.dumps(row)}\n" for row in rows).encode()}

    return forge


def with_first(table: str, at: int, value: object) -> Forge:
    """A backup with another value in the first row of a table."""
    return with_rows(table, lambda rows: [[*rows[0][:at], value, *rows[0][at + 1 :]], *rows[1:]])


def with_about(**changes: object) -> Forge:
    """A backup that says something else of itself."""

    def forge(path: Path) -> dict[str, bytes | None]:
        about = {**json.loads(member(path, "about.json")), **changes}
        return {"about.json": json.dumps({k: v for k, v in about.items() if v != ""}).encode()}

    return forge


def with_member(name: str, data: bytes | None) -> Forge:
    return lambda path: {name: data}


FORGED = {
    "no list of contents": with_member("about.json", None),
    "contents no object": with_member("about.json", b"[]"),
    "contents cut": with_member("about.json", b"{"),
    "contents no text": with_member("about.json", b"\xff"),
    "another form": with_about(bianzhi="exchange"),
    "a later version": with_about(version=3),
    "nothing said of what lies beside": with_about(beside=""),
    "no number": with_about(no=""),
    "a number too high": with_about(no=11),
    "a number too low": with_about(no=9),
    "a number of another type": with_about(no="10"),
    "no changes said": with_about(no=0),
    "no digest": with_about(digest=""),
    "another digest": with_about(digest="0" * 64),
    "no counts": with_about(rows=""),
    "other counts": with_about(rows=dict.fromkeys(COLUMNS, 1)),
    "counts no object": with_about(rows=[1]),
    "a table missing": with_member("record_fact.jsonl", None),
    "a table empty": with_member("record_fact.jsonl", b""),
    "a line no JSON": with_member("record_fact.jsonl", b"[1,\n"),
    "a line no list": with_member("record_fact.jsonl", b"5\n"),
    "a line too deep": with_member("record_fact.jsonl", b"[" * 100_000),
    "a row too short": with_rows("record_fact", lambda rows: [rows[0][:-1], *rows[1:]]),
    "a row too long": with_rows("record_fact", lambda rows: [[*rows[0], 1], *rows[1:]]),
    "a row left out": with_rows("record_posting", lambda rows: rows[1:]),
    "the last row left out": with_rows("record_amendment", lambda rows: rows[:-1]),
    "a row doubled": with_rows("record_posting", lambda rows: [rows[0], *rows]),
    "rows swapped": with_rows("record_change", lambda rows: [*rows[1:], rows[0]]),
    "a change left out": with_rows("record_change", lambda rows: [*rows[:3], *rows[4:]]),
    "a list as value": with_first("record_fact", 7, ["x"]),
    "an object as value": with_first("record_fact", 7, {"x": 1}),
    "a text as number": with_first("record_posting", 6, "many"),
    "a number as text": with_first("record_fact", 7, 5),
    "a fraction": with_first("record_posting", 6, 0.5),
    "a number beyond all": with_first("record_posting", 6, 2**70),
    "nothing where something must be": with_first("record_posting", 6, None),
    "another text": with_first("record_fact", 7, "改"),
    "half a character": with_first("record_fact", 7, "\ud800"),
    "no character": with_first("record_fact", 7, "a\0b"),
    "another subject": with_first("record_posting", 5, 2),
    "a stray account": with_rows(
        "record_account", lambda rows: [*rows, [len(rows) + 1, 4, "?", ""]]
    ),
}


@pytest.mark.parametrize("forged", FORGED)
def test_a_forged_backup_is_refused(bases, kind, saved, forged):
    code = refused(edited(saved, FORGED[forged](saved)), bases(kind))
    assert code in ("damaged-backup", "wrong-file", "does-not-verify")


def test_an_honest_copy_of_the_forger_is_taken(saved, empty, original):
    restore(edited(saved, {}), empty.using)
    assert contents(empty) == contents(original)


def test_a_change_rewritten_in_a_backup_is_named(saved, empty):
    path = edited(
        saved,
        with_rows("record_posting", lambda rows: [[*rows[0][:6], 1, rows[0][7]], *rows[1:]])(saved),
    )
    with pytest.raises(Refusal, match="第 1 号变更"):
        restore(path, empty.using)
