"""A floor first, then the most benefit: against everything tried, and as one more constraint."""

from __future__ import annotations

from itertools import product

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bianzhi.methods.allocation import (
    AllocationError,
    Cap,
    allocate,
    floor_first,
    leximin,
    trade_off,
)
from bianzhi.methods.allocation.benefit import items
from bianzhi.methods.allocation.requests import read
from bianzhi.methods.allocation.result import total
from tests.methods.allocation.world import NESTED, possible, random_requests

CROSSING = [Cap("department", {"教育局": 4, "卫健委": 3}), Cap("sector", {"民生": 3, "安全": 4})]

# One school far below its need without weight, one hospital nearly full with much.
TWO = pl.DataFrame(
    {"id": ["村小", "医院"], "kind": ["事业"] * 2, "want": [6, 6], "need": [10, 100],
     "have": [4, 90], "priority": [0.1, 9.0]}
)  # fmt: skip


def staffed(seed: int, count: int) -> pl.DataFrame:
    chance = np.random.default_rng(seed)
    need = chance.integers(1, 6, count)
    frame = random_requests(seed, count)
    return frame.with_columns(
        need=pl.Series(need), have=pl.Series(chance.integers(0, need + 1)),
        at_once=pl.Series(np.where(frame["want"].to_numpy() > 1, chance.integers(1, 3, count), 1)),
    )  # fmt: skip


def every(frame: pl.DataFrame, vacant: int, caps: list[Cap]) -> list[np.ndarray]:
    """All allocations that keep the caps and the batches."""
    tried = map(np.array, product(*(range(n + 1) for n in frame["want"].to_list())))
    return [each for each in tried if possible(frame, each, {"事业": vacant}, caps)]


def keeps(frame: pl.DataFrame, granted: np.ndarray, floor: float) -> bool:
    """The floor as it is said: each reaches it, or gets all it asks for."""
    ratio = (frame["have"].to_numpy() + granted) / frame["need"].to_numpy()
    return bool(((ratio >= floor - 1e-9) | (granted == frame["want"].to_numpy())).all())


def test_the_weak_are_lifted_before_benefit_is_counted():
    """Without a floor the hospital takes all six; with half the need for each, the school one."""
    assert allocate(TWO, {"事业": 6}).granted.tolist() == [0, 6]
    made = floor_first(TWO, {"事业": 6}, floor=0.5)
    assert made.allocation.granted.tolist() == [1, 5]
    assert made.cost == pytest.approx(made.free - made.allocation.value)
    assert made.cost > 0
    assert "保底 50.0%" in made.summary()
    assert "再高则空编“事业”不够" in made.summary()


def test_where_nobody_asks_for_anything_nothing_is_given():
    """Four requests that came to nothing, under caps that cross (a case for the solver)."""
    none = pl.concat([TWO, TWO.with_columns(id=pl.col("id") + "二")]).with_columns(
        want=pl.lit(0), department=pl.Series(["教育局", "教育局", "卫健委", "卫健委"]),
        sector=pl.Series(["民生", "安全", "民生", "安全"]),
    )  # fmt: skip
    made = floor_first(none, {"事业": 6}, caps=CROSSING).allocation
    assert made.granted.tolist() == [0, 0, 0, 0]
    assert (made.value, made.gap) == (0.0, 0.0)


def test_without_a_number_it_is_the_highest_floor_there_is():
    """Five lift the school to 9 of 10, where the hospital stands; 91 % would take 6 + 1 of six."""
    made = floor_first(TWO, {"事业": 6})
    assert made.floor == made.highest == pytest.approx(0.9)
    assert made.allocation.granted.tolist() == [5, 1]  # the sixth by benefit
    assert made.after.tolist() == pytest.approx([0.9, 0.91])
    assert made.to_frame()["below"].to_list() == [False, False]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 8), st.booleans())
def test_no_higher_floor_can_be_kept_and_no_better_allocation_keeps_it(seed, vacant, crossing):
    frame, caps = staffed(seed, 4), CROSSING if crossing else NESTED
    made = floor_first(frame, {"事业": vacant}, caps=caps, benefit="marginals", gap=0.0)
    tried = every(frame, vacant, caps)
    have, need = frame["have"].to_numpy(), frame["need"].to_numpy()
    ratios = {(h + k) / n for h, n, w in zip(have, need, frame["want"], strict=True)
              for k in range(w + 1)}  # fmt: skip
    assert made.highest == pytest.approx(
        max(each for each in ratios if any(keeps(frame, one, each) for one in tried))
    )
    posts = items(read(frame), "marginals")
    best = max(
        total(posts.value, posts.request, posts.step, each)
        for each in tried if keeps(frame, each, made.floor)
    )  # fmt: skip
    assert made.allocation.value == pytest.approx(best, abs=1e-6)
    assert possible(frame, made.allocation.granted, {"事业": vacant}, caps)
    assert keeps(frame, made.allocation.granted, made.floor)


