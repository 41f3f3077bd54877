"""Theil's T split exactly into what lies within groups and what lies between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bianzhi.methods.inequality.errors import InequalityError
from bianzhi.methods.inequality.values import Given, Numbers, aligned


@dataclass(frozen=True, slots=True)
class Decomposition:
    """Total = within + between.

    Attributes:
        groups: Columns group, n, people, mean, theil, share (of the whole), within (its part).
    """

    total: float
    within: float
    between: float
    groups: pl.DataFrame

    def to_frame(self) -> pl.DataFrame:
        """One row a group."""
        return self.groups

    def summary(self) -> str:
        """One sentence."""
        part = self.between / self.total if self.total > 0 else 0.0
        return (
            f"泰尔指数 {self.total:.4f} = 组内 {self.within:.4f} + 组间 {self.between:.4f}"
            f"（组间占 {part:.1%}，共 {self.groups.height} 组）"
        )


def decompose(values: Given, groups: Sequence[str], weights: Given | None = None) -> Decomposition:
    """Split Theil's T by groups.

    Args:
        values: (n,) per head. groups: (n,) names. weights: (n,) heads; default all 1.

    Raises:
        InequalityError: As :func:`measure`; groups of another length.

    Source: Theil (1967), Economics and Information Theory; Shorrocks (1980, Econometrica 48:613).
    T = Σ_g s_g·T_g + Σ_g s_g·ln(μ_g/μ), s_g the group's share of the whole.
    """
    y, w, _ = aligned(values, weights)
    names = [str(each) for each in groups]
    if len(names) != len(y):
        raise InequalityError(f"数值 {len(y)} 个，分组 {len(names)} 个：应当一一对应")
    unique, place = np.unique(names, return_inverse=True)
    people = np.bincount(place, w).astype(np.float64)
    held = np.bincount(place, w * y).astype(np.float64)
    mean, whole = held / people, held.sum() / people.sum()
    inside = np.where(held > 0, _inside(y, w, place, held, mean), 0.0)
    share = held / held.sum()
    between = float(np.sum(share * _log(mean / whole)))
    within = float(share @ inside)
    frame = pl.DataFrame(
        {"group": unique.tolist(), "n": np.bincount(place), "people": people, "mean": mean,
         "theil": inside, "share": share, "within": share * inside}
    )  # fmt: skip
    return Decomposition(within + between, within, between, frame)


def _inside(
    y: Numbers, w: Numbers, place: NDArray[np.intp], held: Numbers, mean: Numbers
) -> Numbers:
    """Theil's T inside each group."""
    relative = np.divide(y, mean[place], out=np.zeros_like(y), where=mean[place] > 0)
    terms = np.bincount(place, w * y * _log(relative))
    return np.divide(terms, held, out=np.zeros_like(held), where=held > 0)


def _log(x: Numbers) -> Numbers:
    """ln x, 0 where x = 0 (its factor is 0 there)."""
    return np.log(np.where(x > 0, x, 1.0))
