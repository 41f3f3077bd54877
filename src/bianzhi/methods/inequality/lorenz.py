"""The Lorenz curve."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from bianzhi.methods.inequality.values import Given, Numbers, read


@dataclass(frozen=True, slots=True)
class Lorenz:
    """Points of the curve, from (0, 0) to (1, 1), units in ascending order.

    Attributes:
        population: (n + 1,) share of the weights.
        share: (n + 1,) share of the whole that they hold.
    """

    population: Numbers
    share: Numbers

    def at(self, population: float) -> float:
        """The share of the whole that the least-served part of the population holds."""
        return float(np.interp(population, self.population, self.share))

    def to_frame(self) -> pl.DataFrame:
        """Columns population, share."""
        return pl.DataFrame({"population": self.population, "share": self.share})

    def summary(self) -> str:
        """Three points in words."""
        parts = [f"最少的 {p:.0%} 人口拥有 {self.at(p):.1%}" for p in (0.2, 0.5)]
        return "，".join([*parts, f"最多的 10% 人口拥有 {1 - self.at(0.9):.1%}"])


def lorenz(values: Given, weights: Given | None = None) -> Lorenz:
    """The Lorenz curve of values per head, weighted by heads.

    Args:
        values: (n,), not negative, per head. weights: (n,), the heads; default all 1.

    Raises:
        InequalityError: As :func:`measure`.

    Source: Lorenz (1905), Publications of the American Statistical Association 9:209—219.

    >>> lorenz([1, 3]).share.tolist()
    [0.0, 0.25, 1.0]
    """
    y, w = read(values, weights)
    held = np.concatenate([[0.0], np.cumsum(w * y)])
    heads = np.concatenate([[0.0], np.cumsum(w)])
    return Lorenz(heads / heads[-1], held / held[-1])
