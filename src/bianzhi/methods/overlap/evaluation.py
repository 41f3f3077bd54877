"""How well a ranking of pairs agrees with people's judgement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
Doubles = npt.NDArray[np.float64]


class Interval(NamedTuple):
    """A figure with its 95 % bootstrap interval."""

    value: float
    low: float
    high: float


def auc(scores: Doubles, truth: Bools) -> float:
    """Area under the ROC curve; ties count half. NaN where one class is missing."""
    ordered = np.sort(scores)
    low, high = np.searchsorted(ordered, scores, "left"), np.searchsorted(ordered, scores, "right")
    ranks = (low + high + 1) / 2
    true, false = int(truth.sum()), int((~truth).sum())
    if not true or not false:
        return float("nan")
    return float((ranks[truth].sum() - true * (true + 1) / 2) / (true * false))


def f1(scores: Doubles, truth: Bools, threshold: float) -> float:
    """F1 of proposing every pair from a score on."""
    proposed = scores >= threshold
    hits = int((proposed & truth).sum())
    total = int(proposed.sum() + truth.sum())
    return 2 * hits / total if total else 0.0


def best_threshold(scores: Doubles, truth: Bools, others: float = 1.0) -> float:
    """The score from which on F1 is highest; the middle of the gap below it, so that it holds
    for pairs not seen.

    ``others``: what a false pair counts. In a collection of half as many topics a true pair has
    half as many false ones beside it, and the best F1 lies elsewhere.
    """
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(truth[order])
    values = 2 * hits / (hits + others * np.cumsum(~truth[order]) + truth.sum())
    at = int(np.argmax(values))
    below = scores[order[at + 1]] if at + 1 < len(order) else 0.0
    return float((scores[order[at]] + below) / 2)


@dataclass(frozen=True)
class Curve:
    """Precision and recall after each look, in the order of review.

    ``looks(share)`` is how many pairs one looks at to meet that share of the true ones.
    """

    precision: Doubles
    recall: Doubles

    def looks(self, share: float) -> int:
        """How many looks until ``share`` of the true pairs are met."""
        return int(np.searchsorted(self.recall, share - 1e-12) + 1)


def curve(scores: Doubles, truth: Bools) -> Curve:
    """The curve of looking at the best first."""
    hits = np.cumsum(truth[np.argsort(-scores, kind="stable")])
    return Curve(hits / np.arange(1, len(hits) + 1), hits / max(1, int(truth.sum())))


def bootstrap(
    figure: Callable[[npt.NDArray[np.int64]], float], size: int, seed: int, rounds: int = 500
) -> Interval:
    """A figure over units drawn again and again with replacement (Efron 1979).

    Args:
        figure: The figure of a sample, given as indices into the units.
        size: Number of units.
        seed: Of the draws.
        rounds: How many samples.
    """
    draw = np.random.default_rng(seed)
    values = [figure(draw.integers(0, size, size)) for _ in range(rounds)]
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return Interval(figure(np.arange(size)), float(low), float(high))
