"""An independent linear program for each model, written as in the papers: no shared code."""

from __future__ import annotations

import highspy
import numpy as np

from bianzhi.methods.dea import Units

SUMS = {"crs": (0.0, np.inf), "vrs": (1.0, 1.0), "nirs": (0.0, 1.0), "ndrs": (1.0, np.inf)}


def minimise(cost, rows, low, high, at_least=None) -> float:
    """The optimum of min cost·x, low ≤ rows·x ≤ high."""
    rows = np.asarray(rows, dtype=float)
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    for option in ("primal_feasibility_tolerance", "dual_feasibility_tolerance"):
        model.setOptionValue(option, 1e-10)
    least = np.zeros(rows.shape[1]) if at_least is None else np.asarray(at_least, dtype=float)
    for price, bound in zip(np.asarray(cost, dtype=float), least, strict=True):
        model.addCol(price, bound, np.inf, 0, np.array([], dtype=np.int32), np.array([]))
    places = np.arange(rows.shape[1], dtype=np.int32)
    for row, least_row, most_row in zip(rows, low, high, strict=True):
        model.addRow(least_row, most_row, len(places), places, row)
    model.run()
    assert model.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(model.getObjectiveValue())


def radial_score(units: Units, row: int, rts: str, orientation: str) -> float:
    """θ or φ of one unit; columns divided by their means, rows by the unit's own figure."""
    x, y = units.inputs / units.inputs.mean(axis=0), units.outputs / units.outputs.mean(axis=0)
    own_x, own_y = np.where(x[row] > 0, x[row], 1.0), np.where(y[row] > 0, y[row], 1.0)
    x, y = x / own_x, y / own_y
    inward = orientation == "in"
    use = np.column_stack([-x[row] if inward else 0 * x[row], x.T])
    make = np.column_stack([0 * y[row] if inward else -y[row], y.T])
    rows = np.vstack([use, make, [0.0] + [1.0] * len(x)])
    low = [*([-np.inf] * x.shape[1]), *(y[row] if inward else 0 * y[row]), SUMS[rts][0]]
    high = [*(0 * x[row] if inward else x[row]), *([np.inf] * y.shape[1]), SUMS[rts][1]]
    cost = np.zeros(1 + len(x))
    cost[0] = 1.0 if inward else -1.0
    return abs(minimise(cost, rows, low, high))


def most_slack(units: Units, row: int, rts: str, theta: float, phi: float) -> float:
    """The largest sum of slacks, in means, of one unit after its radial change."""
    x, y = units.inputs / units.inputs.mean(axis=0), units.outputs / units.outputs.mean(axis=0)
    n, m, s = len(x), x.shape[1], y.shape[1]
    rows = np.zeros((m + s + 1, n + m + s))
    rows[:m, :n], rows[m : m + s, :n], rows[-1, :n] = x.T, y.T, 1.0
    rows[: m + s, n:] = np.diag([1.0] * m + [-1.0] * s)
    point = [*(theta * x[row]), *(phi * y[row])]
    cost = [*([0.0] * n), *([-1.0] * (m + s))]
    return -minimise(cost, rows, [*point, SUMS[rts][0]], [*point, SUMS[rts][1]])


def invented(n: int, m: int, s: int, seed: int, *, scale: float = 1.0) -> Units:
    """Units of a Cobb-Douglas world with half-normal inefficiency; no two alike."""
    chance = np.random.default_rng(seed)
    inputs = chance.lognormal(0, 0.6, (n, m))
    total = np.exp(np.log(inputs) @ chance.dirichlet(np.full(m, 3.0)))
    mix = chance.dirichlet(np.full(s, 3.0), n)
    mix /= np.linalg.norm(mix, axis=1, keepdims=True)
    outputs = mix * (total * np.exp(-np.abs(chance.normal(0, 0.3, n))))[:, None]
    return Units.of(inputs * scale, outputs / scale)


def awkward(n: int, m: int, s: int, seed: int) -> Units:
    """Small whole numbers: ties, twins, zeros, units in a straight line."""
    chance = np.random.default_rng(seed)
    inputs = chance.integers(0, 5, (n, m)).astype(float)
    inputs[~inputs.any(axis=1), 0] = 1.0
    outputs = chance.integers(0, 4, (n, s)).astype(float)
    outputs[~outputs.any(axis=1), 0] = 1.0
    inputs[n // 2], outputs[n // 2] = inputs[0], outputs[0]
    inputs[1], outputs[1] = 2 * inputs[0], 2 * outputs[0]
    inputs[2] += ~inputs.any(axis=0)  # no measure that is nothing at all
    outputs[2] += ~outputs.any(axis=0)
    return Units.of(inputs, outputs)
