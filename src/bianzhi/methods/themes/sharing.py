"""What is shared by a class of units and what is one unit's own.

For every theme and class: how many units of the class say it, against all others, by Fisher's exact
test, one-sided (more often than elsewhere): P(X ≥ a), X hypergeometric.
All tests of one way of classing are held together by Benjamini & Hochberg (J. R. Stat. Soc. B 57,
1995): of what is called shared, at most the share ``q`` is expected to be chance. What could never
be called shared, themes and classes of fewer units than ``least``, is not tested.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

AREA, CLASS, SOME, OWN = "area", "class", "some", "own"
STANDINGS = {AREA: "全域共性", CLASS: "一类共性", SOME: "部分单位", OWN: "个性"}
SHARED: dict[str, Any] = {
    "theme": pl.String, "title": pl.String, "by": pl.String, "name": pl.String,
    "said": pl.Int64, "units": pl.Int64, "other_said": pl.Int64, "other_units": pl.Int64,
    "share": pl.Float64, "other_share": pl.Float64, "p": pl.Float64, "q": pl.Float64,
    "shared": pl.Boolean, "sentence": pl.String,
}  # fmt: skip
STANDING: dict[str, Any] = {
    "unit": pl.String, "theme": pl.String, "title": pl.String, "standing": pl.String,
    "by": pl.String, "name": pl.String, "sentence": pl.String,
}  # fmt: skip


@dataclass(frozen=True)
class Limits:
    """From where on a problem is shared or one's own.

    Attributes:
        area: A theme said by at least this share of all units asked is shared by the whole area.
        share: One said by at least this share of a class, and there more often than elsewhere,
            is shared by the class …
        least: … when at least so many of its units say it …
        q: … and chance is held to this share of all that is called shared.
        own: A theme said by at most so many units is each one's own.
    """

    area: float = 0.3
    share: float = 0.3
    least: int = 3
    q: float = 0.05
    own: int = 2


def more_often(said: int, size: int, all_said: int, total: int) -> float:
    """P(X ≥ said): how often chance alone puts so many of ``all_said`` into a class of ``size``.

    >>> round(more_often(3, 3, 3, 6), 10)  # one way in twenty
    0.05
    """
    if not 0 <= said <= min(size, all_said):
        raise ValueError(f"{said} 家应在 0 和 {min(size, all_said)} 之间")
    logs = _factorials(total)
    k = np.arange(max(said, all_said - (total - size), 0), min(size, all_said) + 1)
    inside = logs[size] - logs[k] - logs[size - k]
    rest, out = total - size, all_said - k
    outside = logs[rest] - logs[out] - logs[rest - out]
    ways = logs[total] - logs[all_said] - logs[total - all_said]
    return min(1.0, float(np.exp(inside + outside - ways).sum()))


@lru_cache(maxsize=8)
def _factorials(most: int) -> npt.NDArray[np.float64]:
    """ln k! for k = 0 … most."""
    found: npt.NDArray[np.float64] = np.concatenate(
        [[0.0], np.cumsum(np.log(np.arange(1, most + 1)))]
    )
    return found


def false_discovery(p: list[float]) -> list[float]:
    """q of each p: the least rate of chance at which it still counts (Benjamini–Hochberg).

    >>> false_discovery([0.01, 0.04, 0.03])
    [0.03, 0.04, 0.04]
    """
    order = np.argsort(p, kind="stable")
    ranked = np.asarray(p, float)[order] * len(p) / (np.arange(len(p)) + 1)
    held = np.minimum.accumulate(ranked[::-1])[::-1]
    found = np.empty(len(p))
    found[order] = np.minimum(held, 1)
    return [float(each) for each in found]


def shared(
    said: pl.DataFrame, classes: pl.DataFrame, titles: dict[str, str], limits: Limits
) -> pl.DataFrame:
    """Every theme and class with the test, as :data:`SHARED`; the surest first.

    Args:
        said: unit, theme; each pair once, units of ``classes`` only.
        classes: unit, by (what the classes are made by), name; a row a unit and ``by``.
        titles: Of the themes.
        limits: See there.
    """
    total = classes["unit"].n_unique()
    sizes = classes.group_by("by", "name").agg(pl.col("unit").n_unique().alias("units"))
    sizes = sizes.filter(pl.col("units").is_between(limits.least, total - 1))
    all_said = {theme: n for theme, n in said.group_by("theme").len().iter_rows()
                if n >= limits.least}  # fmt: skip
    met = said.join(classes, on="unit").group_by("theme", "by", "name").len("said").join(
        sizes, on=["by", "name"]
    ).filter(pl.col("theme").is_in(list(all_said))).sort("by", "theme", "name")  # fmt: skip
    rows = []
    for part in met.partition_by("by", maintain_order=True):
        found = list(part.iter_rows(named=True))
        p = [more_often(row["said"], row["units"], all_said[row["theme"]], total) for row in found]
        tests = len(all_said) * sizes.filter(by=found[0]["by"]).height
        q = false_discovery([*p, *[1.0] * (tests - len(p))])  # nobody says it: p = 1
        rows += [
            _row(row, all_said[row["theme"]], total, titles, chance, held, limits)
            for row, chance, held in zip(found, p, q, strict=False)
        ]
    return pl.DataFrame(rows, schema=SHARED, orient="row").sort("p", "theme", "by", "name")


def _row(
    row: dict[str, Any], all_said: int, total: int, titles: dict[str, str],
    p: float, q: float, limits: Limits,
) -> tuple[Any, ...]:  # fmt: skip
    said, units = row["said"], row["units"]
    rest, others = all_said - said, total - units
    share, other_share = said / units, rest / others
    title = titles[row["theme"]]
    is_shared = (
        said >= limits.least and share >= limits.share and share > other_share and q <= limits.q
    )
    sentence = (
        f"{units} 家{row['name']}的单位中 {said} 家提到“{title}”（{share:.0%}），"
        f"其余 {others} 家中 {rest} 家（{other_share:.0%}）"
    )
    return (row["theme"], title, row["by"], row["name"], said, units, rest, others, share,
            other_share, p, q, is_shared, sentence)  # fmt: skip


def standings(
    said: pl.DataFrame, classes: pl.DataFrame, found: pl.DataFrame, titles: dict[str, str],
    limits: Limits,
) -> pl.DataFrame:  # fmt: skip
    """What each unit's problem is, as :data:`STANDING`: shared by the whole area, by a class of the
    unit (the surest), said by some, or its own."""
    total = max(classes["unit"].n_unique(), 1)
    counts = dict(said.group_by("theme").len().iter_rows())
    mine = classes.join(found.filter("shared"), on=["by", "name"], how="inner").sort("p")
    surest: dict[tuple[str, str], dict[str, Any]] = {}
    for row in mine.iter_rows(named=True):
        surest.setdefault((row["unit"], row["theme"]), row)
    rows = [
        (unit, theme, titles[theme],
         *_standing(counts[theme], total, titles[theme], surest.get((unit, theme)), limits))
        for unit, theme in said.select("unit", "theme").sort("unit", "theme").iter_rows()
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=STANDING, orient="row")


def _standing(
    count: int, total: int, title: str, row: dict[str, Any] | None, limits: Limits
) -> tuple[str, str, str, str]:
    words = f"{total} 家单位中 {count} 家提到“{title}”（{count / total:.0%}）"
    if row:
        return CLASS, row["by"], row["name"], row["sentence"]
    if count / total >= limits.area and count > limits.own:
        return AREA, "", "", words
    if count <= limits.own:
        return OWN, "", "", words
    return SOME, "", "", words
