"""When one person leaves: a probability for each month, by birth month and category.

Everything that differs between people of one unit is their birth month and category, so the
probabilities are worked out once a cohort, and a unit is only a count of cohorts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bianzhi.methods.forecast.choice import Choice, Hazard
from bianzhi.methods.retirement import Timetable

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Profiles:
    """Probabilities by cohort (shape (c, months) each, rows of cohorts).

    Attributes:
        retired: Leaves in this month, retiring.
        other: Leaves in this month for another reason.
        earliest: 1 from the month on in which the earliest choice has left; attrition aside.
        latest: The same for the latest choice.
        overdue: (c,) whether the last month allowed has passed before the start.
    """

    retired: Numbers
    other: Numbers
    earliest: Numbers
    latest: Numbers
    overdue: NDArray[np.bool_]


def profiles(
    table: Timetable, category: str, choice: Choice, hazard: Hazard, start: int, months: int
) -> Profiles:
    """The profiles of cohorts of one category, given that they are still there at the start."""
    when = start + np.arange(months)
    going, overdue = _going(table, choice, start, months)
    risk = hazard.monthly(category, (when - table.births[:, None]).astype(np.float64))
    risk = np.where(going >= 1, 0.0, risk)  # the month of certain retirement is retirement
    stay = np.cumprod((1 - risk) * (1 - going), axis=1)
    there = np.hstack([np.ones((len(stay), 1)), stay[:, :-1]])
    late = table.latest if choice.late > 0 else table.statutory
    early = table.earliest if choice.early > 0 else table.statutory
    return Profiles(
        there * (1 - risk) * going, there * risk,
        (when >= early[:, None]).astype(np.float64), (when >= late[:, None]).astype(np.float64),
        overdue,
    )  # fmt: skip


def _going(
    table: Timetable, choice: Choice, start: int, months: int
) -> tuple[Numbers, NDArray[np.bool_]]:
    """(probability of retiring in each month given still there, who should have left before)."""
    going = np.zeros((len(table.births), months))
    overdue = np.zeros(len(table.births), dtype=bool)
    shape = (table.earliest, table.statutory, table.latest)
    for row, (first, middle, last) in enumerate(zip(*shape, strict=True)):
        weights = spread(int(middle - first), int(last - middle), choice)
        still = np.cumsum(weights[::-1])[::-1]
        ratio = np.divide(weights, still, out=np.ones_like(weights), where=still > 1e-12)
        from_start = ratio[max(0, start - first) :]
        overdue[row] = start > first and (not len(from_start) or still[start - first] <= 1e-12)
        if overdue[row]:
            going[row, 0] = 1
            continue
        at = max(0, int(first) - start)
        kept = from_start[: max(0, months - at)]
        going[row, at : at + len(kept)] = kept
    return going, overdue


def spread(before: int, after: int, choice: Choice) -> Numbers:
    """Shares by month over the band, ``before`` months, the statutory one, ``after`` months.

    >>> spread(2, 0, Choice(early=0.5, late=0.25)).tolist()
    [0.25, 0.25, 0.5]
    """
    early = choice.early if before else 0.0
    late = choice.late if after else 0.0
    weights = np.empty(before + 1 + after)
    weights[:before] = early / before if before else 0.0
    weights[before] = 1 - early - late
    weights[before + 1 :] = late / after if after else 0.0
    return weights
