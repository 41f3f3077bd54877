"""Outlier warning: units that may be wrong figures rather than good examples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bianzhi.methods.dea.errors import BadQuestion
from bianzhi.methods.dea.radial import radial
from bianzhi.methods.dea.superefficiency import super_efficiency
from bianzhi.methods.dea.technology import Ints
from bianzhi.methods.dea.units import Floats, Units


@dataclass(frozen=True, eq=False)
class Outliers:
    """Attributes:
    units, screen: What was asked.
    super_scores: (n,) super-efficiency, inputs; NaN where infeasible or not certified.
    influence: (n,) the share of the other units that are measured by this one.
    suspect: (n,) super-efficiency at or above the screen, or no comparison at all.
    """

    units: Units
    screen: float
    super_scores: Floats
    influence: Floats
    suspect: NDArray[np.bool_]

    def to_frame(self) -> pl.DataFrame:
        """A row a unit."""
        return pl.DataFrame(
            {
                "单位": self.units.names,
                "超效率": self.super_scores,
                "影响面": self.influence,
                "需核实": self.suspect,
            }
        )

    def summary(self) -> str:
        """Who should be checked first, the most influential before the others."""
        order = np.argsort(-self.influence, kind="stable")
        rows = [row for row in order if self.suspect[row]]
        lines = [self._sentence(int(row)) for row in rows]
        return "\n".join([*(lines or ["没有发现明显的异常单位。"]), *self.units.notes])

    def _sentence(self, row: int) -> str:
        score = self.super_scores[row]
        why = "没有单位可比" if np.isnan(score) else f"比其余单位的前沿高出 {score - 1:.0%}"
        return (
            f"{self.units.names[row]}{why}，{self.influence[row]:.0%} 的其他单位以它为参照："
            "请先核实其数据，并与去掉它的结果对照。"
        )


def outliers(
    units: Units, *, rts: str = "crs", screen: float = 1.6, engine: str = "auto"
) -> Outliers:
    """Super-efficiency screen of Banker & Gifford (1988; Banker & Chang 2006, screens 1.2 to 2.5).

    Args:
        screen: From which super-efficiency on a unit is suspect; above one.
    """
    if not screen > 1:
        raise BadQuestion("异常门槛要大于 1，例如 1.6。")
    beyond = super_efficiency(units, rts=rts, engine=engine)
    base = radial(units, rts=rts, slacks=False, engine=engine)
    influence = _served(base.peers, base.lambdas) / max(1, len(units) - 1)
    with np.errstate(invalid="ignore"):
        suspect = (beyond.scores >= screen) | beyond.infeasible
    return Outliers(units, screen, beyond.scores, influence, suspect)


def _served(peers: Ints, lambdas: Floats) -> Floats:
    """(n,) how many other units have each unit among their peers."""
    rows, places = np.nonzero(lambdas > 0)
    pairs = set(zip(rows.tolist(), peers[rows, places].tolist(), strict=True))
    served = [peer for row, peer in pairs if row != peer]
    return np.bincount(np.array(served, dtype=np.int64), minlength=len(peers)).astype(np.float64)
