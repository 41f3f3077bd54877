"""Ladders: 以下、以上 include the number, and a ladder has neither gap nor overlap."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.core.errors import Refusal
from bianzhi.rules.finding import EXACT
from bianzhi.rules.ladder import read_ladder

LEADERS = [
    {"from": 0, "to": 10, "least": 1, "most": 2},
    {"from": 11, "to": 50, "least": 2, "most": 3},
    {"from": 51, "least": 3, "most": 4},
]


@pytest.mark.parametrize(("posts", "most"), [(0, 2), (10, 2), (11, 3), (50, 3), (51, 4), (5000, 4)])
def test_a_bound_belongs_to_its_own_step(posts, most):
    step = read_ladder(LEADERS).at(Decimal(posts))
    assert step is not None
    assert step.most == most


def test_half_posts_stand_on_the_step_below():
    ladder = read_ladder(LEADERS)
    assert [str(ladder.at(Decimal(each))) for each in ("10.5", "10.9999", "11")] == [
        "0—10 名 1—2", "0—10 名 1—2", "11—50 名 2—3",
    ]  # fmt: skip


def test_below_the_first_step_nothing_is_said():
    assert read_ladder([{"from": 3, "most": 1}]).at(Decimal(2)) is None


@given(st.decimals(0, 1000, places=4))
def test_a_column_is_read_as_one_base_is(base):
    ladder = read_ladder(LEADERS)
    column = pl.DataFrame({"base": [base]}, schema={"base": EXACT})
    step = ladder.at(base)
    for which in ("least", "most"):
        found = column.select(ladder.bound(pl.col("base"), which)).item()
        assert found == (None if step is None else getattr(step, which))


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([(0, 10, 2), (10, 20, 3)], "“0—10 名至多 2”与“10—20 名至多 3”重叠：10 名同时属于两档"),
        ([(0, 10, 2), (8, 20, 3)], "“0—10 名至多 2”与“8—20 名至多 3”重叠：8—10 名同时属于两档"),
        ([(0, 10, 2), (12, 20, 3)],
         "“0—10 名至多 2”与“12—20 名至多 3”之间有空档：11 名不属于任何一档"),
        ([(0, 10, 2), (21, 30, 3)],
         "“0—10 名至多 2”与“21—30 名至多 3”之间有空档：11—20 名不属于任何一档"),
        ([(0, None, 2), (11, 20, 3)],
         "“0 名以上至多 2”没有封顶，后面又有“11—20 名至多 3”，两档重叠"),
        ([(11, 50, 3), (0, 10, 2)],
         "“0—10 名至多 2”写在“11—50 名至多 3”后面，分档应当从小到大写"),
        ([(10, 0, 2)], "“10—0 名至多 2”这一档的止数小于起数"),
    ],
)  # fmt: skip
def test_a_gap_or_an_overlap_is_told_with_the_number(steps, words):
    given_ = [
        {"from": first, "most": most, **({} if last is None else {"to": last})}
        for first, last, most in steps
    ]
    with pytest.raises(Refusal) as refused:
        read_ladder(given_)
    assert [each.what for each in refused.value.problems] == [words]


def test_a_step_without_its_number_is_refused_with_how_to_write_it():
    with pytest.raises(Refusal, match=r"第 2 档不完整.*以下、以上都含本数"):
        read_ladder([{"from": 0, "to": 10, "most": 2}, {"from": 11, "to": 20}])


@given(st.lists(st.integers(1, 40), min_size=1, max_size=6))
def test_steps_that_follow_each_other_cover_every_number_once(lengths):
    steps, first = [], 0
    for place, length in enumerate(lengths):
        steps.append({"from": first, "to": first + length - 1, "most": place + 1})
        first += length
    ladder = read_ladder(steps)
    tops = [ladder.at(Decimal(each)).most for each in range(first)]  # type: ignore[union-attr]
    assert tops == [place + 1 for place, length in enumerate(lengths) for _ in range(length)]
    assert ladder.at(Decimal(first)) is None
