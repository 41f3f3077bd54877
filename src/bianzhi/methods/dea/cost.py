"""Cost efficiency: the cheapest way to the same outputs, at given prices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import ArrayLike

from bianzhi.methods.dea.envelope import Envelope, own_scale
from bianzhi.methods.dea.errors import BadData
from bianzhi.methods.dea.program import FREE, Program
from bianzhi.methods.dea.radial import radial
from bianzhi.methods.dea.units import Floats, Units


@dataclass(frozen=True, eq=False)
class Cost:
    """Cost efficiency = technical efficiency x allocative efficiency.

    Attributes:
        units, rts: The model.
        actual, least: (n,) what the unit's inputs cost, and what its outputs could cost.
        cost, technical, allocative: (n,) in (0, 1].
        best: (n, m) the cheapest inputs.
    """

    units: Units
    rts: str
    actual: Floats
    least: Floats
    cost: Floats
    technical: Floats
    allocative: Floats
    best: Floats

    def to_frame(self) -> pl.DataFrame:
        """A row a unit."""
        best = {f"{n}最省": c for n, c in zip(self.units.input_names, self.best.T, strict=True)}
        return pl.DataFrame(
            {
                "单位": self.units.names,
                "成本": self.actual,
                "最低成本": self.least,
                "成本效率": self.cost,
                "技术效率": self.technical,
                "配置效率": self.allocative,
            }
            | best
        )

    def summary(self) -> str:
        """The result in a few sentences."""
        saved = float(np.nansum(self.actual - self.least))
        return "\n".join(
            [
                f"成本效率平均 {np.nanmean(self.cost):.3f}（技术 {np.nanmean(self.technical):.3f}，"
                f"配置 {np.nanmean(self.allocative):.3f}）；按最省的办法合计可省 {saved:,.2f}。",
                *self.units.notes,
            ]
        )


def cost(units: Units, prices: ArrayLike, *, rts: str = "vrs") -> Cost:
    """Farrell (1957); Färe, Grosskopf & Lovell (1985).

    Args:
        prices: (m,) of each input, or (n, m) where units pay differently; positive.

    Raises:
        BadData: Prices that are missing or not positive, or of another shape.
    """
    given = np.asarray(prices, dtype=np.float64)
    if given.shape not in (units.inputs.shape, units.inputs.shape[1:]):
        raise BadData(f"价格要与 {units.inputs.shape[1]} 项投入一一对应（或每个单位一行）。")
    if not (np.isfinite(given) & (given > 0)).all():
        raise BadData("价格有缺数或不为正，请补齐后再算成本效率。")
    paid = np.broadcast_to(given, units.inputs.shape)
    envelope = Envelope.of(units, rts)
    best = np.array(
        [
            _cheapest(envelope, units.outputs[row], paid[row], units.outputs.mean(axis=0))
            for row in range(len(units))
        ]
    )
    actual, least = (paid * units.inputs).sum(axis=1), (paid * best).sum(axis=1)
    technical = radial(units, rts=rts, slacks=False).scores
    with np.errstate(invalid="ignore", divide="ignore"):
        allocative = np.where(technical > 0, least / actual / technical, np.nan)
    return Cost(units, rts, actual, least, least / actual, technical, allocative, best)


def _cheapest(envelope: Envelope, y: Floats, prices: Floats, usual: Floats) -> Floats:
    costs = prices @ envelope.inputs
    by = own_scale(y, usual)
    matrix = np.vstack([envelope.outputs / by[:, None], np.ones(len(costs))])
    low, high = envelope.sums
    program = Program(
        costs / costs.mean(), matrix, [*(y / by), 1 + low], [FREE] * len(y) + [1 + high]
    )
    if not program.solve():
        return np.full(len(envelope.inputs), np.nan)
    best: Floats = envelope.inputs @ program.values
    return best
