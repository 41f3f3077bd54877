"""Posts lent for a term: overdue, about to fall due, and more than will be given back."""

from __future__ import annotations

import pytest

from tests.support.rules import findings, told

LENT = """
    2020-01-01 opening
      设立 org=S name=中心 category=49
      设立 org=P class=pool name=周转池
      下达 to=S kind=SY n=2
      下达 to=P kind=SZ n=5
      上编 person=a name=王一 org=S kind=SY
      上编 person=b name=李二 org=S kind=SY
    2020-06-01 测编发〔2020〕1号
      划转 from=P to=S kind=SZ n=2
"""
BACK = "    2021-05-01 测编发〔2021〕1号\n      划转 from=S to=P kind=SZ n={n}\n"
DUE = "2021-06-30"


def loans(*more: tuple[object, ...]):
    return {"loans": [("SX1", "S", "SY", 2, "2020-06-01", DUE), *more]}


@pytest.mark.parametrize(("day", "fires"), [(DUE, False), ("2021-07-01", True)])
def test_overdue_from_the_day_after_it_was_due(day, fires):
    found = told(LENT, "CK-26", day=day, beside=loans())
    assert found == ([("S", "S", 2, 0)] if fires else [])


def test_it_says_what_is_owed_by_what_matter():
    (found,) = findings(LENT, "CK-26", day="2021-07-01", beside=loans())
    assert found.words == (
        "一般事业编制周转 2 名已到期（事项 SX1，最早 2021-06-30），账上仍占周转 2 名，未到期的 0 名"
    )


@pytest.mark.parametrize(("n", "held"), [(1, 1), (2, None)])
def test_what_was_given_back_is_not_owed(n, held):
    found = told(LENT + BACK.format(n=n), "CK-26", day="2021-07-01", beside=loans())
    assert found == ([] if held is None else [("S", "S", held, 0)])


def test_a_loan_that_is_not_due_covers_what_is_still_held():
    other = ("SX2", "S", "SY", 2, "2020-06-01", "2022-06-30")
    text = LENT.replace("kind=SZ n=2", "kind=SZ n=4")
    assert told(text, "CK-26", day="2021-07-01", beside=loans(other)) == [("S", "S", 4, 2)]
    assert told(LENT, "CK-26", day="2021-07-01", beside=loans(other)) == []


def test_turnover_posts_nobody_lent_are_no_loan():
    """Five on the books, two of them a loan: two are overdue."""
    text = LENT.replace("kind=SZ n=2", "kind=SZ n=5")
    assert told(text, "CK-26", day="2021-07-01", beside=loans()) == [("S", "S", 2, 0)]
    assert told(LENT, "CK-26", day="2021-07-01", beside={"loans": []}) == []


@pytest.mark.parametrize(
    ("day", "fires"),
    [("2021-06-19", False), ("2021-06-20", True), (DUE, True), ("2021-07-01", False)],
)
def test_about_to_fall_due_and_not_said_twice_when_it_has(day, fires):
    found = findings(LENT, "CK-26", {"ahead": 10}, day=day, beside=loans())
    assert bool(found) is fires
    assert all("将到期" in each.words for each in found)


def births(*born: str):
    return [(person, day, "man") for person, day in zip("ab", born, strict=False)]


@pytest.mark.parametrize(
    ("born", "leaving"),
    [
        (("1961-06-30", "1961-01-01"), None),  # both reach sixty by June 2021
        (("1961-07-01", "1961-01-01"), 1),
        ((), 0),
    ],
)
def test_no_more_is_lent_than_people_who_retire_by_then(born, leaving):
    found = told(LENT, "CK-27", day="2020-07-01", births=births(*born), beside=loans())
    assert found == ([] if leaving is None else [("S", "SX1", 2, leaving)])


def test_the_sentence_of_a_loan_that_cannot_come_back():
    (found,) = findings(LENT, "CK-27", day="2020-07-01", births=births(), beside=loans())
    assert found.words == (
        "一般事业编制借着周转 2 名，2021-06-30 前预计退休 0 名，不够归还（事项 SX1）"
    )


def test_what_came_back_and_what_is_overdue_are_not_asked_again():
    back = LENT + BACK.format(n=2)
    assert told(back, "CK-27", day="2021-06-01", births=births(), beside=loans()) == []
    assert told(LENT, "CK-27", day="2021-07-01", births=births(), beside=loans()) == []


def test_loans_one_after_another_need_people_for_all_that_fell_due():
    text = LENT.replace("kind=SZ n=2", "kind=SZ n=3")
    other = ("SX2", "S", "SY", 1, "2020-06-01", "2022-06-30")
    both = births("1961-06-30", "1961-01-01")
    found = told(text, "CK-27", day="2020-07-01", births=both, beside=loans(other))
    assert found == [("S", "SX2", 3, 2)]


def test_only_people_of_the_kind_that_was_lent_give_it_back_unless_it_is_turnover_itself():
    text = LENT.replace(
        "下达 to=S kind=SY n=2", "下达 to=S kind=SY n=2\n      下达 to=S kind=SC n=1"
    )
    text = text.replace("person=b name=李二 org=S kind=SY", "person=b name=李二 org=S kind=SC")
    both = births("1961-06-30", "1961-01-01")
    turnover = {"loans": [("SX1", "S", "SZ", 2, "2020-06-01", DUE)]}
    asked = {"day": "2020-07-01", "births": both}
    assert told(text, "CK-27", **asked, beside=loans()) == [("S", "SX1", 2, 1)]
    assert told(text, "CK-27", **asked, beside=turnover) == []
