"""Sizes follow the reference distribution whatever the number of bodies."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.sample.sizes import LADDER, institution_sizes, leaders


@pytest.mark.parametrize("count", [100, 265, 3000])
def test_three_in_five_have_ten_posts_or_fewer(count):
    sizes = institution_sizes(Random(1), count)
    assert sum(size <= 10 for size in sizes) / count == pytest.approx(0.615, abs=0.02)
    assert sum(size <= 5 for size in sizes) / count == pytest.approx(0.287, abs=0.03)
    assert sum(sizes) / count == pytest.approx(16, abs=1)


@given(st.integers(0, 400), st.integers())
def test_any_count_is_met_and_nobody_is_empty(count, seed):
    sizes = institution_sizes(Random(seed), count)
    assert len(sizes) == count
    assert sizes == sorted(sizes)
    assert all(2 <= size <= 170 for size in sizes)


@given(st.integers(0, 2000), st.integers())
def test_leaders_stand_inside_the_ladder(posts, seed):
    chiefs, deputies = leaders(Random(seed), posts)
    low, high = next(((low, high) for most, low, high in LADDER if posts <= most), (7, 8))
    assert low <= chiefs + deputies <= high
