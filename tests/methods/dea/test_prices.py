"""Models with prices: cost, cross-efficiency, assurance regions."""

from __future__ import annotations

import numpy as np
import pytest

from bianzhi.methods import dea
from tests.support.dea import SUMS, invented, minimise

# Both make one; A with 2 posts and 4 of money, B the other way round, C with 4 and 4.
UNITS = dea.Units.of([[2.0, 4.0], [4.0, 2.0], [4.0, 4.0]], [[1.0], [1.0], [1.0]], ["A", "B", "C"])


def test_cost_is_technical_times_allocative():
    result = dea.cost(UNITS, [3.0, 1.0])
    assert result.actual == pytest.approx([10, 14, 16])
    assert result.least == pytest.approx([10, 10, 10])
    assert result.technical == pytest.approx([1, 1, 0.75])
    assert result.cost == pytest.approx(result.technical * result.allocative)
    assert result.best[1] == pytest.approx([2, 4])
    assert "合计可省 10.00" in result.summary()
    assert result.to_frame()["最低成本"].to_list() == pytest.approx([10, 10, 10])


@pytest.mark.parametrize("rts", ["crs", "vrs"])
def test_least_cost_is_the_program_of_farrell(rts):
    units = invented(20, 3, 2, seed=1)
    prices = np.random.default_rng(1).uniform(1, 5, (20, 3))
    result = dea.cost(units, prices, rts=rts)
    for row in range(20):
        table = np.vstack([units.outputs.T, np.ones(20)])
        found = minimise(
            units.inputs @ prices[row], table,
            [*units.outputs[row], SUMS[rts][0]], [np.inf, np.inf, SUMS[rts][1]],
        )  # fmt: skip
        assert result.least[row] == pytest.approx(found, rel=1e-7)


@pytest.mark.parametrize("prices", [[1.0], [1.0, 0.0], [1.0, np.nan]])
def test_prices_must_be_whole_and_positive(prices):
    with pytest.raises(dea.BadData, match="价格"):
        dea.cost(UNITS, prices)


def test_cross_efficiency_punishes_the_one_sided():
    """A and B are each best in one thing; D is good in both and wins when others judge."""
    units = dea.Units.of(
        np.ones((4, 1)), [[10.0, 1.0], [1.0, 10.0], [6.5, 6.5], [3.0, 3.0]], ["A", "B", "D", "E"]
    )
    for goal in ("benevolent", "aggressive"):
        result = dea.cross(units, goal=goal)
        assert result.own == pytest.approx([1, 1, 1, 6 / 13])
        assert result.scores.argmax() == 2
        assert (result.table <= 1 + 1e-8).all()
        assert np.diag(result.table) == pytest.approx(result.own)
        assert result.maverick[0] > result.maverick[2]
    assert "居前：D" in result.summary()
    assert result.to_frame().shape == (4, 4)


def test_benevolent_is_kinder_than_aggressive():
    units = invented(15, 2, 2, seed=2)
    kind, harsh = (dea.cross(units, goal=goal).scores for goal in ("benevolent", "aggressive"))
    assert kind.mean() > harsh.mean()


def test_cross_needs_two_units_with_output():
    with pytest.raises(dea.BadQuestion, match="至少两个单位"):
        dea.cross(UNITS.take(np.array([0])))


def restricted(units, row, ratios):
    """Multiplier form with the limits as rows: max u·y, v·x = 1, u·y_j ≤ v·x_j, limits."""
    m, s = units.inputs.shape[1], units.outputs.shape[1]
    rows = [np.concatenate([units.inputs[row], np.zeros(s)])]
    rows += [*np.hstack([-units.inputs, units.outputs]), *(-np.array(ratios))]
    low = [1.0] + [-np.inf] * (len(rows) - 1)
    high = [1.0] + [0.0] * (len(rows) - 1)
    found = minimise(np.concatenate([np.zeros(m), -units.outputs[row]]), rows, low, high)
    return -found


def test_assurance_region_is_the_multiplier_program():
    units = invented(25, 2, 2, seed=3)
    limits = [dea.Ratio("投入1", "投入2", 0.5, 2.0), dea.Ratio("产出2", "产出1", low=0.8)]
    rows = [[1.0, -0.5, 0.0, 0.0], [-1.0, 2.0, 0.0, 0.0], [0.0, 0.0, -0.8, 1.0]]
    result = dea.assured(units, limits)
    wanted = [restricted(units, row, rows) for row in range(25)]
    assert result.scores == pytest.approx(np.array(wanted), abs=1e-7)
    assert (result.scores <= dea.radial(units, rts="crs").scores + 1e-9).all()


def test_a_limit_that_does_not_bind_changes_nothing():
    result = dea.assured(UNITS, [dea.Ratio("投入1", "投入2", 1e-9, 1e9)])
    assert result.scores == pytest.approx(dea.radial(UNITS, rts="crs").scores, abs=1e-6)


def test_a_post_is_worth_at_least_twice_the_money():
    """Then A, with few posts, is best, and B no longer."""
    result = dea.assured(UNITS, [dea.Ratio("投入1", "投入2", low=2.0)])
    assert result.scores == pytest.approx([1, 8 / 10, 8 / 12])


def test_the_compiled_engine_leaves_limits_to_the_exact_one():
    units = invented(300, 2, 1, seed=5)
    limits = [dea.Ratio("投入1", "投入2", 0.5, 2.0)]
    both = [dea.assured(units, limits, engine=each).scores for each in ("exact", "compiled")]
    assert both[0] == pytest.approx(both[1], abs=1e-9)


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ([], "没有给出任何权重限制"),
        ([dea.Ratio("投入9", "投入1", low=1)], "“投入9”不在投入产出之列"),
        ([dea.Ratio("投入1", "投入2")], "没有写上限或下限"),
        ([dea.Ratio("投入1", "投入2", 3.0, 2.0)], "下限为负或高于上限"),
    ],
)
def test_limits_that_make_no_sense(limits, said):
    with pytest.raises(dea.BadQuestion, match=said):
        dea.assured(UNITS, limits)
