"""The engine for many units: find the frontier first, then score every unit against it alone.

The frontier is found as in BuildHull (Dulá 2011): a unit outside the hull of those found so far
gives a plane, and the unit furthest beyond that plane is efficient. Units are first taken in small
samples, so that nearly all are scored once, against nearly the whole frontier; a score is settled
again only where a unit found later lies beyond its plane.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType

import numpy as np
from numpy.typing import NDArray

from bianzhi.methods.dea.leaves import leaves
from bianzhi.methods.dea.order import neighbours
from bianzhi.methods.dea.settled import BETA, FIRST_LOGICAL, SETTLED, UNSURE, Basic
from bianzhi.methods.dea.technology import Ints, Problem
from bianzhi.methods.dea.units import Floats

FIRST_SAMPLE, GROWTH = 2_000, 8
PLANES = 1_024  # tried in one round
CELLS = 1 << 23  # of one product held in memory
PIECES, PIECE = 64, 256  # at most so many parts, of at least so many rows
BEYOND = 1e-10
"""How far outside a unit must lie to belong to the frontier."""

NO_HOME = -1_000


def kernels() -> ModuleType:
    """Imported late: who never compares thousands of units never waits for the compiler."""
    from bianzhi.methods.dea import kernels

    return kernels


class Rays:
    """The rays of a problem, scaled, in an order that keeps neighbours together."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.points = problem.points / problem.sizes[:, None]
        self.directions = problem.directions / problem.lengths[:, None]
        self.reach = problem.lengths / problem.sizes
        self.order = neighbours(problem)

    def settle(self, columns: Floats, rows: Ints, basic: Basic) -> None:
        """Score some rows against some columns, in place."""
        home = homes(self.problem, columns)
        rest = (self.problem.logical, self.points, self.directions, self.reach, home)
        hull = leaves(columns)
        _side_by_side(rows, lambda part: kernels().settle(columns, hull, *rest, part, basic.arrays))

    def add_slacks(self, columns: Floats, basic: Basic) -> None:
        """The second stage for all that are settled, in place."""
        rest = (self.problem.logical, self.problem.weights, self.points, self.directions)
        hull = leaves(columns)
        _side_by_side(
            self.order[basic.status[self.order] == SETTLED],
            lambda part: kernels().add_slacks(columns, hull, *rest, part, basic.arrays),
        )


