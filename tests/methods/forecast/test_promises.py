"""What a forecast keeps whatever is assumed: order, splitting and certainty."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.methods.forecast import Choice, Hazard, leavers
from bianzhi.methods.retirement import month_number, month_text

MONTHS = 36
births = st.lists(
    st.integers(month_number("1962-01"), month_number("1985-12")), min_size=1, max_size=8
)


def staff(numbers: list[int], unit: str = "甲", category: str = "man") -> pl.DataFrame:
    return pl.DataFrame({"birth": [month_text(each) for each in numbers]}).with_columns(
        unit=pl.lit(unit), kind=pl.lit("事业"), category=pl.lit(category)
    )


@given(births)
def test_without_choice_and_hazard_the_band_is_a_line(numbers):
    made = leavers(staff(numbers), "2026-01", MONTHS)
    low, high = made.band(0.99)
    assert low.tolist() == high.tolist() == np.rint(made.gone()).tolist()


@given(births)
def test_all_early_and_all_late_run_near_the_outer_lines(numbers):
    """Who may go early spreads over the months allowed, so the earliest line is never passed."""
    early, late = (leavers(staff(numbers), "2026-01", MONTHS, choice=choice)
                   for choice in (Choice(early=1.0), Choice(late=1.0)))  # fmt: skip
    assert (early.gone() <= early.earliest + 1e-4).all()
    assert (early.gone() >= late.gone() - 1e-4).all()


@given(births)
def test_more_other_leaving_means_more_gone_in_every_month(numbers):
    few, many = (leavers(staff(numbers), "2026-01", MONTHS, hazard=Hazard([(0, rate)])).gone()
                 for rate in (0.01, 0.05))  # fmt: skip
    assert (many >= few - 1e-5).all()


@given(births, st.randoms(use_true_random=False))
def test_the_order_of_the_people_plays_no_part(numbers, chance):
    mixed = list(numbers)
    chance.shuffle(mixed)
    words: dict[str, Any] = {"choice": Choice(0.2, 0.1), "hazard": Hazard([(0, 0.02)])}
    one, other = (leavers(staff(each), "2026-01", MONTHS, **words) for each in (numbers, mixed))
    assert one.gone() == pytest.approx(other.gone(), abs=1e-5)


@given(births, births)
def test_two_units_together_are_the_sum_of_each(first, second):
    both = pl.concat([staff(first, "甲"), staff(second, "乙")])
    made = leavers(both, "2026-01", MONTHS, choice=Choice(0.2, 0.1))
    alone = [leavers(each, "2026-01", MONTHS, choice=Choice(0.2, 0.1)).gone()
             for each in (staff(first, "甲"), staff(second, "乙"))]  # fmt: skip
    assert made.total().gone() == pytest.approx(sum(alone), abs=1e-4)
    assert made.total().groups["people"].to_list() == [len(first) + len(second)]


@given(births)
def test_a_wider_promise_has_a_wider_band(numbers):
    made = leavers(staff(numbers), "2026-01", MONTHS, choice=Choice(0.3, 0.3))
    (low, high), (lower, higher) = made.band(0.5), made.band(0.95)
    assert (lower <= low).all()
    assert (higher >= high).all()


def test_kinds_are_forecast_apart():
    """A unit with 行政 and 事业 people: what comes free stays of its kind."""
    young = staff([month_number("1990-01")]).with_columns(kind=pl.lit("行政"))
    people = pl.concat([staff([month_number("1966-01")]), young])
    made = leavers(people, "2026-01", 12)
    free = dict(zip(made.groups["kind"], made.gone()[:, -1].tolist(), strict=True))
    assert free == {"事业": 1, "行政": 0}
