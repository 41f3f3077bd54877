"""What is assumed about people: their use of the flexible band, and leaving for other reasons."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bianzhi.methods.forecast.errors import ForecastError

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choice:
    """How people use the flexible band.

    Attributes:
        early: Share who leave before the statutory month, evenly over the months allowed.
        late: Share who leave after it, evenly over the months allowed.

    Where a band has no such months (raised by nothing yet), the share leaves at the statutory
    month.
    """

    early: float = 0.0
    late: float = 0.0

    def __post_init__(self) -> None:
        for value, what in ((self.early, "弹性提前"), (self.late, "弹性延迟")):
            if not (math.isfinite(value) and 0 <= value <= 1):
                raise ForecastError(f"{what}的比例为 {value}：应当在 0 与 1 之间")
        if self.early + self.late > 1:
            raise ForecastError("弹性提前与延迟的比例合计超过 1")


@dataclass(frozen=True, slots=True)
class Hazard:
    """Other leaving (transfer, resignation, death …): yearly share by age.

    Attributes:
        bands: (from age in years, yearly share that leaves), ascending; below the first: 0.
        own: Bands of a category that has its own.
    """

    bands: Sequence[tuple[float, float]] = ()
    own: Mapping[str, Sequence[tuple[float, float]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for bands in (self.bands, *self.own.values()):
            ages = [age for age, _ in bands]
            if ages != sorted(set(ages)):
                raise ForecastError("其他减员的年龄分档应当由小到大")
            wrong = [rate for _, rate in bands if not 0 <= rate < 1]
            if wrong:
                raise ForecastError(f"其他减员的年比例为 {wrong[0]}：应当不小于 0、小于 1")

    def monthly(self, category: str, ages: Numbers) -> Numbers:
        """Monthly probability at ages in months; 1 − (1 − yearly)^(1/12); shape as ``ages``."""
        bands = self.own.get(category, self.bands)
        starts = np.array([12 * age for age, _ in bands], dtype=np.float64)
        rates = np.array([0.0, *(1 - (1 - rate) ** (1 / 12) for _, rate in bands)])
        return np.asarray(rates[np.searchsorted(starts, ages, side="right")])
