"""An order in which neighbours in the list are neighbours on the frontier."""

from __future__ import annotations

import numpy as np

from bianzhi.methods.dea.technology import Ints, Problem
from bianzhi.methods.dea.units import Floats

BITS = 60
MOST_BITS = 20
WIDE = 2.5
"""Standard deviations from the mean beyond which places are no longer told apart."""


def neighbours(problem: Problem) -> Ints:
    """Row numbers along a Morton curve through the rays.

    Rays that differ only by how far they have to go hit the same facet. What is compared is
    therefore the mix of what the ray shrinks, and the rest as it stands; under constant returns
    size says nothing either.
    """
    from bianzhi.methods.dea.curve import interleave  # late: few units never wait for a compiler

    features = _features(problem)
    bits = min(BITS // features.shape[1], MOST_BITS, len(features).bit_length())
    code = np.zeros(len(features), dtype=np.int64)
    interleave(_places(features, bits), bits, code)
    order: Ints = np.argsort(code, kind="stable")
    return order


def _features(problem: Problem) -> Floats:
    points = np.abs(problem.points[:, : len(problem.scale)])
    with np.errstate(divide="ignore"):
        logs = np.maximum(np.log(points), -30.0)
    moved = problem.directions[:, : len(problem.scale)].any(axis=0)
    if problem.convex < 0 and not moved.all():
        logs -= logs[:, ~moved].mean(axis=1, keepdims=True)
    logs[:, moved] -= logs[:, moved].mean(axis=1, keepdims=True)
    spread = logs.std(axis=0)
    varied: Floats = ((logs - logs.mean(axis=0)) / np.maximum(spread, 1e-12))[:, spread > 1e-12]
    return varied if varied.shape[1] else logs[:, :1]


def _places(features: Floats, bits: int) -> Ints:
    """Each value's place between the ends of what is usual, in so many bits."""
    most = (1 << bits) - 1
    shares = (features + WIDE) * (most / (2 * WIDE))
    places: Ints = np.clip(shares, 0, most).astype(np.int64)
    return places
