"""Lending over time: what comes back, and a stock that is never negative."""

from __future__ import annotations

from itertools import product

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bianzhi.methods.allocation import AllocationError, lend


def asked(*rows: tuple[str, int, list[float]]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["id", "start", "marginals"], orient="row")


def test_the_same_post_is_lent_twice_when_it_is_back_in_time():
    """One post; 甲's first leaver goes in month 1, so 乙 can have it from month 2."""
    leavers = np.array([[0, 1, 1, 1], [0, 0, 0, 1]])
    made = lend(asked(("甲", 0, [1.0]), ("乙", 2, [1.0])), leavers, [1, 1, 1, 1], term=4)
    assert made.lent.tolist() == [1, 1]
    assert made.stock.tolist() == [0, 0, 0, 0]
    assert made.back.tolist() == [2, 4]
    assert "库存最低在第 1 个月，为 0 名" in made.summary()
    assert made.to_frame().height == 2


def test_what_cannot_come_back_in_time_is_not_lent():
    """遂昌: a loan is no larger than the natural attrition within its term."""
    leavers = np.array([[0, 1, 1, 2]])
    made = lend(asked(("甲", 0, [1.0, 1.0, 1.0])), leavers, [9] * 4, term=3)
    assert (made.lent.tolist(), made.refused.tolist()) == ([1], [2])
    assert lend(asked(("甲", 0, [1.0] * 3)), leavers, [9] * 4, term=4).lent.tolist() == [2]


def test_leavers_before_the_loan_do_not_give_it_back():
    made = lend(asked(("甲", 2, [1.0])), np.array([[1, 1, 1, 1]]), [1] * 4, term=4)
    assert made.refused.tolist() == [1]


def test_the_tight_month_has_the_price():
    leavers = np.array([[0, 1, 1, 1], [0, 0, 1, 1]])
    made = lend(asked(("甲", 0, [3.0]), ("乙", 1, [2.0])), leavers, [1, 1, 1, 1], term=4)
    assert made.lent.tolist() == [1, 0]
    assert made.prices.sum() == pytest.approx(2)
    assert "第 2 个月最紧，多一名可增加效益 2" in made.summary()


@settings(max_examples=60)
@given(st.integers(0, 10**6))
def test_the_best_of_all_and_never_negative(seed):
    chance = np.random.default_rng(seed)
    months, count = 6, 4
    leavers = np.cumsum(chance.integers(0, 2, (count, months)), axis=1)
    stock = chance.integers(0, 4, months)
    rows = [
        (f"申请{k}", int(chance.integers(0, months)),
         sorted(chance.integers(1, 9, 2).astype(float).tolist(), reverse=True))
        for k in range(count)
    ]  # fmt: skip
    made = lend(asked(*rows), leavers, stock.tolist(), term=5)
    assert (made.stock >= 0).all()
    best = 0.0
    for lent in product(range(3), repeat=count):
        left, worth = stock.copy(), 0.0
        for (_, start, values), n, gone in zip(rows, lent, leavers, strict=True):
            since = gone - (gone[start - 1] if start else 0)
            for k in range(1, n + 1):
                back = next((t + 1 for t in range(start, months) if since[t] >= k), None)
                worth += values[k - 1] if back is not None and back - start <= 5 else -np.inf
                left[start : back or months] -= 1
        if (left >= 0).all():
            best = max(best, worth)
    assert made.value == pytest.approx(best)


@pytest.mark.parametrize(
    ("frame", "leavers", "stock", "said"),
    [
        (asked(("甲", 0, [1.0])), [[0, 1]], [1], "1 项申请 × 1 个月"),
        (asked(("甲", 0, [1.0])), [[0]], [-1], "本身已为负"),
        (asked(("甲", 0, [1.0])), [[1, 0]], [1, 1], "不会减少"),
        (asked(("甲", 5, [1.0])), [[0, 1]], [1, 1], "起借月"),
        (asked(("甲", 0, [1.0, 2.0])), [[0, 1]], [1, 1], "由大到小"),
        (pl.DataFrame({"id": ["甲"]}), [[0]], [1], "缺少这些列"),
    ],
)
def test_loans_that_cannot_be_read_are_refused(frame, leavers, stock, said):
    with pytest.raises(AllocationError, match=said):
        lend(frame, np.array(leavers), stock, term=3)


def test_the_term_is_at_least_a_month_and_nothing_is_nothing():
    with pytest.raises(AllocationError, match="至少一个月"):
        lend(asked(("甲", 0, [1.0])), np.array([[0]]), [1], term=0)
    made = lend(asked(("甲", 0, [1.0])), np.array([[0]]), [1], term=1)
    assert (made.lent.tolist(), made.value) == ([0], 0)
