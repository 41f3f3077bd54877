"""Workload indicators of staffing need (WHO): activities, support work, individual duties."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from bianzhi.methods.norms.errors import NormError, amount, share
from bianzhi.methods.norms.need import Need, made, plain
from bianzhi.methods.norms.rounding import Rounding, exact


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """A year of one post.

    Attributes:
        days: Possible working days a year.
        off: Days off: public holidays, annual leave, sick leave, training and other.
        hours: Hours a day.
    """

    days: float
    off: Sequence[float]
    hours: float

    def available(self) -> float:
        """Available working time AWT = (days − Σ off) × hours, hours a year.

        Raises:
            NormError: Nothing is left.
        """
        left = amount(self.days, "应出勤天数") - sum(amount(each, "休假天数") for each in self.off)
        time = left * amount(self.hours, "每日工时")
        if time <= 0:
            raise NormError(f"扣除休假后没有可用工时（剩 {left:g} 天）：请核对天数")
        return time


@dataclass(frozen=True, slots=True)
class Activity:
    """A service: so many cases a year, so many hours each."""

    name: str
    volume: float
    hours: float


@dataclass(frozen=True, slots=True)
class Wisn:
    """The result.

    Attributes:
        time: Available working time, hours a year.
        basic: Posts for the services alone.
        category: Category allowance factor (≥ 1).
        individual: Individual allowance, posts.
        need: basic × category + individual, posts, not rounded.
        existing: Posts there are.
        activities: Columns name, volume, hours, standard (cases one post does a year), posts.
    """

    time: float
    basic: float
    category: float
    individual: float
    need: float
    existing: float
    activities: pl.DataFrame

    @property
    def difference(self) -> float:
        """Existing − need; below 0 is short."""
        return self.existing - self.need

    @property
    def ratio(self) -> float:
        """Existing by need: the pressure of work, below 1 is short; infinite without work."""
        return self.existing / self.need if self.need else math.inf

    def to_need(
        self, *, approved: float | None = None, rounding: Rounding = Rounding.UP, name: str = ""
    ) -> Need:
        """The need in whole posts beside approved and existing ones.

        Raises:
            NormError: Approved negative or not a number.
        """
        words = (
            f"业务 {plain(self.basic)}×辅助系数 {plain(self.category)}＋个别工作 "
            f"{plain(self.individual)} ＝ {plain(self.need)}"
        )
        return made(exact(self.need), words, rounding, approved, self.existing, name)

    def to_frame(self) -> pl.DataFrame:
        """One row a service."""
        return self.activities

    def summary(self) -> str:
        """One sentence."""
        return (
            f"年可用工时 {self.time:.0f} 小时；业务需 {self.basic:.2f}，"
            f"×辅助系数 {self.category:.3f}，＋个别工作 {self.individual:.2f}，"
            f"共需 {self.need:.2f}；现有 {self.existing:g}，"
            f"差 {self.difference:+.2f}，比值 {self.ratio:.3f}"
        )


def wisn(
    activities: Sequence[Activity],
    time: WorkingTime,
    *,
    category: Sequence[float] = (),
    individual: Sequence[float] = (),
    existing: float = 0,
) -> Wisn:
    """Staffing need of one category of staff in one facility.

    Args:
        activities: Services with statistics.
        time: The year of one post.
        category: Shares of working time that support work takes of everybody (0.1 = 10 %).
        individual: Hours a year of additional work of certain staff, summed over them.
        existing: Posts there are.

    Raises:
        NormError: No working time; shares that leave none; negative or missing figures.

    Source: WHO (2010), Workload indicators of staffing need: user's manual. CAF = 1/(1 − Σ CAS),
    IAF = Σ IAS / AWT.
    """
    year = time.available()
    taken = share(sum(share(each, "辅助工作占比") for each in category), "辅助工作占比合计")
    rows = [_row(each, year) for each in activities]
    basic = sum(row[-1] for row in rows)
    factor = 1 / (1 - taken)
    more = sum(amount(each, "个别工作工时") for each in individual) / year
    frame = pl.DataFrame(
        rows,
        schema={"name": pl.String, "volume": pl.Float64, "hours": pl.Float64,
                "standard": pl.Float64, "posts": pl.Float64},
        orient="row",
    )  # fmt: skip
    have = amount(existing, "现有人数")
    return Wisn(year, basic, factor, more, basic * factor + more, have, frame)


def _row(each: Activity, year: float) -> tuple[str, float, float, float, float]:
    volume, hours = (
        amount(each.volume, f"{each.name}工作量"),
        amount(each.hours, f"{each.name}单件工时", above=True),
    )
    return each.name, volume, hours, year / hours, volume * hours / year
