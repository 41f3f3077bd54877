"""Which caps lie inside one another, and what the posts asked for bring."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.methods.allocation import Cap, allocate
from bianzhi.methods.allocation.benefit import items
from bianzhi.methods.allocation.caps import levels, nested, used
from bianzhi.methods.allocation.requests import read
from tests.methods.allocation.world import random_requests


def asked(**columns: list[object]) -> pl.DataFrame:
    count = len(next(iter(columns.values())))
    base = {"id": [f"申请{k}" for k in range(count)], "kind": ["事业"] * count, "want": [2] * count}
    return pl.DataFrame({**base, **columns})


def chain(frame: pl.DataFrame, *caps: Cap) -> list[str] | None:
    """The columns from the inside out, or None where they cross."""
    found = nested(levels(read(frame), {"事业": 9}, list(caps)))
    return None if found is None else [level.column for level in found]


def test_departments_inside_domains_inside_the_kind():
    frame = asked(department=["a", "a", "b", "c"], domain=["x", "x", "x", "y"])
    wide, narrow = Cap("domain", {"x": 5, "y": 5}), Cap("department", {"a": 2, "b": 2, "c": 2})
    assert chain(frame, wide, narrow) == ["department", "domain", "kind"]
    assert chain(frame, narrow, wide) == ["department", "domain", "kind"]


def test_caps_that_cross_have_no_chain():
    frame = asked(department=["a", "a", "b"], sector=["x", "y", "x"])
    assert chain(frame, Cap("department", {"a": 1}), Cap("sector", {"x": 1})) is None


def test_columns_that_cross_are_nested_where_the_capped_values_do_not_meet():
    """Only a and y are limited; they share no request."""
    frame = asked(department=["a", "b", "b"], sector=["x", "y", "x"])
    assert chain(frame, Cap("department", {"a": 1}), Cap("sector", {"y": 1})) is not None


def test_a_department_with_posts_of_two_kinds_crosses_the_kinds():
    frame = asked(department=["a", "a"]).with_columns(kind=pl.Series(["事业", "行政"]))
    found = levels(read(frame), {"事业": 9, "行政": 9}, [Cap("department", {"a": 3})])
    assert nested(found) == [found[1], found[0]]  # kinds lie inside the department
    made = allocate(
        frame, {"事业": 9, "行政": 1}, caps=[Cap("department", {"a": 2})], benefit="linear"
    )
    assert made.gap == pytest.approx(0, abs=1e-9)
    assert made.granted.sum() == 2


def test_a_cap_on_everything_and_values_nobody_has():
    frame = asked(department=["a", "b"])
    made = allocate(frame, {"事业": 9}, benefit="linear",
                    caps=[Cap("", {"": 3}), Cap("department", {"无人": 0})])  # fmt: skip
    assert made.granted.tolist() == [2, 1]
    assert "总量再多一名，效益增加 1" in made.summary()
    assert "总量已满" in made.reason("申请1")


def test_used_counts_only_what_is_limited():
    frame = asked(department=["a", "b", "a"])
    level = levels(read(frame), {"事业": 9}, [Cap("department", {"a": 9})])[0]
    assert used(level, read(frame).want).tolist() == [4]


# --- benefits --------------------------------------------------------------------------------


def test_the_shortage_benefit_is_the_fall_of_half_the_squared_gap_by_the_need():
    """Gap 3 of 10: (9−4)/20, (4−1)/20, 1/20, then nothing; all three close 9/20."""
    frame = asked(need=[10.0], have=[7.0]).with_columns(want=pl.Series([5]))
    values = items(read(frame), "shortage").value.tolist()
    assert values == pytest.approx([0.25, 0.15, 0.05, 0, 0])
    assert sum(values) == pytest.approx(3**2 / 20)


def test_no_need_is_no_benefit():
    frame = asked(need=[0.0], have=[0.0])
    assert items(read(frame), "shortage").value.tolist() == [0, 0]


def test_steps_count_from_one_in_each_request_and_empty_ones_take_no_place():
    frame = asked(x=[1, 2, 3]).with_columns(want=pl.Series([2, 0, 1]))
    made = items(read(frame), "harmonic")
    assert made.request.tolist() == [0, 0, 2]
    assert made.step.tolist() == [1, 2, 1]
    assert made.value.tolist() == [1, 0.5, 1]


@given(st.integers(0, 10**6), st.sampled_from(["linear", "harmonic", "marginals"]))
def test_a_further_post_never_brings_more(seed, benefit):
    made = items(read(random_requests(seed, 12)), benefit)
    falls = [b <= a for a, b, same in
             zip(made.value, made.value[1:], made.request[1:] == made.request[:-1], strict=False)
             if same]  # fmt: skip
    assert all(falls)


@given(st.integers(0, 10**6), st.integers(0, 20))
def test_one_more_vacant_post_never_lowers_the_benefit_and_brings_ever_less(seed, vacant):
    frame = random_requests(seed, 12)
    low, middle, high = (
        allocate(frame, {"事业": vacant + more}, benefit="marginals").value for more in range(3)
    )
    assert low <= middle + 1e-9
    assert middle <= high + 1e-9
    assert high - middle <= middle - low + 1e-9
