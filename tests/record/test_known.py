"""What was known of a day at a change never moves; a preview is what adoption makes of it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bianzhi.core.changes import Draft
from bianzhi.core.columns import Columns
from bianzhi.core.days import parse_day
from bianzhi.core.documents import Document
from bianzhi.core.errors import Refusal
from bianzhi.core.memory import MemoryRecord, entry_of
from bianzhi.core.scenario import Scenario
from bianzhi.record.load import load
from tests.support.frames import shown
from tests.support.histories import HISTORIES, START
from tests.support.ledger import draft, ledger
from tests.support.records import ALIASES, Remembered, each_record, each_stored, fresh

DAYS = [parse_day(day) for day in ("2022-01-01", "2023-03-01", "2023-05-15", "2024-01-01")]
ON = parse_day("2023-04-01")
slow = settings(max_examples=10, suppress_health_check=list(HealthCheck))


def accepted(history: list[Draft]) -> list[Draft]:
    """The changes of a random history that can be posted, one after the other."""
    memory = MemoryRecord()
    memory.post(*ledger(START))
    for each in history:
        with suppress(Refusal):
            memory.post(each)
    return [made.draft for made in memory.made]


# -- the past as known then ----------------------------------------------------------------


@slow
@given(history=HISTORIES, data=st.data())
def test_what_was_known_never_moves_whatever_is_posted_later(history, data):
    memory, columns, remembered = MemoryRecord(), Columns.start(), []
    for each in accepted(history):
        columns = columns.extended([entry_of(made) for made in memory.post(each)])
        on = data.draw(st.sampled_from(DAYS))
        remembered.append((on, memory.head, shown(columns, on)))
    compacted = columns.compacted()
    for on, known, before in remembered:
        assert shown(columns, on, known) == before
        assert shown(compacted, on, known) == before
        assert shown(columns.until(known), on) == before


@each_stored
@given(history=HISTORIES, data=st.data())
@settings(slow, max_examples=8)
def test_what_was_known_never_moves_in_a_database(engine, history, data):
    with fresh(engine) as record:
        remembered = []
        for each in accepted(history):
            record.post(each)
            on = data.draw(st.sampled_from(DAYS))
            remembered.append((on, record.head, shown(load(ALIASES[engine]), on)))
        columns = load(ALIASES[engine])
        for on, known, before in remembered:
            assert shown(columns, on, known) == before


def test_back_dating_and_voiding_move_the_present_view_of_the_past_only():
    memory = MemoryRecord()
    memory.post(*ledger(START))
    on = parse_day("2023-01-15")
    before = shown(memory.columns(), on)
    memory.post(*ledger("2023-06-01 甲编发〔2023〕1号\n  核减 org=A kind=XZ n=1 on=2023-01-01"))
    moved = shown(memory.columns(), on)
    memory.post(*ledger("2023-07-01 甲编发〔2023〕2号\n  作废 no=2"))
    columns = memory.columns()
    assert shown(columns, on, 1) == before != moved
    assert shown(columns, on, 2) == moved
    assert shown(columns, on, 3)["figures"] == before["figures"]


# -- preview and adoption ------------------------------------------------------------------

APPROVAL = Document("关于调整方案的批复", "甲编发〔2024〕1号", "甲编委", ON, ON)


@each_record
@given(history=HISTORIES, planned=st.integers(1, 4), data=st.data())
@settings(slow, max_examples=20)
def test_a_preview_is_the_adopted_change_row_for_row(engine, history, planned, data):
    drafts = accepted(history)
    plan = data.draw(st.sampled_from([drafts[-planned:], history[-planned:]]))
    with fresh(engine) as record:
        posted = [each for each in drafts if each not in plan]
        for each in posted:
            with suppress(Refusal):
                record.post(each)
        columns = columns_of(record)
        scenario = Scenario(record.head, ON).draft(*plan)
        if (problems := refusal_of(lambda: scenario.make(record.source))) is not None:
            adopted = refusal_of(lambda: record.post(scenario.as_change(APPROVAL)))
            from hypothesis import event

            event("refused")
            assert adopted == problems
            return
        from hypothesis import event

        event("adopted")
        made = scenario.make(record.source)
        previews = [shown_state(scenario, record, columns, on) for on in DAYS]
        (receipt,) = record.post(scenario.as_change(APPROVAL))
        assert receipt.no == made.no
        assert record.source.rows_of(made.no) == made.rows
        assert [shown(columns_of(record), on) for on in DAYS] == previews


def columns_of(record) -> Columns:
    return record.memory.columns() if isinstance(record, Remembered) else load(record.engine.using)


def shown_state(scenario: Scenario, record, columns: Columns, on: int):
    state = scenario.preview(record.source, columns, on)
    return shown(state.columns, on)


def refusal_of(attempt):
    """The problems of an attempt that is refused."""
    try:
        attempt()
    except Refusal as refusal:
        return refusal.problems
    return None


# -- rebase --------------------------------------------------------------------------------


@slow
@given(history=HISTORIES, planned=st.integers(1, 5))
def test_rebasing_keeps_what_still_applies_and_names_the_rest(history, planned):
    drafts = accepted(history)
    plan, posted = drafts[1:][:planned], [drafts[0], *drafts[1:][planned:]]
    memory = MemoryRecord()
    memory.post(posted[0])
    scenario = Scenario(1, ON).draft(*plan)
    for each in posted[1:]:
        with suppress(Refusal):
            memory.post(each)
    newer, conflicts = scenario.rebase(memory)
    assert newer.baseline == memory.head
    named = [conflict.draft for conflict in conflicts]
    assert sorted([*newer.drafts, *named], key=scenario.drafts.index) == list(scenario.drafts)
    assert newer.drafts == () or newer.make(memory).rows
    for conflict in conflicts:
        earlier = [each for each in newer.drafts if plan.index(each) < plan.index(conflict.draft)]
        again = replace(newer, drafts=(*earlier, conflict.draft))
        problems = refusal_of(lambda again=again: again.make(memory))
        assert problems == conflict.refusal.problems


def test_a_draft_whose_posts_are_gone_by_now_is_named_and_the_others_stay():
    memory = MemoryRecord()
    memory.post(*ledger(START))
    cut, moved, renamed = (
        draft(each, document=False, kind="unverified", day="2023-04-01")
        for each in ("核减 org=B kind=XZ n=2", "划转 from=A to=B kind=XZ n=3", "更名 org=B name=新")
    )
    scenario = Scenario(1, ON).draft(cut, moved, renamed)
    assert scenario.preview(memory, memory.columns()).figures("holder").height
    memory.post(*ledger("2023-03-01 甲编发〔2023〕3号\n  收回 org=A kind=XZ n=2"))
    with pytest.raises(Refusal) as stale:
        scenario.make(memory)
    assert stale.value.problems[0].code == "stale-baseline"
    newer, conflicts = scenario.rebase(memory)
    assert [conflict.draft for conflict in conflicts] == [moved]
    assert [problem.code for problem in conflicts[0].refusal.problems] == ["no-vacancy"]
    assert newer.drafts == (cut, renamed)
    assert newer.make(memory).no == 3


def test_an_unmoved_baseline_has_no_conflicts():
    memory = MemoryRecord()
    memory.post(*ledger(START))
    scenario = Scenario(1, ON).draft(draft("核减 org=B kind=XZ n=2"))
    assert scenario.rebase(memory) == (scenario, [])
