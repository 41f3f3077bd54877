"""The record in memory: grown by what was posted, read anew when it is another."""

from __future__ import annotations

import pytest

from bianzhi.office.desk import held as module
from bianzhi.office.desk.held import held
from tests.support.records import SQLITE, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    with fresh(SQLITE) as made:
        made.write("2020-01-01 opening\n  设立 org=A name=甲局\n  设立 org=B name=乙局 parent=A")
        yield made


def test_the_same_record_is_read_once(record):
    assert held() is held()


def test_what_was_posted_since_is_added_without_reading_all_again(record, monkeypatch):
    before = held()
    monkeypatch.setattr(module, "load", lambda: pytest.fail("read anew"))
    record.write("2020-02-01\n  更名 org=A name=甲委")
    after = held()
    assert after is not before
    assert after.columns.head == 2
    assert after.state(18400, 2).name("A") == "甲委"
    assert before.state(18400, 1).name("A") == "甲局"


def test_a_long_tail_is_sorted_into_the_bulk(record, monkeypatch):
    held()
    monkeypatch.setattr(module, "TAIL", 0)
    record.write("2020-02-01\n  更名 org=A name=甲委")
    assert held().columns.tail_rows == 0


def test_another_record_is_not_taken_for_the_same_one_grown(record):
    module._held[:] = [module.Held("0" * 64, held().columns)]
    assert held().columns.head == 1


def test_states_are_kept_and_few(record):
    reading = held()
    assert reading.state(18400, 1) is reading.state(18400, 1)
    assert reading.state(18400, 1, "B").state.scope == "B"
    for day in range(18401, 18401 + 40):
        reading.state(day, 1)
    assert len(reading.words) == module.KEPT


def test_words_know_every_key_and_no_other(record):
    words = held().state(18400, 1)
    assert words.classes["A"] == "org"
    assert words.classes.get("zz") is None
    assert "上级" in words.classes
    assert words.name("zz") == "zz"
    assert len(words.classes) == len(list(words.classes))
    assert words.names_of(words.things.frame["key"]).to_list()[-2:] == ["甲局", "乙局"]
