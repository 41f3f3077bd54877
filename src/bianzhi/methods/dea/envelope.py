"""The frontier as plain tables, for models that are one program a unit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bianzhi.methods.dea.engine import FEW, frontier
from bianzhi.methods.dea.program import FREE
from bianzhi.methods.dea.technology import RETURNS, Ints
from bianzhi.methods.dea.units import Floats, Units, choice

SUMS: dict[str, tuple[float, float]] = {
    "crs": (-FREE, FREE),
    "vrs": (0.0, 0.0),
    "nirs": (-FREE, 0.0),
    "ndrs": (0.0, FREE),
}
"""Bounds on the sum of the weights, less one."""


@dataclass(frozen=True, eq=False)
class Envelope:
    """Reference units that span the frontier, a column each.

    Attributes:
        rows: (N,) which units they are. inputs: (m, N). outputs: (s, N).
        sums: Bounds on the sum of their weights, less one.
    """

    rows: Ints
    inputs: Floats
    outputs: Floats
    sums: tuple[float, float]

    @classmethod
    def of(cls, units: Units, rts: str) -> Envelope:
        choice(rts, tuple(RETURNS), "规模报酬")
        rows = np.arange(len(units)) if len(units) <= FEW else frontier(units, rts)
        return cls(rows, units.inputs[rows].T, units.outputs[rows].T, SUMS[rts])


def own_scale(values: Floats, usual: Floats) -> Floats:
    """(k,) what to divide by: the unit's own figure, or the usual one where it is zero."""
    return np.where(values > 0, values, usual)
