"""空壳: posts and nobody on them for long. 长期空编: posts nobody has been on for long."""

from __future__ import annotations

import polars as pl

from bianzhi.rules.course import months_before
from bianzhi.rules.diagnosis.ground import MONTH, Ground
from bianzhi.rules.diagnosis.signs import banded, signs


def hollow(ground: Ground) -> pl.DataFrame:
    """The signs 空壳 and 长期空编."""
    shells = _shells(ground)
    return pl.concat([
        signs(shells, "shell", "核定 {} 名，自 {} 起一个人也没有，已 {} 个月",
              "approved", "since", "months", numbers=("months", "least")),
        _vacant(ground, shells),
    ])  # fmt: skip


def _shells(ground: Ground) -> pl.DataFrame:
    """Institutions with posts and, for the months of the pack, nobody on them."""
    sign, on = ground.given.signs["shell"], ground.material.on
    days = ground.days.with_columns(
        # empty from here on: posts, nobody
        empty=(pl.col("actual") <= 0) & (pl.col("approved") > 0)
    )
    last = days.filter(~pl.col("empty")).group_by("unit").agg(pl.col("day").max().alias("full"))
    since = days.filter("empty").join(last, on="unit", how="left")
    since = since.filter(pl.col("day") > pl.col("full").fill_null(-(10**9)))
    since = since.group_by("unit").agg(pl.col("day").min().cast(pl.Int64))
    orgs = ground.institutions.filter(pl.col("approved") > 0, pl.col("actual") <= 0)
    found = orgs.join(since, on="unit")
    found = found.filter(pl.col("day") <= months_before(on, int(sign["months"])))
    months = ((on - pl.col("day")) / MONTH).floor()
    return found.with_columns(
        since=pl.col("day").cast(pl.Int32).cast(pl.Date), months=months,
        least=pl.lit(sign["months"]), score=banded(months, sign["low"], sign["high"]),
    )  # fmt: skip


def _vacant(ground: Ground, shells: pl.DataFrame) -> pl.DataFrame:
    sign = ground.given.signs["vacant"]
    lowest = ground.lowest_free(sign["months"])
    orgs = ground.institutions.join(shells, on="unit", how="anti", maintain_order="left")
    found = orgs.join(lowest, on="unit", maintain_order="left").filter(
        pl.col("lowest") >= sign["least"], pl.col("lowest") >= sign["share"] * pl.col("approved")
    )
    found = found.with_columns(
        months=pl.lit(sign["months"]), least=pl.lit(sign["least"]),
        score=banded(pl.col("lowest"), sign["low"], sign["high"]),
    )  # fmt: skip
    return signs(found, "vacant", "连续 {} 个月每天至少空 {} 名（核定 {} 名）",
                 "months", "lowest", "approved", numbers=("lowest", "least"))  # fmt: skip
