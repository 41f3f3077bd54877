"""周转: loans returned as people leave or in full when due, and loans renewed."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bianzhi.methods.allocation import AllocationError, lend

YEAR = 12
# One leaver in month 4, a second in month 9, a third in month 20: by the end of each month.
LEAVERS = [1 * (t >= 4) + 1 * (t >= 9) + 1 * (t >= 20) for t in range(30)]


def asked(**columns: object) -> pl.DataFrame:
    base = {"id": ["甲"], "start": [0], "marginals": [[3.0, 2.0, 1.0]]}
    return pl.DataFrame({**base, **columns})


def test_as_people_leave_each_post_is_back_the_month_after():
    """随减随收: the first two within the year are lent, the third leaves too late."""
    made = lend(asked(), [LEAVERS], [9] * 30, term=YEAR)
    assert (made.lent.tolist(), made.refused.tolist(), made.back.tolist()) == ([2], [1], [10])
    assert made.stock.tolist() == [7] * 5 + [8] * 5 + [9] * 20
    assert made.calendar().rows() == [("甲", 5, 1, 0), ("甲", 10, 1, 0)]


def test_in_full_all_posts_are_back_on_the_day_due():
    """到期归还: both stay the whole year and come back together."""
    made = lend(asked(returns=["due"]), [LEAVERS], [9] * 30, term=YEAR)
    assert (made.lent.tolist(), made.back.tolist()) == ([2], [12])
    assert made.stock.tolist() == [7] * 12 + [9] * 18
    assert made.calendar().rows() == [("甲", 12, 2, 0)]


def test_a_renewal_gives_the_third_post_a_second_year():
    """续借: the post whose leaver goes in month 20 is renewed in month 12, for one more year."""
    made = lend(asked(renewals=[1]), [LEAVERS], [9] * 30, term=YEAR)
    assert (made.lent.tolist(), made.back.tolist(), made.renewed.tolist()) == ([3], [21], [1])
    assert made.calendar().rows() == [
        ("甲", 5, 1, 0), ("甲", 10, 1, 0), ("甲", 12, 0, 1), ("甲", 21, 1, 0),
    ]  # fmt: skip
    assert "1 项须续借，最多的是“甲”续 1 次" in made.summary()


def test_in_full_with_a_renewal_only_what_cannot_come_back_is_renewed():
    """压缩续借: at the first due day two come back, one is renewed until the second."""
    made = lend(asked(returns=["due"], renewals=[1]), [LEAVERS], [9] * 30, term=YEAR)
    assert made.calendar().rows() == [("甲", 12, 2, 1), ("甲", 24, 1, 0)]
    assert made.stock.tolist() == [6] * 12 + [8] * 12 + [9] * 6


def test_each_request_may_have_its_own_term():
    made = lend(
        pl.DataFrame({"id": ["甲", "乙"], "start": [0, 0], "marginals": [[1.0], [1.0]],
                      "term": [4, 6]}),
        [LEAVERS, LEAVERS], [9] * 30, term=YEAR,
    )  # fmt: skip
    assert made.lent.tolist() == [0, 1]


def test_due_beyond_the_months_forecast_keeps_its_month():
    made = lend(asked(returns=["due"], term=[40]), [LEAVERS], [9] * 30, term=YEAR)
    assert (made.lent.tolist(), made.back.tolist()) == ([3], [40])
    assert made.stock.tolist() == [6] * 30


def test_of_posts_worth_the_same_the_earlier_one_is_lent():
    """Trap: both bring 1 and one is to be had; the later would be out until month 10, not 5."""
    made = lend(asked(marginals=[[1.0, 1.0]]), [LEAVERS], [1] * 30, term=YEAR)
    assert (made.lent.tolist(), made.back.tolist()) == ([1], [5])
    assert made.stock.tolist() == [0] * 5 + [1] * 25


def story(one: dict[str, Any], lent: int, months: int) -> list[tuple[int, int]] | None:
    """(from, to) of each post told month by month, None where one is never given back."""
    start, term = one["start"], one["term"]
    found = []
    for k in range(1, lent + 1):
        back, due, renewals = None, start + term, 0
        for month in range(start, months):
            gone = one["gone"][month] - (one["gone"][start - 1] if start else 0)
            if gone >= k:
                back = month + 1
                break
        if back is None:
            return None
        while due < back:
            due, renewals = due + term, renewals + 1
        if renewals > one["renewals"]:
            return None
        found.append((start, back if one["returns"] == "leaving" else due))
    return found


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10**6))
def test_the_best_of_all_comes_back_whole_and_the_pool_is_never_negative(seed):
    chance = np.random.default_rng(seed)
    months, count = 8, 3
    gone = np.cumsum(chance.integers(0, 2, (count, months)), axis=1)
    stock = chance.integers(0, 4, months)
    ones: list[dict[str, Any]] = [
        {"start": int(chance.integers(0, 4)), "term": int(chance.integers(1, 5)),
         "renewals": int(chance.integers(0, 3)), "gone": gone[k].tolist(),
         "returns": str(chance.choice(["leaving", "due"])),
         "marginals": sorted(chance.integers(1, 5, 2).astype(float).tolist(), reverse=True)}
        for k in range(count)
    ]  # fmt: skip
    frame = pl.DataFrame(
        [{key: each[key] for key in each if key != "gone"} for each in ones]
    ).with_columns(id=pl.Series(["甲", "乙", "丙"]))
    made = lend(frame, gone, stock.tolist(), term=99)
    best = 0.0
    for lent in product(range(3), repeat=count):
        left, worth = stock.copy(), 0.0
        for one, n in zip(ones, lent, strict=True):
            told = story(one, n, months)
            worth += sum(one["marginals"][:n]) if told is not None else -np.inf
            for begin, end in told or []:
                left[begin : min(end, months)] -= 1
        if (left >= 0).all():
            best = max(best, worth)
    assert made.value == pytest.approx(best)
    assert (made.stock >= 0).all()
    calendar = made.calendar()
    assert calendar["returned"].sum() == made.lent.sum()
    ends = [story(one, n, months) or [] for one, n in zip(ones, made.lent.tolist(), strict=True)]
    assert [max((end for _, end in each), default=-1) for each in ends] == made.back.tolist()


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("term", 0, "借用期限为 0"),
        ("term", None, "至少一个月"),
        ("renewals", -1, "续借次数为 -1"),
        ("renewals", None, "0 或正整数"),
        ("returns", "永久", r"“永久”：可用的有 leaving（随减随收）、due（到期归还）"),
    ],
)
def test_terms_that_cannot_be_read_are_refused(column, value, said):
    with pytest.raises(AllocationError, match=said):
        lend(asked(**{column: [value]}), [LEAVERS], [9] * 30, term=YEAR)


def test_nothing_lent_is_an_empty_calendar():
    made = lend(asked(), [[0] * 30], [9] * 30, term=YEAR)
    assert (made.calendar().height, made.renewed.tolist()) == (0, [0])
    assert "续借" not in made.summary()
