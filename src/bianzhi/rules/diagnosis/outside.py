"""编外偏多: people from outside the establishment against those in post."""

from __future__ import annotations

import polars as pl

from bianzhi.rules.diagnosis.ground import Ground
from bianzhi.rules.diagnosis.loads import heads, outside_rows
from bianzhi.rules.diagnosis.signs import banded, signs
from bianzhi.rules.diagnosis.told import OUTSIDE_KINDS


def outside(ground: Ground) -> pl.DataFrame:
    """The sign 编外偏多: without them the unit looks leaner than it is."""
    sign = ground.given.signs["outside"]
    rows = heads(ground).filter(pl.col("outside") > 0)
    rows = rows.with_columns(
        # with nobody in post every one of them is too many
        ratio=pl.when(pl.col("actual") > 0).then(pl.col("outside") / pl.col("actual"))
        .otherwise(sign["high"]),
    ).filter(pl.col("ratio") >= sign["least"])  # fmt: skip
    rows = rows.join(_kinds(ground), on="unit", how="left", maintain_order="left").with_columns(
        score=banded(pl.col("ratio"), sign["low"], sign["high"]), least=pl.lit(sign["least"]),
        answers="answer", percent=(pl.col("ratio") * 100).round(0),
    )  # fmt: skip
    return signs(
        rows, "outside",
        "在编 {} 名，编外和借入 {} 名（{}），为在编的 {}%；借出 {} 名，实际在岗 {} 名",
        "actual", "outside", "kinds", "percent", "lent", "heads", numbers=("ratio", "least"),
    )  # fmt: skip


def _kinds(ground: Ground) -> pl.DataFrame:
    """unit, kinds: how many of each, in words."""
    told = outside_rows(ground).filter(pl.col("kind") != "lent")
    sums = told.group_by("unit", "kind").agg(pl.col("people").sum()).sort("unit", "kind")
    titles = pl.col("kind").replace(OUTSIDE_KINDS)
    return sums.group_by("unit").agg(
        pl.format("{} {}", titles, pl.col("people").cast(pl.Int64)).str.join("、").alias("kinds")
    )
