"""The greedy choice is the optimum: against everything tried, and against the integer program."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bianzhi.methods.allocation import AllocationError, Cap, allocate
from tests.methods.allocation.world import NESTED, best_of_all, possible, random_requests

seeds = st.integers(0, 10**6)


@settings(max_examples=60)
@given(seeds, st.integers(0, 8), st.booleans())
def test_the_greedy_choice_is_the_best_of_all(seed, vacant, minima):
    frame = random_requests(seed, 5, minima=minima)
    best = best_of_all(frame, {"事业": vacant}, NESTED)
    if best is None:
        with pytest.raises(AllocationError, match="保底"):
            allocate(frame, {"事业": vacant}, caps=NESTED, benefit="marginals")
        return
    made = allocate(frame, {"事业": vacant}, caps=NESTED, benefit="marginals")
    assert made.value == pytest.approx(best)
    assert possible(frame, made.granted, {"事业": vacant}, NESTED)


@settings(max_examples=40)
@given(seeds, st.integers(0, 40))
def test_the_greedy_choice_is_the_integer_program(seed, vacant):
    frame = random_requests(seed, 40)
    words: dict[str, Any] = {"caps": NESTED, "benefit": "marginals", "gap": 0.0}
    greedy = allocate(frame, {"事业": vacant}, **words)
    program = allocate(frame, {"事业": vacant}, **words, integer_program=True)
    assert greedy.value == pytest.approx(program.value, abs=1e-6)
    assert greedy.gap == pytest.approx(0, abs=1e-9)


@settings(max_examples=60)
@given(seeds, st.integers(0, 25), st.booleans())
def test_the_bound_by_duality_is_the_benefit_reached(seed, vacant, minima):
    """The certificate is worked out from prices alone, not copied from the value."""
    frame = random_requests(seed, 25, minima=minima)
    caps = [Cap("unit", {"一中": 9, "二中": 9}), Cap("department", {"教育局": 12, "卫健委": 6})]
    made = allocate(frame, {"事业": max(vacant, 12)}, caps=caps, benefit="marginals")
    assert made.bound == pytest.approx(made.value, abs=1e-9)
    assert "已证明最优" in made.summary()


@settings(max_examples=40)
@given(seeds, st.integers(0, 12))
def test_the_price_is_what_one_more_post_brings(seed, vacant):
    """Each full cap raised by one and solved again."""
    frame = random_requests(seed, 15)
    caps = [Cap("unit", {"一中": 2, "二中": 3}), Cap("department", {"教育局": 4, "卫健委": 3})]
    before = allocate(frame, {"事业": vacant}, caps=caps, benefit="marginals")
    prices = dict(before.caps().select("cap", "price").iter_rows())
    one_more = allocate(frame, {"事业": vacant + 1}, caps=caps, benefit="marginals")
    assert prices["空编“事业”"] == pytest.approx(one_more.value - before.value, abs=1e-9)
    for at, cap in enumerate(caps):
        for name, most in cap.most.items():
            raised = [*caps]
            raised[at] = Cap(cap.column, {**cap.most, name: most + 1})
            after = allocate(frame, {"事业": vacant}, caps=raised, benefit="marginals")
            gain = after.value - before.value
            assert prices[f"{cap.column}“{name}”"] == pytest.approx(gain, abs=1e-9)


@settings(max_examples=40)
@given(seeds, st.integers(1, 12))
def test_raising_the_priority_past_the_factor_named_gets_one_more(seed, vacant):
    frame = random_requests(seed, 12)
    made = allocate(frame, {"事业": vacant}, benefit="marginals")
    short = [k for k in range(12) if made.next_value[k] > 0 and np.isfinite(made.to_beat[k])]
    for k in short[:2]:
        factor = made.to_beat[k] / made.next_value[k]
        assert factor >= 1 - 1e-12
        raised = frame["priority"].to_numpy().copy()
        raised[k] *= factor * (1 + 1e-6)
        again = allocate(
            frame.with_columns(priority=pl.Series(raised)), {"事业": vacant}, benefit="marginals"
        )
        assert again.granted[k] > made.granted[k]


def test_equal_benefits_go_to_the_earlier_request_every_time():
    frame = pl.DataFrame({"id": ["甲", "乙"], "kind": ["事业"] * 2, "want": [2, 2]})
    assert allocate(frame, {"事业": 3}, benefit="linear").granted.tolist() == [2, 1]


def test_kinds_never_mix():
    frame = pl.DataFrame({"id": ["甲", "乙"], "kind": ["行政", "事业"], "want": [5, 5]})
    made = allocate(frame, {"行政": 1, "事业": 3}, benefit="linear")
    assert made.granted.tolist() == [1, 3]


def test_a_post_without_benefit_is_not_given():
    """A gap of one and a half: the second post closes the last half, the third nothing."""
    frame = pl.DataFrame(
        {"id": ["甲"], "kind": ["事业"], "want": [5], "need": [10.0], "have": [8.5]}
    )
    made = allocate(frame, {"事业": 9})
    assert made.granted.tolist() == [2]
    assert made.value == pytest.approx(1.5**2 / 20)
    assert "没有效益" in made.reason("甲")


def test_tiers_come_before_benefit():
    frame = pl.DataFrame(
        {"id": ["甲", "乙"], "kind": ["事业"] * 2, "want": [2, 2], "priority": [9.0, 1.0],
         "tier": [2, 1]}
    )  # fmt: skip
    made = allocate(frame, {"事业": 3}, benefit="linear")
    assert made.granted.tolist() == [1, 2]
    assert "级别更靠前" in made.reason("甲")


def test_minima_come_first_and_count_against_every_cap():
    frame = pl.DataFrame(
        {"id": ["甲", "乙"], "kind": ["事业"] * 2, "want": [3, 3], "least": [0, 2],
         "priority": [9.0, 1.0]}
    )  # fmt: skip
    assert allocate(frame, {"事业": 3}, benefit="linear").granted.tolist() == [1, 2]
    only = allocate(frame, {"事业": 2}, benefit="linear")
    assert "没有可以让出的" in only.reason("甲")
