"""Reading people: one row each, or one row a cohort with a count."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bianzhi.methods.forecast.errors import ForecastError
from bianzhi.methods.retirement import RetirementError, month_number

NEEDED = ("unit", "kind", "category", "birth")


@dataclass(frozen=True, slots=True)
class Cohorts:
    """People counted.

    Attributes:
        groups: (g rows) unit, kind, people; sorted.
        keys: (c rows) category, birth (month number); sorted.
        group, cohort, count: Entries (group, cohort, people in it), by group; one cell may have
            several where a month was written in several ways.
    """

    groups: pl.DataFrame
    keys: pl.DataFrame
    group: NDArray[np.int64]
    cohort: NDArray[np.int64]
    count: NDArray[np.float64]


def cohorts(people: pl.DataFrame) -> Cohorts:
    """Count people by unit, kind, category and birth month.

    Raises:
        ForecastError: A missing column, an empty cell, a month that is none, a negative count.
    """
    missing = [name for name in NEEDED if name not in people.columns]
    if missing:
        raise ForecastError(f"人员表缺少这些列：{'、'.join(missing)}")
    for name in NEEDED:
        _no_gaps(people, name)
    if "count" in people.columns:
        _no_gaps(people, "count")
        if (people["count"] < 0).any():
            raise ForecastError("人数（count）有负数：请核对")
    else:
        people = people.with_columns(count=pl.lit(1))
    return _numbered(people.select(*NEEDED, "count").with_columns(_births(people["birth"])))


def _numbered(cells: pl.DataFrame) -> Cohorts:
    groups = cells.group_by("unit", "kind").agg(people=pl.col("count").sum()).sort("unit", "kind")
    keys = cells.select("category", "birth").unique().sort("category", "birth")
    found = (
        cells.join(groups.select("unit", "kind").with_row_index("group"), on=["unit", "kind"])
        .join(keys.with_row_index("cohort"), on=["category", "birth"])
        .select("group", "cohort", "count")
        .sort("group")
    )
    return Cohorts(
        groups, keys, found["group"].to_numpy().astype(np.int64),
        found["cohort"].to_numpy().astype(np.int64), found["count"].to_numpy().astype(np.float64),
    )  # fmt: skip


def _no_gaps(people: pl.DataFrame, name: str) -> None:
    empty = people[name].is_null()
    if empty.any():
        row = int(empty.arg_true()[0]) + 1
        raise ForecastError(
            f"第 {row} 行没有{name}（共 {int(empty.sum())} 行）：请补齐，不能当作没有这个人"
        )


def _births(births: pl.Series) -> pl.Series:
    """Month numbers from month numbers, dates or texts."""
    if births.dtype.is_integer():
        return births.cast(pl.Int64)
    try:
        known = {each: month_number(each) for each in births.unique().to_list()}
    except RetirementError as error:
        raise ForecastError(f"出生年月：{error}") from None
    return births.replace_strict(known, return_dtype=pl.Int64)
