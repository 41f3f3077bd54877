"""Super-efficiency: how far an efficient unit stands out from all the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bianzhi.methods.dea import exact
from bianzhi.methods.dea.engine import FEW, frontier
from bianzhi.methods.dea.errors import listed
from bianzhi.methods.dea.radial import ORIENTATION_WORDS, RTS_WORDS, radial
from bianzhi.methods.dea.settled import INFEASIBLE, SETTLED, Basic, unscaled
from bianzhi.methods.dea.technology import Ints, Problem, problem
from bianzhi.methods.dea.units import Floats, Units


@dataclass(frozen=True, eq=False)
class SuperEfficiency:
    """Scores without the unit's own example.

    Attributes:
        units, rts, orientation: The model.
        scores: (n,) above one (in) or below one (out) for units beyond the rest; NaN where
            infeasible or not certified.
        infeasible: (n,) no mix of the others can do what the unit does in this direction, however
            many inputs it had. That is a finding about the unit, not an error.
    """

    units: Units
    rts: str
    orientation: str
    scores: Floats
    infeasible: NDArray[np.bool_]

    def to_frame(self) -> pl.DataFrame:
        """A row a unit."""
        return pl.DataFrame(
            {"单位": self.units.names, "超效率": self.scores, "无可行解": self.infeasible}
        )

    def summary(self) -> str:
        """The result in a few sentences."""
        sign = 1.0 if self.orientation == "in" else -1.0
        order = np.argsort(-sign * np.nan_to_num(self.scores, nan=-sign * np.inf), kind="stable")
        first = "、".join(f"{self.units.names[row]} {self.scores[row]:.3f}" for row in order[:5])
        lines = [
            f"超效率，{RTS_WORDS[self.rts]}，{ORIENTATION_WORDS[self.orientation]}。居前：{first}。"
        ]
        rows = np.flatnonzero(self.infeasible)
        if rows.size:
            named = listed([self.units.names[row] for row in rows])
            lines.append(f"无可行解（其余单位怎样组合都做不到，无法排名，不是数据错误）：{named}。")
        return "\n".join([*lines, *self.units.notes])


def super_efficiency(
    units: Units, *, rts: str = "crs", orientation: str = "in", engine: str = "auto"
) -> SuperEfficiency:
    """Andersen & Petersen (1993); infeasible units are reported (Seiford & Zhu 1999).

    Raises:
        BadQuestion: As in `radial`; also where there is only one unit.
    """
    base = radial(units, rts=rts, orientation=orientation, slacks=False, engine=engine)
    scores, infeasible = base.scores.copy(), np.zeros(len(units), dtype=bool)
    rays = problem(units, units, rts, orientation)
    start = np.arange(len(units)) if len(units) <= FEW else frontier(units, rts)
    sign = 1.0 if orientation == "out" else -1.0
    for row in np.flatnonzero(~(np.abs(scores - 1) > 1e-7)):
        settled = without(rays, int(row), start)
        beta = unscaled(rays.of(np.array([row])), settled).beta[0]
        infeasible[row] = settled.status[0] == INFEASIBLE
        scores[row] = 1 + sign * beta
    return SuperEfficiency(units, rts, orientation, scores, infeasible)


def without(rays: Problem, row: int, start: Ints) -> Basic:
    """One unit against all others: first against some, then against those they overlook."""
    kept = start[start != row]
    while True:
        if not kept.size:
            kept = np.flatnonzero(np.arange(rays.columns.shape[1]) != row)[:1]
        settled = exact.settle(rays.against(kept), np.array([row]), slacks=False)
        if len(kept) >= rays.columns.shape[1] - 1:
            return settled
        if settled.status[0] != SETTLED:
            kept = np.flatnonzero(np.arange(rays.columns.shape[1]) != row)
            continue
        costs = settled.planes[0] @ rays.columns
        costs[row] = np.inf
        overlooked = np.setdiff1d(np.argsort(costs)[:50][np.sort(costs)[:50] < -1e-9], kept)
        if not overlooked.size:
            return settled
        kept = np.concatenate([kept, overlooked])
