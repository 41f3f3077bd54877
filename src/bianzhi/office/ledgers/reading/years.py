"""核定 and 实有 of a unit through the years."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from bianzhi.core.days import day_date, day_number, day_text
from bianzhi.core.quantity import UNIT, quantity
from bianzhi.core.unit import UnitState
from bianzhi.office.ledgers.reading.sight import Sight

Line = dict[str, Any]


def years(view: Sight, found: UnitState) -> tuple[list[Line], list[tuple[int, float, float]]]:
    """核定 and 实有 of the posts that count: at the end of each year up to the day, and a step for
    every day on which one of them changed."""
    steps = sorted(_steps(view, found))
    if not steps:
        return [], []
    running, line = [0, 0], []
    for day, index, change in steps:
        running[index] += change
        line.append((day, running[0], running[1]))
    by_day = {day: (approved, actual) for day, approved, actual in line}
    ended = view.book.life(found.unit)[1]
    return _year_ends(by_day, view.on if ended is None else min(view.on, ended)), [
        (day, approved / UNIT, actual / UNIT) for day, (approved, actual) in by_day.items()
    ]


def _steps(view: Sight, found: UnitState) -> Iterable[tuple[int, int, int]]:
    """(day, 0 for 核定 or 1 for 实有, change)."""
    for account in sorted(view.book.accounts(found.unit)):
        if not view.words.counts(account.kind):
            continue
        balance, before = view.book.balance(account), 0
        for day, now in zip(balance.days, balance.running, strict=True):
            yield day, 0, now - before
            before = now
        for day, actual, _ in view.book.usage(account):
            yield day, 1, actual


def _year_ends(by_day: dict[int, tuple[int, int]], on: int) -> list[Line]:
    days = [day for day in by_day if day <= on]
    lines: list[Line] = []
    at, latest = (0, 0), iter(sorted(days))
    step = next(latest, None)
    for year in range(day_date(min(days)).year, day_date(on).year + 1) if days else ():
        last = min(day_number(date(year, 12, 31)), on)
        while step is not None and step <= last:
            at, step = by_day[step], next(latest, None)
        approved, actual = map(quantity, at)
        lines.append({"year": year, "day": last, "on": day_text(last), "approved": approved,
                      "actual": actual, "vacant": approved - actual})  # fmt: skip
    return lines
