"""A roster at once, the corners of the calendar, and people on either side of a step."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.methods.retirement import (
    choose,
    comparison_table,
    contribution_table,
    month_number,
    month_text,
    national,
    statutory,
    timetable,
)

GROUPS = ("man", "woman-55", "woman-50")
births = st.integers(month_number("1940-01"), month_number("2005-12"))


@given(st.lists(st.tuples(births, st.sampled_from(GROUPS)), min_size=1, max_size=12))
def test_a_roster_at_once_is_each_person_alone(people):
    made = timetable([birth for birth, _ in people], [code for _, code in people])
    for at, (birth, code) in enumerate(people):
        alone = statutory(month_text(birth), code)
        assert (made.statutory[at], made.earliest[at], made.latest[at], made.delay[at]) == (
            alone.statutory, alone.earliest, alone.latest, alone.delay,
        )  # fmt: skip


@given(births, st.sampled_from(GROUPS))
def test_the_band_holds_the_statutory_month_and_is_no_wider_than_six_years(birth, code):
    law = statutory(month_text(birth), code)
    assert law.earliest <= law.statutory <= law.latest
    assert law.latest - law.earliest <= 72
    assert law.earliest - birth >= national().categories[code].original


@given(births)
def test_who_had_50_never_retires_later_than_who_had_55_nor_she_than_a_man(birth):
    months = [statutory(month_text(birth), code).statutory for code in
              ("woman-50", "woman-55", "man")]  # fmt: skip
    assert months == sorted(months)


@given(st.dates(date(1950, 1, 1), date(2000, 12, 31)), st.sampled_from(GROUPS))
def test_the_day_of_birth_plays_no_part(day, code):
    assert statutory(day, code) == statutory(day.replace(day=1), code)


@pytest.mark.parametrize(
    ("code", "last", "first"),
    [("man", "1964-12", "1965-01"), ("woman-55", "1969-12", "1970-01"),
     ("woman-50", "1974-12", "1975-01")],
)  # fmt: skip
def test_one_month_of_birth_apart_two_months_of_retirement_apart(code, last, first):
    """The last under the earlier law leaves in 2024-12, the first under the new one in 2025-02:
    nobody comes of age in the first month of the law."""
    before, after = statutory(last, code), statutory(first, code)
    assert (month_text(before.statutory), month_text(after.statutory)) == ("2024-12", "2025-02")
    assert before.earliest == before.latest == before.statutory
    assert month_text(after.earliest) == "2025-01"


def test_the_tables_of_the_three_groups_start_and_end_where_the_law_says():
    told = {code: comparison_table(code) for code in GROUPS}
    ends = {code: (table["出生年月"][0], table["出生年月"][-1]) for code, table in told.items()}
    assert ends == {
        "man": ("1965-01", "1976-12"), "woman-55": ("1970-01", "1981-12"),
        "woman-50": ("1975-01", "1984-12"),
    }  # fmt: skip
    for table in told.values():
        assert table["延迟月数"].diff().drop_nulls().is_in([0, 1]).all()


def test_men_and_women_of_55_share_one_table_five_years_apart():
    man, woman = comparison_table("man"), comparison_table("woman-55")
    assert man["延迟月数"].to_list() == woman["延迟月数"].to_list()
    assert man["改革后退休时间"].to_list() == woman["改革后退休时间"].to_list()


@given(st.integers(2025, 2080))
def test_the_table_of_contributions_is_the_rule_year_by_year(year):
    table = dict(contribution_table().select("退休年份", "最低缴费月数").iter_rows())
    assert national().contribution.months(year) == table.get(year, 240)


@given(births, st.sampled_from(GROUPS), st.integers(0, 400))
def test_retiring_on_time_is_always_open_and_says_what_is_missing(birth, code, paid):
    law = statutory(month_text(birth), code)
    made = choose(month_text(birth), code, month_text(law.statutory), paid=paid)
    assert made.allowed
    assert (paid < made.required) == any("一次性缴费" in each for each in made.notes)


def test_a_roster_as_a_table():
    made = timetable([month_number("1966-05"), month_number("1980-01")], ["man", "woman-50"])
    assert made.to_frame().equals(
        pl.DataFrame({"births": ["1966-05", "1980-01"], "statutory": ["2026-10", "2032-08"],
                      "earliest": ["2026-05", "2030-01"], "latest": ["2029-10", "2035-08"],
                      "delay": [5, 31]})
    )  # fmt: skip
