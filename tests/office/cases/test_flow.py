"""The life of a matter, as one table: nothing is issued that was not decided."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.core.errors import Refusal
from bianzhi.office.cases.flow import (
    APPROVED,
    DRAFT,
    ENDED,
    HOLDING,
    ISSUED,
    LEVELS,
    RETURNED,
    STATES,
    STEPS,
    SUSPENDED,
    steps_from,
    target_of,
)  # fmt: skip

LEVELS_ASKED = st.lists(st.sampled_from(list(LEVELS)), min_size=1, max_size=4, unique=True)


@given(LEVELS_ASKED, st.data())
def test_no_path_leads_to_a_paper_without_the_consent_of_every_level(levels, data) -> None:
    state, before, agreed = DRAFT, "", []
    for _ in range(40):
        options = sorted(step.code for step in steps_from(state))
        if not options:
            break
        step = STEPS[data.draw(st.sampled_from(options))]
        if step.code == "agree":
            agreed.append(state)
        if step.code in ("return", "defer"):
            agreed = []
        source, state = state, target_of(step, state, tuple(levels), before)
        before = source if state == SUSPENDED else ""
        assert state in STATES
        if state == ISSUED:
            assert agreed[-len(levels) :] == levels
            return


@given(LEVELS_ASKED)
def test_the_straight_way(levels) -> None:
    state = DRAFT
    for code in ("submit", "accept", "study", "refer", *["agree"] * len(levels), "issue"):
        state = target_of(STEPS[code], state, tuple(levels))
    assert state == ISSUED


def test_every_state_can_be_reached_and_those_not_ended_can_be_left() -> None:
    targets = {step.target for step in STEPS.values()} | set(LEVELS) | {APPROVED, DRAFT}
    assert set(STATES) - targets == set()
    for state in STATES:
        assert bool(list(steps_from(state))) == (state not in ENDED or state == ISSUED)


def test_posts_are_only_held_while_the_matter_is_under_way() -> None:
    assert not set(HOLDING) & {*ENDED, RETURNED, DRAFT}


@pytest.mark.parametrize("state", list(STATES))
def test_a_step_out_of_turn_says_what_the_state_is(state: str) -> None:
    for step in STEPS.values():
        if state not in step.sources:
            with pytest.raises(Refusal, match=STATES[state]):
                target_of(step, state, ("board",))


def test_resuming_leads_back_to_where_it_was() -> None:
    assert target_of(STEPS["resume"], SUSPENDED, ("board",), APPROVED) == APPROVED
