"""Loading: the same columns from the database, from the cache, from memory; a bad cache is none."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bianzhi.core.days import parse_day
from bianzhi.core.errors import Refusal
from bianzhi.core.history import history
from bianzhi.core.memory import MemoryRecord
from bianzhi.record import load as loading
from bianzhi.record.cache import Cache
from bianzhi.record.load import head, load, read_all, rebuild
from bianzhi.record.unit import load_unit
from tests.support.frames import said, shown
from tests.support.histories import HISTORIES, START
from tests.support.ledger import draft
from tests.support.records import ALIASES, Remembered, each_stored, fresh
from tests.support.rich import rich_history

DAYS = [parse_day(day) for day in ("2020-03-15", "2020-08-01", "2021-01-01")]
same_record = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def cache_folder(settings, tmp_path, monkeypatch):
    settings.CACHE_DIR = tmp_path / "cache"
    monkeypatch.setattr(loading, "WORTH_CACHING", 0)
    return tmp_path / "cache"


@pytest.fixture
def memory():
    record = MemoryRecord()
    record.post(*rich_history())
    return record


@pytest.fixture
def expected(memory):
    """The rows every way of loading must give."""
    return said(memory.columns())


@pytest.fixture
def rich(stored, memory):
    stored.post(*[made.draft for made in memory.made])
    return stored


def cached(record) -> Path:
    """The folder of the cache's files now in use."""
    folder = Cache(record.engine).folder
    return folder / str(json.loads((folder / "about.json").read_text())["folder"])


# -- the same columns ----------------------------------------------------------------------


def test_an_empty_record_loads(stored):
    assert said(load(stored.engine.using)) == said(MemoryRecord().columns())


def test_every_way_of_loading_gives_the_rows_that_memory_holds(rich, memory, expected):
    using, last = rich.engine.using, memory.head
    assert said(load(using)) == expected  # makes the cache
    assert said(load(using)) == expected  # reads it
    assert said(read_all(rich.engine, last)) == expected
    assert said(rebuild(using)) == expected


def test_every_way_of_loading_gives_the_states_that_memory_gives(rich, memory):
    using = rich.engine.using
    for on in DAYS:
        for known in (0, 5, memory.head):
            expected = shown(memory.columns(), on, known)
            assert shown(load(using), on, known) == expected
            assert shown(load(using).compacted(), on, known) == expected
            assert shown(read_all(rich.engine, memory.head), on, known) == expected


def test_what_is_posted_after_the_cache_was_made_is_added_to_it(rich, memory, monkeypatch):
    rebuild(rich.engine.using)
    monkeypatch.setattr(loading, "WORTH_CACHING", 10**6)
    more = draft("设立 org=N name=新局\n核增 org=N kind=XZ n=3\n上编 person=p7 org=N kind=XZ")
    rich.post(more)
    memory.post(more)
    columns = load(rich.engine.using)
    assert columns.tail_rows > 0
    assert said(columns) == said(memory.columns())
    assert shown(columns, DAYS[-1]) == shown(memory.columns(), DAYS[-1])


def test_reading_ends_at_the_change_asked_for_though_more_is_posted(rich, memory):
    """As when somebody posts while a large record is being read."""
    assert said(read_all(rich.engine, 5)) == said(memory.known(5).columns())


def test_a_small_record_is_not_cached(rich, cache_folder, monkeypatch):
    monkeypatch.setattr(loading, "WORTH_CACHING", 10**6)
    load(rich.engine.using)
    assert not cache_folder.exists()


def test_progress_adds_up_to_the_rows_read(rich):
    told: list[int] = []
    columns = rebuild(rich.engine.using, progress=told.append)
    assert sum(told) == sum(frame.height for frame in columns.base.values())


@each_stored
@given(history=HISTORIES)
@settings(max_examples=12, suppress_health_check=list(HealthCheck))
def test_a_random_history_loads_as_it_stands_in_memory(engine, history):
    memory = Remembered()
    with fresh(engine) as record:
        post_what_can_be(memory, record, START, history)
        columns = load(ALIASES[engine])
        assert said(columns) == said(memory.memory.columns())
        for on in (parse_day("2022-06-01"), parse_day("2023-04-01"), parse_day("2024-01-01")):
            assert shown(columns, on) == shown(memory.memory.columns(), on)


def post_what_can_be(memory, record, start, history) -> None:
    memory.write(start)
    for each in history:
        with suppress(Refusal):
            memory.post(each)
    record.post(*[made.draft for made in memory.memory.made])


# -- one unit ------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", ["A", "B", "C", "D", "P", "A1"])
@pytest.mark.parametrize("known", [5, 8, 9, 10])
def test_a_units_history_is_the_same_from_its_own_rows_as_from_all(rich, memory, unit, known):
    if unit == "C" and known < 8:
        return
    whole = history(memory.columns(), unit, known)
    assert history(load_unit(unit, rich.engine.using, known), unit) == whole


