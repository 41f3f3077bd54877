"""承接: who became whom, for one unit through all its ancestors and descendants, or for a year."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import polars as pl

from bianzhi.core.columns import Columns
from bianzhi.core.days import day_date, day_number
from bianzhi.core.folding import known_by


def links(columns: Columns, known: int) -> pl.DataFrame:
    """Every succession known, future ones too: before, after, verb, day, no, source."""
    keys = columns.frame("subjects")["key"]
    found = columns.frame("links").filter(known_by(columns, known)).sort("day", "no", "line")
    sides = (keys.gather(found[name] - 1).alias(name) for name in ("before", "after"))
    return found.select("verb", "day", "no", "source").with_columns(sides)


def lineage(found: pl.DataFrame, unit: str) -> pl.DataFrame:
    """The successions that lead to a unit and those that lead on from it."""
    rows = found.with_row_index("row")
    kept: set[int] = set()
    for towards, away in (("after", "before"), ("before", "after")):
        frontier, seen = {unit}, {unit}
        while frontier:
            step = rows.filter(pl.col(towards).is_in(list(frontier)))
            kept.update(step["row"])
            frontier = set(step[away]) - seen
            seen |= frontier
    return found[sorted(kept)]


def of_year(found: pl.DataFrame, year: int) -> pl.DataFrame:
    """The successions of a calendar year."""
    first, last = day_number(date(year, 1, 1)), day_number(date(year, 12, 31))
    return found.filter(pl.col("day").is_between(first, last))


def by_year(found: pl.DataFrame) -> list[tuple[int, int]]:
    """(year, how many successions), newest first."""
    counted: dict[int, int] = defaultdict(int)
    for day in found["day"]:
        counted[day_date(day).year] += 1
    return sorted(counted.items(), reverse=True)


def layers(found: pl.DataFrame) -> dict[str, int]:
    """How far along each unit stands: after every unit it came from."""
    steps = [(before, after) for before, after in found.select("before", "after").iter_rows()]
    layer = {key: 0 for step in steps for key in step}
    for _ in layer:  # a way is at most as long as there are units
        late = [(b, a) for b, a in steps if layer[a] <= layer[b] and layer[b] < len(layer)]
        if not late:
            break
        for before, after in late:
            layer[after] = max(layer[after], layer[before] + 1)
    return layer
