"""Promise 8: what a scenario shows is what its adoption posts, row for row; nothing before that."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bianzhi.core.changes import Draft
from bianzhi.core.days import parse_day
from bianzhi.core.documents import Document
from bianzhi.core.errors import Refusal
from bianzhi.core.memory import MemoryRecord
from bianzhi.core.scenario import Scenario
from bianzhi.core.state import State
from tests.support import histories
from tests.support.frames import shown
from tests.support.histories import HISTORIES, changes
from tests.support.ledger import START, act, draft, ledger

APPROVAL = Document("改革方案批复", "X编发〔2024〕1号", "区编委", parse_day("2023-12-20"))
NEW_YEAR = parse_day("2024-01-01")


@pytest.fixture
def record() -> MemoryRecord:
    """甲局 A with 10 posts of kind XZ, 乙局 B and the pool P, since 2020."""
    found = MemoryRecord()
    found.post(*ledger(START))
    return found


def scenario(record: MemoryRecord, *lines: str) -> Scenario:
    """Drafts without a document, a line each, to take effect at the new year."""
    drafts = [Draft([act(line)], None, "unverified") for line in lines]
    return Scenario(record.head, NEW_YEAR).draft(*drafts)


def approved(state: State, holder: str) -> float:
    rows = state.accounts.iter_rows(named=True)
    return sum(float(row["approved"]) for row in rows if row["holder"] == holder)


def test_a_preview_shows_the_drafts_together_and_writes_nothing(record):
    plan = scenario(record, "划转 from=A to=B kind=XZ n=4", "划转 from=B to=P kind=XZ n=1")
    after = plan.preview(record, record.columns())
    assert [approved(after, holder) for holder in "ABP"] == [6, 3, 1]
    before = plan.preview(record, record.columns(), parse_day("2023-12-31"))
    assert [approved(before, holder) for holder in "ABP"] == [10, 0, 0]
    assert record.head == 1


def test_a_draft_keeps_its_own_day_and_the_others_take_the_scenarios(record):
    plan = scenario(record, "核减 org=A kind=XZ n=1 on=2023-06-01", "核减 org=A kind=XZ n=1")
    days = [posting.day for posting in plan.make(record).rows.postings]
    assert days == [parse_day("2023-06-01")] * 2 + [NEW_YEAR] * 2


def test_what_cannot_be_posted_cannot_be_previewed(record):
    plan = scenario(record, "核减 org=A kind=XZ n=8", "核减 org=A kind=XZ n=8")
    with pytest.raises(Refusal) as refused:
        plan.preview(record, record.columns())
    assert [problem.code for problem in refused.value.problems] == ["overdrawn"]


def test_a_scenario_on_a_record_that_moved_on_must_be_rebased_first(record):
    plan = scenario(record, "核减 org=A kind=XZ n=8")
    record.post(draft("核减 org=A kind=XZ n=1"))
    with pytest.raises(Refusal) as refused:
        plan.make(record)
    (problem,) = refused.value.problems
    assert problem.code == "stale-baseline"
    assert "第 1 号" in problem.what
    assert "第 2 号" in problem.what


def test_rebasing_names_each_draft_that_no_longer_applies_and_keeps_the_rest(record):
    plan = scenario(
        record,
        "划转 from=A to=B kind=XZ n=2",
        "核减 org=A kind=XZ n=6",
        "更名 org=B name=乙委",
    )
    record.post(draft("核减 org=A kind=XZ n=5"))
    newer, conflicts = plan.rebase(record)
    assert [conflict.draft for conflict in conflicts] == [plan.drafts[1]]
    assert [p.code for p in conflicts[0].refusal.problems] == ["overdrawn"]
    assert newer.drafts == (plan.drafts[0], plan.drafts[2])
    assert newer.baseline == record.head
    assert approved(newer.preview(record, record.columns()), "A") == 3


def test_a_draft_that_needs_a_dropped_one_is_dropped_and_named_too(record):
    plan = scenario(record, "设立 org=C name=丙局", "核增 org=C kind=XZ n=1")
    record.post(draft("设立 org=C name=另一个丙局\n撤销 org=C on=2023-06-01"))
    newer, conflicts = plan.rebase(record)
    assert newer.drafts == ()
    assert [conflict.refusal.problems[0].code for conflict in conflicts] == [
        "duplicate-unit",
        "after-end",
    ]


def test_rebasing_on_an_unchanged_record_changes_nothing(record):
    plan = scenario(record, "核减 org=A kind=XZ n=6")
    assert plan.rebase(record) == (plan, [])


def plan_for(record: MemoryRecord, drafts) -> Scenario:
    """The drafts that fit together, as a scenario."""
    plan = Scenario(record.head, NEW_YEAR, tuple(drafts))
    return Scenario(record.head, NEW_YEAR, plan.rebase(record)[0].drafts)


@given(HISTORIES, st.lists(changes(), min_size=1, max_size=5), st.sampled_from(histories.DAYS))
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_adopting_posts_what_the_preview_showed_row_for_row(history, drafts, day):
    record = MemoryRecord()
    record.post(*ledger(histories.START))
    for each in history:
        with suppress(Refusal):
            record.post(each)
    plan = plan_for(record, drafts)
    if not plan.drafts:
        return
    on = parse_day(day)
    previewed = plan.make(record, APPROVAL)
    preview = plan.preview(record, record.columns(), on)
    (adopted,) = record.post(plan.as_change(APPROVAL))
    assert adopted.rows == previewed.rows
    assert shown(record.columns(), on) == shown(preview.columns, on)
