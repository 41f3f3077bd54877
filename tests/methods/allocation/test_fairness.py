"""Fair divisions: leximin against everything tried, apportionment against published cases."""

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
    apportion,
    compare,
    first_come,
    leximin,
    proportional,
)
from tests.methods.allocation.world import NESTED, possible, random_requests


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.integers(0, 7))
def test_no_allocation_is_fairer(seed, vacant):
    """Sorted ratios, compared from the worst up, over every allocation possible."""
    chance = np.random.default_rng(seed)
    need = chance.integers(1, 6, 5)
    frame = random_requests(seed, 5).with_columns(
        need=pl.Series(need), have=pl.Series(chance.integers(0, need + 1))
    )
    made = leximin(frame, {"事业": vacant}, caps=NESTED)
    have = frame["have"].to_numpy()
    every = product(*(range(n + 1) for n in frame["want"].to_list()))
    fairest = max(
        sorted(((have + granted) / need).tolist())
        for granted in map(np.array, every)
        if possible(frame, granted, {"事业": vacant}, NESTED)
    )
    assert sorted(made.after.tolist()) == pytest.approx(fairest)


def test_at_equal_ratios_the_one_lifted_highest_goes_first():
    """甲 5/10 and 乙 1/2, one post: 乙 goes to 1.0; 甲 would only reach 0.6."""
    frame = pl.DataFrame(
        {"id": ["甲", "乙"], "kind": ["事业"] * 2, "want": [5, 1], "need": [10, 2], "have": [5, 1]}
    )
    assert leximin(frame, {"事业": 1}).granted.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("changed", "said"),
    [({"need": [0]}, "大于 0"), ({"have": [None]}, "缺失"), ({"at_once": [2]}, "整批")],
)
def test_leximin_refuses(changed, said):
    base = {"id": ["甲"], "kind": ["事业"], "want": [2], "need": [3], "have": [1]}
    with pytest.raises(AllocationError, match=said):
        leximin(pl.DataFrame({**base, **changed}), {"事业": 1})
    crossing = [Cap("department", {"教育局": 1}), Cap("sector", {"民生": 1})]
    with pytest.raises(AllocationError, match="交叉"):
        leximin(random_requests(2, 9), {"事业": 1}, caps=crossing)


# --- apportionment ---------------------------------------------------------------------------

VOTES = [53_000, 24_000, 23_000]


def test_seven_seats_three_ways():
    assert apportion(VOTES, 7, "sainte-lague") == [3, 2, 2]
    assert apportion(VOTES, 7, "hamilton") == [4, 2, 1]
    assert apportion(VOTES, 7, "dhondt") == [4, 2, 1]


def test_the_alabama_paradox_of_hamilton_and_not_of_sainte_lague():
    """Weights 6:6:2, 10 then 11 seats: under Hamilton the smallest loses one to the growth."""
    assert apportion([6, 6, 2], 10, "hamilton") == [4, 4, 2]
    assert apportion([6, 6, 2], 11, "hamilton") == [5, 5, 1]
    assert apportion([6, 6, 2], 11)[2] >= apportion([6, 6, 2], 10)[2]


@given(
    st.lists(st.integers(0, 1000), min_size=1, max_size=8).filter(any),
    st.integers(0, 60),
    st.sampled_from(["sainte-lague", "dhondt"]),
)
def test_divisor_methods_add_up_never_take_back_and_go_to_the_largest_quotient(
    weights, seats, method
):
    now, more = apportion(weights, seats, method), apportion(weights, seats + 1, method)
    assert sum(now) == seats
    assert all(a <= b for a, b in zip(now, more, strict=True))
    step = 2 if method == "sainte-lague" else 1
    taken = [w / (step * (n - 1) + 1) for w, n in zip(weights, now, strict=True) if n]
    ahead = [w / (step * n + 1) for w, n in zip(weights, now, strict=True)]
    assert min(taken, default=np.inf) >= max(ahead) - 1e-9


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=8).filter(any), st.integers(0, 60))
def test_hamilton_stays_within_one_of_the_share(weights, seats):
    made = apportion(weights, seats, "hamilton")
    shares = [seats * w / sum(weights) for w in weights]
    assert sum(made) == seats
    assert all(abs(n - share) < 1 for n, share in zip(made, shares, strict=True))


def test_bounds_are_kept():
    assert apportion([8, 1, 1], 6, least=[0, 1, 1], most=[3, 6, 6]) == [3, 2, 1]


@pytest.mark.parametrize(
    ("weights", "seats", "words", "said"),
    [
        ([1, -1], 3, {}, "为负"),
        ([1, None], 3, {}, "不是数"),
        ([0, 0], 3, {}, "无法分配"),
        ([1, 1], 3, {"most": [1, 1]}, "最多能分 2"),
        ([1, 1], 3, {"least": [2, 2]}, "下限合计 4"),
        ([1, 1], 3, {"least": [1]}, "一一对应"),
        ([1, 1], 3, {"least": [3, 0], "most": [1, 1]}, "下限大于上限"),
        ([1, 1], 3, {"method": "无"}, "没有“无”这种分法"),
        ([1, 1], 3, {"method": "hamilton", "most": [2, 2]}, "没有上下限的定义"),
    ],
)
def test_divisions_that_cannot_be_are_refused(weights, seats, words, said):
    with pytest.raises(AllocationError, match=said):
        apportion(weights, seats, **words)


# --- naive rules -----------------------------------------------------------------------------


@settings(max_examples=40)
@given(st.integers(0, 10**6), st.integers(0, 12), st.booleans())
def test_the_optimum_is_never_below_the_naive_rules_and_all_keep_the_rules(seed, vacant, rules):
    frame = random_requests(seed, 10, rules=rules)
    for rule in (first_come, proportional):
        assert possible(frame, rule(frame, {"事业": vacant}, caps=NESTED), {"事业": vacant}, NESTED)
    table = compare(frame, {"事业": vacant}, caps=NESTED, benefit="marginals")
    best, *naive = [value for _, _, value, _ in table.rows]
    assert all(value <= best * (1 + 1e-3) + 1e-9 for value in naive)


def test_first_come_first_served_and_in_proportion():
    frame = pl.DataFrame({"id": ["甲", "乙"], "kind": ["事业"] * 2, "want": [6, 2]})
    assert first_come(frame, {"事业": 4}).tolist() == [4, 0]
    assert proportional(frame, {"事业": 4}).tolist() == [3, 1]


def test_a_fair_division_and_a_comparison_as_tables_and_in_words():
    frame = pl.DataFrame(
        {"id": ["甲", "乙"], "kind": ["事业"] * 2, "want": [5, 1], "need": [10, 2], "have": [4, 1]}
    )
    fair = leximin(frame, {"事业": 2})
    assert fair.to_frame().columns == ["id", "kind", "want", "granted", "before", "after"]
    assert fair.summary() == "2 项申请共配 2 名；最低配备率由 40.0% 提到 50.0%（甲）"
    assert leximin(frame.clear(), {"事业": 2}).summary() == "没有申请"
    table = compare(frame, {"事业": 2})
    assert table.to_frame()["rule"].to_list() == ["最优", "先到先得", "按申请比例"]
    assert table.summary().startswith("最优配 2 名，效益 1.0000：比先到先得")
