"""Theil–Sen: what a line through years promises."""

from __future__ import annotations

from itertools import combinations
from statistics import median

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.rules.diagnosis.trend import trends

amounts = st.lists(st.floats(1, 1e5), min_size=3, max_size=8)


def line(values: list[float], first: int = 2018) -> dict:
    points = pl.DataFrame(
        {"series": [1] * len(values), "year": range(first, first + len(values)), "value": values}
    )
    return trends(points).row(0, named=True)


def test_a_straight_line_is_found_as_it_is():
    found = line([100.0, 80.0, 60.0, 40.0])
    assert (found["slope"], found["start"], found["end"]) == pytest.approx((-20, 100, 40))
    assert (found["drop"], found["pairs"], found["down"], found["before"]) == (0.6, 6, 6, 60)


@given(amounts)
def test_the_slope_is_the_median_of_the_slopes_of_all_pairs(values):
    pairs = combinations(enumerate(values), 2)
    slopes = [(later - earlier) / (b - a) for (a, earlier), (b, later) in pairs]
    assert line(values)["slope"] == pytest.approx(median(slopes))


@given(amounts, st.floats(0.01, 100))
def test_the_unit_of_measure_does_not_matter(values, factor):
    one, other = line(values), line([each * factor for each in values])
    if one["drop"] is not None and one["start"] > 1e-6:
        assert other["drop"] == pytest.approx(one["drop"], abs=1e-6)


@given(st.integers(0, 4), st.floats(0, 1000))
def test_one_wild_year_of_five_moves_nothing(place, wild):
    values = [100.0] * 5
    values[place] = wild
    assert line(values)["drop"] == pytest.approx(0)


@given(amounts)
def test_a_series_and_its_reverse_do_not_both_fall(values):
    there, back = line(values)["slope"], line(values[::-1])["slope"]
    assert there == pytest.approx(-back, abs=1e-6)


def test_one_year_is_no_series():
    assert trends(pl.DataFrame({"series": [1], "year": [2020], "value": [1.0]})).is_empty()
