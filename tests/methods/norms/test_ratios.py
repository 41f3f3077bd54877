"""Norms that are a ratio, rounding, county sums."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.methods.norms import (
    Bracket,
    Needs,
    NormError,
    Rounding,
    by_beds,
    by_levels,
    by_population,
    by_stage,
    largest_remainder,
    rounded,
)

SCHOOL = {"高中": 12.5, "初中": 13.5, "小学": 19}
BEDS = [Bracket(299, 1.3, 1.4), Bracket(500, 1.4, 1.5), Bracket(None, 1.6, 1.7)]


def test_a_school_with_three_stages_is_rounded_once():
    """1000/12.5 + 900/13.5 + 950/19 = 80 + 66.67 + 50."""
    made = by_stage({"高中": 1000, "初中": 900, "小学": 950}, SCHOOL, approved=200, actual=190)
    assert (made.posts, made.gap) == (197, 3)
    assert made.saturation == pytest.approx(196.6667 / 190, abs=1e-6)
    assert "多 3" in made.summary()
    assert "初中 900÷13.5" in made.formula


def test_a_stage_without_a_ratio_is_refused_not_left_out():
    with pytest.raises(NormError, match="没有“学前”"):
        by_stage({"学前": 30, "小学": 10}, SCHOOL)


@pytest.mark.parametrize(
    ("people", "posts"), [(400_000, 54), (149_999, 20), (150_000, 20), (100_000, 20), (151_000, 20)]
)
def test_the_county_centre_for_disease_control(people, posts):
    """1.35 per 10,000; a county of fewer than 150,000 has at least 20 (河北 2017)."""
    assert by_population(people, 1.35, least=20, least_below=150_000).posts == posts


def test_the_floor_holds_only_where_it_is_said_to():
    assert by_population(100_000, 1.35, least=20).posts == 20
    assert by_population(100_000, 1.35, least=20, least_below=90_000).posts == 14
    assert (
        "不足 150000 人的不少于 20"
        in by_population(100_000, 1.35, least=20, least_below=150_000).formula
    )


def test_the_levels_of_disease_control_add_up_to_the_whole():
    """省 0.1 + 市 0.3 + 县 1.35 = 1.75 per 10,000."""
    parts = [by_population(1_000_000, rate).exact for rate in (0.1, 0.3, 1.35)]
    assert sum(parts) == by_population(1_000_000, 1.75).exact == 175


def test_levels_rounded_one_by_one_do_not_add_up_and_are_fixed():
    """57,000 people: 0.57, 1.71 and 7.695 of 9.975; half up they would be 1 + 2 + 8 = 11."""
    rates = {"省": 0.1, "市": 0.3, "县": 1.35}
    assert sum(by_population(57_000, rate).posts for rate in rates.values()) == 11
    made = by_levels(57_000, rates)
    assert [each.posts for each in made.rows] == [0, 2, 8]
    assert [each.name for each in made.rows] == ["省", "市", "县"]
    assert [each.posts for each in by_levels(57_000, rates, total=12).rows] == [1, 2, 9]
    with pytest.raises(NormError, match="没有单位"):
        by_levels(57_000, {})


@pytest.mark.parametrize(
    ("beds", "posts"), [(200, 270), (299, 404), (300, 435), (500, 725), (501, 827)]
)
def test_beds_fall_in_their_class(beds, posts):
    assert by_beds(beds, BEDS).posts == posts


def test_the_position_in_the_class_is_the_offices_choice():
    assert by_beds(200, BEDS, position=0).posts == 260
    assert by_beds(200, BEDS, position=1).posts == 280
    assert "260—280" in by_beds(200, BEDS).formula


@pytest.mark.parametrize(
    ("brackets", "position", "said"),
    [
        ([Bracket(500, 1, 1), Bracket(300, 1, 1), Bracket(None, 1, 1)], 0.5, "由小到大"),
        ([Bracket(None, 1, 1), Bracket(500, 1, 1)], 0.5, "由小到大"),
        ([Bracket(100, 1, 1)], 0.5, "最高一档"),
        (BEDS, 1.5, "区间内位置"),
    ],
)
def test_classes_that_do_not_fit_are_refused(brackets, position, said):
    with pytest.raises(NormError, match=said):
        by_beds(200, brackets, position=position)


@pytest.mark.parametrize("wrong", [-1, math.nan, math.inf, None, "3"])
def test_missing_and_negative_figures_are_refused(wrong):
    with pytest.raises(NormError, match="小学人数"):
        by_stage({"小学": wrong}, SCHOOL)
    with pytest.raises(NormError, match="人口"):
        by_population(wrong, 1)
    with pytest.raises(NormError, match="床位数"):
        by_beds(wrong, BEDS)


def test_half_is_half_as_written():
    """In binary 1.005·100 and 0.145·100 fall below; as decimals they are halves."""
    assert [rounded(Fraction("0.145") * 100), rounded(0.5), rounded(1.5)] == [15, 1, 2]
    assert by_population(3_700, 50, per=10_000).posts == 19  # 18.5


def test_rounding_up_and_down():
    assert by_stage({"小学": 20}, SCHOOL, rounding=Rounding.UP).posts == 2
    assert by_stage({"小学": 37}, SCHOOL, rounding=Rounding.DOWN).posts == 1
    assert "进一取 2" in by_stage({"小学": 20}, SCHOOL, rounding=Rounding.UP).summary()


@given(st.lists(st.floats(0, 500), min_size=1, max_size=20), st.integers(0, 4000))
def test_the_county_sum_is_met_and_nobody_is_off_by_one(values, total):
    if sum(values) <= 1e-6:
        return
    made = largest_remainder(values, total)
    assert sum(made) == total
    scale = Fraction(total) / sum(map(Fraction, map(repr, values)), Fraction(0))
    assert all(
        abs(n - Fraction(repr(value)) * scale) < 1 for n, value in zip(made, values, strict=True)
    )


def test_schools_rounded_one_by_one_do_not_add_up_and_are_fixed():
    """Four schools of 1.5 each: half up gives 8, the county has 6."""
    each = [by_population(15_000, 1, name=f"校{k}") for k in range(4)]
    assert sum(one.posts for one in each) == 8
    fixed = Needs(tuple(each)).fix_total()
    assert [one.posts for one in fixed.rows] == [2, 2, 1, 1]
    assert "最大余数法取 2" in fixed.rows[0].summary()
    assert fixed.summary().startswith("4 个单位应配合计 6")
    assert fixed.to_frame()["posts"].sum() == 6


@pytest.mark.parametrize(("values", "total"), [([0, 0], 3), ([1, 2], -1), ([-1, 2], None)])
def test_totals_that_cannot_be_spread_are_refused(values, total):
    with pytest.raises(NormError):
        largest_remainder(values, total)


def test_nothing_to_spread():
    assert largest_remainder([0, 0]) == [0, 0]
    with pytest.raises(NormError, match="没有单位"):
        Needs(()).fix_total()


def test_without_staff_there_is_no_saturation():
    assert by_stage({"小学": 19}, SCHOOL, actual=0).saturation is None
    with pytest.raises(NormError, match="核定数"):
        by_stage({"小学": 19}, SCHOOL, approved=-1)
    assert "相符" in by_stage({"小学": 19}, SCHOOL, approved=1).summary()
    assert by_stage({"小学": 19}, SCHOOL).to_frame().height == 1
