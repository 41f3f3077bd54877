"""What a forecast refuses, and how it is read."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from bianzhi.methods.forecast import Choice, ForecastError, Hazard, leavers
from bianzhi.methods.retirement import RetirementError, month_number

ONE = {"unit": ["甲"], "kind": ["事业"], "category": ["man"], "birth": ["1966-01"]}


@pytest.mark.parametrize(
    "birth", ["1966-01", "1966年1月", date(1966, 1, 20), month_number("1966-01")]
)
def test_births_in_the_usual_forms(birth):
    made = leavers(pl.DataFrame({**ONE, "birth": [birth]}), "2026-01", 12)
    assert made.expected[0].argmax() == 4


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"birth": [None]}, "第 1 行没有birth"),
        ({"birth": ["不详"]}, "不是年月"),
        ({"unit": [None]}, "第 1 行没有unit"),
        ({"count": [-1]}, "有负数"),
        ({"count": [None]}, "第 1 行没有count"),
    ],
)
def test_a_person_that_cannot_be_placed_is_refused_not_dropped(changed, said):
    with pytest.raises(ForecastError, match=said):
        leavers(pl.DataFrame({**ONE, **changed}), "2026-01", 12)


def test_a_missing_column_is_named():
    with pytest.raises(ForecastError, match="category"):
        leavers(pl.DataFrame(ONE).drop("category"), "2026-01", 12)


@pytest.mark.parametrize(("months", "every"), [(0, 1), (721, 1), (10, 12), (12, 0)])
def test_horizons_that_make_no_sense(months, every):
    with pytest.raises(ForecastError):
        leavers(pl.DataFrame(ONE), "2026-01", months, every=every)


def test_an_unconfirmed_category_is_refused_by_the_law_itself():
    with pytest.raises(RetirementError, match="尚未核实"):
        leavers(pl.DataFrame({**ONE, "category": ["special-man"]}), "2026-01", 12)


@pytest.mark.parametrize("shares", [(-0.1, 0), (0, 1.1), (0.6, 0.5), (float("nan"), 0)])
def test_shares_that_make_no_sense(shares):
    with pytest.raises(ForecastError):
        Choice(*shares)


@pytest.mark.parametrize("bands", [[(50, 0.1), (40, 0.1)], [(0, 1.0)], [(0, -0.1)]])
def test_hazards_that_make_no_sense(bands):
    with pytest.raises(ForecastError):
        Hazard(bands)


def test_twelve_months_of_hazard_are_the_yearly_share():
    made = leavers(
        pl.DataFrame({**ONE, "birth": ["1990-01"]}), "2026-01", 12, hazard=Hazard([(0, 0.1)])
    )
    assert made.gone()[0, -1] == pytest.approx(0.1, abs=1e-6)
    assert made.retired.sum() == 0


def test_nobody_is_a_forecast_of_nobody():
    made = leavers(pl.DataFrame(ONE).clear(), "2026-01", 12)
    assert made.summary().startswith("0 人")
    assert made.to_frame().height == 0


def test_as_a_table_and_in_words():
    made = leavers(pl.DataFrame(ONE), "2026-01", 12, choice=Choice(0.2, 0.2))
    frame = made.to_frame()
    assert frame.columns[:3] == ["unit", "kind", "period"]
    assert frame["period"].to_list()[-1] == "2026-12"
    assert frame["low"].max() == 0
    assert frame["high"].max() == 1
    assert "到 2026-12 预计减员" in made.summary()
    with pytest.raises(ForecastError, match="把握程度"):
        made.band(1)
