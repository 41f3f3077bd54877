"""An order in which neighbours in the list are neighbours on the frontier."""

from __future__ import annotations

import numpy as np

from bianzhi.methods.dea.technology import Ints, Problem
from bianzhi.methods.dea.units import Floats

BITS = 60
MOST_BITS = 20


def neighbours(problem: Problem) -> Ints:
    """Row numbers along a Morton curve through the rays.

    Rays that differ only by how far they have to go hit the same facet. What is compared is
    therefore the mix of what the ray shrinks, and the rest as it stands; under constant returns
    size says nothing either.
    """
    features = _features(problem)
    bits = min(BITS // features.shape[1], MOST_BITS, len(features).bit_length())
    code = np.zeros(len(features), dtype=np.int64)
    ranks = [_rank(column, bits) for column in features.T]
    for bit in range(bits - 1, -1, -1):
        for rank in ranks:
            code = (code << 1) | ((rank >> bit) & 1)
    return np.argsort(code, kind="stable")


def _features(problem: Problem) -> Floats:
    points = np.abs(problem.points[:, : len(problem.scale)])
    with np.errstate(divide="ignore"):
        logs = np.maximum(np.log(points), -30.0)
    moved = problem.directions[:, : len(problem.scale)].any(axis=0)
    if problem.convex < 0:
        logs = logs - logs[:, ~moved].mean(axis=1, keepdims=True) if not moved.all() else logs
    logs[:, moved] -= logs[:, moved].mean(axis=1, keepdims=True)
    varied = logs[:, logs.std(axis=0) > 1e-12]
    return varied if varied.shape[1] else logs[:, :1]


def _rank(column: Floats, bits: int) -> Ints:
    """Each value's place among all, in so many bits."""
    places = np.empty(len(column), dtype=np.int64)
    places[np.argsort(column, kind="stable")] = np.arange(len(column))
    return (places << bits) // len(column)
