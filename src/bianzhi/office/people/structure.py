"""Ages and structure of the people in posts, and who retires when."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from bianzhi.core.days import day_date
from bianzhi.office.people.roll import BANDS, NONE, band_name

BY = {
    "unit": "单位", "department": "主管部门", "kind_name": "编制种类", "education": "学历",
    "position_type": "岗位类别", "sex": "性别",
}  # fmt: skip
HORIZONS = (1, 2, 5)


class Band(NamedTuple):
    """An age band: how many men, women, and people whose sex is not filled in."""

    name: str
    men: int
    women: int
    unknown: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.men + self.women + self.unknown


def pyramid(people: pl.DataFrame) -> list[Band]:
    """The bands from old to young, and people without a birth date last."""
    counts = {
        (band, sex or ""): number
        for band, sex, number in people.group_by("band", "sex").len().iter_rows()
    }
    names = [*(band_name(*band) for band in reversed(BANDS)), NONE]
    return [
        Band(name, counts.get((name, "男"), 0), counts.get((name, "女"), 0),
             sum(n for (band, sex), n in counts.items() if (band == name and sex not in "男女") or
                 (band == name and not sex)))
        for name in names
    ]  # fmt: skip


def split(people: pl.DataFrame, by: str) -> pl.DataFrame:
    """One row a value of a column: how many, their mean age, how many are 55 or older."""
    value = pl.col(by).fill_null("").replace("", NONE)
    return (
        people.with_columns(value.alias("value"))
        .group_by("value")
        .agg(
            pl.len().alias("number"),
            pl.col("age").mean().round(1).alias("mean_age"),
            (pl.col("age") <= 35).sum().alias("young"),
            (pl.col("age") >= 55).sum().alias("old"),
        )
        .sort("number", "value", descending=[True, False])
    )


def leavers(people: pl.DataFrame, on: int, years: int) -> pl.DataFrame:
    """Those who reach the statutory month after the month of a day, within some years."""
    month = day_date(on).replace(day=1)
    end = month.replace(year=month.year + years)
    return people.filter((pl.col("retires") > month) & (pl.col("retires") <= end))
