"""Promise 8 in a database: adopting a scenario posts what its preview showed, once."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bianzhi.core.days import parse_day
from bianzhi.core.documents import Document
from bianzhi.core.errors import Refusal
from bianzhi.core.memory import MemoryRecord
from bianzhi.core.scenario import Scenario
from tests.support.histories import HISTORIES, START, changes
from tests.support.ledger import draft, ledger
from tests.support.records import Stored, each_stored, fresh

APPROVAL = Document("改革方案批复", "X编发〔2024〕1号", "区编委", parse_day("2023-12-20"))
NEW_YEAR = parse_day("2024-01-01")


def codes(poster, plan: Scenario) -> list[str]:
    with pytest.raises(Refusal) as refused:
        poster.adopt(plan, APPROVAL)
    return [problem.code for problem in refused.value.problems]


@each_stored
@given(HISTORIES, st.lists(changes(), min_size=1, max_size=5))
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
def test_adopting_posts_the_rows_of_the_preview_as_one_change_under_one_paper(
    engine, history, drafts
):
    memory = MemoryRecord()
    memory.post(*ledger(START))
    with fresh(engine) as stored:
        assert isinstance(stored, Stored)
        stored.write(START)
        for each in history:
            with suppress(Refusal):
                memory.post(each)
                stored.post(each)
        plan = Scenario(memory.head, NEW_YEAR, tuple(drafts)).rebase(memory)[0]
        if not plan.drafts:
            return
        previewed = plan.make(stored.source, APPROVAL).rows
        receipt = stored.poster.adopt(plan, APPROVAL, "张三")
        assert receipt.no == memory.head + 1 == stored.head
        assert stored.source.rows_of(receipt.no) == previewed == plan.make(memory, APPROVAL).rows
        assert codes(stored.poster, plan) == ["stale-baseline"]


def test_a_scenario_is_not_adopted_over_somebody_elses_change(stored):
    stored.write(START)
    plan = Scenario(stored.head, NEW_YEAR, (draft("核减 org=A kind=XZ n=1"),))
    stored.post(draft("更名 org=B name=乙委"))
    assert codes(stored.poster, plan) == ["stale-baseline"]
    newer, conflicts = plan.rebase(stored.source)
    assert conflicts == []
    assert stored.poster.adopt(newer, APPROVAL).no == 3


def test_a_scenario_of_which_one_draft_fails_is_not_adopted_at_all(stored):
    stored.write(START)
    drafts = (draft("核减 org=A kind=XZ n=1"), draft("核减 org=A kind=XZ n=4"))
    assert codes(stored.poster, Scenario(1, NEW_YEAR, drafts)) == ["no-vacancy"]
    assert stored.head == 1
