"""What a forecast says."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bianzhi.methods.forecast.errors import ForecastError
from bianzhi.methods.retirement import month_text

Figures = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Forecast:
    """Leavers by group (unit and kind) and period; shape (g, t) each, people.

    Attributes:
        groups: (g rows) unit, kind, people, overdue (past the last month allowed, still there).
        start: Month number of the first period. every: Months a period.
        retired: Expected to retire in the period.
        other: Expected to leave for other reasons in the period.
        variance: Of the number gone by the end of the period.
        earliest: Gone by the end if everybody chose the earliest month in use; attrition aside.
        latest: The same for the latest.
    """

    groups: pl.DataFrame
    start: int
    every: int
    retired: Figures
    other: Figures
    variance: Figures
    earliest: Figures
    latest: Figures

    @property
    def expected(self) -> Figures:
        """Expected leavers of each period."""
        return self.retired + self.other

    def gone(self) -> Figures:
        """Expected to have left by the end of each period."""
        return np.asarray(np.cumsum(self.expected, axis=1, dtype=np.float64), dtype=np.float32)

    def band(self, coverage: float = 0.9) -> tuple[Figures, Figures]:
        """(low, high) of the number gone by the end of each period, whole people.

        Normal approximation, rounded outwards, kept within 0 and the people there. Neither end
        falls in time: who is gone stays gone, so what holds in a month holds in later ones.

        Raises:
            ForecastError: A coverage outside 0—1.
        """
        if not 0 < coverage < 1:
            raise ForecastError(f"区间的把握程度为 {coverage}：应当在 0 与 1 之间")
        people = self.groups["people"].to_numpy().astype(np.float32)[:, None]
        wide = np.sqrt(np.maximum(self.variance, 0), dtype=np.float32)
        wide *= np.float32(NormalDist().inv_cdf((1 + coverage) / 2))
        mean, sure = self.gone(), self.variance < 1e-6
        low = np.where(sure, np.rint(mean), np.floor(mean - wide))
        high = np.where(sure, np.rint(mean), np.ceil(mean + wide))
        for values in (low, high):  # in place: a nation's groups are large
            np.clip(values, 0, people, out=values)
        np.maximum.accumulate(low, axis=1, out=low)
        np.minimum.accumulate(high[:, ::-1], axis=1, out=high[:, ::-1])
        return low, high

    def periods(self) -> list[str]:
        """The first month of each period."""
        return [month_text(self.start + k * self.every) for k in range(self.retired.shape[1])]

    def to_frame(self, coverage: float = 0.9) -> pl.DataFrame:
        """One row a group and period: unit, kind, period, retired, other, gone, low, high …"""
        groups, periods = self.retired.shape
        low, high = self.band(coverage)
        named = {
            "retired": self.retired, "other": self.other, "gone": self.gone(), "low": low,
            "high": high, "earliest": self.earliest, "latest": self.latest,
        }  # fmt: skip
        place = np.repeat(np.arange(groups), periods)
        return self.groups.select("unit", "kind")[place].with_columns(
            pl.Series("period", self.periods() * groups, dtype=pl.String),
            *(pl.Series(name, values.ravel()) for name, values in named.items()),
        )

    def summary(self, coverage: float = 0.9) -> str:
        """The whole in one sentence; the band of the whole, not the sum of bands."""
        people, late = int(self.groups["people"].sum()), int(self.groups["overdue"].sum())
        whole = self.total()
        low, high = whole.band(coverage)
        last = month_text(self.start + self.every * self.retired.shape[1] - 1)
        overdue = f"；其中 {late} 人已过最晚退休月仍在编" if late else ""
        return (
            f"{people} 人，到 {last} 预计减员 {whole.gone()[0, -1]:.1f}"
            f"（退休 {whole.retired.sum():.1f}，其他 {whole.other.sum():.1f}），"
            f"{coverage:.0%} 的可能在 {low[0, -1]:.0f} 至 {high[0, -1]:.0f} 之间{overdue}"
        )

    def total(self) -> Forecast:
        """All groups as one: counts and variances add up."""
        parts = ("retired", "other", "variance", "earliest", "latest")
        sums = [
            getattr(self, name).sum(axis=0, keepdims=True, dtype=np.float64).astype(np.float32)
            for name in parts
        ]
        people, overdue = int(self.groups["people"].sum()), int(self.groups["overdue"].sum())
        whole = pl.DataFrame({"unit": ["合计"], "kind": ["合计"], "people": [people],
                              "overdue": [overdue]})  # fmt: skip
        return Forecast(whole, self.start, self.every, *sums)
