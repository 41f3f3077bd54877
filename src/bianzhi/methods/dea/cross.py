"""Cross-efficiency: each unit is also judged by the prices that suit the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from bianzhi.methods.dea.errors import BadQuestion
from bianzhi.methods.dea.program import FREE, Program
from bianzhi.methods.dea.radial import radial
from bianzhi.methods.dea.units import Floats, Units, choice

GOALS = ("benevolent", "aggressive")
SLIP = 1e-9


@dataclass(frozen=True, eq=False)
class Cross:
    """Attributes:
    units, goal: The model.
    own: (n,) constant-returns efficiency at one's own prices.
    table: (n, n) row k, column j: unit j at the prices of unit k.
    scores: (n,) the mean of each column.
    """

    units: Units
    goal: str
    own: Floats
    table: Floats
    scores: Floats

    @property
    def maverick(self) -> Floats:
        """(n,) how far own judgement stands above that of the others (Doyle & Green 1994)."""
        others = (self.table.sum(axis=0) - self.own) / (len(self.own) - 1)
        index: Floats = (self.own - others) / others
        return index

    def to_frame(self) -> pl.DataFrame:
        """A row a unit."""
        return pl.DataFrame(
            {
                "单位": self.units.names,
                "自评效率": self.own,
                "交叉效率": self.scores,
                "自评偏高": self.maverick,
            }
        )

    def summary(self) -> str:
        """The result in a few sentences."""
        order = np.argsort(-self.scores, kind="stable")[:5]
        first = "、".join(f"{self.units.names[row]} {self.scores[row]:.3f}" for row in order)
        return "\n".join([f"交叉效率居前：{first}。", *self.units.notes])


def cross(units: Units, *, goal: str = "benevolent") -> Cross:
    """Sexton, Silkman & Hogan (1986), prices made unique by the secondary goal of Doyle & Green
    (1994): among a unit's best prices those that show the sum of the others at its best
    ("benevolent") or at its worst ("aggressive"). Constant returns, input orientation.

    Raises:
        BadQuestion: A unit without any output has no prices to judge by.
    """
    choice(goal, GOALS, "次目标")
    if len(units) < 2 or not units.outputs.any(axis=1).all():
        raise BadQuestion("交叉评价要求至少两个单位，且每个单位都有产出。")
    x, y = units.inputs / units.inputs.mean(axis=0), units.outputs / units.outputs.mean(axis=0)
    own = radial(units, rts="crs", slacks=False).scores
    table = np.array([_judged(x, y, k, own[k], goal) for k in range(len(units))])
    np.fill_diagonal(table, own)
    return Cross(units, goal, own, table, table.mean(axis=0))


def _judged(x: Floats, y: Floats, k: int, own: float, goal: str) -> Floats:
    """All units at the prices of one: max or min u·ΣY with v·ΣX = 1 and its own score kept."""
    (n, m), s = x.shape, y.shape[1]
    others = np.arange(n) != k
    matrix = np.vstack(
        [
            np.hstack([-x, y]) / np.hstack([x, y]).max(axis=1, keepdims=True),
            np.concatenate([x[others].sum(axis=0), np.zeros(s)]),
            np.concatenate([-own * x[k], y[k]]) / max(x[k].max(), y[k].max()),
        ]
    )
    sign = -1.0 if goal == "benevolent" else 1.0
    program = Program(
        sign * np.concatenate([np.zeros(m), y[others].sum(axis=0)]),
        matrix, [-FREE] * n + [1.0, -SLIP], [0.0] * n + [1.0, SLIP],
    )  # fmt: skip
    if not program.solve():
        return np.full(n, np.nan)
    v, u = program.values[:m], program.values[m:]
    scores: Floats = (y @ u) / (x @ v)
    return scores