@pytest.mark.parametrize("legs", [2, 41, 81, 200])
def test_a_unit_in_a_movement_of_many_legs_sees_them_all(stored, legs):
    orgs = "\n".join(f"设立 org=O{each} name=局{each}" for each in range(legs))
    grants = "\n".join(f"下达 to=O{each} kind=XZ n=1" for each in range(legs))
    halves = [("-1" if each % 2 else "1") for each in range(legs - legs % 2)]
    moved = json.dumps([{"holder": f"O{each}", "n": n} for each, n in enumerate(halves)])
    acts = f"核增 org=O0 kind=XZ n=1\n调剂 kind=XZ legs={moved}\n核增 org=O0 kind=XZ n=1"
    stored.post(draft(orgs), draft(grants), draft(acts))
    columns = load(stored.engine.using)
    for unit in ("O0", "O1", f"O{legs // 2}", f"O{legs - 2}"):
        assert history(load_unit(unit, stored.engine.using), unit) == history(columns, unit)


@each_stored
@given(history_=HISTORIES, data=st.data())
@settings(max_examples=12, suppress_health_check=list(HealthCheck))
def test_random_histories_tell_the_same_of_each_unit(engine, history_, data):
    memory = Remembered()
    with fresh(engine) as record:
        post_what_can_be(memory, record, START, history_)
        known = data.draw(st.integers(1, memory.head))
        columns = load(ALIASES[engine])
        for unit in ("A", "B", "C", "P"):
            own = load_unit(unit, ALIASES[engine], known)
            assert history(own, unit) == history(columns, unit, known)


# -- a cache that is none ------------------------------------------------------------------


def test_a_cache_is_used_when_it_is_good(rich, monkeypatch):
    rebuild(rich.engine.using)
    monkeypatch.setattr(loading, "read_all", None)
    assert load(rich.engine.using).head == 10


def test_a_cache_of_a_record_that_is_gone_is_not_used(rich, expected):
    """The same address, another record: a test database made anew, an older backup restored."""
    rebuild(rich.engine.using)
    folder = Cache(rich.engine).folder
    about = json.loads((folder / "about.json").read_text())
    (folder / "about.json").write_text(json.dumps({**about, "digest": "0" * 64}))
    assert Cache(rich.engine).read() is None
    assert said(load(rich.engine.using)) == expected
    assert Cache(rich.engine).read() is not None


ABOUTS = {
    "nothing": b"",
    "no JSON": b"{",
    "no text": b"\xff",
    "a list": b"[]",
    "a number": b"5",
    "empty": b"{}",
}


@pytest.mark.parametrize("about", ABOUTS)
def test_a_cache_with_a_damaged_list_of_contents_is_made_anew(rich, expected, about):
    rebuild(rich.engine.using)
    (Cache(rich.engine).folder / "about.json").write_bytes(ABOUTS[about])
    assert said(load(rich.engine.using)) == expected
    assert Cache(rich.engine).read() is not None


@pytest.mark.parametrize("key", ["format", "head", "digest", "folder", "sums"])
@pytest.mark.parametrize("value", [None, -1, 2**70, "x", "", [], {}, "../.."], ids=repr)
def test_a_cache_that_says_something_else_of_itself_is_not_used(rich, key, value):
    rebuild(rich.engine.using)
    path = Cache(rich.engine).folder / "about.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), key: value}))
    assert Cache(rich.engine).read() is None


@pytest.mark.parametrize("how", ["missing", "empty", "cut", "zeros", "another table"])
def test_a_cache_with_a_bad_file_is_made_anew(rich, expected, how):
    rebuild(rich.engine.using)
    for name in [path.name for path in cached(rich).iterdir()]:
        path = cached(rich) / name
        data = path.read_bytes()
        if how == "missing":
            path.unlink()
        elif how == "another table":
            shutil.copy(
                cached(rich) / ("facts.arrow" if name != "facts.arrow" else "links.arrow"), path
            )
        else:
            short = {"empty": b"", "cut": data[:-9], "zeros": bytes(len(data))}
            path.write_bytes(short[how])
        assert said(load(rich.engine.using)) == expected, name


@same_record
@given(place=st.floats(0, 1, exclude_max=True), bits=st.integers(1, 255), data=st.data())
def test_a_cache_with_a_flipped_byte_is_made_anew(rich, expected, place, bits, data):
    rebuild(rich.engine.using)
    path = data.draw(st.sampled_from(sorted(cached(rich).iterdir())))
    found = bytearray(path.read_bytes())
    found[int(place * len(found))] ^= bits
    path.write_bytes(found)
    assert said(load(rich.engine.using)) == expected


def test_a_cache_that_cannot_be_written_is_done_without(rich, expected, cache_folder):
    cache_folder.write_text("a file where the folder should be")
    assert said(load(rich.engine.using)) == expected


def test_files_of_earlier_caches_go(rich):
    for _ in range(3):
        rebuild(rich.engine.using)
    folder = Cache(rich.engine).folder
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        ["about.json", cached(rich).name]
    )


def test_two_databases_have_two_caches(bases, kind, memory):
    one, two = bases(kind), bases(kind)
    assert Cache(one).folder != Cache(two).folder
    assert head(one) == (0, "")
