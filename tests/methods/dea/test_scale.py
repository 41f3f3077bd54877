"""Scale efficiency, returns to scale and the free disposal hull."""

from __future__ import annotations

import numpy as np
import pytest

from bianzhi.methods import dea
from tests.support.dea import invented

# A too small, B right, C too large, D right and wasteful.
UNITS = dea.Units.of(
    [[1.0], [2.0], [6.0], [4.0]], [[0.5], [2.0], [4.0], [2.0]], ["A", "B", "C", "D"]
)


def test_too_small_right_too_large():
    result = dea.scale(UNITS)
    assert result.returns == ("irs", "crs", "drs", "crs")
    assert result.scale_efficiency == pytest.approx([0.5, 1, 2 / 3, 1])
    assert result.crs.scores == pytest.approx(result.vrs.scores * result.scale_efficiency)


def test_output_orientation_splits_the_same_way():
    result = dea.scale(UNITS, orientation="out")
    assert (result.scale_efficiency <= 1).all()
    assert result.returns[0] == "irs"
    assert result.returns[2] == "drs"


def test_words():
    result = dea.scale(UNITS)
    assert "规模适当 2 个，规模报酬递增（规模偏小） 1 个" in result.summary()
    assert result.to_frame()["规模报酬"][2] == "规模报酬递减（规模偏大）"


def test_returns_agree_with_the_multipliers_of_the_size():
    """Where scale is efficient, constant and variable returns give one score."""
    result = dea.scale(invented(80, 2, 1, seed=3))
    right = np.array(result.returns) == "crs"
    assert result.crs.scores[right] == pytest.approx(result.vrs.scores[right], abs=1e-5)
    assert set(result.returns) <= {"crs", "irs", "drs"}


def by_hand(units, orientation):
    """The definition, unit by unit."""
    found = []
    for x, y in zip(units.inputs, units.outputs, strict=True):
        if orientation == "in":
            able = (units.outputs >= y).all(axis=1)
            found.append((units.inputs[able] / x).max(axis=1).min())
        else:
            able = (units.inputs <= x).all(axis=1)
            found.append((units.outputs[able] / y).min(axis=1).max())
    return np.array(found)


@pytest.mark.parametrize("orientation", ["in", "out"])
def test_free_disposal_hull_by_its_definition(orientation):
    units = invented(120, 2, 2, seed=6)
    result = dea.fdh(units, orientation=orientation)
    assert result.scores == pytest.approx(by_hand(units, orientation))
    assert (result.lambdas == 1).all()
    better = units.take(result.peers[:, 0])
    if orientation == "in":
        assert (better.outputs >= units.outputs).all()
        assert (better.inputs <= result.scores[:, None] * units.inputs * (1 + 1e-9)).all()


def test_free_disposal_hull_names_a_unit_that_exists():
    result = dea.fdh(UNITS)
    assert result.peers_of(3) == {"B": 1.0}
    assert result.scores == pytest.approx([1, 1, 1, 0.5])
    assert "自由处置包" in result.summary()


def test_free_disposal_hull_with_zeros_and_among_equals():
    """A uses none of the second input: only who uses none either compares. Twins: most slack."""
    units = dea.Units.of([[2.0, 0.0], [1.0, 3.0], [2.0, 0.0]], [[1.0, 0.0], [1.0, 0.0], [1.0, 1.0]])
    result = dea.fdh(units)
    assert result.scores == pytest.approx([1, 1, 1])
    assert result.peers_of(0) == {"3": 1.0}
    assert result.efficient.tolist() == [False, True, True]


def test_free_disposal_hull_against_others_may_find_nobody():
    result = dea.fdh(dea.Units.of([[1.0]], [[99.0]], ["E"]), against=UNITS)
    assert np.isnan(result.scores[0])
    assert "无可行解：E" in result.summary()
