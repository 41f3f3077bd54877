"""资源配置不均: posts against like units, and how uneven a class of them is inside."""

from __future__ import annotations

import polars as pl

from bianzhi.methods import inequality
from bianzhi.rules.diagnosis.ground import Ground
from bianzhi.rules.diagnosis.signs import signs

CLASSES = {
    "peers": pl.String, "per": pl.String, "units": pl.Int64, "median": pl.Float64,
    "least": pl.Float64, "most": pl.Float64, "gini": pl.Float64, "theil": pl.Float64,
    "variation": pl.Float64,
}  # fmt: skip


def compared(ground: Ground) -> pl.DataFrame:
    """A row an institution in a class of enough peers: unit, peers, per (what is served, else ""),
    value (posts, or posts per unit served), median, ratio."""
    served = ground.material.served
    posts = ground.classes.join(
        ground.institutions.filter(pl.col("approved") > 0).select("unit", "approved"), on="unit"
    )
    if served is not None:
        amounts = served.filter(pl.col("amount") > 0)
        posts = posts.join(amounts, on=["unit", "measure"], how="left", maintain_order="left")
    else:
        posts = posts.with_columns(amount=pl.lit(None, pl.Float64))
    # a class is compared by what it serves only where that is known of every member
    known = pl.col("amount").is_not_null().all().over("peers")
    posts = posts.with_columns(
        per=pl.when(known).then("measure").otherwise(pl.lit("")),
        value=pl.when(known).then(pl.col("approved") / pl.col("amount")).otherwise("approved"),
    )
    enough = pl.len().over("peers") >= ground.given.signs["uneven"]["peers"]
    posts = posts.filter(enough).with_columns(median=pl.col("value").median().over("peers"))
    return posts.with_columns(ratio=pl.col("value") / pl.col("median")).sort("peers", "unit")


def uneven(ground: Ground) -> pl.DataFrame:
    """The sign 资源配置不均: far from the median of the class."""
    sign = ground.given.signs["uneven"]
    by_work = pl.col("per") != ""
    few = pl.when(by_work).then(sign["few"]).otherwise(sign["blunt_few"])
    many = pl.when(by_work).then(sign["many"]).otherwise(sign["blunt_many"])
    rows = compared(ground).with_columns(few=few, many=many)
    rows = rows.filter((pl.col("ratio") < pl.col("few")) | (pl.col("ratio") > pl.col("many")))
    rows = rows.with_columns(
        pl.col("ratio").log(2).abs().clip(0.0, 1.0).alias("score"),
        limit=pl.when(pl.col("ratio") < pl.col("few")).then("few").otherwise("many"),
        side=pl.when(pl.col("ratio") < 1).then(pl.lit("偏少")).otherwise(pl.lit("偏多")),
        unit_of=pl.when(by_work).then(pl.format("编制/{}", "per")).otherwise(pl.lit("编制")),
        text=pl.lit(""),
    )
    return signs(
        rows, "uneven", "{}类中{}：{} {}，中位数 {}，为其 {} 倍",
        "peers", "side", "unit_of", "value", "median", "ratio", numbers=("ratio", "limit"),
    )  # fmt: skip


def classes(ground: Ground) -> pl.DataFrame:
    """A row a class of peers: how many, median, least, most, Gini, Theil, variation inside."""
    rows = []
    for (title,), part in compared(ground).partition_by("peers", as_dict=True).items():
        values = part["value"].to_list()
        found = inequality.measure(values)
        rows.append((
            title, part["per"][0], len(values), part["median"][0], min(values), max(values),
            found.gini, found.theil, found.variation,
        ))  # fmt: skip
    return pl.DataFrame(rows, schema=CLASSES, orient="row").sort("gini", descending=True)
