"""The look of every day: kept by itself, once, by whoever is first; shown where people look."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from bianzhi.core.days import parse_day
from bianzhi.office.checks import daily, following
from bianzhi.office.checks.judging import judge, judged
from bianzhi.office.checks.models import Followed, Round
from bianzhi.office.desk.held import held
from bianzhi.site import serving
from tests.office.checks.test_findings import OVER, SOON
from tests.support.cast import browser
from tests.support.county import COUNTY
from tests.support.pages import get, row, text
from tests.support.records import SQLITE, fresh

pytestmark = pytest.mark.django_db
MORNING = datetime(2022, 1, 1, 1, tzinfo=UTC)  # nine o'clock in China


@pytest.fixture
def county():
    with fresh(SQLITE) as record:
        record.write(COUNTY)
        yield record


def test_the_first_look_of_a_day_is_kept_and_no_second(county):
    made = daily.look(MORNING)
    assert made is not None
    assert (made.on, made.daily, made.known, made.by) == (
        date(2022, 1, 1), date(2022, 1, 1), county.head, "系统"
    )  # fmt: skip
    assert made.counts["CK-01"] == 1
    assert daily.look(MORNING + timedelta(hours=5)) is None
    assert daily.look(MORNING + timedelta(days=1)) is not None
    assert Round.objects.count() == 2


def test_a_day_begins_where_the_office_is(county):
    """16:30 in London is half past midnight in China."""
    made = daily.look(datetime(2022, 1, 1, 16, 30, tzinfo=UTC))
    assert made is not None
    assert made.on == date(2022, 1, 2)


def test_two_processes_that_look_at_once_keep_one(county, monkeypatch):
    """The slower one judged before the quicker one had kept its look."""
    keep = following.keep

    def slow(outcome, by, *, daily):
        monkeypatch.setattr(following, "keep", keep)
        with transaction.atomic():
            assert following.keep(outcome, by, daily=daily)  # the quicker one
        return keep(outcome, by, daily=daily)

    monkeypatch.setattr(following, "keep", slow)
    with transaction.atomic():
        assert daily.look(MORNING) is None
    assert Round.objects.count() == 1


def test_a_look_that_was_kept_already_changes_nothing(county):
    on = parse_day("2022-01-01")
    outcome = judge(held().state(on, county.head).state)
    following.keep(outcome, "系统", daily=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        following.keep(outcome, "系统", daily=True)
    following.keep(outcome, "编办小周")  # people may look as often as they like
    following.keep(outcome, "编办小周")
    assert Round.objects.count() == 3


def test_an_empty_record_is_not_looked_at():
    with fresh(SQLITE):
        assert daily.look(MORNING) is None
    assert not Round.objects.exists()


def test_what_went_away_is_closed_and_what_is_back_is_told_with_nobody_pressing(county):
    given = {**OVER, "kind": "rectify", "words": "年内消化", "due": SOON}
    browser("office_clerk").post("/findings/finding/answer?on=2022-01-01", given)
    county.write("2022-01-02 测编发〔2022〕2号\n  下编 person=R3 reason=调出")
    daily.look(MORNING + timedelta(days=1))
    assert str(Followed.objects.get().gone_on) == "2022-01-02"
    county.write("2022-01-03 opening\n  上编 person=R9 name=孙九 org=S1 kind=SY funding=full")
    daily.look(MORNING + timedelta(days=2))
    assert row(get("/findings/", on="2022-01-03"), "超编 CK-01")[5] == "消失后又出现"


def test_a_look_does_not_have_the_rules_run_again(county):
    """Over a nation that would cost half a minute."""
    words = held().state(parse_day("2022-01-01"), county.head)
    before = judged(words)
    daily.look(MORNING)
    assert judged(words) is before


@pytest.mark.parametrize("address", ["/findings/", "/findings/trend"])
def test_the_pages_say_when_the_last_look_was(county, address):
    assert "还没有记下过检查" in text(get(address, on="2022-01-01"))
    made = daily.look(MORNING)
    assert made is not None
    said = text(get(address, on="2022-01-01"))
    assert f"，系统，截至第 {county.head} 号变更" in said
    assert "每天自动记一次" in said


def test_the_server_looks_while_it_runs(county):
    serving.stay_warm(pause=0, rounds=2)
    assert Round.objects.exclude(daily=None).count() == 1
