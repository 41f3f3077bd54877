"""Ten years of leavers of a nation's staff: every unit and kind, month by month, with bands."""

from __future__ import annotations

import time
from functools import partial
from typing import Any

import numpy as np
import polars as pl

from benchmarks.common import Line, arguments, peak_megabytes, show, timed
from bianzhi.methods.forecast import Choice, Hazard, leavers
from bianzhi.methods.retirement import month_number

SIZES = (
    ("people", 30_000_000, 200_000, "people"),
    ("units", 60_000, 500, "units they work in, each with up to six kinds of posts"),
)
CATEGORIES = ("man", "woman-55", "woman-50")
AIM = 60.0
ASSUMED: dict[str, Any] = {
    "choice": Choice(0.2, 0.1),
    "hazard": Hazard([(0, 0.03), (35, 0.01), (55, 0.02)]),
}


def main() -> None:
    given = arguments(__doc__, *SIZES)
    people = staff(given.people, given.units)
    lines = []
    for every, what in ((1, "120 months"), (12, "10 years")):
        start = time.process_time()
        took, made = timed(partial(leavers, people, "2026-01", 120, every=every, **ASSUMED))
        used = time.process_time() - start
        assert int(made.groups["people"].sum()) == given.people
        banded, (low, high) = timed(made.band)
        assert (low <= made.gone() + 1).all()
        assert (high >= made.gone() - 1).all()
        rate = f"{made.groups.height:,} groups; {used:.1f} s of processor"
        lines.append(Line(f"leavers, {what}", f"{took:.1f} s", rate, aim=f"{AIM:.0f} s"))
        lines.append(Line(f"bands, {what}", f"{banded:.1f} s"))
    lines.append(Line("peak memory", f"{peak_megabytes():,} MB"))
    show(f"{given.people:,} people in {given.units:,} units", lines)


def staff(people: int, units: int) -> pl.DataFrame:
    """People of 22 to 60 years, in units of unlike size; months of birth as numbers."""
    chance = np.random.default_rng(20260101)
    sizes = chance.pareto(1.2, units) + 0.2
    place = chance.choice(units, people, p=sizes / sizes.sum())
    return pl.DataFrame(
        {
            "unit": place.astype(np.int32),
            "kind": chance.integers(0, 6, people).astype(np.int8),
            "category": pl.Series(chance.choice(3, people, p=[0.5, 0.3, 0.2]))
            .replace_strict(dict(enumerate(CATEGORIES)), return_dtype=pl.String)
            .cast(pl.Categorical),
            "birth": chance.integers(month_number("1966-01"), month_number("2004-01"), people),
        }
    )


if __name__ == "__main__":
    main()
