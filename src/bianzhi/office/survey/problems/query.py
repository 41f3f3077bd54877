"""What is asked of the problems, and the tables that answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import polars as pl

from bianzhi.core.errors import Refusal
from bianzhi.methods.themes import AREA, NOTHING, ORIGINS, STANDINGS, UNSORTED
from bianzhi.office.survey.problems.grouped import Grouped

KINDS = {"problem": "问题", "proposal": "建议"}
EVERY = "全部单位"
MARK = "："  # between what classes are made by and the class, in an address


class Query(NamedTuple):
    """A question to the problems; "" does not restrict. ``cls`` is “主管部门：农业农村局”."""

    theme: str = ""
    cls: str = ""
    standing: str = ""
    kind: str = ""
    sought: str = ""


def read(given: Mapping[str, str], whole: Grouped) -> Query:
    """The question in an address.

    Raises:
        Refusal: It asks for what there is not.
    """
    for name, known in (("standing", STANDINGS), ("kind", KINDS), ("cls", names(whole))):
        value = given.get(name, "")
        if value and value not in known:
            raise Refusal.of(
                "bad-choice", f"地址里的“{name}={value}”不认识", f"可选的有：{'、'.join(known)}"
            )
    return Query(*(given.get(name, "") for name in ("theme", "cls", "standing", "kind", "q")))


def names(whole: Grouped) -> list[str]:
    """All classes, as they stand in an address."""
    every = whole.classes.select("by", "name").unique().sort("by", "name")
    return [f"{by}{MARK}{name}" for by, name in every.iter_rows()]


def inside(whole: Grouped, cls: str) -> pl.Series:
    """The units of a class; all that answered where none is asked for."""
    units = whole.classes
    if cls:
        by, _, name = cls.partition(MARK)
        units = units.filter(by=by, name=name)
    found: pl.Series = units["unit"].unique()
    return found


def answer(whole: Grouped, wish: Query) -> pl.DataFrame:
    """The quotes asked for."""
    kept = [
        pl.col(name) == value
        for name, value in (("theme", wish.theme), ("standing", wish.standing),
                            ("kind", wish.kind)) if value
    ]  # fmt: skip
    if wish.cls:
        kept.append(pl.col("unit").is_in(inside(whole, wish.cls).implode()))
    for word in wish.sought.split():
        kept.append(pl.any_horizontal(
            pl.col(name).str.contains(word, literal=True)
            for name in ("unit_name", "text", "unit", "title")
        ))  # fmt: skip
    return whole.quotes.filter(*kept) if kept else whole.quotes


def table(whole: Grouped, quotes: pl.DataFrame, cls: str) -> list[dict[str, Any]]:
    """A row a theme: theme, title, about, origin, quotes, units, share (% of those asked), own
    (units whose own it is), shared (classes, or all), words; most units first, unsorted last."""
    asked = max(len(inside(whole, cls)), 1)
    about = {row["theme"]: row for row in whole.found.themes.iter_rows(named=True)}
    everywhere = whole.found.standings.filter(standing=AREA)["theme"].unique().sort()
    shared: dict[str, list[str]] = {theme: [EVERY] for theme in everywhere}
    for row in whole.found.common.iter_rows(named=True):
        shared.setdefault(row["theme"], []).append(f"{row['by']}{MARK}{row['name']}")
    sums = quotes.group_by("theme", "title").agg(
        pl.col("unit").n_unique().alias("units"), pl.len().alias("quotes"),
        pl.col("unit").filter(pl.col("standing") == "own").n_unique().alias("own"),
    )  # fmt: skip
    aside = pl.col("theme").is_in([UNSORTED, NOTHING])
    ordered = sums.sort(aside, -pl.col("units").cast(pl.Int64), -pl.col("quotes").cast(pl.Int64),
                        "theme")  # fmt: skip
    return [
        {**row, "share": round(100 * row["units"] / asked, 1),
         "shared": shared.get(row["theme"], []), **_known(about.get(row["theme"]))}
        for row in ordered.iter_rows(named=True)
    ]  # fmt: skip


def _known(row: dict[str, Any] | None) -> dict[str, Any]:
    if row is None:
        return {"about": "", "origin": "", "words": [], "source": "", "grade": ""}
    kept = {name: row[name] for name in ("about", "words", "source", "grade")}
    return {**kept, "origin": ORIGINS[row["origin"]]}
