"""Scale efficiency and returns to scale: too small, too large, or the right size."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from bianzhi.methods.dea.radial import Radial, radial
from bianzhi.methods.dea.units import Floats, Units

SAME = 1e-6
RETURNS_WORDS = {
    "crs": "规模适当",
    "irs": "规模报酬递增（规模偏小）",
    "drs": "规模报酬递减（规模偏大）",
    "unknown": "无法判断",
}


@dataclass(frozen=True, eq=False)
class Scale:
    """Technical efficiency split into pure and scale efficiency.

    Attributes:
        crs, vrs, nirs: The three radial results.
        scale_efficiency: (n,) in (0, 1], technical efficiency = pure efficiency x scale efficiency.
        returns: "crs", "irs" (grow), "drs" (shrink), or "unknown" without a score, a unit.
    """

    crs: Radial
    vrs: Radial
    nirs: Radial
    scale_efficiency: Floats
    returns: tuple[str, ...]

    def to_frame(self) -> pl.DataFrame:
        """A row a unit."""
        return pl.DataFrame(
            {
                "单位": self.crs.units.names,
                "技术效率": self.crs.scores,
                "纯技术效率": self.vrs.scores,
                "规模效率": self.scale_efficiency,
                "规模报酬": [RETURNS_WORDS[each] for each in self.returns],
            }
        )

    def summary(self) -> str:
        """The result in a few sentences."""
        counts = "，".join(
            f"{words} {self.returns.count(key)} 个"
            for key, words in RETURNS_WORDS.items()
            if key in self.returns
        )
        mean = f"规模效率平均 {np.nanmean(self.scale_efficiency):.3f}：{counts}。"
        return "\n".join([mean, *self.crs.units.notes])


def scale(units: Units, *, orientation: str = "in", engine: str = "auto") -> Scale:
    """Scale efficiency and returns to scale (Färe, Grosskopf & Lovell 1985).

    A unit off the right size has increasing returns where the frontier of non-increasing returns is
    no closer to it than that of constant returns.
    """
    crs, vrs, nirs = (
        radial(units, rts=rts, orientation=orientation, engine=engine)
        for rts in ("crs", "vrs", "nirs")
    )
    ratio = crs.scores / vrs.scores if orientation == "in" else vrs.scores / crs.scores
    near = np.isclose(nirs.scores, crs.scores, rtol=SAME, atol=0.0)
    known = np.isfinite(ratio) & np.isfinite(nirs.scores)
    labels = np.where(near, "irs", "drs")
    labels = np.where(np.abs(ratio - 1) <= SAME, "crs", labels)
    labels = np.where(known, labels, "unknown")
    return Scale(crs, vrs, nirs, np.minimum(ratio, 1.0), tuple(labels.tolist()))