def _side_by_side(rows: Ints, work: Callable[[Ints], None]) -> None:
    """Run parts of the rows on all cores; where they are cut depends on their number only."""
    parts = np.array_split(rows, max(1, min(PIECES, len(rows) // PIECE)))
    if len(parts) == 1:
        return work(rows)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for _ in pool.map(work, parts):  # brings back what a part raised
            pass


def span(problem: Problem) -> tuple[Ints, Basic, Rays]:
    """The units that span the frontier, and every unit scored against them.

    Args:
        problem: The reference units as they shoot at themselves, towards less input.

    Returns:
        Column numbers of the frontier; basic solutions over these columns; the rays.
    """
    rays = Rays(problem)
    n, d = problem.points.shape
    basic = Basic.empty(n, d)
    seen = np.zeros(n, dtype=np.int64)
    found = _seeds(problem)
    for rows in _samples(rays.order):
        found = _grow(rays, rows, found, basic, seen)
    late = _cut(rays, found, basic, seen)
    if late.size:
        rays.settle(np.ascontiguousarray(problem.columns[:, found]), late, basic)
    return found, basic, rays


def _grow(rays: Rays, rows: Ints, found: Ints, basic: Basic, seen: Ints) -> Ints:
    """Score the rows, adding to the frontier until none of them lies outside."""
    while rows.size:
        rays.settle(np.ascontiguousarray(rays.problem.columns[:, found]), rows, basic)
        seen[rows] = len(found)
        unsure = rows[basic.status[rows] == UNSURE]  # on the frontier or not, there they do no harm
        with np.errstate(invalid="ignore"):
            beyond = basic.beta[rows] < -BEYOND * rays.reach[rows]
        rows = rows[(basic.status[rows] != UNSURE) & ((basic.status[rows] != SETTLED) | beyond)]
        new = np.concatenate([_furthest(rays.points, basic.planes, rows), unsure])
        new = np.setdiff1d(new, found)
        if not new.size:  # rounding: these lie outside by less than a plane can tell
            new = np.setdiff1d(rows, found)
            rows = new
        found = np.concatenate([found, new])
    return found


def _furthest(points: Floats, planes: Floats, outside: Ints) -> Ints:
    """The units furthest beyond the planes of some of the units outside: each is efficient."""
    if not outside.size:
        return outside
    tried = planes[outside[:: max(1, len(outside) // PLANES)][:PLANES]]
    least = np.full(len(tried), np.inf)
    chosen = np.zeros(len(tried), dtype=np.int64)
    for low in range(0, len(outside), step := max(1, CELLS // len(tried))):
        heights = tried @ points[outside[low : low + step]].T
        best = heights.argmin(axis=1)
        height = heights[np.arange(len(tried)), best]
        lower = height < least
        least[lower], chosen[lower] = height[lower], outside[low + best[lower]]
    furthest: Ints = np.unique(chosen)
    return furthest


def _cut(rays: Rays, found: Ints, basic: Basic, seen: Ints) -> Ints:
    """The rows whose plane is crossed by a unit that was found after they were scored."""
    old = (seen < len(found)) & (basic.status == SETTLED)
    rows: Ints = rays.order[old[rays.order]]
    crossed = np.zeros(len(rows), dtype=bool)
    if not rows.size:
        return rows
    added = rays.problem.columns[:, found[seen[rows].min() :]]
    for low in range(0, len(rows), step := max(1, CELLS // added.shape[1])):
        planes = basic.planes[rows[low : low + step]]
        limits = -1e-12 * np.abs(planes).max(axis=1)
        crossed[low : low + step] = (planes @ added).min(axis=1) < limits
    late: Ints = rows[crossed]
    return late


def _samples(order: Ints) -> list[Ints]:
    """Ever larger samples spread evenly over all rows, the last of them all."""
    sizes, size = [], FIRST_SAMPLE
    while size * 2 < len(order):
        sizes.append(order[:: len(order) // size])
        size *= GROWTH
    return [*sizes, order]


def _seeds(problem: Problem) -> Ints:
    """A few units that are certainly efficient or nearly so: the best of each single ratio."""
    points, m = problem.points, problem.inputs
    d = len(problem.scale)
    chosen = [int(points[:, row].argmin()) for row in range(d)]
    for i in range(m):
        for r in range(m, d):
            with np.errstate(divide="ignore", invalid="ignore"):
                ratio = np.where(points[:, i] > 0, -points[:, r] / points[:, i], -1.0)
            chosen.append(int(ratio.argmax()))
    return np.unique(np.array(chosen, dtype=np.int64))


def homes(problem: Problem, columns: Floats) -> Ints:
    """(d, d) dual feasible bases that need no search: all weight on one measure, or on one ratio.

    Row k serves directions that are largest in measure k; `NO_HOME` where there is no such basis.
    """
    d, convex = len(problem.logical), problem.convex
    made = np.full((d, d), NO_HOME, dtype=np.int64)
    for k in range(len(problem.scale)):
        basis = FIRST_LOGICAL - np.arange(d)
        basis[k] = BETA
        anchored = convex >= 0 and (problem.logical[convex] == 0 or k >= problem.inputs)
        if anchored and problem.logical[convex] >= 0:
            basis[convex] = int((columns[k] / columns[convex]).argmin())
        elif k >= problem.inputs:
            rows = [i for i in range(problem.inputs) if columns[i].all()]
            if not rows:
                continue
            basis[rows[0]] = int((columns[k] / columns[rows[0]]).argmin())
        made[k] = basis
    return made


def score(problem: Problem, found: Ints) -> tuple[Basic, Rays]:
    """Every ray of a problem at the columns of a frontier that is known."""
    rays, (n, d) = Rays(problem), problem.points.shape
    basic = Basic.empty(n, d)
    rays.settle(np.ascontiguousarray(problem.columns[:, found]), rays.order, basic)
    return basic, rays


def doubtful(basic: Basic) -> NDArray[np.int64]:
    """The rows another engine must settle."""
    return np.flatnonzero(basic.status == UNSURE)
