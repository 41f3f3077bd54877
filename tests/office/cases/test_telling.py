"""What was decided here, as the rules are told of it: a plan, a loan, a number, the calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bianzhi.core.days import parse_day
from bianzhi.office.cases import numbering, telling
from bianzhi.office.cases.models import Holiday, Number, Ticket
from bianzhi.office.checks import beside
from bianzhi.office.checks.judging import judge
from bianzhi.office.desk.held import held
from bianzhi.office.identity.models import PersonFile
from bianzhi.office.papers.texts import keep
from bianzhi.record.post import Poster
from tests.office.cases.conftest import LOAN, NOW, PLAN, TO_ISSUE, USE, walk
from tests.office.cases.test_issuing import issued
from tests.support.ledger import ledger

SIGNED = "2026-03-05"


def found(rule: str, on: str = SIGNED) -> list[tuple[str, str]]:
    """Unit and sentence of what a rule finds."""
    head = held().columns.head
    frame = judge(held().state(parse_day(on), head).state).frame
    return list(frame.filter(rule=rule).select("unit", "words").iter_rows())


def test_with_nothing_decided_nothing_is_told(district) -> None:
    assert {name for name, frame in telling.frames().items() if frame is not None} == set()
    assert found("CK-24") == []


def test_a_plan_is_told_from_the_day_of_its_paper(opened) -> None:
    walk(opened("use_plan", PLAN), "submit", "accept")
    assert telling.frames()["plans"] is None  # not decided yet
    issued(walk(opened("use_plan", PLAN), *TO_ISSUE))
    plans = telling.frames()["plans"]
    assert plans is not None
    (row,) = plans.iter_rows()
    assert (*row[:3], int(row[3])) == ("NJ", "SY", 2026, 4)
    assert row[4] == parse_day(SIGNED)


def test_a_ticket_beyond_the_plan_that_came_in_with_the_ledger_is_found(opened) -> None:
    """Requests beyond the plan are refused at the desk; a ledger taken in is not asked."""
    issued(walk(opened("use_plan", PLAN), *TO_ISSUE))
    lines = "".join(f"\n  占编 ticket=N2026{n} org=NJ kind=SY funding=full" for n in range(5))
    Poster().post(ledger(f"{SIGNED} 澜编发〔2026〕99号{lines}"))
    assert found("CK-24") == [
        ("NJ", "2026 年度有一般事业编制用编计划，计划 4 名，占编 5 名，超出 1 名")
    ]


def test_a_loan_is_told_with_its_last_day_and_found_when_nobody_gave_it_back(opened) -> None:
    PersonFile.objects.create(person="zhang", birth_date=date(1967, 6, 1), sex="男",
                              changed_at=NOW, changed_by="周")  # fmt: skip
    issued(walk(opened("loan", LOAN), *TO_ISSUE))
    Poster().post(
        ledger("""
    2026-03-02 澜编发〔2026〕98号
      下达 to=NJ kind=SZ n=1 funding=full
    """)
    )
    loans = telling.frames()["loans"]
    assert loans is not None
    assert loans["due"].to_list() == [parse_day("2029-03-05")]
    assert found("CK-26", "2029-03-05") == [
        ("NJ", "一般事业编制周转 1 名将到期（事项 SX000001，最早 2029-03-05），"
               "账上仍占周转 1 名，未到期的 0 名")
    ]  # fmt: skip
    assert "已到期" in found("CK-26", "2029-03-06")[0][1]
    assert found("CK-27") == []  # 张三 retires in time


def test_the_last_day_on_the_notice_counts(opened, planned) -> None:
    issued(walk(opened("use_request", {**USE, "n": "1", "expires_on": "2026-04-01"}), *TO_ISSUE))
    assert found("CK-22", "2026-04-01") == []
    assert len(found("CK-22", "2026-04-02")) == Ticket.objects.count() == 1


def test_the_report_is_missing_until_its_number_is_in_the_register(district) -> None:
    take: Any = {"case": None, "by": "周", "now": NOW}
    numbering.take("澜编发", 2026, "关于某事的通知", **take)
    assert [words for _, words in found("CK-38", "2026-04-01")] == [
        "2025 年度编委机构编制报告应在 2026-03-31 以前报出，还没有登记，已过 1 天"
    ]
    number = numbering.take("澜编发", 2026, "关于2025年度机构编制执行情况的报告", **take)
    assert found("CK-38", "2026-04-01") == []
    Number.objects.filter(pk=number.pk).update(void="写错")
    assert found("CK-38", "2026-04-01") != []
    keep("d" * 64, "报告.docx", "2025年度机构编制执行情况报告", "", "全文")
    assert found("CK-38", "2026-04-01") == []


@pytest.mark.parametrize("what", ["step", "number", "void", "text", "day", "birth"])
def test_whatever_may_change_a_frame_changes_the_revision(opened, what) -> None:
    """Else a page would show what the rules found before."""
    case = opened("use_plan", PLAN)
    number = numbering.take("澜编发", 2026, "通知", case=None, by="周", now=NOW)
    before = beside.revision()
    assert beside.revision() == before
    if what == "step":
        walk(case, "submit")
    elif what == "number":
        numbering.take("澜编发", 2026, "通知", case=None, by="周", now=NOW)
    elif what == "void":
        Number.objects.filter(pk=number.pk).update(void="写错")
    elif what == "text":
        keep("e" * 64, "报告.docx", "报告", "", "全文")
    elif what == "day":
        Holiday.objects.create(day=parse_day("2026-10-01"), works=False, name="国庆")
    else:
        PersonFile.objects.create(person="zhang", position_type="管理", changed_at=NOW,
                                  changed_by="周")  # fmt: skip
    assert beside.revision() != before


def test_the_calendar_of_the_office_is_the_rules_calendar(district) -> None:
    Holiday.objects.create(day=parse_day("2026-10-01"), works=False, name="国庆")
    Holiday.objects.create(day=parse_day("2026-10-10"), works=True, name="补班")
    made = telling.frames()["calendar"]
    assert made is not None
    assert sorted(made["works"].to_list()) == [False, True]
