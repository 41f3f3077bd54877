"""The sample ledger posts cleanly and says what the documents in it say."""

from __future__ import annotations

import pytest

from bianzhi.core.days import parse_day
from bianzhi.core.history import history
from bianzhi.core.reconcile import assertions
from bianzhi.core.state import State
from bianzhi.record.load import load
from bianzhi.record.verify import verify

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample")]


@pytest.fixture(scope="module")
def columns(sample):
    return load()


@pytest.fixture(scope="module")
def figures(columns):
    """One figure of a unit's posts of a kind on a day."""

    def of(unit, kind, day, figure="approved", known=None):
        state = State(columns, parse_day(day), known)
        for row in state.figures("holder", "kind").iter_rows(named=True):
            if (row["holder"], row["kind"]) == (unit, kind):
                return int(row[figure])
        return 0

    return of


def test_every_published_total_agrees_and_the_chain_is_whole(sample, columns):
    assert [each for receipt in sample for each in receipt.disagreements] == []
    assert assertions(columns)["agrees"].all()
    assert verify().sound


def test_what_was_granted_is_held_or_accounted_for(columns):
    """下达事业编制 232 名，2011 年戴帽加 4 名；转企核销 14 名。"""
    totals = {row["kind"]: row for row in State(columns, parse_day("2026-11-01")).totals.to_dicts()}
    posts = totals["SY"]
    assert (posts["granted"], posts["held"], posts["abolished"]) == (236, 234, 14)
    assert posts["converted"] == -totals["SC"]["converted"] == -12  # 参公 12 名置换为一般事业


def test_pool_takes_in_and_gives_out(figures):
    by_year = {
        "2013-05-19": 0, "2013-05-20": 6, "2014-10-01": 8, "2016-11-01": 7, "2017-06-01": 4,
        "2021-08-01": 5, "2024-02-01": 7, "2024-07-01": 5, "2027-09-01": 1,
    }  # fmt: skip
    assert {day: figures("P01", "SY", day) for day in by_year} == by_year


def test_merger_brings_posts_people_and_funding_together(figures, columns):
    """妇幼保健院 24 名、计生站 10 名，2016 年合为妇幼保健计划生育服务中心 34 名。"""
    assert figures("S05", "SY", "2016-03-31") == 24
    assert figures("S05", "SY", "2016-04-01") == 34
    assert figures("S06", "SY", "2016-04-01") == 0
    merger = [event for event in history(columns, "S05") if event.verb == "合并"]
    assert [event.doc_no for event in merger] == ["澜溪编发〔2016〕3号"]


def test_a_mistake_is_still_known_as_it_was_known(figures):
    """2017 年出池 3 名误录为 5 名（第 15 号），第 16 号作废，第 17 号重录。"""
    seen = [figures("S01", "SY", "2017-06-01", known=no) for no in (14, 15, 16, 17)]
    assert seen == [43, 48, 43, 46]


def test_hold_becomes_ticket_becomes_person(figures):
    """招聘计划锁 2 名，核准 1 名待上编，9 月上编。"""
    days = ("2026-02-12", "2026-06-30", "2026-09-10")
    told = [[figures("S01", "SY", day, each) for each in ("reserved", "pending", "actual")]
            for day in days]  # fmt: skip
    assert told == [[2, 0, 44], [1, 1, 44], [1, 0, 45]]


def test_grounds_found_later_stand_beside_the_change(columns):
    amendments = columns.frame("amendments").select("verb", "target").rows()
    assert ("补依据", 14) in amendments
    assert ("作废", 15) in amendments


def test_unit_that_became_an_enterprise_and_units_that_ended(columns):
    state = State(columns, parse_day("2026-11-01"))
    being = set(state.orgs["key"])
    assert being.isdisjoint({"A05", "A06", "S03", "S06", "S09", "S10", "S14"})
    assert {"A07", "A09", "S05", "S07"} <= being
