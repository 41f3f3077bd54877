"""Radial results as a reader meets them: a worked example, peers, targets, fixed inputs."""

from __future__ import annotations

import numpy as np
import pytest

from bianzhi.methods import dea
from bianzhi.methods.dea.settled import INFEASIBLE

# One input, one output, on paper: A (2, 1), B (4, 4), C (8, 6) are efficient; D is not.
UNITS = dea.Units.of(
    [[2.0], [4.0], [8.0], [6.0]], [[1.0], [4.0], [6.0], [2.5]], ["A", "B", "C", "D"]
)


def test_the_worked_example():
    """D lies halfway up between A and B: 3 would do, 6 are used."""
    result = dea.radial(UNITS, rts="vrs")
    assert result.scores == pytest.approx([1, 1, 1, 0.5])
    assert result.efficient.tolist() == [True, True, True, False]
    assert result.peers_of(3) == pytest.approx({"A": 0.5, "B": 0.5})
    inputs, outputs = result.targets
    assert (inputs[3, 0], outputs[3, 0]) == pytest.approx((3, 2.5))


def test_output_orientation_asks_for_more_service():
    result = dea.radial(UNITS, rts="vrs", orientation="out")
    assert result.scores[3] == pytest.approx(2.0)  # 5 with 6 posts, against 2.5
    assert result.targets[1][3, 0] == pytest.approx(5.0)


def test_constant_returns_turn_one_into_the_inverse_of_the_other():
    inward = dea.radial(UNITS, rts="crs")
    outward = dea.radial(UNITS, rts="crs", orientation="out")
    assert outward.scores == pytest.approx(1 / inward.scores)


def test_on_the_frontier_with_slack_is_not_efficient():
    """B makes the same as A with as little of one input, and more of the other."""
    units = dea.Units.of([[2.0, 3.0], [2.0, 5.0]], [[1.0], [1.0]], ["A", "B"])
    result = dea.radial(units, rts="vrs")
    assert result.on_frontier.tolist() == [True, True]
    assert result.efficient.tolist() == [True, False]
    assert result.slacks[1] == pytest.approx([0, 2, 0])


def test_multipliers_are_prices_that_explain_the_score():
    result = dea.radial(UNITS, rts="crs")
    v, u = result.multipliers[:, 0], result.multipliers[:, 1]
    assert v * UNITS.inputs[:, 0] == pytest.approx(np.ones(4))
    assert u * UNITS.outputs[:, 0] == pytest.approx(result.scores)


def test_what_nobody_can_change_bounds_the_comparison_only():
    """Residents served are given: B is judged by its posts among those with no more residents."""
    units = dea.Units.of(
        [[4.0, 10.0], [6.0, 10.0], [2.0, 50.0]], [[1.0], [1.0], [1.0]], ["A", "B", "C"]
    )
    free = dea.radial(units, rts="vrs", fixed=("投入2",))
    assert free.scores == pytest.approx([1, 4 / 6, 1])
    assert free.slacks[1, 1] == 0.0
    assert dea.radial(units, rts="vrs").scores[1] == pytest.approx(1.0)


def test_against_others_a_unit_may_score_beyond_one_or_have_no_comparison():
    better = dea.Units.of([[1.0], [1.0]], [[2.0], [9.0]], ["E", "F"])
    result = dea.radial(better, against=UNITS, rts="vrs")
    assert result.scores[0] == pytest.approx(8 / 3)
    assert np.isnan(result.scores[1])
    assert result.status[1] == INFEASIBLE
    assert "无可行解：F" in result.summary()


def test_frame_and_summary():
    frame = dea.radial(UNITS, rts="vrs").to_frame()
    assert frame["单位"].to_list() == ["A", "B", "C", "D"]
    assert frame["投入1目标"].to_list() == pytest.approx([2, 4, 8, 3])
    assert sorted(frame["参照单位"].to_list()[3]) == ["A", "B"]
    words = dea.radial(UNITS, rts="vrs").summary()
    assert "规模报酬可变（BCC），投入导向：4 个单位，其中有效 3 个" in words
    assert "最低 0.500" in words


def test_a_single_unit_is_its_own_best():
    result = dea.radial(UNITS.take(np.array([3])), rts="vrs")
    assert result.scores == pytest.approx([1.0])
