"""The year's plan against the tickets of the record."""

from __future__ import annotations

import pytest

from bianzhi.rules.material import Material
from bianzhi.rules.running import run
from tests.support.rules import entry, findings, state, told

TICKETS = """
    2020-01-01 opening
      设立 org=S name=中心 category=49
      设立 org=S1 class=section name=一科 parent=S
      设立 org=T name=学校 category=49
      下达 to=S kind=SY n=5
      下达 to=S1 kind=SY n=5
      下达 to=T kind=SY n=5
    2021-03-01 测编办〔2021〕1号
      占编 ticket=n1 org=S kind=SY
      占编 ticket=n2 org=S1 kind=SY
"""


def plan(n: int, unit: str = "S", year: int = 2021, day: str = "2021-02-01"):
    return {"plans": [(unit, "SY", year, n, day)]}


@pytest.mark.parametrize(("n", "fires"), [(1, True), (2, False), (3, False)])
def test_more_tickets_than_planned_a_unit_and_its_sections_together(n, fires):
    found = told(TICKETS, "CK-24", day="2021-06-01", beside=plan(n))
    assert found == ([("S", "SY 2021", 2, n)] if fires else [])


def test_it_says_year_kind_and_all_numbers():
    (found,) = findings(TICKETS, "CK-24", day="2021-06-01", beside=plan(1))
    assert found.words == "2021 年度有一般事业编制用编计划，计划 1 名，占编 2 名，超出 1 名"


def test_a_unit_without_a_plan_where_others_have_one():
    found = findings(TICKETS, "CK-24", day="2021-06-01", beside=plan(9, "T"))
    assert [each.words for each in found] == [
        "2021 年度没有一般事业编制用编计划，计划 0 名，占编 2 名，超出 2 名"
    ]
    none = {"unplanned": False}
    assert told(TICKETS, "CK-24", none, day="2021-06-01", beside=plan(9, "T")) == []


def test_a_year_for_which_nobody_planned_is_not_judged():
    assert told(TICKETS, "CK-24", day="2021-06-01", beside=plan(1, year=2020)) == []


def test_two_plans_of_a_year_add_up_once_their_papers_hold():
    more = {"plans": [*plan(1)["plans"], ("S", "SY", 2021, 1, "2021-05-01")]}
    assert told(TICKETS, "CK-24", day="2021-05-01", beside=more) == []
    assert told(TICKETS, "CK-24", day="2021-04-30", beside=more) != []


@pytest.mark.parametrize(
    ("then", "fires"),
    [("释放 claimant=n1", False), ("上编 person=p org=S kind=SY ticket=n1", True)],
)
def test_what_was_given_back_does_not_count_and_what_was_used_does(then, fires):
    text = TICKETS + f"    2021-04-01 测编办〔2021〕2号\n      {then}\n"
    assert (told(text, "CK-24", day="2021-06-01", beside=plan(1)) != []) is fires


def test_years_before_are_looked_at_where_the_pack_says_so():
    assert told(TICKETS, "CK-24", day="2022-06-01", beside=plan(1)) == []
    assert told(TICKETS, "CK-24", {"years": 2}, day="2022-06-01", beside=plan(1)) != []


def test_without_any_plan_it_says_what_it_lacks():
    at = state(TICKETS)
    made = run(Material(at), [entry("CK-24"), entry("CK-26")], at.on)
    assert [why for _, why in made.skipped] == ["年度用编计划", "批准的周转"]
