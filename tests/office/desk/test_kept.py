"""What is kept beside a state: made once, however many ask at once; the oldest goes first."""

from __future__ import annotations

import threading
from itertools import count

import pytest

from bianzhi.office.desk.kept import Kept


def test_a_result_is_made_once():
    kept, numbers = Kept(), count(1)
    assert [kept.get("a", lambda: next(numbers)) for _ in range(3)] == [1, 1, 1]


def test_many_who_ask_at_once_wait_for_one_making():
    kept, made, answers = Kept(), [], []
    started = threading.Event()

    def make():
        made.append(1)
        started.wait(5)
        return "there"

    crowd = [threading.Thread(target=lambda: answers.append(kept.get("a", make))) for _ in range(8)]
    for each in crowd:
        each.start()
    started.set()
    for each in crowd:
        each.join()
    assert answers == ["there"] * 8
    assert made == [1]


def test_a_making_may_ask_for_another():
    kept = Kept()
    assert kept.get("a", lambda: kept.get("b", lambda: 1) + 1) == 2


def test_a_making_that_fails_is_tried_again():
    kept = Kept()

    def fail():
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        kept.get("a", fail)
    assert kept.get("a", lambda: 1) == 1


def test_what_was_not_asked_for_longest_goes_first():
    kept = Kept(2)
    for name in ("a", "b"):
        kept.get(name, lambda: "old")
    kept.get("a", lambda: "new")
    kept.get("c", lambda: "old")
    assert len(kept) == 2
    assert kept.get("a", lambda: "new") == "old"
    assert kept.get("b", lambda: "new") == "new"
