"""Numbers hidden in 备注: told with the words of the remark, adopted by one click, never twice."""

from __future__ import annotations

import pytest

from bianzhi.core.days import parse_day
from bianzhi.core.memory import MemoryRecord
from bianzhi.office.intake import work
from bianzhi.office.intake.plan.planning import Plan
from bianzhi.office.intake.plan.rows import Given
from tests.support.cast import browser
from tests.support.intake import DAY, event, planned_with, rows
from tests.support.ledger import View
from tests.support.workbooks import ledger, unit, xlsx

STATION = {"name": "甲区农技站", "approved_SY": 10, "funding_form": "full"}
HISTORY = rows("history", event(
    "2001-03-05", "甲编发〔2001〕1号", "甲区农技站", "设立", quota_text="事业编制10名",
    funding_form="full",
))  # fmt: skip


@pytest.fixture
def record() -> MemoryRecord:
    return MemoryRecord()


def noted(record: MemoryRecord, note: str, adopt: bool = False, **more) -> Plan:
    tables = {"ledger": rows("ledger", {**STATION, "note": note}), **more}
    found = planned_with(record, Given(tables, parse_day(DAY)))
    if not adopt:
        return found
    keys = frozenset(each.key for each in found.findings if each.key)
    return planned_with(record, Given(tables, parse_day(DAY), adopted=keys))


def hidden(found: Plan) -> list[str]:
    return [each.what for each in found.findings if each.code == "number-in-remark"]


def test_a_hidden_number_is_a_warning_that_quotes_the_remark_and_posts_nothing_by_itself(record):
    found = noted(record, "含周转3名；2010年迁址")
    assert hidden(found) == ["甲区农技站：备注写“含周转3名；2010年迁址”，周转事业编制一栏没有写"]
    assert found.findings[-1].origin == "ledger.xlsx!表!note2"
    record.post(*found.drafts)
    view = View(record)
    assert [view.approved("JG00001", DAY, kind, "full") for kind in ("SY", "SZ")] == [10, 0]


@pytest.mark.parametrize("more", [{}, {"history": HISTORY}], ids=["opened", "by history"])
def test_adopted_it_is_split_off_the_kind_that_held_it(record, more):
    found = noted(record, "含周转3名", adopt=True, **more)
    assert list(found.differences) == []
    record.post(*found.drafts)
    view = View(record)
    assert [view.approved("JG00001", DAY, kind, "full") for kind in ("SY", "SZ")] == [7, 3]


def test_the_same_table_again_says_and_posts_nothing_more(record):
    record.post(*noted(record, "含周转3名", adopt=True, history=HISTORY).drafts)
    again = noted(record, "含周转3名")
    assert (hidden(again), list(again.differences), list(again.drafts)) == ([], [], [])


def test_posts_spoken_for_in_a_remark_are_held_once_adopted(record):
    found = noted(record, "预留领导1名，待上编2名", adopt=True)
    assert len(hidden(found)) == 2
    record.post(*found.drafts)
    assert list(View(record).used("JG00001", DAY, "SY", "full")) == [0, 3]


@pytest.mark.parametrize(
    "note", ["2010年迁址", "含周转13名", "周转3名", "实有周转3名", "含事业编制4名", "核减3名"]
)
def test_what_is_no_part_of_a_column_proposes_nothing(record, note):
    assert hidden(noted(record, note)) == []


def test_a_number_in_its_own_column_is_not_hidden(record):
    table = rows("ledger", {**STATION, "approved_SZ": 3, "note": "含周转3名"})
    assert hidden(planned_with(record, Given({"ledger": table}, parse_day(DAY)))) == []


@pytest.mark.django_db
def test_the_button_adopts_and_takes_back(key_file):
    made = work.receive(
        [("台账.xlsx", xlsx(ledger(unit("农技站", 10, 8, 备注="含周转3名"))))], "甲"
    )
    delivery = made.delivery
    work.prepare(delivery)
    client = browser("office_clerk")
    page = client.get(f"/intake/{delivery.pk}/findings", {"severity": "warning"}).content.decode()
    assert "备注写“含周转3名”" in page
    assert ">采用</button>" in page
    key = delivery.found.exclude(key="").get().key
    client.post(f"/intake/{delivery.pk}/adopt", {"key": key})
    delivery.refresh_from_db()
    assert delivery.summary["totals"] == {"SY": ["0", "7"], "SZ": ["0", "3"]}
    client.post(f"/intake/{delivery.pk}/adopt", {"key": key, "back": "yes"})
    delivery.refresh_from_db()
    assert delivery.summary["totals"] == {"SY": ["0", "10"]}
    assert client.post(f"/intake/{delivery.pk}/adopt", {"key": "没有的"}).status_code == 400
