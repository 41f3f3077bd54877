"""The problems of the survey as a report takes them: what classes share, what is a unit's own."""

from __future__ import annotations

import polars as pl

from bianzhi.methods.themes import AREA, NOTHING, UNSORTED
from bianzhi.office.survey.problems.classes import LED, SIZE
from bianzhi.office.survey.problems.grouped import Grouped
from bianzhi.office.survey.problems.query import EVERY
from bianzhi.office.survey.report.facts import THEMES


def themed(whole: Grouped) -> pl.DataFrame:
    """As ``THEMES``: shared by the whole area, by a class (each theme's surest class of a kind),
    then what is one unit's own."""
    problems = whole.quotes.filter(
        (pl.col("kind") == "problem") & ~pl.col("theme").is_in([UNSORTED, NOTHING])
    )
    rows = [*_area(whole, problems), *_classes(whole, problems), *_own(problems)]
    return pl.DataFrame(rows, schema=THEMES, orient="row")


def _area(whole: Grouped, problems: pl.DataFrame) -> list[tuple[object, ...]]:
    wide = whole.found.standings.filter(standing=AREA)["theme"].unique().implode()
    return [
        (title, EVERY, sorted(set(part["unit"])),
         100 * part["unit"].n_unique() / max(1, whole.found.asked), part["quote"].to_list())
        for (title,), part in _parts(problems.filter(pl.col("theme").is_in(wide)))
    ]  # fmt: skip


def _classes(whole: Grouped, problems: pl.DataFrame) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    surest = whole.found.common.unique(["theme", "by"], keep="first", maintain_order=True)
    for row in surest.iter_rows(named=True):
        inside = whole.classes.filter(by=row["by"], name=row["name"])["unit"].implode()
        part = problems.filter(pl.col("theme") == row["theme"], pl.col("unit").is_in(inside))
        units = sorted(set(part["unit"]))
        if units:  # else only proposals speak of it
            rows.append((row["title"], _named(row["by"], row["name"]), units,
                         100 * len(units) / row["units"], part["quote"].to_list()))  # fmt: skip
    return rows


def _named(by: str, name: str) -> str:
    """A class as a sentence names it."""
    if by == LED:
        return f"{name}所属单位"
    return f"编制{name}的单位" if by == SIZE else f"{name}单位"


def _own(problems: pl.DataFrame) -> list[tuple[object, ...]]:
    return [
        (title, "", sorted(set(part["unit"])), 0.0, part["quote"].to_list())
        for (title,), part in _parts(problems.filter(standing="own"))
    ]


def _parts(quotes: pl.DataFrame) -> list[tuple[tuple[str], pl.DataFrame]]:
    found = quotes.sort("title", "unit").partition_by("title", as_dict=True, maintain_order=True)
    return list(found.items())