@settings(max_examples=30)
@given(st.integers(0, 10**6), st.integers(0, 12))
def test_the_highest_floor_lifts_the_worst_as_far_as_leximin_does(seed, vacant):
    """Where all may ask for as much as they lack, the two speak of the same worst ratio."""
    frame = staffed(seed, 6).drop("at_once").with_columns(want=pl.lit(5, pl.Int64))
    made = floor_first(frame, {"事业": vacant}, benefit="linear")
    fair = leximin(frame, {"事业": vacant})
    assert made.after.min() == pytest.approx(fair.after.min())


@settings(max_examples=20)
@given(st.integers(0, 10**6), st.integers(0, 12))
def test_a_higher_floor_never_costs_less(seed, vacant):
    frame = staffed(seed, 8).drop("at_once")
    table = trade_off(frame, {"事业": vacant}, caps=NESTED, benefit="marginals", steps=4)
    assert (table["cost"].diff().drop_nulls() >= -1e-9).all()
    assert (table["floor"].diff().drop_nulls() >= 0).all()
    assert table["cost"][0] == pytest.approx(0, abs=1e-9)


def test_the_certificate_is_that_of_the_optimum_above_the_floor():
    made = floor_first(TWO, {"事业": 6}, floor=0.6).allocation
    assert made.gap == 0
    assert made.bound == pytest.approx(made.value)
    assert made.caps()["price"].to_list()[0] > 0


def test_a_floor_out_of_reach_is_refused_with_the_highest_and_what_is_missing():
    with pytest.raises(AllocationError, match=r"做不到，最高 90\.0%：空编“事业”要 12 名"):
        floor_first(TWO, {"事业": 6}, floor=1.0)


def test_the_cap_that_stops_it_is_named():
    capped = TWO.with_columns(department=pl.Series(["教育局", "卫健委"]))
    made = floor_first(capped, {"事业": 12}, caps=[Cap("department", {"教育局": 2})])
    assert made.highest == pytest.approx(0.6)
    assert made.limit == "department“教育局”"


def test_who_asks_for_too_little_holds_nobody_back_and_is_named():
    frame = TWO.with_columns(want=pl.Series([1, 6]))
    made = floor_first(frame, {"事业": 6}, floor=0.9)
    assert made.below == ["村小"]
    assert made.allocation.granted.tolist() == [1, 5]
    assert "申请补足也不到保底的：村小" in made.summary()


def test_a_batch_is_lifted_whole():
    made = floor_first(TWO.with_columns(at_once=pl.Series([3, 1])), {"事业": 6}, floor=0.5)
    assert made.allocation.granted.tolist() == [3, 3]


def test_all_granted_has_no_limit_and_nothing_asked_is_nothing():
    assert floor_first(TWO, {"事业": 99}).limit == ""
    empty = floor_first(TWO.clear(), {"事业": 9})
    assert (empty.highest, empty.cost, empty.below) == (0.0, 0.0, [])


@pytest.mark.parametrize(
    ("changed", "floor", "said"),
    [
        ({"either": ["甲组", "甲组"]}, 0.5, "二选一"),
        ({"need": [0, 100]}, 0.5, "大于 0"),
        ({"have": [None, 1]}, 0.5, "缺失"),
        ({}, -0.1, "不小于 0"),
        ({}, float("nan"), "不小于 0"),
    ],
)
def test_floors_that_make_no_sense_are_refused(changed, floor, said):
    frame = TWO.with_columns(**{name: pl.Series(each) for name, each in changed.items()})
    with pytest.raises(AllocationError, match=said):
        floor_first(frame, {"事业": 6}, floor=floor)


def test_the_curve_takes_a_step_at_least():
    with pytest.raises(AllocationError, match="至少要有一个"):
        trade_off(TWO, {"事业": 6}, steps=0)
    table = trade_off(TWO, {"事业": 6}, steps=3)
    assert table.height == 4
    assert table["lowest"].to_list() == sorted(table["lowest"].to_list())
