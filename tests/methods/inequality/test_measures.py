"""Measures of unevenness against published figures, plain definitions and what must hold."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.methods.inequality import InequalityError, lorenz, measure
from bianzhi.methods.inequality.measures import TITLES

# The example of the R package ineq (A. Zeileis), with the figures it prints.
INCOMES = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]

lists = st.lists(st.floats(0.01, 1e4), min_size=3, max_size=25)


def plain(y, w, epsilon):
    """The definitions, pair by pair."""
    y, w = np.asarray(y, float), np.asarray(w, float) / np.sum(w)
    mean = w @ y
    atkinson = (
        1 - np.prod(y**w) / mean if epsilon == 1
        else 1 - (w @ y ** (1 - epsilon)) ** (1 / (1 - epsilon)) / mean
    )  # fmt: skip
    return {
        "gini": (np.outer(w, w) * np.abs(np.subtract.outer(y, y))).sum() / (2 * mean),
        "theil": w @ (y / mean * np.log(y / mean)),
        "log_deviation": w @ np.log(mean / y),
        "atkinson": atkinson,
        "variation": math.sqrt(w @ (y - mean) ** 2) / mean,
    }


def test_the_published_example_of_r():
    made = measure(INCOMES)
    assert made.gini == pytest.approx(0.4620911, abs=5e-8)
    assert made.gini * 10 / 9 == pytest.approx(0.5134346, abs=5e-8)  # its corr=TRUE
    assert made.theil == pytest.approx(0.3623412, abs=5e-8)
    for epsilon, value in ((0.4, 0.1440938), (0.5, 0.1796591), (1, 0.3518251)):
        assert measure(INCOMES, epsilon=epsilon).atkinson == pytest.approx(value, abs=5e-8)


def test_an_aversion_near_one_is_as_exact_as_one():
    near, one = measure(INCOMES, epsilon=1 + 1e-12), measure(INCOMES, epsilon=1)
    assert near.atkinson == pytest.approx(one.atkinson, abs=1e-9)


def test_one_to_five_by_hand():
    """Σ|i−j| over ordered pairs is 40; 40 / (2·25·3) = 4/15."""
    made = measure([1, 2, 3, 4, 5])
    assert made.gini == pytest.approx(4 / 15)
    assert made.variation == pytest.approx(math.sqrt(2) / 3)


@given(lists, st.sampled_from([0.5, 1.0, 2.0]))
def test_each_index_is_its_definition(values, epsilon):
    weights = [1 + k % 3 for k in range(len(values))]
    made = measure(values, weights, epsilon)
    for name, expected in plain(values, weights, epsilon).items():
        assert getattr(made, name) == pytest.approx(expected, rel=1e-7, abs=1e-7)


@given(lists)
def test_the_error_is_the_delete_one_jackknife(values):
    weights = [1 + k % 2 for k in range(len(values))]
    made = measure(values, weights)
    left = [
        plain(values[:k] + values[k + 1 :], weights[:k] + weights[k + 1 :], 0.5)
        for k in range(len(values))
    ]
    n = len(values)
    for name in TITLES:
        each = np.array([found[name] for found in left])
        expected = math.sqrt((n - 1) / n * ((each - each.mean()) ** 2).sum())
        assert made.errors[name] == pytest.approx(expected, rel=1e-4, abs=1e-6)


@given(lists, st.floats(1e-6, 1e6))
def test_units_do_not_matter_nor_the_order(values, scale):
    one, other = measure(values), measure([each * scale for each in reversed(values)])
    for name in TITLES:
        assert getattr(other, name) == pytest.approx(getattr(one, name), rel=1e-6, abs=1e-7)


@given(lists)
def test_a_weight_of_two_is_two_units(values):
    twice = measure(values + values[:2])
    weighted = measure(values, [2, 2] + [1] * (len(values) - 2))
    for name in TITLES:
        assert getattr(twice, name) == pytest.approx(getattr(weighted, name), rel=1e-7, abs=1e-7)


@given(lists, st.floats(0.01, 0.49))
def test_giving_from_rich_to_poor_never_raises_an_index(values, part):
    poor, rich = int(np.argmin(values)), int(np.argmax(values))
    moved, step = list(values), (values[rich] - values[poor]) * part
    moved[poor] += step
    moved[rich] -= step
    for name in TITLES:
        assert getattr(measure(moved), name) <= getattr(measure(values), name) + 1e-7


@given(lists)
def test_the_gini_is_twice_the_area_above_the_lorenz_curve(values):
    curve = lorenz(values)
    area = np.trapezoid(curve.share, curve.population)
    assert measure(values).gini == pytest.approx(1 - 2 * area, abs=1e-9)
    assert (np.diff(curve.share) >= 0).all()
    assert (curve.share <= curve.population + 1e-12).all()


def test_a_unit_with_nothing_is_said_not_hidden():
    made = measure([0, 1, 2], epsilon=1)
    assert (made.log_deviation, made.atkinson) == (math.inf, 1)
    assert math.isfinite(made.theil)
    assert "无穷大（有为 0 的单位）" in made.summary()
    assert math.isnan(made.errors["log_deviation"])


def test_two_units_have_no_error():
    assert math.isnan(measure([1, 2]).errors["gini"])


@pytest.mark.parametrize(
    ("values", "weights", "said"),
    [
        ([], None, "至少一个"),
        ([1, math.nan], None, "第 2 个缺失"),
        ([1, -2], None, "第 2 个为负"),
        ([0, 0], None, "全部为 0"),
        ([1, 2], [1], "一一对应"),
        ([1, 2], [1, 0], "有为 0 的"),
    ],
)
def test_what_cannot_be_measured_is_refused(values, weights, said):
    with pytest.raises(InequalityError, match=said):
        measure(values, weights)


@pytest.mark.parametrize("epsilon", [0, -1, math.nan, math.inf])
def test_the_aversion_must_be_above_zero(epsilon):
    with pytest.raises(InequalityError, match="厌恶系数"):
        measure([1, 2], epsilon=epsilon)


def test_as_a_table_and_in_words():
    made = measure(INCOMES)
    assert made.to_frame()["index"].to_list() == list(TITLES)
    assert made.summary().startswith("10 个单位，均值 6659\n基尼系数 0.4621（±")
    assert "最少的 20% 人口拥有 3.0%" in lorenz(INCOMES).summary()
    assert lorenz(INCOMES).to_frame().shape == (11, 2)
