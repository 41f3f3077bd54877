"""What is possible, as columns: every model of this package is a ray shot at one cone.

A unit is the point p = (inputs, -outputs), less is better. With λ the weights of the reference
units and g the direction of improvement, every radial or directional score is

    max β   such that   Σ λ_j p_j + β g + (logical) = p_o,   λ ≥ 0,

with one more row for the sum of λ where returns to scale are not constant. Input orientation is
g = (x_o, 0), θ = 1 - β; output orientation g = (0, y_o), φ = 1 + β (Chambers, Chung & Färe 1996).
Rows are divided by the mean of their column: a solver left with raw figures is silently wrong.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bianzhi.methods.dea.errors import BadQuestion, listed
from bianzhi.methods.dea.units import Floats, Units, choice

Ints = NDArray[np.int64]

# The logical of the row Σλ + logical·slack = 1; constant returns have no such row.
RETURNS: dict[str, int | None] = {"crs": None, "vrs": 0, "nirs": 1, "ndrs": -1}
ORIENTATIONS = ("in", "out")


@dataclass(frozen=True, eq=False)
class Problem:
    """One ray for each unit to be scored, at the cone of the reference units.

    Attributes:
        columns: (d, N) reference points, each divided by the sum of its entries, signs aside.
        norms: (N,) what they were divided by.
        logical: (d,) the logical column of a row: 1 for ≤, -1 for ≥, 0 for =.
        weights: (d,) what a unit of slack counts for in the second stage.
        points: (n, d) the units to be scored.
        directions: (n, d) the direction in which each is improved.
        inputs: How many of the first rows are inputs.
        scale: (m + s,) what the measures were divided by.
        rays: How many of the last columns are trade-offs rather than units.
    """

    columns: Floats
    norms: Floats
    logical: Ints
    weights: Floats
    points: Floats
    directions: Floats
    inputs: int
    scale: Floats
    rays: int = 0

    @property
    def convex(self) -> int:
        """The row of the sum of the weights, -1 where there is none."""
        return len(self.scale) if len(self.logical) > len(self.scale) else -1

    @property
    def sizes(self) -> Floats:
        """(n,) the sum of each point's entries, signs aside, so that points and columns compare."""
        sums: Floats = np.abs(self.points).sum(axis=1)
        return sums

    @property
    def lengths(self) -> Floats:
        """(n,) the largest entry of each direction."""
        largest: Floats = self.directions.max(axis=1)
        return largest

    @property
    def towards_less(self) -> bool:
        """Whether every ray shrinks all inputs of its point, and nothing else."""
        inputs, rest = self.directions[:, : self.inputs], self.directions[:, self.inputs :]
        return bool((inputs == self.points[:, : self.inputs]).all() and not rest.any())

    def against(self, kept: Ints) -> Problem:
        """The same rays at some of the columns."""
        return self._with(
            columns=np.ascontiguousarray(self.columns[:, kept]), norms=self.norms[kept]
        )

    def of(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> Problem:
        """Some of the rays at the same cone."""
        return self._with(points=self.points[rows], directions=self.directions[rows])

    def _with(self, **changed: Floats) -> Problem:
        return Problem(**{**self.__dict__, **changed})


def problem(
    reference: Units,
    evaluated: Units,
    rts: str,
    orientation: str,
    fixed: tuple[str, ...] = (),
    ratios: Floats | None = None,
) -> Problem:
    """The rays of radial models.

    Args:
        reference, evaluated: Who spans the frontier and who is scored.
        rts: A key of `RETURNS`.
        orientation: "in" or "out".
        fixed: Measures nobody can change (non-discretionary, Banker & Morey 1986a); they bound the
            comparison and are left out of the direction and of the slacks.
        ratios: (k, m + s) trade-offs as further columns; see `regions`.
    """
    choice(rts, tuple(RETURNS), "规模报酬")
    choice(orientation, ORIENTATIONS, "方向")
    scale = np.concatenate([reference.inputs.mean(axis=0), reference.outputs.mean(axis=0)])
    m = len(reference.input_names)
    cone = _points(reference, scale, rts)
    points = cone if evaluated is reference else _points(evaluated, scale, rts)
    free = _free(reference, orientation, fixed)[: points.shape[1]]
    directions = np.where(free, np.abs(points), 0.0)
    _refuse_nothing_to_improve(evaluated, directions, orientation)
    if ratios is not None:
        cone = np.vstack([cone, np.pad(ratios / scale, ((0, 0), (0, cone.shape[1] - len(scale))))])
    norms = np.abs(cone).sum(axis=1)
    logical, weights = np.ones(points.shape[1], dtype=np.int64), np.ones(points.shape[1])
    weights[: len(scale)] = [name not in fixed for name in _measures(reference)]
    if (convex := RETURNS[rts]) is not None:
        logical[-1], weights[-1] = convex, 0.0
    columns = np.ascontiguousarray((cone / norms[:, None]).T)
    rays = 0 if ratios is None else len(ratios)
    return Problem(columns, norms, logical, weights, points, directions, m, scale, rays)


def _points(units: Units, scale: Floats, rts: str) -> Floats:
    points = np.hstack([units.inputs, -units.outputs]) / scale + 0.0  # no negative zeros
    return points if RETURNS[rts] is None else np.hstack([points, np.ones((len(points), 1))])


def _measures(units: Units) -> tuple[str, ...]:
    return units.input_names + units.output_names


def _free(units: Units, orientation: str, fixed: tuple[str, ...]) -> NDArray[np.bool_]:
    """(d,) which rows the direction touches."""
    unknown = [name for name in fixed if name not in _measures(units)]
    if unknown:
        raise BadQuestion(f"不可控的项目不在投入产出之列：{listed(unknown)}。")
    turned = units.input_names if orientation == "in" else units.output_names
    return np.array(
        [
            *(name in turned and name not in fixed for name in units.input_names),
            *(name in turned and name not in fixed for name in units.output_names),
            False,
        ]
    )


def _refuse_nothing_to_improve(units: Units, directions: Floats, orientation: str) -> None:
    idle = np.flatnonzero(~directions.any(axis=1))
    if idle.size:
        what = "可压减的投入" if orientation == "in" else "可增加的产出"
        named = listed([units.names[row] for row in idle])
        raise BadQuestion(f"{what}全部为零，按这个方向无从评价：{named}。请换一个方向，或不纳入。")
