"""What an office may rely on: order and scale play no part, more is never worse."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bianzhi.methods.allocation import (
    Cap,
    allocate,
    apportion,
    compare,
    first_come,
    floor_first,
    lend,
    leximin,
)
from tests.methods.allocation.world import NESTED, random_requests

seeds = st.integers(0, 10**6)


def staffed(seed: int, count: int) -> pl.DataFrame:
    chance = np.random.default_rng(seed)
    need = chance.integers(2, 30, count)
    return random_requests(seed, count).with_columns(
        need=pl.Series(need), have=pl.Series(chance.integers(0, need))
    )


def loans(
    seed: int, months: int = 10, count: int = 5
) -> tuple[pl.DataFrame, np.ndarray, list[int]]:
    chance = np.random.default_rng(seed)
    asked = pl.DataFrame(
        {"id": [f"申请{k}" for k in range(count)],
         "start": chance.integers(0, 5, count),
         "marginals": [sorted(chance.random(3).tolist(), reverse=True) for _ in range(count)]}
    )  # fmt: skip
    leavers = np.cumsum(chance.integers(0, 2, (count, months)), axis=1)
    return asked, leavers, chance.integers(0, 5, months).tolist()


# --- 效益最大 --------------------------------------------------------------------------------


@settings(max_examples=40)
@given(seeds, st.integers(0, 20))
def test_the_order_of_the_requests_does_not_change_the_benefit(seed, vacant):
    frame = random_requests(seed, 15)
    mixed = frame.sample(fraction=1.0, shuffle=True, seed=seed)
    one, other = (allocate(each, {"事业": vacant}, caps=NESTED, benefit="marginals").value
                  for each in (frame, mixed))  # fmt: skip
    assert one == pytest.approx(other)


@settings(max_examples=40)
@given(seeds, st.sampled_from([1e-6, 0.5, 1e9]))
def test_all_priorities_times_a_factor_grant_the_same(seed, factor):
    """Powers aside, only the order of benefits matters; the benefit itself is multiplied."""
    frame = staffed(seed, 15)
    more = frame.with_columns(priority=pl.col("priority") * factor)
    one, other = (allocate(each, {"事业": 9}, caps=NESTED) for each in (frame, more))
    assert other.value == pytest.approx(one.value * factor)
    assert other.bound == pytest.approx(one.bound * factor)


@settings(max_examples=40)
@given(seeds, st.integers(0, 20))
def test_a_cap_nobody_reaches_changes_nothing_and_costs_nothing(seed, vacant):
    frame = random_requests(seed, 15)
    wide = Cap("unit", {"一中": 10**6, "二中": 10**6})
    free = allocate(frame, {"事业": vacant}, benefit="marginals")
    capped = allocate(frame, {"事业": vacant}, benefit="marginals", caps=[wide])
    assert capped.granted.tolist() == free.granted.tolist()
    assert capped.caps().filter(pl.col("cap").str.starts_with("unit"))["price"].sum() == 0


@settings(max_examples=40)
@given(seeds, st.integers(0, 30))
def test_posts_granted_are_the_posts_there_are_or_all_that_bring_something(seed, vacant):
    """总量平衡：nothing is left while somebody still gains."""
    made = allocate(random_requests(seed, 12), {"事业": vacant}, benefit="marginals")
    left = vacant - int(made.granted.sum())
    assert left >= 0
    assert left == 0 or not (made.next_value > 0).any()


def test_the_gain_on_first_come_is_what_the_summary_says():
    """甲 comes first and takes all four; 乙 is worth three times as much."""
    frame = pl.DataFrame(
        {"id": ["甲", "乙"], "kind": ["事业"] * 2, "want": [4, 4], "priority": [1.0, 3.0]}
    )
    assert first_come(frame, {"事业": 4}).tolist() == [4, 0]
    table = compare(frame, {"事业": 4}, benefit="linear")
    assert [(rule, value) for rule, _, value, _ in table.rows] == [
        ("最优", 12), ("先到先得", 4), ("按申请比例", 8),
    ]  # fmt: skip
    assert "比先到先得（4.0000）多 200.0%" in table.summary()


# --- 公平 ------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(seeds, st.integers(0, 20))
def test_one_more_post_never_makes_the_worst_worse(seed, vacant):
    frame = staffed(seed, 10)
    for divide in (leximin, floor_first):
        now, more = (divide(frame, {"事业": vacant + k}).after.min() for k in range(2))
        assert more >= now - 1e-12


@settings(max_examples=30)
@given(seeds, st.integers(0, 20))
def test_the_floor_stands_between_the_most_benefit_and_leximin(seed, vacant):
    """Benefit: none above the optimum, none of leximin above the floor's own."""
    frame = staffed(seed, 10).with_columns(want=pl.lit(6, pl.Int64))
    best = allocate(frame, {"事业": vacant}, benefit="linear").value
    made = floor_first(frame, {"事业": vacant}, benefit="linear")
    fair = leximin(frame, {"事业": vacant})
    worth = float(frame["priority"].to_numpy() @ fair.granted)
    assert worth <= made.allocation.value + 1e-9 <= best + 2e-9


@given(st.lists(st.integers(1, 500), min_size=2, max_size=6), st.integers(1, 60))
def test_equal_weights_share_equally_and_the_larger_never_gets_less(weights, seats):
    for method in ("sainte-lague", "dhondt", "hamilton"):
        made = apportion(sorted(weights, reverse=True), seats, method)
        assert made == sorted(made, reverse=True)
        even = apportion([1] * len(weights), seats, method)
        assert max(even) - min(even) <= 1


# --- 借出与归还 ------------------------------------------------------------------------------


@settings(max_examples=30)
@given(seeds)
def test_more_stock_longer_terms_and_renewals_never_lower_the_benefit(seed):
    asked, leavers, stock = loans(seed)
    base = lend(asked, leavers, stock, term=3).value
    assert lend(asked, leavers, [n + 1 for n in stock], term=3).value >= base - 1e-9
    assert lend(asked, leavers, stock, term=6).value >= base - 1e-9
    renewed = lend(asked.with_columns(renewals=pl.lit(1)), leavers, stock, term=3)
    assert renewed.value >= base - 1e-9


@settings(max_examples=30)
@given(seeds)
def test_returned_as_people_leave_serves_at_least_as_many_as_returned_when_due(seed):
    """Posts that come back sooner can be lent again sooner."""
    asked, leavers, stock = loans(seed)
    sooner = lend(asked, leavers, stock, term=4).value
    due = lend(asked.with_columns(returns=pl.lit("due")), leavers, stock, term=4).value
    assert sooner >= due - 1e-9


@settings(max_examples=30)
@given(seeds, st.sampled_from(["leaving", "due"]))
def test_stock_and_posts_out_are_the_stock_given_in_every_month(seed, returns):
    """总量平衡：what the pool has left and what is out add up to what it would have."""
    asked, leavers, stock = loans(seed)
    made = lend(asked.with_columns(returns=pl.lit(returns)), leavers, stock, term=4)
    for month, n in enumerate(stock):
        out = ((made.posts.start <= month) & (month < made.posts.back)).sum()
        assert made.stock[month] + out == n


@settings(max_examples=30)
@given(seeds, st.integers(0, 9))
def test_one_more_post_in_a_month_brings_no_more_than_its_price(seed, month):
    asked, leavers, stock = loans(seed)
    made = lend(asked, leavers, stock, term=5)
    more = [n + (at == month) for at, n in enumerate(stock)]
    gain = lend(asked, leavers, more, term=5).value - made.value
    assert gain <= made.prices[month] + 1e-9
