"""SBM, Russell, additive: against the papers' figures and programs written another way."""

from __future__ import annotations

import numpy as np
import pytest

from bianzhi.methods import dea
from bianzhi.methods.dea.envelope import Envelope
from tests.support.dea import SUMS, awkward, invented, minimise

# Tone (2001), EJOR 130, p. 505
TONE = dea.Units.of(
    [[4.0, 3.0], [6.0, 3.0], [8.0, 1.0], [8.0, 1.0], [2.0, 4.0]],
    [[2.0, 3.0], [2.0, 3.0], [6.0, 2.0], [6.0, 1.0], [1.0, 4.0]],
)


def test_figures_of_the_paper():
    result = dea.sbm(TONE)
    assert result.scores == pytest.approx([0.798, 0.568, 1, 0.667, 1], abs=6e-4)
    assert result.slacks[3] == pytest.approx([0, 0, 0, 1], abs=1e-9)


@pytest.mark.parametrize("rts", ["crs", "vrs"])
def test_never_above_the_radial_score(rts):
    """Tone's theorem, and one only where radial efficiency has no slack."""
    units = invented(30, 2, 2, seed=1)
    radial, free = dea.radial(units, rts=rts), dea.sbm(units, rts=rts)
    assert (free.scores <= radial.scores + 1e-8).all()
    assert ((free.scores > 1 - 1e-7) == radial.efficient).all()


def test_zeros_of_its_own_are_left_out_of_the_mean():
    units = dea.Units.of([[2.0, 0.0], [4.0, 0.0], [1.0, 5.0]], [[1.0], [1.0], [1.0]])
    result = dea.sbm(units, rts="vrs", orientation="in")
    assert result.scores[1] == pytest.approx(0.5)


def test_units_of_measurement_do_not_matter():
    factors = np.array([1e6, 1e-3])
    other = dea.Units.of(TONE.inputs * factors, TONE.outputs / factors)
    for orientation in ("none", "in", "out"):
        mine, theirs = (dea.sbm(each, orientation=orientation).scores for each in (TONE, other))
        assert theirs == pytest.approx(mine, abs=1e-8)


def russell_program(units, row, rts, inward):
    """Färe & Lovell as written: a factor for each measure, no slacks."""
    own, k = (
        (units.inputs, units.inputs.shape[1]) if inward else (units.outputs, units.outputs.shape[1])
    )
    n, m, s = len(units), units.inputs.shape[1], units.outputs.shape[1]
    rows = np.zeros((m + s + 1, n + k))
    rows[:m, :n], rows[m : m + s, :n], rows[-1, :n] = units.inputs.T, units.outputs.T, 1.0
    place = np.arange(k) + (0 if inward else m)
    rows[place, n + np.arange(k)] = -own[row]
    low = [*([-np.inf] * m), *(units.outputs[row] if inward else [0.0] * s), SUMS[rts][0]]
    high = [*([0.0] * m if inward else units.inputs[row]), *([np.inf] * s), SUMS[rts][1]]
    bounds = np.zeros(n + k)
    bounds[n:] = 0.0 if inward else 1.0
    if inward:
        rows = np.vstack([rows, np.hstack([np.zeros((k, n)), np.eye(k)])])
        low, high = [*low, *([0.0] * k)], [*high, *([1.0] * k)]
    sign = 1.0 if inward else -1.0
    found = minimise([*([0.0] * n), *([sign / k] * k)], rows, low, high, bounds)
    return found if inward else -1 / found


@pytest.mark.parametrize("rts", ["crs", "vrs", "nirs", "ndrs"])
@pytest.mark.parametrize("orientation", ["in", "out"])
def test_russell_is_the_program_of_its_paper(rts, orientation):
    units = invented(15, 2, 2, seed=2)
    scores = dea.russell(units, rts=rts, orientation=orientation).scores
    wanted = [russell_program(units, row, rts, orientation == "in") for row in range(15)]
    assert scores == pytest.approx(np.array(wanted), abs=1e-7)


def test_additive_agrees_on_who_is_efficient():
    for seed in range(6):
        units = awkward(12, 2, 2, seed)
        efficient = dea.radial(units, rts="vrs").efficient
        for weights in ("range", "mean", "unit"):
            result = dea.additive(units, weights=weights)
            clear = np.abs(result.scores - (1.0 if weights == "range" else 0.0)) < 1e-7
            assert (clear == efficient).all()


def test_additive_by_hand():
    """C uses 2 and 1 more than A for the same: ranges are 2 and 2, three measures."""
    units = dea.Units.of(
        [[1.0, 2.0], [3.0, 1.0], [3.0, 3.0]], [[1.0], [1.0], [1.0]], ["A", "B", "C"]
    )
    result = dea.additive(units, weights="unit")
    assert result.scores == pytest.approx([0, 0, 3])
    assert dea.additive(units).scores[2] == pytest.approx(1 - (2 / 2 + 1 / 2) / 3)


def test_targets_frame_and_words():
    result = dea.sbm(TONE)
    inputs, outputs = result.targets
    weights = result.lambdas
    assert weights @ TONE.inputs[result.rows] == pytest.approx(inputs, abs=1e-8)
    assert weights @ TONE.outputs[result.rows] == pytest.approx(outputs, abs=1e-8)
    assert result.to_frame().columns[:2] == ["单位", "得分"]
    assert "5 个单位，没有任何松弛的 2 个" in result.summary()


def test_questions_that_make_no_sense():
    with pytest.raises(dea.BadQuestion, match="方向“both”不存在"):
        dea.sbm(TONE, orientation="both")
    with pytest.raises(dea.BadQuestion, match="权重“sd”不存在"):
        dea.additive(TONE, weights="sd")
    same = dea.Units.of([[1.0], [1.0]], [[1.0], [1.0]])
    with pytest.raises(dea.BadQuestion, match="没有极差"):
        dea.additive(same)


def test_thousands_are_measured_against_the_frontier_alone():
    units = invented(2_100, 2, 1, seed=3)
    rows = np.arange(0, 2_100, 300)
    result = Envelope.of(units, "vrs")
    assert len(result.rows) < 300
    few = dea.sbm(units.take(np.unique(np.concatenate([result.rows, rows]))), rts="vrs")
    assert (few.scores <= 1 + 1e-9).all()
