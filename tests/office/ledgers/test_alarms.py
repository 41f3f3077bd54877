"""Alarms: every line behind a number of the first page, each figure with its grounds."""

from __future__ import annotations

import pytest

from tests.support.cast import browser
from tests.support.county import COUNTY
from tests.support.pages import get, links, row, text
from tests.support.records import SQLITE, fresh
from tests.support.workbooks import workbook

pytestmark = pytest.mark.django_db
ON = {"on": "2022-01-01"}
WHATS = ("over", "ahead", "short", "leads", "bare", "totals", "late")


@pytest.fixture
def county():
    with fresh(SQLITE) as record:
        record.write(COUNTY)
        yield record


def test_over_staffing_is_told_by_unit_and_kind(county):
    page = get("/alarms", what="over", **ON)
    assert row(page, "测县第一中学 S1") == [
        "测县第一中学 S1", "一般事业编制", "2", "3", "0", "0", "−1", "−1",
    ]  # fmt: skip
    assert "/entries?on=2022-01-01&holder=S1&kind=SY" in links(page)


def test_a_published_total_stands_beside_what_the_ledger_says(county):
    page = get("/alarms", what="totals", **ON)
    assert row(page, "测县教育局 A")[2:9] == [
        "一般行政编制", "核定", "2020-06-01", "12", "10", "−2", "0",
    ]  # fmt: skip
    assert "都相符" in text(get("/alarms", what="totals", on="2020-05-31"))


def test_a_change_without_document_is_settled_by_grounds_given_later(county):
    assert row(get("/alarms", what="bare", **ON), "4")[1] == "补录一笔 待核实"
    county.write("2021-08-01\n  补依据 no=4")
    assert "待核实的变更：0 条" in text(get("/alarms", what="bare", **ON))
    assert "待核实的变更：1 条" in text(get("/alarms", what="bare", known="6", **ON)), (
        "当时还没有补"
    )


def test_posts_promised_long_ago_are_asked_about(county):
    assert row(get("/alarms", what="late", **ON), "t1", "测县人民医院 H")[3:5] == [
        "1",
        "2020-04-01",
    ]
    assert "待上编逾一年：0 条" in text(get("/alarms", what="late", on="2021-03-31"))


@pytest.mark.parametrize("what", WHATS)
def test_every_alarm_goes_to_excel_and_shows_the_confined_nothing_of_others(county, what):
    answer = browser().get("/alarms", {**ON, "what": what, "as": "xlsx"})
    sheet = workbook(answer)
    shown = get("/alarms", what=what, **ON)
    assert f"：{len(sheet) - 3} 条" in text(shown)
    own = browser("institution_clerk", "S2").get("/alarms", {**ON, "what": what}).content.decode()
    assert "教育局" not in own
    assert "第一中学" not in own
    assert "人民医院" not in own
