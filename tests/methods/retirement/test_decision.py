"""The Decision of 2024, against a rule written out on its own: counting month by month.

The reference below never divides: it walks through the birth months with a finger, as one reads
the printed table, and turns the age up each time the law says so.
"""

from __future__ import annotations

import numpy as np
import pytest

from bianzhi.methods import retirement
from bianzhi.methods.retirement import month_number, month_text, national, statutory, timetable

# What the Decision says, in its own words: from whom on, the age before and after, the pace.
LAW = {
    "man": ("1965-01", 60, 63, 4),
    "woman-55": ("1970-01", 55, 58, 4),
    "woman-50": ("1975-01", 50, 55, 2),
}


def walked(category: str, first: int = 1940, last: int = 2000) -> dict[str, str]:
    """Birth month -> month of retirement, by walking."""
    start, before, after, pace = LAW[category]
    found, years, months, waited = {}, before, 0, 0
    for year in range(first, last + 1):
        for month in range(1, 13):
            birth = f"{year}-{month:02d}"
            if birth >= start and years < after:
                if waited == 0:
                    months += 1
                    if months == 12:
                        years, months = years + 1, 0
                waited = (waited + 1) % pace
            then = month + months
            found[birth] = f"{year + years + (then > 12)}-{then - 12 * (then > 12):02d}"
    return found


@pytest.mark.parametrize("category", LAW)
def test_every_birth_month_retires_when_the_law_says(category):
    expected = walked(category)
    made = timetable([month_number(birth) for birth in expected], category)
    assert [month_text(each) for each in made.statutory] == list(expected.values())


@pytest.mark.parametrize(
    ("birth", "category", "months", "then"),
    [
        ("1964-12", "man", 720, "2024-12"),
        ("1965-01", "man", 721, "2025-02"),
        ("1965-04", "man", 721, "2025-05"),
        ("1965-05", "man", 722, "2025-07"),
        ("1976-08", "man", 755, "2039-07"),  # 62 years 11 months
        ("1976-09", "man", 756, "2039-09"),
        ("1990-01", "man", 756, "2053-01"),
        ("1969-12", "woman-55", 660, "2024-12"),
        ("1971-04", "woman-55", 664, "2026-08"),
        ("1981-08", "woman-55", 695, "2039-07"),
        ("1981-09", "woman-55", 696, "2039-09"),
        ("1974-12", "woman-50", 600, "2024-12"),
        ("1975-01", "woman-50", 601, "2025-02"),
        ("1975-03", "woman-50", 602, "2025-05"),
        ("1984-10", "woman-50", 659, "2039-09"),  # 54 years 11 months
        ("1984-11", "woman-50", 660, "2039-11"),
    ],
)
def test_the_ends_and_corners_of_the_official_tables(birth, category, months, then):
    made = statutory(birth, category)
    assert (made.age, month_text(made.statutory)) == (months, then)


@pytest.mark.parametrize(("category", "rows"), [("man", 144), ("woman-55", 144), ("woman-50", 120)])
def test_the_comparison_table_runs_until_the_raise_is_complete(category, rows):
    table = retirement.comparison_table(category)
    expected = walked(category)
    assert table.height == rows
    assert dict(zip(table["出生年月"], table["改革后退休时间"], strict=True)) == {
        birth: expected[birth] for birth in table["出生年月"]
    }
    _, before, after, _ = LAW[category]
    assert table["改革后法定退休年龄"].max() == 12 * after
    assert table["延迟月数"].max() == 12 * (after - before)


def test_nobody_retires_before_one_born_earlier():
    births = np.arange(month_number("1940-01"), month_number("2000-01"))
    for category in LAW:
        made = timetable(births, category)
        assert (np.diff(made.statutory) >= 1).all()
        assert (np.diff(made.delay) >= 0).all()


def test_the_flexible_band_is_three_years_but_never_below_the_earlier_age():
    """A woman-50 born 1975-03 may go two months earlier, to 50; not three years."""
    near = statutory("1975-03", "woman-50")
    assert (month_text(near.earliest), month_text(near.latest)) == ("2025-03", "2028-05")
    full = statutory("1984-11", "woman-50")  # raised by five years: three years are free
    assert month_text(full.earliest) == "2036-11"
    before = statutory("1960-01", "man")
    assert before.earliest == before.statutory


@pytest.mark.parametrize(
    ("year", "months"),
    [(2025, 180), (2029, 180), (2030, 186), (2031, 192), (2039, 240), (2050, 240)],
)
def test_the_least_contributions_rise_by_six_months_a_year_from_2030(year, months):
    assert national().contribution.months(year) == months


def test_mixed_categories_give_what_each_gives_alone():
    codes = ["man", "woman-50", "woman-55", "man"]
    births = [month_number(each) for each in ("1970-05", "1980-02", "1975-11", "1950-01")]
    made = timetable(births, codes)
    alone = [timetable([birth], code) for birth, code in zip(births, codes, strict=True)]
    for name in ("statutory", "earliest", "latest", "delay"):
        assert getattr(made, name).tolist() == [int(getattr(each, name)[0]) for each in alone]
    assert made.to_frame().height == 4
    assert "4 人" in made.summary()
