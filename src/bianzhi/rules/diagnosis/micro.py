"""小、散、弱: three signals kept apart, and what they say together."""

from __future__ import annotations

import polars as pl

from bianzhi.rules.diagnosis.ground import Ground
from bianzhi.rules.diagnosis.needs import WEIGHED
from bianzhi.rules.diagnosis.signs import banded, signs

PARTS = WEIGHED["micro"]


def micro(ground: Ground) -> pl.DataFrame:
    """The signs 小, 散, 弱 where they are above 0, and 小散弱 where they add up."""
    scored = scores(ground)
    parts = (
        ("small", "核定编制 {} 名", ("approved",), ("approved", "small_low")),
        ("scattered", "同一主管部门所属共 {} 家", ("kin",), ("kin", "scattered_low")),
        ("weak", "常空 {} 名，占核定的 {}%", ("lowest", "percent"), ("rate", "weak_low")),
    )  # fmt: skip
    found = [
        signs(scored.filter(pl.col(kind) > 0), kind, words, *told, score=kind, numbers=numbers)
        for kind, words, told, numbers in parts
    ]
    sign = ground.given.signs["micro"]
    together = scored.filter(
        (pl.col("together") >= sign["least"])
        & (pl.col("small") > 0)
        & (
            pl.sum_horizontal((pl.col(each) > 0).cast(pl.Int64) for each in PARTS)
            >= sign["present"]
        )
    )
    found.append(signs(
        together.with_columns(least=pl.lit(sign["least"])), "micro",
        "小 {}、散 {}、弱 {}，合计 {} 分：核定 {} 名，同部门 {} 家，常空 {}%",
        *PARTS, "together", "approved", "kin", "percent",
        score="together", numbers=("together", "least"),
    ))  # fmt: skip
    return pl.concat(found)


def scores(ground: Ground) -> pl.DataFrame:
    """A row an ordinary institution with posts: the numbers, a column a part, ``together``."""
    signs_ = ground.given.signs
    small, scattered, weak = (signs_[each] for each in PARTS)
    orgs = ground.institutions.filter("ordinary", pl.col("approved") > 0)
    lowest = ground.lowest_free(weak["months"])
    scored = orgs.join(lowest, on="unit", how="left", maintain_order="left").with_columns(
        pl.col("lowest").fill_null(0.0),
        kin=pl.when(pl.col("supervisor").is_null()).then(1).otherwise(pl.len().over("supervisor")),
    )
    scored = scored.with_columns(rate=pl.col("lowest") / pl.col("approved"))
    scored = scored.with_columns(
        percent=(pl.col("rate") * 100).round(1),
        small=banded(pl.col("approved"), small["low"], small["high"]),
        scattered=banded(pl.col("kin"), scattered["low"], scattered["high"]),
        weak=banded(pl.col("rate"), weak["low"], weak["high"]),
        small_low=pl.lit(small["low"]), scattered_low=pl.lit(scattered["low"]),
        weak_low=pl.lit(weak["low"]),
    )  # fmt: skip
    weights = signs_["micro"].weights
    weighed = [pl.col(each) * weights.get(each, 0.0) for each in PARTS]
    return scored.with_columns(together=pl.sum_horizontal(weighed).round(6))
