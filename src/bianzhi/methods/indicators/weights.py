"""Weights: given directly, by pairwise comparison (AHP), or from the data (entropy, CRITIC)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from bianzhi.methods.indicators.errors import IndicatorError

# Mean consistency index of random matrices of order 1…15 (Saaty 1980; Saaty & Tran 2007).
RANDOM_INDEX = (0, 0, 0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59)
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights that add up to 1.

    Attributes:
        consistency: Ratio CR of an AHP matrix; None for other methods. eigenvalue: The same.
    """

    names: tuple[str, ...]
    values: Numbers
    method: str
    consistency: float | None = None
    eigenvalue: float | None = None

    def to_dict(self) -> dict[str, float]:
        """Name -> weight, as :meth:`System.weighted` takes it."""
        return dict(zip(self.names, self.values.tolist(), strict=True))

    def to_frame(self) -> pl.DataFrame:
        """Columns name, weight."""
        return pl.DataFrame({"name": self.names, "weight": self.values})

    def summary(self) -> str:
        """One line."""
        parts = "，".join(f"{name} {each:.3f}" for name, each in self.to_dict().items())
        more = "" if self.consistency is None else f"；一致性比例 {self.consistency:.3f}"
        return f"{self.method}：{parts}{more}"


def direct(weights: Mapping[str, float]) -> Weights:
    """Given weights, scaled to 1.

    Raises:
        IndicatorError: Negative, missing or all 0.

    Source: the office's own decision.
    """
    values = np.array(list(weights.values()), dtype=float)
    if not len(values) or not np.isfinite(values).all() or (values < 0).any() or not values.sum():
        raise IndicatorError("权重应当是不为负的数，至少一个大于 0")
    return Weights(tuple(weights), values / values.sum(), "直接赋权")


def ahp(names: Sequence[str], matrix: ArrayLike, *, limit: float = 0.1) -> Weights:
    """Weights from pairwise comparisons: the principal eigenvector.

    Args:
        matrix: (n, n), a[i][j] how much more i matters than j; a[j][i] = 1/a[i][j].
        limit: Highest consistency ratio accepted.

    Raises:
        IndicatorError: Not square, not positive, not reciprocal, too inconsistent.

    Source: Saaty (1980), The Analytic Hierarchy Process; CR = (λ − n)/(n − 1)/RI(n).
    """
    a = np.asarray(matrix, dtype=float)
    n = len(names)
    if a.shape != (n, n) or not 1 <= n <= len(RANDOM_INDEX):
        raise IndicatorError(f"判断矩阵应为 {n}×{n}（最多 {len(RANDOM_INDEX)} 阶），现为 {a.shape}")
    if not (np.isfinite(a) & (a > 0)).all():
        raise IndicatorError("判断矩阵的数应当都大于 0")
    wrong = np.argwhere(np.abs(a * a.T - 1) > 1e-3)
    if wrong.size:
        i, j = wrong[0]
        raise IndicatorError(f"“{names[i]}”比“{names[j]}”的判断与反过来的判断不互为倒数")
    roots, vectors = np.linalg.eig(a)
    top = int(roots.real.argmax())
    weights, largest = np.abs(vectors[:, top].real), float(roots[top].real)
    ratio = max(0.0, (largest - n) / (n - 1) / RANDOM_INDEX[n - 1]) if n > 2 else 0.0
    if ratio > limit:
        raise IndicatorError(f"判断前后矛盾（一致性比例 {ratio:.3f}，上限 {limit:g}）：请重新比较")
    return Weights(tuple(names), weights / weights.sum(), "层次分析法", ratio, largest)


def entropy(names: Sequence[str], data: ArrayLike, *, down: Sequence[str] = ()) -> Weights:
    """Weights by information: what differs more between units counts more.

    Args:
        data: (units, indicators). down: Names where smaller is better.

    Raises:
        IndicatorError: Fewer than two units, missing figures, nothing that differs.

    Source: Shannon (1948); w ∝ 1 − e, e = −Σ p·ln p / ln n on figures scaled to 0—1.
    """
    x = _scaled(names, data, down)
    sums = x.sum(axis=0)
    p = np.divide(x, sums, out=np.zeros_like(x), where=sums > 0)
    mixed = -(p * np.log(np.where(p > 0, p, 1.0))).sum(axis=0) / math.log(len(x))
    return _shared(names, np.where(sums > 0, 1 - mixed, 0.0), "熵权法")


def critic(names: Sequence[str], data: ArrayLike, *, down: Sequence[str] = ()) -> Weights:
    """Weights by contrast and conflict: spread times what others do not already say.

    Args and errors: as :func:`entropy`.

    Source: Diakoulaki, Mavrotas & Papayannakis (1995), Computers & OR 22:763—770;
    w ∝ σⱼ·Σₖ(1 − rⱼₖ) on figures scaled to 0—1.
    """
    x = _scaled(names, data, down)
    centred = x - x.mean(axis=0)
    spread = np.sqrt((centred**2).sum(axis=0) / (len(x) - 1))
    cross = centred.T @ centred / (len(x) - 1)
    outer = np.outer(spread, spread)
    conflict = 1 - np.divide(cross, outer, out=np.ones_like(cross), where=outer > 1e-15)
    return _shared(names, spread * conflict.sum(axis=1), "CRITIC 法")


def _scaled(names: Sequence[str], data: ArrayLike, down: Sequence[str]) -> Numbers:
    x = np.asarray(data, dtype=float)
    if x.ndim != 2 or x.shape[1] != len(names) or len(x) < 2:
        raise IndicatorError(f"数据应为至少 2 个单位 × {len(names)} 项指标，现为 {x.shape}")
    if not np.isfinite(x).all():
        row, column = np.argwhere(~np.isfinite(x))[0]
        raise IndicatorError(f"第 {row + 1} 个单位的“{names[column]}”缺失：请补齐再算权重")
    unknown = [each for each in down if each not in names]
    if unknown:
        raise IndicatorError(f"没有这些指标：{'、'.join(unknown)}")
    low, wide = x.min(axis=0), np.ptp(x, axis=0)
    scaled = np.divide(x - low, wide, out=np.zeros_like(x), where=wide > 0)
    turned = np.array([name in down for name in names]) & (wide > 0)
    return np.asarray(np.where(turned, 1 - scaled, scaled))


def _shared(names: Sequence[str], values: Numbers, method: str) -> Weights:
    kept = np.maximum(values, 0)
    if kept.sum() <= 1e-12:
        raise IndicatorError("各单位的指标没有差别（或完全重复），数据给不出权重：请直接赋权")
    return Weights(tuple(names), kept / kept.sum(), method)
