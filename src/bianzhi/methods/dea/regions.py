"""Assurance regions: limits to how freely a unit may price its own inputs and outputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bianzhi.methods.dea.engine import radial_rays
from bianzhi.methods.dea.errors import BadQuestion
from bianzhi.methods.dea.radial import Radial, from_rays
from bianzhi.methods.dea.units import Floats, Units


@dataclass(frozen=True)
class Ratio:
    """At least `low` and at most `high` times as much weight on one measure as on another.

    Weights are prices: per post, per case. Two inputs or two outputs (type I), or one of each (II).
    """

    of: str
    to: str
    low: float | None = None
    high: float | None = None


def assured(
    units: Units,
    ratios: Sequence[Ratio],
    *,
    rts: str = "crs",
    orientation: str = "in",
    engine: str = "auto",
) -> Radial:
    """Radial efficiency with weight restrictions (Thompson et al. 1986).

    A limit on prices is a trade-off every unit may make (Podinovski 2004): low x `to` against `of`.
    Targets then include such trades, and are not a mix of real units alone.

    Raises:
        BadQuestion: A measure that does not exist, or limits that contradict each other.
    """
    rows = [row for ratio in ratios for row in _limits(units, ratio)]
    if not rows:
        raise BadQuestion("没有给出任何权重限制；不加限制请用 radial。")
    settled = radial_rays(
        units, units, rts, orientation, ratios=np.array(rows), slacks=False, engine=engine
    )
    return from_rays(units, units, rts, orientation, settled)


def _limits(units: Units, ratio: Ratio) -> list[Floats]:
    """Rows a with a·prices ≥ 0."""
    names = units.input_names + units.output_names
    for name in (ratio.of, ratio.to):
        if name not in names:
            raise BadQuestion(f"权重限制中的“{name}”不在投入产出之列。")
    if ratio.low is None and ratio.high is None:
        raise BadQuestion(f"“{ratio.of}”对“{ratio.to}”的权重之比没有写上限或下限。")
    low, high = ratio.low, ratio.high
    if (low is not None and low < 0) or (low is not None and high is not None and low > high):
        raise BadQuestion(f"“{ratio.of}”对“{ratio.to}”的权重之比下限为负或高于上限。")
    of, to = np.eye(len(names))[[names.index(ratio.of), names.index(ratio.to)]]
    return ([of - low * to] if low is not None else []) + (
        [high * to - of] if high is not None else []
    )
