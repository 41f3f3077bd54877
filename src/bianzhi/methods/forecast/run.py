"""The forecast: cohort profiles times cohort counts."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bianzhi.methods.forecast.choice import Choice, Hazard
from bianzhi.methods.forecast.errors import ForecastError
from bianzhi.methods.forecast.people import Cohorts, cohorts
from bianzhi.methods.forecast.profile import Profiles, profiles
from bianzhi.methods.forecast.result import Forecast
from bianzhi.methods.retirement import Policy, month_number, national, timetable

CELLS = 8_000_000  # counts held at once, groups × cohorts
MOST_MONTHS = 720


def leavers(
    people: pl.DataFrame,
    start: str | date,
    months: int,
    *,
    choice: Choice | None = None,
    hazard: Hazard | None = None,
    policy: Policy | None = None,
    every: int = 1,
) -> Forecast:
    """Forecast who leaves each unit and kind.

    Args:
        people: One row a person: unit, kind, category (code of the retirement pack), birth
            (month number, date or ``YYYY-MM``); a column ``count`` makes it a row a cohort.
        start: First month of the forecast; people are those still there when it begins.
        months: How many months ahead.
        choice: Use of the flexible band; default: all at the statutory month.
        hazard: Other leaving; default: none.
        policy: Retirement pack; default the national one.
        every: Months a period: 1 for months, 12 for years. Divides ``months``.

    Raises:
        ForecastError: Bad table, horizon or period. RetirementError: Category unknown or
            unconfirmed.

    Source: Hoeffding (1956, Annals of Mathematical Statistics 27:713—721), the Poisson binomial:
    people leave independently; with p the probability of having left, a group's count has mean
    Σp and variance Σp(1 − p).
    """
    if not 1 <= months <= MOST_MONTHS:
        raise ForecastError(f"预测 {months} 个月：应当在 1 与 {MOST_MONTHS} 之间")
    if every < 1 or months % every:
        raise ForecastError(f"{months} 个月不能按 {every} 个月一期整分")
    first, found = month_number(start), cohorts(people)
    options = (choice or Choice(), hazard or Hazard(), policy or national())
    rows, overdue = _rows(found.keys, options, first, months, every)
    totals = _totals(found, np.hstack([rows, overdue[:, None]]))
    periods = months // every
    parts = [totals[:, k * periods : (k + 1) * periods] for k in range(5)]
    groups = found.groups.with_columns(overdue=pl.Series(totals[:, -1].round().astype(np.int64)))
    return Forecast(groups, first, every, *parts)


def _rows(
    keys: pl.DataFrame, options: tuple[Choice, Hazard, Policy], start: int, months: int, every: int
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(cohorts × 5·periods figures, overdue) in the order of the keys."""
    choice, hazard, policy = options
    rows, overdue = [], []
    for (category,), part in keys.group_by("category", maintain_order=True):
        births = part["birth"].to_numpy()
        table = timetable(births, str(category), policy)
        made = profiles(table, str(category), choice, hazard, start, months)
        rows.append(_periods(made, every))
        overdue.append(made.overdue.astype(np.float32))
    if not rows:
        return np.zeros((0, 5 * months // every), np.float32), np.zeros(0, np.float32)
    return np.vstack(rows), np.concatenate(overdue)


def _periods(made: Profiles, every: int) -> NDArray[np.float32]:
    """Retired, other, variance of those gone by the end, earliest, latest; period by period."""
    count, months = made.retired.shape
    shape = (count, months // every, every)
    retired, other = (each.reshape(shape).sum(axis=2) for each in (made.retired, made.other))
    gone = np.cumsum(retired + other, axis=1)
    ends = [each[:, every - 1 :: every] for each in (made.earliest, made.latest)]
    return np.hstack([retired, other, gone * (1 - gone), *ends]).astype(np.float32)


def _totals(found: Cohorts, rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """groups × figures: counts (groups × cohorts, a block at a time) times rows."""
    groups, kinds = found.groups.height, found.keys.height
    totals = np.zeros((groups, rows.shape[1]), dtype=np.float32)
    block = max(1, CELLS // max(1, kinds))
    for low in range(0, groups, block):
        high = min(groups, low + block)
        begin, end = np.searchsorted(found.group, [low, high])
        cell = (found.group[begin:end] - low) * kinds + found.cohort[begin:end]
        counts = np.bincount(cell, found.count[begin:end], minlength=(high - low) * kinds)
        np.matmul(counts.reshape(-1, kinds).astype(np.float32), rows, out=totals[low:high])
    return totals
