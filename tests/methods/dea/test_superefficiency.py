"""Who stands out, who cannot be compared, and who may be a typing error."""

from __future__ import annotations

import numpy as np
import pytest

from bianzhi.methods import dea
from bianzhi.methods.dea.superefficiency import without
from bianzhi.methods.dea.technology import problem
from tests.support.dea import awkward, invented, radial_score

UNITS = dea.Units.of([[1.0], [2.0], [4.0]], [[1.0], [4.0], [4.0]], ["A", "B", "C"])


def test_the_best_scores_beyond_one():
    result = dea.super_efficiency(UNITS, rts="crs")
    assert result.scores == pytest.approx([0.5, 2.0, 0.5])
    assert "居前：B 2.000" in result.summary()


def test_infeasible_is_reported_not_hidden():
    """Without B nobody makes 4 of two; without A nobody uses as little as one."""
    inward = dea.super_efficiency(UNITS, rts="vrs")
    assert inward.scores[1] == pytest.approx(2.0)
    outward = dea.super_efficiency(UNITS, rts="vrs", orientation="out")
    assert outward.infeasible.tolist() == [True, False, False]
    assert np.isnan(outward.scores[0])
    assert "不是数据错误）：A" in outward.summary()
    assert outward.to_frame()["无可行解"].to_list() == [True, False, False]


@pytest.mark.parametrize("rts", ["crs", "vrs"])
def test_equal_to_a_program_without_the_unit(rts):
    for units in (invented(25, 2, 2, seed=1), awkward(10, 2, 1, seed=5)):
        result = dea.super_efficiency(units, rts=rts)
        for row in np.flatnonzero(np.isfinite(result.scores)):
            rest = np.flatnonzero(np.arange(len(units)) != row)
            alone = dea.radial(units.take(np.array([row])), against=units.take(rest), rts=rts)
            assert result.scores[row] == pytest.approx(alone.scores[0], abs=1e-8)


def test_inefficient_units_keep_their_score():
    units = invented(30, 2, 2, seed=2)
    scores = dea.super_efficiency(units).scores
    wanted = [radial_score(units, row, "crs", "in") for row in range(30)]
    assert np.minimum(scores, 1) == pytest.approx(np.array(wanted), abs=1e-8)


def test_who_was_hidden_behind_the_best_is_found():
    """Of many units the frontier alone is not enough: behind it others come forward."""
    units = invented(400, 2, 2, seed=3)
    rays = problem(units, units, "crs", "in")
    everyone = np.arange(400)
    efficient = np.flatnonzero(dea.radial(units, rts="crs").on_frontier)
    for row in efficient[:8]:
        short, whole = without(rays, int(row), efficient), without(rays, int(row), everyone)
        assert short.beta[0] == pytest.approx(whole.beta[0], abs=1e-9)


def test_a_typing_error_is_pointed_at():
    """One unit with ten times the output of its like: everybody is measured by it."""
    base = invented(60, 2, 1, seed=4)
    outputs = base.outputs.copy()
    outputs[17] *= 10
    result = dea.outliers(dea.Units.of(base.inputs, outputs))
    assert result.suspect[17]
    assert result.influence[17] > 0.9
    assert result.summary().startswith("18比其余单位的前沿高出")
    assert "请先核实其数据" in result.summary()
    assert result.to_frame()["需核实"][17]


def test_ordinary_data_raise_no_alarm():
    result = dea.outliers(invented(60, 2, 1, seed=4), screen=2.5)
    assert not result.suspect.any()
    assert "没有发现明显的异常单位" in result.summary()
    with pytest.raises(dea.BadQuestion, match="异常门槛"):
        dea.outliers(UNITS, screen=0.9)


def test_nobody_to_compare_with_is_suspect_too():
    units = dea.Units.of(
        [[1.0, 0.0], [1.0, 1.0], [1.0, 1.0]], [[1.0], [1.0], [1.0]], ["A", "B", "C"]
    )
    result = dea.outliers(units)
    assert result.suspect.tolist() == [True, False, False]
    assert "A没有单位可比" in result.summary()
