"""The district's picture on one page: what is wrong, how much, where."""

from __future__ import annotations

from typing import Any

import polars as pl

from bianzhi.office.desk.words import Words
from bianzhi.office.survey.diagnosed import diagnosed, standing
from bianzhi.office.survey.models import DISMISS
from bianzhi.office.survey.sizes import banded
from bianzhi.rules.diagnosis import PARTS, Diagnosis
from bianzhi.rules.diagnosis.towns import EACH

MOST = 10  # units with people from outside shown


def picture(words: Words) -> dict[str, Any]:
    """What the page shows; signs dismissed are not counted."""
    found = diagnosed(words)
    signs = standing(words).filter(pl.col("standing") != DISMISS)
    troubles = signs.filter(~pl.col("kind").is_in(PARTS))
    kinds = kinds_of(signs, found.institutions.height)
    return {
        "total": found.institutions.height,
        "approved": int(found.institutions["approved"].sum()),
        "actual": int(found.institutions["actual"].sum()),
        "troubled": troubles["unit"].n_unique(),
        "kinds": kinds,
        "sizes": sizes(found.institutions),
        "places": [
            {**each, "supervisor_name": words.name(each["supervisor"])}
            for each in places(troubles, found.institutions)
        ],
        "classes": found.classes.to_dicts(),
        "outside": outside(found.heads),
        **towns(found),
    }


def outside(heads: pl.DataFrame) -> list[dict[str, Any]]:
    """The units with the most people from outside the establishment."""
    some = heads.filter(pl.col("outside") > 0)
    return some.sort("outside", "unit", descending=[True, False]).head(MOST).to_dicts()


def towns(found: Diagnosis) -> dict[str, Any]:
    """The towns by posts per 10,000 residents, the figure of all together, where the spread is."""
    rows = found.towns
    people = float(rows["residents"].sum())
    whole = float(rows["approved"].sum()) / people * EACH if people else 0.0
    spread = found.spread
    return {
        "towns": rows.to_dicts(), "whole": whole, "most": rows["per"].max() or 1.0,
        "spread": spread.summary() if spread else "",
    }  # fmt: skip


def kinds_of(signs: pl.DataFrame, total: int) -> list[dict[str, Any]]:
    """A row a kind: kind, title, units, signs, share (%) of all institutions."""
    sums = signs.group_by("kind", "title", maintain_order=True).agg(
        pl.col("unit").n_unique().alias("units"), pl.len().alias("signs")
    )
    return [
        {**row, "share": round(100 * row["units"] / total, 1), "part": row["kind"] in PARTS}
        for row in sums.iter_rows(named=True)
    ]


def sizes(institutions: pl.DataFrame) -> list[dict[str, Any]]:
    """A row a band of posts: name, units, share (%)."""
    rows = []
    for name, mine in banded(institutions):
        share = round(100 * mine.height / institutions.height, 1) if institutions.height else 0.0
        rows.append({"name": name, "units": mine.height, "share": share})
    return rows


def places(troubles: pl.DataFrame, institutions: pl.DataFrame) -> list[dict[str, Any]]:
    """A row a supervising department: supervisor, units, troubled, signs; most signs first."""
    led = institutions.filter(pl.col("supervisor").is_not_null())
    by = troubles.group_by("unit").agg(pl.len().alias("signs"))
    sums = (
        led.join(by, on="unit", how="left")
        .group_by("supervisor")
        .agg(
            pl.len().alias("units"),
            pl.col("signs").is_not_null().sum().alias("troubled"),
            pl.col("signs").sum().alias("signs"),
        )
    )
    return sums.filter(pl.col("signs") > 0).sort(
        "troubled", "signs", "supervisor", descending=[True, True, False]
    ).to_dicts()  # fmt: skip
