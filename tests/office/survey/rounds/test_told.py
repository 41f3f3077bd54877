"""What the diagnosis reads of a survey: the sheets handed in, each row with the page it opens."""

from __future__ import annotations

import pytest

from bianzhi.office.survey.rounds import keeping
from bianzhi.office.survey.rounds.form import form_of
from bianzhi.office.survey.rounds.models import Version
from bianzhi.office.survey.told import address, revision, told
from bianzhi.rules.diagnosis.told import Told
from tests.support import surveys
from tests.support.cast import browser
from tests.support.pages import get, text
from tests.support.records import SQLITE, fresh
from tests.support.surveys import AT, PROBLEM, answer, opened, sheet

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office():
    with fresh(SQLITE) as record:
        record.write(surveys.RECORD)
        yield record


def test_nothing_asked_gives_empty_frames():
    assert all(frame.is_empty() for frame in vars(told()).values())
    assert vars(told()).keys() == vars(Told()).keys()


def test_a_sheet_handed_in_fills_every_frame():
    answer(sheet(opened(), "B"), {
        "duties/d1/done": "none", "duties/d1/reason": "职能已划走",
        "duties/+1/text": "代管停车场", "duties/+1/done": "full",
        "outside/hired/people": "6", "outside/hired/note": "协管员，财政补助",
        "workload/+1/y2018": "1,600.5", "problems/second/text": "充实一线",
    }.items())  # fmt: skip
    found = told()
    assert found.execution.drop("answer").rows() == [
        ("B", "d1", "承担渣土运输管理", "none", "职能已划走"),
        ("B", "d2", "负责市容督查（督查股）", "full", ""),
        ("B", "", "代管停车场", "full", ""),
    ]
    assert found.workload.drop("answer").rows() == [
        ("B", "渣土车检查", "次", 2018, 1600.5), ("B", "渣土车检查", "次", 2021, 420.0),
    ]  # fmt: skip
    assert found.outside.filter(unit="B", kind="hired")["people"].to_list() == [6.0]
    assert found.outside.height == 4  # no one is said where there is no one: a nought is a word
    assert found.served.drop("answer").rows() == [("B", "常住人口", 2021, 81000.0)]
    assert found.problems.drop("answer").rows() == [
        ("B", "problem", PROBLEM), ("B", "proposal", "充实一线"),
    ]  # fmt: skip


def test_every_answer_opens_the_sheet_it_stands_in_with_its_row_marked():
    answer(sheet(opened(), "B"))
    for frame in vars(told()).values():
        for each in frame["answer"].unique():
            shown = browser().get(address(each))
            assert shown.status_code == 200, each
            assert shown.content.decode().count('id="answer"') == 1
    one = told().problems["answer"][0]
    assert PROBLEM in text(get(address(one)))


def test_an_answer_there_is_not_is_not_found():
    pk = answer(sheet(opened(), "B")).versions.get().pk
    for each in (f"{pk}:duties:zz", f"{pk}:none:d1", f"{pk}", "999:duties:d1", "x:duties:d1"):
        assert browser().get(address(each)).status_code == 404, each


def test_drafts_and_sheets_sent_back_do_not_count_until_they_are_handed_in_again():
    one = sheet(opened(), "B")
    assert revision() == 0
    keeping.save(one, surveys.filled(form_of(one), {"problems/first/text": "草稿"}),
                 "web", "吴桐", AT)  # fmt: skip
    assert told().problems.is_empty()
    answer(one)
    keeping.accept(one, "周敏", AT)
    assert told().problems["text"].to_list() == [PROBLEM]
    before = revision()
    keeping.send_back(one, "请补充数量", "周敏", AT)
    assert told().problems.is_empty()
    assert revision() > before
    answer(one, {"problems/first/text": "缺人"}.items())
    assert told().problems["text"].to_list() == ["缺人"]
    assert Version.objects.filter(sheet=one).count() == 3  # nothing that was said is lost


def test_the_newest_round_that_a_unit_answered_counts():
    first, second = opened(title="甲"), opened(title="乙")
    answer(sheet(first, "B"), {"outside/lent/people": "1", "outside/lent/note": "甲"}.items())
    answer(sheet(first, "C"))
    answer(sheet(second, "B"), {"outside/lent/people": "2", "outside/lent/note": "乙"}.items())
    lent = told().outside.filter(kind="lent").sort("unit")
    assert lent.select("unit", "people").rows() == [("B", 2.0), ("C", 0.0)]


def test_what_was_told_up_to_a_step_stays_whatever_is_done_later():
    """A report drafted then cites it: sent back, answered anew, accepted, it is still the same."""
    one = sheet(opened(), "B")
    answer(one)
    then, before = revision(), told()
    keeping.send_back(one, "请补充数量", "周敏", AT)
    back = revision()
    answer(one, {"problems/first/text": "缺人"}.items())
    keeping.accept(one, "周敏", AT)
    for name, frame in vars(told(then)).items():
        assert frame.equals(getattr(before, name)), name
    assert told(back).problems.is_empty()
    assert told(0).problems.is_empty()
    assert told().problems["text"].to_list() == ["缺人"]
