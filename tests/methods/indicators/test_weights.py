"""Weights and how firm grades are under them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.methods.indicators import (
    IndicatorError,
    ahp,
    critic,
    direct,
    entropy,
    evaluate,
    sensitivity,
)
from bianzhi.methods.indicators.packs import parse
from tests.methods.indicators.test_scoring import FULL, SYSTEM, figures

NAMES = ("甲", "乙", "丙")


def test_ahp_of_a_textbook_matrix():
    """Three fruits (Teknomo's tutorial): λ = 3.0649, weights 0.279, 0.649, 0.072."""
    made = ahp(NAMES, np.array([[1.0, 1 / 3, 5], [3, 1, 7], [1 / 5, 1 / 7, 1]]))
    assert made.eigenvalue == pytest.approx(3.0649, abs=5e-5)
    assert made.values == pytest.approx([0.2790, 0.6491, 0.0719], abs=5e-5)
    assert made.consistency == pytest.approx(0.0649 / 2 / 0.52, abs=1e-3)
    assert "一致性比例" in made.summary()


@given(st.lists(st.floats(0.1, 10), min_size=1, max_size=9))
def test_consistent_judgements_give_back_their_weights(weights):
    matrix = np.divide.outer(weights, weights)
    made = ahp([str(k) for k in range(len(weights))], matrix)
    assert made.values == pytest.approx(np.array(weights) / sum(weights), rel=1e-6)
    assert made.consistency == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    ("matrix", "said"),
    [
        ([[1, 9, 1 / 9], [1 / 9, 1, 9], [9, 1 / 9, 1]], "前后矛盾"),
        ([[1, 2, 3], [2, 1, 1], [1 / 3, 1, 1]], "不互为倒数"),
        ([[1, 0, 3], [2, 1, 1], [1 / 3, 1, 1]], "大于 0"),
        ([[1, 2], [1 / 2, 1]], "应为 3×3"),
    ],
)
def test_judgements_that_make_no_sense_are_refused(matrix, said):
    with pytest.raises(IndicatorError, match=said):
        ahp(NAMES, matrix)


def test_entropy_by_hand():
    """甲 splits 1:0 (entropy 0), 乙 splits after scaling 1:0.5:0."""
    made = entropy(("甲", "乙"), [[1, 4], [0, 3], [0, 2]])
    third = -(2 / 3 * math.log(2 / 3) + 1 / 3 * math.log(1 / 3)) / math.log(3)
    assert made.values == pytest.approx(np.array([1, 1 - third]) / (2 - third))


def test_critic_by_hand():
    """甲 and 乙 say the same, 丙 the contrary: 丙 conflicts with two, each of them with one."""
    made = critic(NAMES, [[0, 0, 2], [1, 10, 1], [2, 20, 0]])
    assert made.values == pytest.approx([0.25, 0.25, 0.5])


@pytest.mark.parametrize("method", [entropy, critic])
def test_what_does_not_differ_has_no_weight(method):
    made = method(NAMES, [[1, 5, 3], [2, 5, 1], [4, 5, 2]])
    assert made.values[1] == 0
    assert made.values.sum() == pytest.approx(1)
    with pytest.raises(IndicatorError, match="没有差别"):
        method(NAMES, [[1, 1, 1], [1, 1, 1]])


def test_directions_matter_to_entropy():
    data = [[1, 4], [2, 3], [9, 2]]
    assert entropy(("甲", "乙"), data).values[0] != pytest.approx(
        entropy(("甲", "乙"), data, down=["甲"]).values[0]
    )


@pytest.mark.parametrize(
    ("data", "down", "said"),
    [
        ([[1, 2, 3]], (), "至少 2 个单位"),
        ([[1, 2, 3], [1, math.nan, 3]], (), "第 2 个单位的“乙”缺失"),
        ([[1, 2, 3], [1, 3, 3]], ("丁",), "没有这些指标：丁"),
    ],
)
def test_data_that_cannot_weigh_are_refused(data, down, said):
    with pytest.raises(IndicatorError, match=said):
        entropy(NAMES, data, down=down)


def test_direct_weights_add_up():
    assert direct({"甲": 3, "乙": 1}).to_dict() == {"甲": 0.75, "乙": 0.25}
    assert direct({"甲": 3, "乙": 1}).to_frame().height == 2
    for wrong in ({}, {"甲": 0}, {"甲": -1, "乙": 2}, {"甲": math.nan}):
        with pytest.raises(IndicatorError, match="不为负"):
            direct(wrong)


def test_a_grade_on_the_edge_changes_and_one_in_the_middle_does_not():
    """甲 scores 90 of 60+40 exactly on 优秀; 乙 is full in everything."""
    made = evaluate(parse(SYSTEM), figures(甲={**FULL, "rules": 3.0}, 乙=FULL))
    found = sensitivity(made, spread=0.2, draws=400, seed=1)
    shares = {(unit, side): changed for unit, side, _, changed, *_ in found.frame.iter_rows()}
    assert 0.3 < shares["甲", "执行"] < 0.7
    assert shares["乙", "执行"] == shares["甲", "效益"] == 0
    assert "1 项有 5% 以上" in found.summary()
    assert min(found.to_frame()["low"].to_list()) >= 85


def test_the_same_seed_gives_the_same_and_a_veto_stays():
    made = evaluate(parse(SYSTEM), figures(甲={**FULL, "rules": 3.0, "over": 1.0}))
    one, two = (sensitivity(made, spread=0.2, draws=50, seed=3) for _ in range(2))
    assert one.frame.equals(two.frame)
    assert one.frame["changed"].to_list() == [0, 0]


@pytest.mark.parametrize(("spread", "draws"), [(0, 10), (1, 10), (0.2, 0)])
def test_spreads_that_make_no_sense(spread, draws):
    made = evaluate(parse(SYSTEM), figures(甲=FULL))
    with pytest.raises(IndicatorError, match="权重浮动"):
        sensitivity(made, spread=spread, draws=draws, seed=1)
