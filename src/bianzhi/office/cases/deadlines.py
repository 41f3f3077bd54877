"""Working days: weekends off, but for the days the office has written into its calendar."""

from __future__ import annotations

from collections.abc import Mapping

from bianzhi.core.days import day_date
from bianzhi.office.cases.models import Holiday

SATURDAY = 5


def calendar() -> dict[int, bool]:
    """Days that are not as the week has them: whether each is worked."""
    return dict(Holiday.objects.values_list("day", "works"))


def is_worked(day: int, special: Mapping[int, bool]) -> bool:
    """Whether a day is a working day."""
    return special.get(day, day_date(day).weekday() < SATURDAY)


def due_after(day: int, working_days: int, special: Mapping[int, bool] | None = None) -> int:
    """The last day of a limit in working days; the day it starts is not counted.

    Args:
        day: Day number of the start.
        working_days: The limit.
        special: The calendar; the office's own where None.
    """
    known = calendar() if special is None else special
    while working_days > 0:
        day += 1
        working_days -= is_worked(day, known)
    return day


def working_days_left(today: int, due: int, special: Mapping[int, bool] | None = None) -> int:
    """Working days until a limit; negative where it has passed."""
    known = calendar() if special is None else special
    if due < today:
        return -sum(is_worked(day, known) for day in range(due + 1, today + 1))
    return sum(is_worked(day, known) for day in range(today + 1, due + 1))
