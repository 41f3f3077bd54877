"""What every measure of inequality has to keep, and cases with a closed answer."""

from __future__ import annotations

import math
from itertools import pairwise
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.methods.inequality import decompose, lorenz, measure

positive = st.lists(st.integers(1, 1_000), min_size=2, max_size=12)
INDICES = ("gini", "theil", "log_deviation", "atkinson", "variation")


def all_of(values: list[int]) -> dict[str, float]:
    made = measure(values)
    return {name: getattr(made, name) for name in INDICES}


@pytest.mark.parametrize("n", [2, 5, 10, 100])
def test_one_to_n(n):
    """The Gini of 1, 2, …, n is (n − 1)/(3n)."""
    assert measure(list(range(1, n + 1))).gini == pytest.approx((n - 1) / (3 * n))


@pytest.mark.parametrize("n", [2, 4, 50])
def test_one_unit_has_all(n):
    """Gini (n − 1)/n, Theil ln n, variation √(n − 1), Atkinson(½) 1 − 1/n."""
    made = measure([0.0] * (n - 1) + [7.0])
    assert made.gini == pytest.approx((n - 1) / n)
    assert made.theil == pytest.approx(math.log(n))
    assert made.variation == pytest.approx(math.sqrt(n - 1))
    assert made.atkinson == pytest.approx(1 - 1 / n)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_share_of_the_people_has_all(share):
    """By population: who has nothing are 1 − p of the people; Gini 1 − p, Theil −ln p."""
    made = measure([0.0, 1.0], [1 - share, share])
    assert made.gini == pytest.approx(1 - share)
    assert made.theil == pytest.approx(-math.log(share))


@pytest.mark.parametrize("sigma", [0.2, 0.5, 1.0])
def test_the_lognormal_by_its_quantiles(sigma):
    """Gini 2Φ(σ/√2) − 1, both Theils σ²/2; at 20,000 quantiles."""
    values = np.exp(sigma * np.array([NormalDist().inv_cdf((k + 0.5) / 20_000)
                                      for k in range(20_000)]))  # fmt: skip
    made = measure(values)
    assert made.gini == pytest.approx(2 * NormalDist().cdf(sigma / math.sqrt(2)) - 1, abs=1e-3)
    assert made.theil == pytest.approx(sigma**2 / 2, rel=0.02)
    assert made.log_deviation == pytest.approx(sigma**2 / 2, rel=0.02)


@given(positive, st.integers(2, 4))
def test_the_district_twice_over_is_as_uneven(values, times):
    assert all_of(values * times) == pytest.approx(all_of(values))


@given(positive, st.integers(1, 500))
def test_the_same_for_everybody_on_top_is_more_even(values, more):
    before, after = all_of(values), all_of([each + more for each in values])
    assert all(after[name] <= before[name] + 1e-9 for name in INDICES)


@given(positive)
def test_a_stronger_aversion_never_sees_less(values):
    found = [measure(values, epsilon=epsilon).atkinson for epsilon in (0.25, 0.5, 1.0, 2.0)]
    assert all(a <= b + 1e-12 for a, b in pairwise(found))


@given(positive)
def test_the_lorenz_curve_rises_bends_up_and_lies_below_the_diagonal(values):
    curve = lorenz(values)
    assert (curve.share <= curve.population + 1e-12).all()
    assert (np.diff(curve.share) >= 0).all()
    assert (np.diff(curve.share, 2) >= -1e-12).all()
    assert (curve.share[0], curve.share[-1]) == (0, pytest.approx(1))


@given(positive, st.integers(1, 3))
def test_evening_out_a_group_leaves_only_the_rest_of_the_parts(values, groups):
    """Every group given its own mean: what was within is gone, between stays."""
    names = [str(k % groups) for k in range(len(values))]
    means = {name: np.mean([y for y, one in zip(values, names, strict=True) if one == name])
             for name in names}  # fmt: skip
    before = decompose(values, names)
    after = decompose([float(means[name]) for name in names], names)
    assert after.within == pytest.approx(0, abs=1e-9)
    assert after.between == pytest.approx(before.between, abs=1e-9)


@given(positive)
def test_one_group_has_all_within_and_each_alone_all_between(values):
    whole = measure(values).theil
    together = decompose(values, ["区"] * len(values))
    alone = decompose(values, [str(k) for k in range(len(values))])
    assert [together.within, together.between] == pytest.approx([whole, 0], abs=1e-9)
    assert [alone.within, alone.between] == pytest.approx([0, whole], abs=1e-9)
