"""What an evaluated unit may rely on: every point is told, classes do not touch."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.methods.indicators import (
    ahp,
    critic,
    default,
    direct,
    entropy,
    evaluate,
    sensitivity,
)
from tests.methods.indicators.test_default import BEST, figures

SYSTEM = default().confirm()
share = st.floats(0, 1)
units = st.dictionaries(
    st.sampled_from(["甲", "乙", "丙", "丁", "戊", "己"]),
    st.fixed_dictionaries({"duties-done": share, "satisfaction": share, "vacancy": share,
                           "staffing": st.floats(0.5, 1.2)}),
    min_size=1,
)  # fmt: skip


def figured(given_units: dict[str, dict[str, float]]) -> pl.DataFrame:
    return figures(**{unit: {**BEST, **each} for unit, each in given_units.items()})


@given(units)
def test_the_points_told_item_by_item_are_the_score(given_units):
    made = evaluate(SYSTEM, figured(given_units))
    for unit, side, score in made.to_frame().select("unit", "side", "score").iter_rows():
        own = made.items.filter((pl.col("unit") == unit) & (pl.col("side") == side))
        counted = own.filter(role="score")
        full, base = (sum(counted[name].to_list()) for name in ("points", "score"))
        assert score == pytest.approx(base / full * 100, abs=1e-6)


@given(units)
def test_every_point_lost_is_in_the_explanation(given_units):
    made = evaluate(SYSTEM, figured(given_units))
    for unit in given_units:
        text = made.explain(unit)
        titles = made.items.filter(unit=unit)["title"]
        assert all(title in text for title in titles)
        assert text.count("〔执行〕") + text.count("〔效益〕") == len(titles)


@given(units)
def test_the_order_of_the_figures_plays_no_part(given_units):
    data = figured(given_units)
    one, other = (evaluate(SYSTEM, each).to_frame().sort("unit", "side")
                  for each in (data, data.reverse()))  # fmt: skip
    assert one.equals(other)


@given(units)
def test_a_unit_of_another_class_changes_nobodys_score_or_rank(given_units):
    """同类之间才比较：a faultless unit of another class stands beside, not above."""
    classes = dict.fromkeys(given_units, "技术服务")
    before = evaluate(SYSTEM, figured(given_units), classes).to_frame()
    more = figured({**given_units, "外来": {}})
    after = evaluate(SYSTEM, more, {**classes, "外来": "监管服务"}).to_frame()
    assert after.filter(pl.col("unit") != "外来").equals(before)


@given(units)
def test_a_rank_is_one_more_than_those_ahead(given_units):
    made = evaluate(SYSTEM, figured(given_units)).to_frame()
    for row in made.iter_rows(named=True):
        ahead = made.filter((pl.col("side") == row["side"]) & (pl.col("score") > row["score"]))
        expected = ahead.height + 1 if len(given_units) >= SYSTEM.least_class else None
        assert row["rank"] == expected


@given(units, st.sampled_from(["duties-done", "satisfaction"]))
def test_doing_better_never_lowers_a_score(given_units, code):
    better = {unit: {**each, code: 1.0} for unit, each in given_units.items()}
    before, after = (evaluate(SYSTEM, figured(each)).to_frame()["score"]
                     for each in (given_units, better))  # fmt: skip
    assert (after >= before - 1e-9).all()


# --- 权重 ------------------------------------------------------------------------------------


@given(st.integers(0, 10**6), st.sampled_from([entropy, critic]))
def test_units_of_measure_play_no_part_in_weights_from_data(seed, method):
    """Per ten thousand or per hundred, in yuan or in 万元: the weights stay."""
    data = np.random.default_rng(seed).random((8, 3))
    one = method(("甲", "乙", "丙"), data)
    other = method(("甲", "乙", "丙"), data * [1, 100, 1e-4] + [0, 5, 9])
    assert other.values == pytest.approx(one.values, rel=1e-6)


@given(st.integers(0, 10**6), st.sampled_from([entropy, critic]))
def test_weights_follow_their_indicators_when_columns_change_place(seed, method):
    data = np.random.default_rng(seed).random((8, 3))
    one = method(("甲", "乙", "丙"), data).to_dict()
    other = method(("丙", "甲", "乙"), data[:, [2, 0, 1]]).to_dict()
    assert other == pytest.approx(one)


def test_judgements_in_another_order_give_the_same_weights():
    matrix = np.array([[1.0, 1 / 3, 5], [3, 1, 7], [1 / 5, 1 / 7, 1]])
    turn = [2, 0, 1]
    one = ahp(("甲", "乙", "丙"), matrix)
    other = ahp(("丙", "甲", "乙"), matrix[np.ix_(turn, turn)])
    assert other.to_dict() == pytest.approx(one.to_dict())
    assert other.consistency == pytest.approx(one.consistency)


@given(st.dictionaries(st.sampled_from("甲乙丙丁"), st.floats(0.1, 9), min_size=1))
def test_direct_weights_keep_their_proportions(weights):
    made = direct(weights).to_dict()
    first = next(iter(weights))
    assert sum(made.values()) == pytest.approx(1)
    for name, weight in weights.items():
        assert made[name] / made[first] == pytest.approx(weight / weights[first])


def test_a_unit_full_in_everything_is_firm_whatever_the_weights():
    made = evaluate(SYSTEM, figured({"甲": {}, "乙": {"satisfaction": 0.85, "duties-done": 0.4}}))
    found = sensitivity(made, spread=0.5, draws=300, seed=1).to_frame()
    best = found.filter(unit="甲")
    assert best["changed"].to_list() == [0, 0]
    assert best["low"].to_list() == best["high"].to_list() == [100, 100]
    lower, wider = (sensitivity(made, spread=spread, draws=300, seed=1).to_frame()
                    .filter(unit="乙", side="效益") for spread in (0.1, 0.5))  # fmt: skip
    assert wider["high"][0] - wider["low"][0] > lower["high"][0] - lower["low"][0]
