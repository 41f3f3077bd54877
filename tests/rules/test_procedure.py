"""Grounds, deadlines, tickets, frozen units, and what was left behind."""

from __future__ import annotations

import polars as pl
import pytest

from bianzhi.core.columns import SCHEMAS, Columns
from bianzhi.core.days import parse_day
from bianzhi.core.state import State
from bianzhi.rules.material import Material
from bianzhi.rules.running import run
from tests.support.rules import entry, findings, state, told

BARE = """
    2020-01-01 opening
      设立 org=A name=一局
      设立 org=B name=二局
      下达 to=A kind=XZ n=5
    2020-05-01 unverified 补录一笔
      划转 from=A to=B kind=XZ n=1
      变更 subject=B field=location value=东街
"""
UNVERIFIED = {"kinds": ["unverified"]}


def test_a_change_without_grounds_is_told_to_each_unit_it_touched():
    found = findings(BARE, "CK-10", UNVERIFIED)
    assert [(each.unit, each.about, each.found) for each in found] == [
        ("A", "2", 1), ("B", "2", 2),
    ]  # fmt: skip
    assert found[0].words == "第 2 号变更（待核实：补录一笔）没有文件依据，涉及 1 条"
    assert told(BARE, "CK-10", {"kinds": ["opening"]}) != []


@pytest.mark.parametrize("settled", ["补依据 no=2", "作废 no=2"])
def test_grounds_given_later_and_voiding_settle_it(settled):
    assert told(BARE + f"    2020-06-01\n      {settled}\n", "CK-10", UNVERIFIED) == []
    assert told(BARE + f"    2020-06-01\n      {settled}\n", "CK-10", UNVERIFIED, known=2) != []


LEFT = """
    2020-01-01 opening
      设立 org=A name=一局
      下达 to=A kind=XZ n=2
      上编 person=a org=A kind=XZ
    {paper} 测编办〔2021〕1号
      下编 person=a reason=退休 on=2021-04-30
"""


@pytest.mark.parametrize(
    ("paper", "given", "took"),
    [
        ("2021-05-15", {"days": 15}, None),
        ("2021-05-16", {"days": 15}, 16),
        ("2021-05-14", {"days": 10, "working": True}, None),  # ten Mondays to Fridays
        ("2021-05-17", {"days": 10, "working": True}, 11),
        ("2021-05-17", {"days": 10, "working": True, "holidays": ["2021-05-03"]}, None),
        ("2021-04-01", {"days": 0}, None),  # told beforehand
    ],
)
def test_leaving_entered_late(paper, given, took):
    """2021-04-30 was a Friday."""
    found = told(LEFT.format(paper=paper), "CK-20", given)
    assert found == ([("A", "a", took, given["days"])] if took else [])


def test_only_papers_of_the_last_months_are_looked_at():
    assert told(LEFT.format(paper="2021-06-30"), "CK-20", {"days": 15, "months": 6}) == []
    assert told(LEFT.format(paper="2021-07-02"), "CK-20", {"days": 15, "months": 6}) != []


def test_the_words_of_a_late_paper():
    (found,) = findings(LEFT.format(paper="2021-05-31"), "CK-20", {"days": 10, "working": True})
    assert found.words == (
        "2021-04-30 离编，2021-05-31 才办（测编办〔2021〕1号），隔 21 个工作日，期限 10 个工作日"
    )


@pytest.mark.parametrize(
    ("calendar", "took"),
    [
        ([], 11),
        ([("2021-05-03", False)], None),  # a holiday: ten are left
        ([("2021-05-03", False), ("2021-05-08", True)], 11),  # and a Saturday worked for it
        ([("2021-05-07", True), ("2021-05-08", False)], 11),  # says what the week says already
    ],
)
def test_working_days_are_those_of_the_office_s_calendar(calendar, took):
    given = {"days": 10, "working": True}
    found = told(LEFT.format(paper="2021-05-17"), "CK-20", given, beside={"calendar": calendar})
    assert found == ([("A", "a", took, 10)] if took else [])


