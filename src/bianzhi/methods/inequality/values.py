"""Reading values and weights: what cannot be measured is refused, never dropped."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bianzhi.methods.inequality.errors import InequalityError

Numbers = NDArray[np.float64]
Given = Sequence[float] | Numbers | pl.Series


def read(values: Given, weights: Given | None) -> tuple[Numbers, Numbers]:
    """(values, weights), both (n,), finite, not negative, weights above zero, sorted by value."""
    found, heavy, order = aligned(values, weights)
    return found[order], heavy[order]


def aligned(values: Given, weights: Given | None) -> tuple[Numbers, Numbers, NDArray[np.int64]]:
    """(values, weights, the order by value) in the order given."""
    found = _numbers(values, "数值")
    heavy = np.ones_like(found) if weights is None else _numbers(weights, "权数")
    if heavy.shape != found.shape:
        raise InequalityError(f"数值 {found.size} 个，权数 {heavy.size} 个：应当一一对应")
    if (heavy == 0).any():
        raise InequalityError("权数（如人口）有为 0 的：请先去掉这些单位，或补上人口数")
    if found @ heavy == 0:
        raise InequalityError("数值全部为 0，没有可比的差距")
    return found, heavy, np.argsort(found, kind="stable")


def _numbers(given: Given, what: str) -> Numbers:
    found = np.asarray(given, dtype=np.float64)
    if found.ndim != 1 or not found.size:
        raise InequalityError(f"{what}应当是一列，至少一个")
    wrong = np.flatnonzero(~np.isfinite(found))
    if wrong.size:
        raise InequalityError(f"{what}第 {wrong[0] + 1} 个缺失或不是数：请补齐或去掉该单位")
    below = np.flatnonzero(found < 0)
    if below.size:
        raise InequalityError(
            f"{what}第 {below[0] + 1} 个为负（{found[below[0]]:g}）：不能计算差距"
        )
    return found
