"""What either engine hands back, in the measures the data came in."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from bianzhi.methods.dea.technology import Ints, Problem
from bianzhi.methods.dea.units import Floats

SETTLED, INFEASIBLE, UNSURE = 0, 1, 2
BETA, FIRST_LOGICAL = -1, -2


@dataclass(frozen=True, eq=False)
class Basic:
    """Basic solutions in scaled terms, one a ray.

    Attributes:
        beta: (n,) of the scaled ray. status: (n,).
        bases: (n, d) column numbers, `BETA`, or `FIRST_LOGICAL` - k for the logical of row k.
        values: (n, d) of the basic columns. planes: (n, d) the multipliers.
    """

    beta: Floats
    status: Ints
    bases: Ints
    values: Floats
    planes: Floats

    @classmethod
    def empty(cls, n: int, d: int) -> Basic:
        return cls(
            np.full(n, np.nan),
            np.full(n, UNSURE, dtype=np.int64),
            np.full((n, d), FIRST_LOGICAL, dtype=np.int64),
            np.zeros((n, d)),
            np.zeros((n, d)),
        )

    @property
    def arrays(self) -> tuple[Floats, Ints, Ints, Floats, Floats]:
        return self.beta, self.status, self.bases, self.values, self.planes

    def put(self, rows: NDArray[np.int64], other: Basic) -> None:
        """Replace some of the rows."""
        for each in fields(self):
            getattr(self, each.name)[rows] = getattr(other, each.name)


@dataclass(frozen=True, eq=False)
class Settled:
    """Scores with their evidence.

    Attributes:
        beta: (n,) how far the ray goes; NaN where infeasible or not certified.
        status: (n,) SETTLED, INFEASIBLE or UNSURE.
        peers: (n, d) reference units, -1 for none. lambdas: (n, d) their weights.
        slacks: (n, m + s) what is left beside the radial change, in each measure's own unit.
        multipliers: (n, m + s) the price of each measure: β = multipliers · (inputs, -outputs),
            plus a free term where the sum of the weights is bound.
    """

    beta: Floats
    status: Ints
    peers: Ints
    lambdas: Floats
    slacks: Floats
    multipliers: Floats


def unscaled(problem: Problem, basic: Basic) -> Settled:
    """Back to the data's own measures; columns that are trade-offs are no peers."""
    length, size = problem.lengths, problem.sizes
    settled = basic.status == SETTLED
    beta = np.where(settled, basic.beta * size / length, np.nan)
    units = problem.columns.shape[1] - problem.rays
    chosen = (basic.bases >= 0) & (basic.bases < units) & settled[:, None]
    peers = np.where(chosen & (basic.values > 0), basic.bases, -1)
    factors = size[:, None] / problem.norms[np.where(peers >= 0, peers, 0)]
    lambdas = np.where(peers >= 0, basic.values * factors, 0.0)
    width = len(problem.scale)
    multipliers = basic.planes[:, :width] / length[:, None] / problem.scale
    multipliers[~settled] = np.nan
    slacks = _slacks(problem, basic, size) * problem.scale
    slacks[~settled] = np.nan
    return Settled(beta, basic.status, peers, lambdas, slacks, multipliers)


def _slacks(problem: Problem, basic: Basic, size: Floats) -> Floats:
    """The values of the basic logicals; nonbasic ones are zero by definition."""
    slacks = np.zeros((len(size), len(problem.logical)))
    rows, places = np.nonzero((basic.bases <= FIRST_LOGICAL) & (basic.values != 0.0))
    slacks[rows, FIRST_LOGICAL - basic.bases[rows, places]] = basic.values[rows, places]
    result: Floats = np.maximum(slacks, 0.0)[:, : len(problem.scale)] * size[:, None]
    return result
