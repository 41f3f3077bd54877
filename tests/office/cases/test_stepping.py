"""Steps taken on the record: locks held and given back, two people cannot take the same one."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from bianzhi.core.days import parse_day
from bianzhi.core.errors import Refusal
from bianzhi.core.state import State
from bianzhi.office.cases.models import Case, CaseStep
from bianzhi.office.cases.stepping import take
from bianzhi.office.desk.held import held
from tests.office.cases.conftest import MERGER, NOW, REDUCTION, TO_ISSUE, walk


def reserved(unit: str = "NJ") -> int:
    state = State(held().columns, parse_day("2026-03-02"))
    rows = state.figures("holder", "kind").filter(holder=unit, kind="SY")
    return int(rows["reserved"][0])


def test_accepting_locks_what_the_matter_will_use(opened) -> None:
    case = walk(opened("reduce", REDUCTION), "submit", "accept")
    assert (case.holding, reserved()) == (True, 3)
    assert [step.change for step in case.steps.all()] == [None, held().columns.head]


@pytest.mark.parametrize("code", ["return", "withdraw", "suspend+drop", "refer+refuse"])
def test_however_it_ends_the_posts_come_free(opened, code: str) -> None:
    case = walk(opened("reduce", REDUCTION), "submit", "accept", "study")
    case = walk(case, *code.split("+"))
    assert (case.holding, reserved()) == (False, 0)


def test_a_matter_handed_in_again_locks_again(opened) -> None:
    case = walk(opened("reduce", REDUCTION), "submit", "accept", "return", "submit", "accept")
    assert (case.held, reserved()) == (2, 3)


def test_what_one_matter_holds_another_cannot(opened) -> None:
    walk(opened("reduce", {**REDUCTION, "n": "9"}), "submit", "accept")
    second = walk(opened("reduce", {**REDUCTION, "n": "9"}), "submit")
    with pytest.raises(Refusal, match="超出 7 名"):
        walk(second, "accept")
    second.refresh_from_db()
    assert (second.state, second.holding) == ("submitted", False)


def test_two_people_cannot_decide_one_matter_twice(opened) -> None:
    case = walk(opened(), "submit", "accept", "study", "refer")
    version = case.version
    take(case.pk, version, "agree", by="秘书小董", now=NOW, words="经会议研究")
    with pytest.raises(Refusal, match="秘书小董刚刚办了“同意”") as refusal:
        take(case.pk, version, "refuse", by="主任老秦", now=NOW, words="不妥")
    assert refusal.value.problems[0].code == "stale-case"
    case.refresh_from_db()
    assert case.state == "approved"


@pytest.mark.parametrize("code", ["return", "suspend", "withdraw"])
def test_what_needs_a_reason_is_not_taken_without(opened, code: str) -> None:
    case = walk(opened(), "submit", "accept")
    with pytest.raises(Refusal, match=r"补正|原因"):
        walk(case, code, words="  ")


@pytest.mark.parametrize("left_out", ["duties_to", "people_to", "assets_to", "reason"])
def test_a_merger_says_where_everything_goes(opened, left_out: str) -> None:
    case = opened(given={**MERGER, left_out: ""})
    with pytest.raises(Refusal) as refusal:
        walk(case, "submit")
    assert [each.field for each in refusal.value.problems] == [left_out]


def test_an_unnamed_request_is_not_handed_in(opened) -> None:
    case = opened()
    case.request = {"title": "请示"}
    case.save()
    with pytest.raises(Refusal) as refusal:
        walk(case, "submit")
    assert [each.field for each in refusal.value.problems] == ["doc_no", "issuer", "doc_date"]


def test_several_levels_decide_one_after_the_other(opened) -> None:
    case = opened()
    case.levels = ["board", "party", "upper"]
    case.save()
    assert walk(case, *TO_ISSUE).state == "party"
    assert walk(case, "agree").state == "upper"
    assert walk(case, "agree").state == "approved"


def test_every_step_is_kept_and_none_can_be_edited(opened) -> None:
    case = walk(opened(), "submit", "accept", "study")
    assert [(step.no, step.step) for step in case.steps.all()] == [
        (1, "submit"), (2, "accept"), (3, "study"),
    ]  # fmt: skip
    for edit in (
        lambda: CaseStep.objects.update(by="别人"),
        lambda: CaseStep.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            edit()


def test_an_unknown_matter_is_told(district) -> None:
    with pytest.raises(Refusal, match="没有第 7 号事项"):
        take(7, 0, "submit", by="部门小文", now=NOW)
    assert not Case.objects.exists()
