"""The engine for many units: find the frontier first, then score every unit against it alone.

Units are taken in ever larger samples, each scored against what may lie on the frontier of the one
before. What lies outside joins, all at once, and what turned out to lie inside leaves (a BuildHull,
Dulá 2011, with a sample's worth of units in each step). The last round scores everyone and finds
nobody outside. How units are scored against columns, some of them inefficient, is told in `facets`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, repeat

import numpy as np
from numpy.typing import NDArray

from bianzhi.methods.dea.order import neighbours
from bianzhi.methods.dea.settled import BETA, FIRST_LOGICAL, SETTLED, UNSURE, Basic
from bianzhi.methods.dea.technology import Ints, Problem
from bianzhi.methods.dea.units import Floats

FIRST_SAMPLE, GROWTH = 500, 8
PIECES, PIECE = 16, 4_096  # at most so many parts, of at least so many rows
FACETS = 1 << 27  # bytes of facets one part may hold
BEYOND = 1e-10
"""How far outside a unit must lie to belong to the frontier."""

NO_HOME = -1_000


class Rays:
    """The rays of a problem, scaled, in an order that keeps neighbours together."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.points = problem.points / problem.sizes[:, None]
        self.directions = problem.directions / problem.lengths[:, None]
        self.reach = problem.lengths / problem.sizes
        self.order = neighbours(problem)

    def columns(self, found: Ints) -> Floats:
        """(d, N) the columns of some of the reference units."""
        return np.ascontiguousarray(self.problem.columns[:, found])

    def sorted(self, rows: Ints) -> Ints:
        """Some rows, neighbours together."""
        chosen = np.zeros(len(self.order), dtype=bool)
        chosen[rows] = True
        return self.order[chosen[self.order]]

    def settle(self, columns: Floats, rows: Ints, basic: Basic) -> None:
        """Score some rows against some columns, in place."""
        from bianzhi.methods.dea import facets  # late: few units never wait for the compiler
        from bianzhi.methods.dea.leaves import leaves

        home = homes(self.problem, columns)
        rest = (self.problem.logical, self.points, self.directions, self.reach, home)
        hull, d = leaves(columns), len(columns)
        most = FACETS // (8 * d * (d + 2)) + 200 * d

        def settle(part: Ints) -> None:
            cap = min(most, 4 * len(part) + 200 * d)
            facets.settle(columns, hull, *rest, part, cap, basic.arrays)

        _side_by_side(rows, settle)

    def add_slacks(self, columns: Floats, basic: Basic) -> None:
        """The second stage for all that are settled, in place."""
        from bianzhi.methods.dea import kernels
        from bianzhi.methods.dea.leaves import leaves

        rest = (self.problem.logical, self.problem.weights, self.points, self.directions)
        hull = leaves(columns)
        _side_by_side(
            self.order[basic.status[self.order] == SETTLED],
            lambda part: kernels.add_slacks(columns, hull, *rest, part, basic.arrays),
        )


def _side_by_side(rows: Ints, work: Callable[[Ints], None]) -> None:
    """Run parts of the rows on all cores; where they are cut depends on their number only."""
    parts = np.array_split(np.ascontiguousarray(rows), max(1, min(PIECES, len(rows) // PIECE)))
    if len(parts) == 1:
        return work(parts[0])
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
    basic = Basic.empty(*problem.points.shape)
    samples = _samples(rays.order)
    candidates = _distinct(problem.columns, samples[0])
    for rows in chain(samples[1:], repeat(rays.order)):
        rays.settle(rays.columns(candidates), rows, basic)
        beyond = rows[~_inside(rays, rows, basic)]
        beyond = beyond[~np.isin(beyond, candidates)]
        if not beyond.size and rows is rays.order:
            break
        if samples:  # no further: who leaves and returns by rounding would do so for ever
            candidates = candidates[_kept(rays, candidates, candidates, basic)]
            samples.pop()
        joined = rays.sorted(np.concatenate([candidates, beyond]))
        candidates = _distinct(problem.columns, joined)
    kept = _kept(rays, candidates, rays.order, basic)
    return candidates[kept], basic, rays


def _inside(rays: Rays, rows: Ints, basic: Basic) -> NDArray[np.bool_]:
    """Which rows lie inside the hull they were scored against, beyond doubt."""
    with np.errstate(invalid="ignore"):
        near = basic.beta[rows] >= -BEYOND * rays.reach[rows]
    inside: NDArray[np.bool_] = near & (basic.status[rows] == SETTLED)
    return inside


def _kept(rays: Rays, candidates: Ints, tried: Ints, basic: Basic) -> Ints:
    """Places of the candidates on the frontier; the bases of those tried are renumbered to them."""
    with np.errstate(invalid="ignore"):
        far = basic.beta[candidates] > BEYOND * rays.reach[candidates]
    keep = ~far | (basic.status[candidates] != SETTLED)
    bases = basic.bases[tried]
    keep[bases[bases >= 0]] = True
    kept = np.flatnonzero(keep)
    places = np.cumsum(keep) - 1
    basic.bases[tried] = np.where(bases >= 0, places[np.maximum(bases, 0)], bases)
    return kept


def _distinct(columns: Floats, rows: Ints) -> Ints:
    """Rows without their twins: one of them spans what all of them do."""
    own = columns[:, rows]
    order = np.argsort(np.arange(2.0, 2.0 + len(own)) ** 0.5 @ own, kind="stable")
    twin = (own[:, order[1:]] == own[:, order[:-1]]).all(axis=0)
    distinct: Ints = rows[np.sort(order[np.concatenate([[True], ~twin])])]
    return distinct


def _samples(order: Ints) -> list[Ints]:
    """Ever larger samples spread evenly over all rows, each within the next; the last holds all."""
    samples = [order]
    while len(samples[0]) > GROWTH * FIRST_SAMPLE:
        samples.insert(0, samples[0][::GROWTH])
    return samples


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
