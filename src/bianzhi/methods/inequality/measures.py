"""Gini, Theil, mean log deviation, Atkinson, coefficient of variation, with jackknife errors."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from bianzhi.methods.inequality.errors import InequalityError
from bianzhi.methods.inequality.sums import indices, sums
from bianzhi.methods.inequality.values import Given, Numbers, read

TITLES = {
    "gini": "基尼系数",
    "theil": "泰尔指数",
    "log_deviation": "对数离差均值",
    "atkinson": "阿特金森指数",
    "variation": "变异系数",
}


@dataclass(frozen=True, slots=True)
class Inequality:
    """How uneven the values are.

    Attributes:
        n: Number of units.
        mean: Weighted mean, unit of the values.
        gini: 0 (even) to 1.
        theil: Theil's T, 0 to ln(Σw/w).
        log_deviation: Theil's L; infinite when a value is 0.
        atkinson: 0 to 1 at ``epsilon``; 1 when a value is 0 and epsilon ≥ 1.
        variation: Standard deviation (over n) by mean.
        errors: Jackknife standard error by index name; NaN below three units.
    """

    n: int
    mean: float
    epsilon: float
    gini: float
    theil: float
    log_deviation: float
    atkinson: float
    variation: float
    errors: Mapping[str, float]

    def to_frame(self) -> pl.DataFrame:
        """Columns index, title, value, error: one row an index."""
        rows = [(name, title, getattr(self, name), self.errors[name])
                for name, title in TITLES.items()]  # fmt: skip
        return pl.DataFrame(rows, schema=["index", "title", "value", "error"], orient="row")

    def summary(self) -> str:
        """One line an index."""
        lines = [f"{self.n} 个单位，均值 {self.mean:.4g}"]
        for name, title in TITLES.items():
            value, error = getattr(self, name), self.errors[name]
            give = f"（±{error:.4f}）" if math.isfinite(error) else ""
            lines.append(
                f"{title} {value:.4f}{give}"
                if math.isfinite(value)
                else f"{title} 无穷大（有为 0 的单位）"
            )
        return "\n".join(lines)


def measure(values: Given, weights: Given | None = None, epsilon: float = 0.5) -> Inequality:
    """Measure how unevenly values are spread.

    Args:
        values: (n,), not negative; posts per 10,000 people, say.
        weights: (n,), above zero; the people. Default: all 1.
        epsilon: Atkinson's aversion to inequality, above 0.

    Raises:
        InequalityError: Missing, negative or all-zero values; a zero weight; uneven lengths.

    Sources: Gini (1912) as Sen (1973); Theil (1967); Atkinson (1970, JET 2:244—263);
    delete-one jackknife (Quenouille 1956; Tukey 1958). No small-sample correction: multiply the
    Gini by n/(n−1) for Deltas's (2003).

    >>> print(measure([2, 2, 2]).summary().splitlines()[1])
    基尼系数 0.0000（±0.0000）
    """
    if not (epsilon > 0 and math.isfinite(epsilon)):
        raise InequalityError(f"阿特金森指数的厌恶系数须大于 0，现为 {epsilon}")
    y, w = read(values, weights)
    mean = float(y @ w / w.sum())
    whole, left = sums(y / mean, w / w.mean(), epsilon)
    found = {name: float(value) for name, value in indices(whole, epsilon).items()}
    spread = indices(left, epsilon) if len(y) > 2 else {}
    errors = {name: _error(spread.get(name)) for name in found}
    return Inequality(len(y), mean, epsilon, **found, errors=errors)


def _error(left: Numbers | None) -> float:
    """Jackknife standard error from the values with one unit left out."""
    if left is None or not np.isfinite(left).all():
        return math.nan
    n = len(left)
    with np.errstate(over="ignore"):  # next to nothing is left without one unit: no finite error
        return float(math.sqrt((n - 1) / n * ((left - left.mean()) ** 2).sum()))
