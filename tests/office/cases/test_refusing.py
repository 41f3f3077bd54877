"""The rules of use: each where it refuses, in its own sentence, and where it just does not.

The station NJ has 12 posts and one person, ZZ 6 and one; today is 2026-03-02.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bianzhi.core.days import parse_day
from bianzhi.core.errors import Refusal
from bianzhi.office.cases.drafting import given_of
from bianzhi.office.cases.models import Case, Limit
from bianzhi.office.cases.studying import study
from bianzhi.office.cases.use.refusing import problems
from bianzhi.office.desk.held import held
from bianzhi.office.identity.models import PersonFile
from bianzhi.record.post import Poster
from tests.office.cases.conftest import LOAN, NOW, PLAN, TO_ISSUE, USE, walk
from tests.office.cases.test_issuing import issued
from tests.office.cases.test_use_request import agreed
from tests.support.ledger import ledger

TODAY = "2026-03-02"


def post(text: str) -> None:
    Poster().post(ledger(text))


def codes(case: Case, day: str = TODAY) -> list[str]:
    found = problems(case, given_of(case), held().columns, parse_day(day))
    return [each.code for each in found]


def file(person: str, born: date, sex: str = "男", duty_status: str = "在岗") -> None:
    PersonFile.objects.create(person=person, birth_date=born, sex=sex, duty_status=duty_status,
                              changed_at=NOW, changed_by="周")  # fmt: skip


def plan(opened: Callable[..., Case], n: str, year: str = "2026") -> Case:
    return opened("use_plan", {**PLAN, "year": year, "posts": [["SY", "full", n]]})


# -- CK-24, VU-01: inside the year's plan ---------------------------------------------------------


def test_without_a_plan_nothing_is_used(opened) -> None:
    with pytest.raises(Refusal, match="没有 2026 年度用编计划：只能在计划内用编（CK-24）"):
        walk(opened("use_request", USE), "submit")
    plan(opened, "4", "2025")
    assert codes(opened("use_request", USE)) == ["CK-24"]


def test_a_plan_counts_once_it_is_issued_and_up_to_its_number(opened) -> None:
    case = walk(plan(opened, "3"), *TO_ISSUE)
    assert codes(opened("use_request", USE)) == ["CK-24"]
    issued(case)
    assert codes(opened("use_request", {**USE, "n": "3"})) == []
    with pytest.raises(Refusal, match="超出计划 1 名"):
        walk(opened("use_request", {**USE, "n": "4"}), "submit")


def test_what_is_used_and_what_is_under_way_both_count(opened) -> None:
    issued(walk(plan(opened, "4"), *TO_ISSUE))
    issued(agreed(opened("use_request", {**USE, "n": "2"})))
    walk(opened("use_request", {**USE, "n": "1"}), "submit", "accept")
    assert codes(opened("use_request", {**USE, "n": "1"})) == []
    assert codes(opened("use_request", {**USE, "n": "2"})) == ["CK-24"]
    issued(walk(plan(opened, "1"), *TO_ISSUE))  # 追加
    assert codes(opened("use_request", {**USE, "n": "2"})) == []


def test_a_plan_that_shrank_meanwhile_stops_the_paper(opened) -> None:
    planned = issued(walk(plan(opened, "3"), *TO_ISSUE)).case
    case = agreed(opened("use_request", USE))
    Case.objects.filter(pk=planned.pk).update(state="rejected")
    with pytest.raises(Refusal, match="CK-24"):
        issued(case)


# -- CK-25, VU-03: over-staffed -------------------------------------------------------------------


def full(n: int) -> None:
    """The station with n people more, and 12 posts cut to two."""
    people = "\n".join(f"  上编 person=p{k} name=某{k} org=NJ kind=SY funding=full"
                       for k in range(n))  # fmt: skip
    post(f"2026-02-01 澜编发〔2026〕90号\n{people}")
    post("2026-02-02 澜编发〔2026〕91号\n  核减 org=NJ kind=SY n=10 funding=full")


@pytest.mark.usefixtures("planned")
def test_an_over_staffed_unit_takes_nobody_in(opened) -> None:
    full(2)
    case = opened("use_request", USE)
    with pytest.raises(Refusal, match="核定 2 名、实有 3 名，超编 1 名：超编单位不得进人（CK-25）"):
        walk(case, "submit")
    assert codes(opened("loan", LOAN)) == ["CK-25", "CK-27"]


@pytest.mark.usefixtures("planned")
def test_a_full_unit_is_not_over_staffed(opened) -> None:
    full(1)
    assert codes(opened("use_request", USE)) == []


# -- CK-28: frozen --------------------------------------------------------------------------------


@pytest.mark.usefixtures("planned")
@pytest.mark.parametrize(("status", "words"), [("frozen", "冻结"), ("merging", "整合中")])
def test_a_frozen_unit_takes_nothing_in(opened, status: str, words: str) -> None:
    post(f"2026-02-01 澜编发〔2026〕90号\n  冻结 org=NJ status={status}")
    with pytest.raises(Refusal, match=f"处于“{words}”状态，不得进人、用编、增编（CK-28）"):
        walk(opened("use_request", USE), "submit")
    given = {"org": "NJ", "kind": "SY", "funding": "full", "n": "1", "reason": "急需"}
    assert codes(opened("increase", given)) == ["CK-28"]
    assert codes(opened("reduce", given)) == []  # giving up posts is no entry
    post("2026-02-20 澜编发〔2026〕92号\n  解冻 org=NJ")
    assert codes(opened("use_request", USE)) == []
    assert codes(opened("use_request", USE), "2026-02-19") == ["CK-28"]


# -- CK-20, DL-08: late 核销 ----------------------------------------------------------------------


@pytest.mark.usefixtures("planned")
def test_who_does_not_write_leavers_off_in_time_gets_nothing(opened) -> None:
    """Born in October 1965, a man retires in January 2026; 15 working days later is 02-20."""
    file("zhang", date(1965, 10, 8))
    case = opened("use_request", USE)
    assert codes(case, "2026-02-20") == []
    assert codes(case, "2026-02-21") == ["CK-20"]
    with pytest.raises(Refusal, match="张＊（2026年1月到龄），退休后 15 个工作日内应办理下编"):
        walk(case, "submit")
    Limit.objects.create(code="write_off", value=40)
    assert codes(case) == []
    Limit.objects.all().delete()
    PersonFile.objects.update(duty_status="延迟退休")
    assert codes(case) == []
    PersonFile.objects.update(duty_status="在岗")
    post("2026-03-01 澜农〔2026〕2号\n  下编 person=zhang reason=退休")
    assert codes(case) == []


@pytest.mark.usefixtures("planned")
def test_late_leavers_of_another_unit_do_not_count(opened) -> None:
    file("li", date(1965, 1, 8))
    assert codes(opened("use_request", USE)) == []


# -- VU-02: one out, one in -----------------------------------------------------------------------


def test_a_plan_reaches_as_far_as_vacancy_and_retirement(opened) -> None:
    assert codes(plan(opened, "11")) == []
    with pytest.raises(Refusal, match="没有计划的空编 11 名，2026 年预计退休 0 名"):
        walk(plan(opened, "12"), "submit")
    file("zhang", date(1966, 1, 8))  # retires in May 2026
    assert codes(plan(opened, "12")) == []
    assert codes(plan(opened, "13")) == ["VU-02"]
    issued(walk(plan(opened, "2"), *TO_ISSUE))
    assert codes(plan(opened, "10")) == []
    assert codes(plan(opened, "11")) == ["VU-02"]


# -- CK-27: what a loan can be given back from ----------------------------------------------------


def test_a_loan_is_no_larger_than_what_falls_vacant_in_its_term(opened) -> None:
    file("zhang", date(1968, 9, 8))  # retires in September 2029
    case = opened("loan", {**LOAN, "n": "1"})
    assert codes(case, "2026-08-31") == ["CK-27"]
    assert codes(case, "2026-09-01") == []
    with pytest.raises(Refusal, match="3 年内预计退休一般事业编制 0 名，申请周转 1 名"):
        walk(case, "submit")


# -- before the decision --------------------------------------------------------------------------


def test_the_study_shows_what_the_rules_would_refuse(opened) -> None:
    looked = study(opened("use_request", USE), held().columns, date(2026, 3, 2))
    assert [each.code for each in looked.problems] == ["CK-24"]
    assert looked.clauses
