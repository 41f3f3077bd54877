"""The profile of one cohort: the band spread out, other leaving by age, who is overdue."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.methods.forecast import Choice, Hazard, leavers
from bianzhi.methods.forecast.profile import profiles, spread
from bianzhi.methods.retirement import month_number, timetable

NONE = Hazard()


@given(st.integers(0, 36), st.integers(0, 36), st.floats(0, 0.5), st.floats(0, 0.5))
def test_the_shares_over_the_band_add_up(before, after, early, late):
    made = spread(before, after, Choice(early, late))
    assert made.sum() == pytest.approx(1)
    assert (made >= 0).all()
    assert len(made) == before + 1 + after


def test_a_band_without_earlier_months_leaves_at_the_statutory_one():
    assert spread(0, 2, Choice(0.5, 0.2)).tolist() == pytest.approx([0.8, 0.1, 0.1])


def test_other_leaving_by_age_bands_and_by_category():
    hazard = Hazard([(30, 0.12), (50, 0.0)], own={"man": [(0, 0.2)]})
    ages = np.array([12 * 29.0, 12 * 30.0, 12 * 49.9, 12 * 50.0])
    month = 1 - 0.88 ** (1 / 12)
    assert hazard.monthly("woman-50", ages).tolist() == pytest.approx([0, month, month, 0])
    assert hazard.monthly("man", ages).tolist() == pytest.approx([1 - 0.8 ** (1 / 12)] * 4)


@pytest.mark.parametrize(
    ("birth", "choice", "overdue"),
    [
        ("1966-01", Choice(), False),  # retires 2026-05
        ("1965-08", Choice(), False),  # retires 2025-10 …
        ("1964-12", Choice(), True),
        ("1965-08", Choice(0.2, 0.1), False),  # delay in use: until 2028-10
        ("1960-01", Choice(0.2, 0.1), True),  # before 2025 nobody could delay
    ],
)
def test_who_should_have_left_before_the_start(birth, choice, overdue):
    start = "2025-06" if birth == "1965-08" and not choice.late else "2026-01"
    table = timetable([month_number(birth)], "man")
    made = profiles(table, "man", choice, NONE, month_number(start), 12)
    assert made.overdue.tolist() == [overdue]
    assert made.retired.sum() <= 1 + 1e-12


def test_the_whole_life_adds_up_to_one_leaver():
    """Sixty years ahead everybody has left exactly once."""
    people = pl.DataFrame(
        {"unit": ["甲"] * 3, "kind": ["事业"] * 3, "birth": ["1970-05", "1985-11", "2000-01"],
         "category": ["man", "woman-55", "woman-50"]}
    )  # fmt: skip
    made = leavers(people, "2026-01", 720, choice=Choice(0.3, 0.3), hazard=Hazard([(0, 0.02)]))
    assert made.gone()[0, -1] == pytest.approx(3, abs=1e-4)
    assert made.variance[0, -1] == pytest.approx(0, abs=1e-4)
    assert made.earliest[0, -1] == made.latest[0, -1] == 3


def test_groups_come_sorted_and_every_person_is_counted():
    people = pl.DataFrame(
        {"unit": ["乙", "甲", "甲"], "kind": ["行政", "行政", "事业"], "birth": ["1970-05"] * 3,
         "category": ["man"] * 3}
    )  # fmt: skip
    made = leavers(people, "2026-01", 12)
    assert made.groups.select("unit", "kind").rows() == sorted(people.select("unit", "kind").rows())
    assert made.groups["people"].to_list() == [1, 1, 1]


def test_the_same_month_written_in_two_ways_is_one_cohort():
    people = pl.DataFrame(
        {"unit": ["甲"] * 2, "kind": ["事业"] * 2, "birth": ["1966-01", "1966年1月"],
         "category": ["man"] * 2}
    )  # fmt: skip
    assert leavers(people, "2026-01", 6).expected[0].tolist() == [0, 0, 0, 0, 2, 0]
