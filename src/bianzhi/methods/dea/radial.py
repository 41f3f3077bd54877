"""Radial efficiency: by how much all inputs could shrink, or all outputs grow, at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bianzhi.methods.dea.engine import radial_rays
from bianzhi.methods.dea.errors import listed
from bianzhi.methods.dea.settled import INFEASIBLE, SETTLED, UNSURE, Settled
from bianzhi.methods.dea.technology import Ints
from bianzhi.methods.dea.units import Floats, Units, same_measures

ON_FRONTIER = 1e-8
"""A score this close to one, and relative slacks this small, are one and none."""

RTS_WORDS = {
    "crs": "规模报酬不变（CCR）",
    "vrs": "规模报酬可变（BCC）",
    "nirs": "规模报酬非递增（NIRS）",
    "ndrs": "规模报酬非递减（NDRS）",
    "fdh": "自由处置包（FDH）",
}
ORIENTATION_WORDS = {"in": "投入导向", "out": "产出导向"}


@dataclass(frozen=True, eq=False)
class Radial:
    """Scores of n units with their evidence.

    Attributes:
        units, reference: Who was scored, and against whom.
        rts, orientation: The model.
        scores: (n,) θ ≤ 1 of all inputs (in), or φ ≥ 1 of all outputs (out); NaN without a score.
        status: (n,) SETTLED, INFEASIBLE or UNSURE (no engine could certify a score).
        peers: (n, k) rows of `reference`, -1 for none. lambdas: (n, k) their weights.
        slacks: (n, m + s) the most excess and shortfall beside the radial change, each in its own
            unit; zero for what nobody can change. Their sum in means is unique, they may not be.
        multipliers: (n, m + s) the price of each measure at the unit's optimum; not unique.
    """

    units: Units
    reference: Units
    rts: str
    orientation: str
    scores: Floats
    status: Ints
    peers: Ints
    lambdas: Floats
    slacks: Floats
    multipliers: Floats

    @property
    def efficient(self) -> NDArray[np.bool_]:
        """(n,) on the frontier with no slack left."""
        values = np.hstack([self.units.inputs, self.units.outputs])
        allowed = ON_FRONTIER * np.maximum(values, values.mean(axis=0))
        found: NDArray[np.bool_] = self.on_frontier & np.all(self.slacks <= allowed, axis=1)
        return found

    @property
    def on_frontier(self) -> NDArray[np.bool_]:
        """(n,) a score of one, slack or not (weakly efficient)."""
        with np.errstate(invalid="ignore"):
            near: NDArray[np.bool_] = np.abs(self.scores - 1) <= ON_FRONTIER
        return near

    @property
    def targets(self) -> tuple[Floats, Floats]:
        """(n, m) and (n, s): what the peers, weighted, use and yield."""
        m = len(self.units.input_names)
        table = np.hstack([self.reference.inputs, self.reference.outputs])
        found = np.zeros((len(self.units), table.shape[1]))
        for peers, weights in zip(self.peers.T, self.lambdas.T, strict=True):
            found += weights[:, None] * table[peers]
        found[self.status != SETTLED] = np.nan
        return found[:, :m], found[:, m:]

    def peers_of(self, row: int) -> dict[str, float]:
        """Reference units of one unit and their weights, the heaviest first."""
        found = zip(self.peers[row].tolist(), self.lambdas[row].tolist(), strict=True)
        pairs = sorted(((weight, peer) for peer, weight in found if peer >= 0), reverse=True)
        return {self.reference.names[peer]: weight for weight, peer in pairs}

    def to_frame(self) -> pl.DataFrame:
        """A row a unit: score, efficient or not, peers, and target and slack of each measure."""
        inputs, outputs = self.targets
        columns: dict[str, object] = {
            "单位": self.units.names,
            "效率": self.scores,
            "有效": self.efficient,
            "参照单位": [list(self.peers_of(row)) for row in range(len(self.units))],
            "参照权重": [list(self.peers_of(row).values()) for row in range(len(self.units))],
        }
        names = self.units.input_names + self.units.output_names
        for name, target, slack in zip(
            names, np.hstack([inputs, outputs]).T, self.slacks.T, strict=True
        ):
            columns |= {f"{name}目标": target, f"{name}松弛": slack}
        return pl.DataFrame(columns)

    def summary(self) -> str:
        """The result in a few sentences."""
        names, scored = self.units.names, self.scores[np.isfinite(self.scores)]
        lines = [
            f"{RTS_WORDS[self.rts]}，{ORIENTATION_WORDS[self.orientation]}："
            f"{len(names)} 个单位，其中有效 {int(self.efficient.sum())} 个。"
        ]
        if scored.size:
            lines.append(
                f"效率平均 {scored.mean():.3f}，最低 {scored.min():.3f}，最高 {scored.max():.3f}。"
            )
        for status, why in ((INFEASIBLE, "无可行解"), (UNSURE, "数值上无法确认，不给分")):
            rows = np.flatnonzero(self.status == status)
            if rows.size:
                lines.append(f"{why}：{listed([names[row] for row in rows])}。")
        return "\n".join([*lines, *self.reference.notes])


def radial(
    units: Units,
    *,
    rts: str = "vrs",
    orientation: str = "in",
    fixed: tuple[str, ...] = (),
    against: Units | None = None,
    slacks: bool = True,
    engine: str = "auto",
) -> Radial:
    """Radial efficiency with two-stage slacks, peers and multipliers.

    Charnes, Cooper & Rhodes (1978) for constant, Banker, Charnes & Cooper (1984) for variable
    returns to scale. The second stage maximises the sum of slacks, each divided by the mean of its
    measure, so that no unit of measurement matters.

    Args:
        units: The units to be scored.
        rts: "crs" (CCR), "vrs" (BCC), "nirs" or "ndrs".
        orientation: "in" or "out".
        fixed: Measures nobody can change (Banker & Morey 1986).
        against: The units that span the frontier, where they are not the scored ones; a unit
            outside their frontier scores beyond one, or is infeasible.
        slacks: Whether to run the second stage.
        engine: "exact" (HiGHS), "compiled", or "auto" by the number of units; the scores agree.

    Raises:
        BadQuestion: No such model, or a unit that has nothing to change in this direction.
        BadData: `against` has other measures.
    """
    reference = units if against is None else against
    same_measures(reference, units)
    settled = radial_rays(reference, units, rts, orientation, fixed, slacks=slacks, engine=engine)
    return from_rays(units, reference, rts, orientation, settled)


def from_rays(
    units: Units, reference: Units, rts: str, orientation: str, settled: Settled
) -> Radial:
    """The result of a radial model from how far its rays went."""
    return Radial(
        units,
        reference,
        rts,
        orientation,
        1 - settled.beta if orientation == "in" else 1 + settled.beta,
        settled.status,
        settled.peers,
        settled.lambdas,
        settled.slacks,
        settled.multipliers,
    )
