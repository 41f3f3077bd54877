"""Vacancy that lasts; entries into over-staffed units."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bianzhi.core.days import day_text, parse_day
from bianzhi.core.state import State
from tests.support.rules import findings, outcome, state, told

OFFICE = """
    2020-01-01 opening
      设立 org=A name=一局 category=121
      设立 org=P class=pool name=编制池
      下达 to=A kind=XZ n=3
      下达 to=P kind=XZ n=5
      上编 person=a org=A kind=XZ
      上编 person=b org=A kind=XZ
"""
FILLED = """
    2021-06-01
      上编 person=c org=A kind=XZ
    2021-06-{day} 测编发〔2021〕6号
      下编 person=c
"""


def test_a_post_vacant_every_day_of_the_window_is_told_a_pool_is_not():
    (found,) = findings(OFFICE, "CK-04", {"months": 12})
    assert found.words == "一般行政编制连续 12 个月每天都有空编，最少 1 名，现空 1 名"
    assert (found.unit, found.about, found.found, found.limit) == ("A", "XZ", 1, 1)


def test_one_day_with_all_posts_filled_breaks_it():
    assert told(OFFICE + FILLED.format(day="02"), "CK-04", {"months": 12}) == []
    assert told(OFFICE + FILLED.format(day="01"), "CK-04", {"months": 12}) != [], "当天进当天出"


@pytest.mark.parametrize(("months", "fires"), [(6, True), (7, False)])
def test_the_window_begins_so_many_months_ago(months, fires):
    """c left on 2021-07-01: from that day there has been a vacancy, six months to 2022-01-01."""
    text = OFFICE + FILLED.format(day="30").replace("2021-06-30", "2021-07-01")
    assert bool(told(text, "CK-04", {"months": months})) is fires


def test_a_post_promised_to_somebody_is_not_vacant():
    held = "    2021-06-01\n      锁编 matter=m org=A kind=XZ n=1\n"
    freed = "    2021-06-20 测编发〔2021〕7号\n      释放 claimant=m\n"
    assert told(OFFICE + held, "CK-04", {"months": 1}) == []
    assert told(OFFICE + held + freed, "CK-04", {"months": 12}) == []
    assert told(OFFICE + held + freed, "CK-04", {"months": 6}) != []


@given(st.lists(st.tuples(st.integers(1, 300), st.booleans()), max_size=8), st.integers(1, 11))
@settings(max_examples=15)
def test_lowest_vacancy_is_what_walking_through_the_days_says(moves, months):
    text, inside, start = OFFICE.replace("n=3", "n=6"), 0, parse_day("2021-01-01")
    days = sorted(dict(moves))
    for day in days:
        if dict(moves)[day] and inside < 4:
            inside += 1
            text += f"    {day_text(start + day)}\n      上编 person=x{inside} org=A kind=XZ\n"
        elif inside:
            text += f"    {day_text(start + day)}\n      下编 person=x{inside}\n"
            inside -= 1
    at = state(text)
    first = parse_day(f"2021-{13 - months:02}-01")
    looked_at = {first, at.on, *(start + day for day in days if first <= start + day)}
    lowest = min(vacant(at, day) for day in looked_at)
    found = outcome(text, "CK-04", {"months": months}).rows
    assert (found["found"].to_list() == [lowest]) if lowest >= 1 else found.is_empty()


def vacant(at: State, day: int) -> Decimal:
    figures = State(at.columns, day).figures("holder").filter(holder="A")
    return Decimal(figures["vacant"][0])


FULL = """
    2020-01-01 opening
      设立 org=A name=一局 category=121
      下达 to=A kind=XZ n=1
      上编 person=a org=A kind=XZ
"""


def over(day: str, extra: str = "") -> str:
    """One who entered by an opening: the record itself would refuse a document for it."""
    return FULL + f"{extra}    {day} opening\n      上编 person=b org=A kind=XZ\n"


def test_an_entry_that_made_the_unit_over_staffed():
    (found,) = findings(over("2021-05-01"), "CK-25", {"months": 12})
    assert found.words == "2021-05-01 进入一般行政编制，当日实有 2，核定 1"
    assert (found.unit, found.about) == ("A", "b")


def test_an_entry_when_there_was_room_or_long_ago_is_none():
    more = "    2021-01-01 opening\n      下达 to=A kind=XZ n=1\n"
    assert told(over("2021-05-01", more), "CK-25", {"months": 12}) == []
    assert told(over("2020-12-31"), "CK-25", {"months": 12}) == []
    assert told(over("2021-01-02"), "CK-25", {"months": 12}) != []


def test_a_free_turnover_post_on_the_day_makes_room():
    text = over("2021-05-01").replace("XZ", "SY").replace("category=121", "category=49")
    spare = "    2021-04-01 opening\n      下达 to=A kind=SZ n=1\n"
    late = spare.replace("04-01", "05-02")
    entry = "    2021-05-01"
    assert told(text.replace(entry, spare + entry), "CK-25", {"months": 12}) == []
    assert told(text + late, "CK-25", {"months": 12}) == [("A", "b", 2, 1)]
