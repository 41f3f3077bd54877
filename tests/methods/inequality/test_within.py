"""Theil's index within and between groups."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.methods.inequality import InequalityError, decompose, measure

lists = st.lists(st.floats(0, 1e4), min_size=3, max_size=25).filter(lambda each: sum(each) > 1e-3)


@given(lists, st.integers(1, 4))
def test_within_and_between_add_up_to_the_whole(values, count):
    names = [f"组{k % count}" for k in range(len(values))]
    weights = [1 + k % 3 for k in range(len(values))]
    made = decompose(values, names, weights)
    assert made.total == pytest.approx(measure(values, weights).theil, rel=1e-7, abs=1e-9)
    assert made.within + made.between == pytest.approx(made.total)
    assert made.groups["within"].sum() == pytest.approx(made.within)
    assert min(made.within, made.between) >= -1e-9


def test_next_to_nothing_left_without_one_unit_has_no_finite_error():
    """Found by chance: three values of which two are hardly above zero."""
    made = measure([5e-324, 1e-300, 1.0])
    assert made.gini == pytest.approx(2 / 3)
    assert "基尼系数 0.6667" in made.summary()


def test_alike_within_groups_leaves_only_what_lies_between():
    made = decompose([1, 1, 3, 3], ["东", "东", "西", "西"])
    assert made.within == pytest.approx(0)
    assert made.between == pytest.approx(measure([1, 3]).theil)
    assert "组间占 100.0%，共 2 组" in made.summary()


def test_each_group_has_its_own_index():
    made = decompose([1, 3, 5, 5], ["东", "东", "西", "西"])
    east, west = made.to_frame().to_dicts()
    assert (east["group"], east["n"], east["mean"]) == ("东", 2, 2)
    assert east["theil"] == pytest.approx(measure([1, 3]).theil)
    assert west["theil"] == pytest.approx(0)


def test_a_group_with_nothing_counts_in_between_only():
    made = decompose([0, 0, 4, 4], ["东", "东", "西", "西"])
    assert made.within == pytest.approx(0)
    assert made.total == pytest.approx(measure([0, 0, 4, 4]).theil)


def test_even_values_have_nothing_to_split():
    assert "组间占 0.0%" in decompose([2, 2], ["甲", "乙"]).summary()


def test_groups_must_match():
    with pytest.raises(InequalityError, match="一一对应"):
        decompose([1, 2], ["甲"])
