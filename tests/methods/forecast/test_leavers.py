"""The forecast against one person at a time, in plain loops."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bianzhi.methods.allocation import lend
from bianzhi.methods.forecast import Choice, Forecast, Hazard, leavers
from bianzhi.methods.retirement import month_number, month_text, statutory

MONTHS = 48
HAZARD = Hazard(bands=[(0, 0.02), (55, 0.04)], own={"woman-50": [(0, 0.03)]})


def table(*people: tuple[str, str, str, str]) -> pl.DataFrame:
    return pl.DataFrame(people, schema=["unit", "kind", "category", "birth"], orient="row")


def one_by_one(birth: str, category: str, start: str, choice: Choice, hazard: bool) -> list[float]:
    """P(leaves in month k), k = 0 … MONTHS−1, told as a story of one person."""
    law, first = statutory(birth, category), month_number(start)
    shares: dict[int, float] = {}
    before = range(law.earliest, law.statutory)
    after = range(law.statutory + 1, law.latest + 1)
    for months, share in ((before, choice.early), (after, choice.late)):
        for month in months:
            shares[month] = share / len(months)
    shares[law.statutory] = 1 - sum(shares.values())
    there, left = 1.0, []
    for k in range(MONTHS):
        ahead = {month: share for month, share in shares.items() if month >= first + k}
        going = shares.get(first + k, 0) / sum(ahead.values()) if sum(ahead.values()) > 1e-12 else 1
        age = (first + k - month_number(birth)) / 12
        yearly = 0.03 if category == "woman-50" else 0.04 if age >= 55 else 0.02
        risk = 1 - (1 - yearly) ** (1 / 12) if hazard and going < 1 else 0
        left.append(there * (1 - (1 - risk) * (1 - going)))
        there -= left[-1]
    return left


cohorts = st.tuples(
    st.integers(month_number("1960-01"), month_number("1990-12")).map(month_text),
    st.sampled_from(["man", "woman-55", "woman-50"]),
)
choices = st.sampled_from(
    [Choice(), Choice(0.3, 0.2), Choice(1, 0), Choice(0, 1), Choice(0.5, 0.5)]
)


@settings(max_examples=60)
@given(st.lists(cohorts, min_size=1, max_size=6), choices, st.booleans())
def test_the_sum_of_single_people(people, choice, hazard):
    rows = [(f"单位{k % 2}", "事业", category, birth) for k, (birth, category) in enumerate(people)]
    made = leavers(
        table(*rows), "2026-01", MONTHS, choice=choice, hazard=HAZARD if hazard else None
    )
    each = np.array([one_by_one(birth, code, "2026-01", choice, hazard) for birth, code in people])
    assert made.expected.sum(axis=0) == pytest.approx(each.sum(axis=0), abs=1e-5)
    gone = each.cumsum(axis=1)
    assert made.variance.sum(axis=0) == pytest.approx((gone * (1 - gone)).sum(axis=0), abs=1e-5)


@given(st.lists(cohorts, min_size=1, max_size=8), choices)
def test_nobody_leaves_twice_and_the_expected_lies_within_the_law(people, choice):
    made = leavers(
        table(*(("甲", "事业", code, birth) for birth, code in people)),
        "2026-01",
        48,
        choice=choice,
    )
    gone = made.gone()
    assert (gone <= len(people) + 1e-4).all()
    assert (gone <= made.earliest + 1e-4).all()
    overdue = made.groups["overdue"][0]  # those leave at once, which is later than the law
    assert (gone >= made.latest - overdue - 1e-4).all()


def test_years_are_the_sums_of_months():
    people = table(*(("甲", "事业", "man", f"{year}-06") for year in range(1960, 1990)))
    monthly = leavers(people, "2026-01", 120, choice=Choice(0.2, 0.2), hazard=HAZARD)
    yearly = leavers(people, "2026-01", 120, choice=Choice(0.2, 0.2), hazard=HAZARD, every=12)
    assert yearly.expected == pytest.approx(
        monthly.expected.reshape(1, 10, 12).sum(axis=2), abs=1e-4
    )
    assert yearly.variance == pytest.approx(monthly.variance[:, 11::12], abs=1e-4)
    assert yearly.earliest.tolist() == monthly.earliest[:, 11::12].tolist()
    assert yearly.periods()[:2] == ["2026-01", "2027-01"]


def test_a_row_a_cohort_says_the_same_as_a_row_a_person():
    single = table(*[("甲", "事业", "man", "1966-01")] * 3, ("乙", "行政", "woman-50", "1976-05"))
    counted = single.unique(maintain_order=True).with_columns(count=pl.Series([3, 1]))
    one, other = (leavers(each, "2026-01", 24, hazard=HAZARD) for each in (single, counted))
    assert one.expected.tolist() == other.expected.tolist()
    assert one.groups.to_dicts() == other.groups.to_dicts()


def test_who_is_past_the_last_month_is_named_and_leaves_at_once():
    """Born 1950: 60 in 2010 and still enrolled in 2026 (退休未下编)."""
    made = leavers(
        table(("甲", "事业", "man", "1950-01"), ("甲", "事业", "man", "1980-01")), "2026-01", 12
    )
    assert made.groups["overdue"].to_list() == [1]
    assert made.expected[0].tolist() == [1] + [0] * 11
    assert "其中 1 人已过最晚退休月仍在编" in made.summary()


def test_who_stayed_past_the_statutory_month_stays_on_among_those_who_delay():
    """A year past 2025-02 with delay in use, the 25 months to 2028-02 share what remains."""
    made = leavers(table(("甲", "事业", "man", "1965-01")), "2026-02", 36, choice=Choice(0, 0.1))
    assert made.groups["overdue"].to_list() == [0]
    assert made.expected[0, :25].tolist() == pytest.approx([1 / 25] * 25, abs=1e-6)


def test_the_month_of_certain_retirement_is_no_other_leaving():
    made = leavers(table(("甲", "事业", "man", "1966-01")), "2026-05", 1, hazard=HAZARD)
    assert (made.retired[0, 0], made.other[0, 0]) == (1, 0)


@pytest.mark.parametrize("size", [1, 5, 40, 400])
def test_the_band_holds_as_often_as_it_says(size):
    """Against simulated people; whole numbers make it wider than asked, never much narrower."""
    chance = np.random.default_rng(7)
    births = [month_text(month_number("1962-01") + int(k)) for k in chance.integers(0, 300, size)]
    made = leavers(
        table(*(("甲", "事业", "man", birth) for birth in births)), "2026-01", MONTHS,
        choice=Choice(0.3, 0.3), hazard=HAZARD,
    )  # fmt: skip
    ends = [sum(one_by_one(birth, "man", "2026-01", Choice(0.3, 0.3), True)) for birth in births]
    drawn = (chance.random((4000, size)) < np.array(ends)).sum(axis=1)
    low, high = made.band(0.9)
    inside = ((drawn >= low[0, -1]) & (drawn <= high[0, -1])).mean()
    assert inside >= 0.88


@given(st.lists(cohorts, min_size=1, max_size=8), choices, st.booleans())
def test_neither_end_of_the_band_falls_in_time(people, choice, hazard):
    """Trap: mean − wide falls while the spread grows faster than the mean; leavers never return.

    A pool lends on the low end, which it could not if that fell.
    """
    made = leavers(
        table(*(("甲", "事业", code, birth) for birth, code in people)),
        "2026-01", MONTHS, choice=choice, hazard=HAZARD if hazard else None,
    )  # fmt: skip
    low, high = made.band(0.9)
    assert (np.diff(low, axis=1) >= 0).all()
    assert (np.diff(high, axis=1) >= 0).all()
    assert (low <= made.gone() + 1e-3).all()
    assert (high >= made.gone() - 1e-3).all()


def test_a_pool_can_lend_on_the_low_end_of_a_band():
    births = [month_text(month_number("1962-01") + 5 * k) for k in range(40)]
    made = leavers(
        table(*(("甲", "事业", "man", birth) for birth in births)), "2026-01", 60,
        choice=Choice(0.1, 0.1),
    )  # fmt: skip
    asked = pl.DataFrame({"id": ["甲"], "start": [0], "marginals": [[3.0, 2.0, 1.0]]})
    loans = lend(asked, made.band(0.9)[0], [9] * 60, term=36)
    assert loans.lent.tolist() == [3]
    assert loans.calendar()["returned"].sum() == 3


def test_the_total_has_its_own_narrower_band():
    births = [month_text(month_number("1962-01") + k) for k in range(120)]
    people = table(*((f"单位{k}", "事业", "man", birth) for k in range(20) for birth in births))
    made = leavers(people, "2026-01", 60, choice=Choice(0.5, 0.3))
    low, high = made.band()
    whole_low, whole_high = made.total().band()
    assert whole_high[0, -1] - whole_low[0, -1] < (high - low)[:, -1].sum()
    assert isinstance(made.total(), Forecast)


def test_blocks_of_groups_change_nothing(monkeypatch):
    people = table(*((f"单位{k:02d}", "事业", "man", f"{1962 + k}-03") for k in range(30)))
    whole = leavers(people, "2026-01", 24)
    monkeypatch.setattr("bianzhi.methods.forecast.run.CELLS", 1)
    assert leavers(people, "2026-01", 24).expected.tolist() == whole.expected.tolist()
