"""Non-radial efficiency: each input and each output may have its own room for improvement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from bianzhi.methods.dea.envelope import Envelope, own_scale
from bianzhi.methods.dea.errors import BadQuestion
from bianzhi.methods.dea.program import Program
from bianzhi.methods.dea.technology import Ints
from bianzhi.methods.dea.units import Floats, Units, choice

ORIENTATIONS = ("none", "in", "out")
NEAR = 1e-8


@dataclass(frozen=True, eq=False)
class NonRadial:
    """Scores of n units with what each measure could gain.

    Attributes:
        units, model: Who was scored, and by what, in words.
        scores: (n,) see the model; NaN where the program has no certain optimum.
        slacks: (n, m + s) excess of inputs and shortfall of outputs, each in its own unit.
        rows: (N,) the units that span the frontier. lambdas: (n, N) their weights.
    """

    units: Units
    model: str
    scores: Floats
    slacks: Floats
    rows: Ints
    lambdas: Floats

    @property
    def targets(self) -> tuple[Floats, Floats]:
        """(n, m) and (n, s) after all slack is gone."""
        m = len(self.units.input_names)
        return self.units.inputs - self.slacks[:, :m], self.units.outputs + self.slacks[:, m:]

    def to_frame(self) -> pl.DataFrame:
        """A row a unit: score, and the slack of each measure."""
        names = self.units.input_names + self.units.output_names
        return pl.DataFrame(
            {"单位": self.units.names, "得分": self.scores}
            | {f"{name}松弛": slack for name, slack in zip(names, self.slacks.T, strict=True)}
        )

    def summary(self) -> str:
        """The result in a few sentences."""
        clear = int(
            np.all(self.slacks <= NEAR * np.abs(self.slacks).max(initial=1.0), axis=1).sum()
        )
        lines = [f"{self.model}：{len(self.units)} 个单位，没有任何松弛的 {clear} 个。"]
        lines.append(f"得分平均 {np.nanmean(self.scores):.3f}。")
        return "\n".join([*lines, *self.units.notes])


def sbm(units: Units, *, rts: str = "crs", orientation: str = "none") -> NonRadial:
    """Slacks-based measure (Tone 2001): one less the mean relative excess, over one plus the mean
    relative shortfall.

    A zero input or output of the unit itself has no relative slack and is left out of the mean, as
    Tone proposes. "in" counts excess alone, "out" shortfall alone.

    Args:
        rts: A key of `technology.RETURNS`. orientation: "none", "in" or "out".
    """
    choice(orientation, ORIENTATIONS, "方向")
    scored = _each(units, rts, lambda envelope, x, y: _sbm(envelope, x, y, units, orientation))
    return NonRadial(units, f"松弛变量测度（SBM，{rts.upper()}）", *scored)


def russell(units: Units, *, rts: str = "crs", orientation: str = "in") -> NonRadial:
    """Russell measure: the mean of what each input could shrink to (Färe & Lovell 1978), or the
    inverse mean of what each output could grow to; "none" takes both (Pastor et al. 1999).

    It is the slacks-based measure by another road: θ_i = 1 - excess_i / input_i.
    """
    result = sbm(units, rts=rts, orientation=orientation)
    model = f"罗素测度（{rts.upper()}）"
    return NonRadial(units, model, result.scores, result.slacks, result.rows, result.lambdas)


def additive(units: Units, *, rts: str = "vrs", weights: str = "range") -> NonRadial:
    """Additive model (Charnes et al. 1985): the largest weighted sum of slacks.

    Args:
        weights: "range" divides by (m + s) times the range of each measure, and the score is one
            less the sum: RAM (Cooper, Park & Pastor 1999), in [0, 1] under variable returns.
            "mean" divides by the mean, "unit" not at all (and depends on units of measurement); the
            score is then the sum itself, zero when efficient.
    """
    choice(weights, ("range", "mean", "unit"), "权重")
    table = np.hstack([units.inputs, units.outputs])
    spread = table.max(axis=0) - table.min(axis=0)
    if weights == "range" and not spread.any():
        raise BadQuestion("所有单位的数据完全相同，没有极差可作权重。")
    per = {
        "range": np.divide(1, spread * table.shape[1], out=0 * spread, where=spread > 0),
        "mean": 1 / table.mean(axis=0),
        "unit": np.ones(table.shape[1]),
    }[weights]
    scored = _each(units, rts, lambda envelope, x, y: _additive(envelope, x, y, per, units))
    totals = scored[1] @ per
    scores = 1 - totals if weights == "range" else totals
    return NonRadial(units, f"加性模型（{rts.upper()}）", scores, *scored[1:])


Solved = tuple[float, Floats, Floats]


def _each(
    units: Units, rts: str, solve: Callable[[Envelope, Floats, Floats], Solved | None]
) -> tuple[Floats, Floats, Ints, Floats]:
    envelope = Envelope.of(units, rts)
    n, width = len(units), len(units.input_names) + len(units.output_names)
    scores, slacks = np.full(n, np.nan), np.full((n, width), np.nan)
    lambdas = np.full((n, len(envelope.rows)), np.nan)
    for row in range(n):
        solved = solve(envelope, units.inputs[row], units.outputs[row])
        if solved is not None:
            scores[row], slacks[row], lambdas[row] = solved
    return scores, slacks, envelope.rows, lambdas


def _sbm(envelope: Envelope, x: Floats, y: Floats, units: Units, orientation: str) -> Solved | None:
    """The fraction made linear by t (Charnes & Cooper 1962): columns t, Λ, S⁻, S⁺."""
    m, s, count = len(x), len(y), len(envelope.rows)
    if orientation == "out" and not y.any():
        return None
    by_x, by_y = own_scale(x, units.inputs.mean(axis=0)), own_scale(y, units.outputs.mean(axis=0))
    matrix = np.zeros((m + s + 2, 1 + count + m + s))
    matrix[:m, 0], matrix[m : m + s, 0] = -x / by_x, -y / by_y
    matrix[:m, 1 : 1 + count] = envelope.inputs / by_x[:, None]
    matrix[m : m + s, 1 : 1 + count] = envelope.outputs / by_y[:, None]
    matrix[: m + s, 1 + count :] = np.diag([1.0] * m + [-1.0] * s)
    excess = (x > 0) / max(1, (x > 0).sum()) * (orientation != "out")
    short = (y > 0) / max(1, (y > 0).sum()) * (orientation != "in")
    free = orientation == "out"  # maximise 1 + shortfall at t = 1 instead of fixing it
    matrix[m + s, 0] = matrix[m + s + 1, 0] = 1.0
    matrix[m + s, 1 + count + m :] = 0.0 if free else short
    matrix[m + s + 1, 1 : 1 + count] = -1.0
    cost = np.concatenate([[0.0 if free else 1.0], np.zeros(count), -excess, -short * free])
    low, high = envelope.sums
    program = Program(cost, matrix, [0.0] * (m + s) + [1.0, -high], [0.0] * (m + s) + [1.0, -low])
    if not program.solve():
        return None
    values, t = program.values, program.values[0]
    slacks = np.maximum(values[1 + count :] / t, 0.0) * np.concatenate([by_x, by_y])
    score = 1 / (1 - program.objective) if free else program.objective
    return score, slacks, values[1 : 1 + count] / t


def _additive(envelope: Envelope, x: Floats, y: Floats, per: Floats, units: Units) -> Solved | None:
    m, s, count = len(x), len(y), len(envelope.rows)
    scale = np.concatenate([units.inputs.mean(axis=0), units.outputs.mean(axis=0)])
    matrix = np.zeros((m + s + 1, count + m + s))
    matrix[: m + s, :count] = np.vstack([envelope.inputs, envelope.outputs]) / scale[:, None]
    matrix[: m + s, count:] = np.diag([1.0] * m + [-1.0] * s)
    matrix[m + s, :count] = 1.0
    point = np.concatenate([x, y]) / scale
    low, high = envelope.sums
    program = Program(
        np.concatenate([np.zeros(count), -per * scale]),
        matrix, [*point, 1 + low], [*point, 1 + high],
    )  # fmt: skip
    if not program.solve():
        return None
    values = program.values
    return -program.objective, np.maximum(values[count:], 0.0) * scale, values[:count]