def test_entering_entered_late():
    text = (
        LEFT.format(paper="2021-04-30")
        + """
    2021-09-30 测编办〔2021〕2号
      上编 person=b org=A kind=XZ on=2021-08-01
    """
    )
    assert told(text, "CK-21", {"days": 60}) == []
    assert told(text, "CK-21", {"days": 59}) == [("A", "b", 60, 59)]


TICKET = """
    2020-01-01 opening
      设立 org=A name=一局
      下达 to=A kind=XZ n=2
    2021-01-01
      占编 ticket=t1 org=A kind=XZ
"""


@pytest.mark.parametrize(("days", "fires"), [(365, False), (364, True)])
def test_a_ticket_nobody_came_for(days, fires):
    found = findings(TICKET, "CK-22", {"days": days})
    assert bool(found) is fires
    assert all(each.words.startswith("号码 t1 自 2021-01-01 占一般行政编制") for each in found)


@pytest.mark.parametrize(
    ("until", "age"), [("2022-01-01", None), ("2021-12-31", 365), ("2021-06-30", 365)]
)
def test_the_last_day_on_the_notice_goes_before_that_of_the_pack(until, age):
    """t1 was given out on 2021-01-01; the day looked at is 2022-01-01."""
    found = told(TICKET, "CK-22", {"days": 9999}, beside={"tickets": [("t1", until)]})
    assert [each[2] for each in found] == ([] if age is None else [age])
    assert told(TICKET, "CK-22", {"days": 9}, beside={"tickets": [("t9", until)]}) != []


def test_a_ticket_that_was_used_or_given_back_is_not_told():
    used = "    2021-05-01\n      上编 person=a org=A kind=XZ ticket=t1\n"
    back = "    2021-05-01\n      释放 claimant=t1\n"
    assert told(TICKET + used, "CK-22", {"days": 10}) == []
    assert told(TICKET + back, "CK-22", {"days": 10}) == []


FROZEN = """
    2020-01-01 opening
      设立 org=A name=一局
      设立 org=B name=二局
      下达 to=A kind=XZ n=2
      下达 to=B kind=XZ n=2
    2021-03-01 测编发〔2021〕3号
      冻结 org=A
    2021-09-01 测编发〔2021〕9号
      解冻 org=A
    {day} 测编发〔2021〕5号
      划转 from=B to=A kind=XZ n=1
"""
ONLY_OUT = {"statuses": ["frozen", "merging"]}


@pytest.mark.parametrize(
    ("day", "fires"),
    [("2021-03-01", False), ("2021-03-02", True), ("2021-08-31", True), ("2021-09-01", False)],
)
def test_posts_into_a_frozen_unit(day, fires):
    found = findings(FROZEN.format(day=day), "CK-28", ONLY_OUT)
    assert [each.words for each in found] == (
        [f"{day} 单位冻结，仍办了“划转”1 次"] if fires else []
    )


def test_posts_out_of_a_frozen_unit_and_matters_still_allowed():
    out = FROZEN.replace("from=B to=A", "from=A to=B").format(day="2021-05-01")
    assert told(out, "CK-28", ONLY_OUT) == []
    spared = {**ONLY_OUT, "without": ["划转"]}
    assert told(FROZEN.format(day="2021-05-01"), "CK-28", spared) == []


GONE = """
    2020-01-01 opening
      设立 org=A name=一局
      设立 org=B name=二局
      下达 to=A kind=XZ n=2
    2021-03-01 测编发〔2021〕3号
      划转 from=A to=B kind=XZ n=2
    2021-04-01 测编发〔2021〕4号
      撤销 org=A
"""


def test_an_abolished_unit_with_posts():
    """The record refuses to abolish it; columns that lost a movement show what it guards from."""
    assert told(GONE, "CK-29") == []
    whole = state(GONE).columns
    frames = {name: whole.frame(name) for name in SCHEMAS}
    frames["postings"] = frames["postings"].filter(pl.col("no") != 2)
    damaged = State(Columns.of(whole.head, frames), parse_day("2022-01-01"))
    (found,) = run(Material(damaged), [entry("CK-29")], damaged.on).findings()
    assert (found.unit, found.about) == ("A", "XZ")
    assert found.words == ("单位当日不在册，名下还有一般行政编制：核定 2，实有 0，待上编 0，预留 0")
