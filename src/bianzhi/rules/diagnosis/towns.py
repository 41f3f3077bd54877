"""镇街之间: posts of the towns' institutions per 10,000 residents, and how they are spread."""

from __future__ import annotations

from typing import Any

import polars as pl

from bianzhi.methods.inequality import Decomposition, decompose
from bianzhi.rules.diagnosis.ground import Ground
from bianzhi.rules.diagnosis.loads import heads
from bianzhi.rules.diagnosis.served import served

RESIDENTS = "常住人口"
EACH = 10_000
SORTS = {"街道": "街道", "镇": "镇", "乡": "乡"}  # by how the name ends or what it holds
TOWNS: dict[str, Any] = {
    "town": pl.String, "name": pl.String, "sort": pl.String, "units": pl.Int64,
    "approved": pl.Float64, "heads": pl.Float64, "residents": pl.Float64, "per": pl.Float64,
    "per_heads": pl.Float64, "ratio": pl.Float64,
}  # fmt: skip


def towns(ground: Ground) -> pl.DataFrame:
    """A row a town whose residents are known, most posts a head first.

    Returns:
        town, name, sort (街道, 镇, 乡), units (its institutions), approved, heads (who really works
        there), residents, per and per_heads (of 10,000 residents), ratio (``per`` to that of all
        towns together).
    """
    led = ground.institutions.filter("town").join(heads(ground).select("unit", "heads"), on="unit")
    sums = led.group_by(town="supervisor").agg(
        pl.len().cast(pl.Int64).alias("units"), pl.col("approved", "heads").sum()
    )
    names = ground.towns.select(pl.col("name"), town="unit")
    rows = names.join(sums, on="town").join(_residents(ground, led), on="town")
    if rows.is_empty():
        return pl.DataFrame(schema=TOWNS)
    rows = rows.with_columns(
        per=pl.col("approved") / pl.col("residents") * EACH,
        per_heads=pl.col("heads") / pl.col("residents") * EACH, sort=_sort(),
    )  # fmt: skip
    whole = float(rows["approved"].sum()) / float(rows["residents"].sum()) * EACH
    ratio = pl.col("per") / whole if whole else pl.lit(None, pl.Float64)
    return rows.with_columns(ratio=ratio).select(list(TOWNS)).cast(pl.Schema(TOWNS)).sort(
        "per", "town", descending=[True, False]
    )  # fmt: skip


def spread(rows: pl.DataFrame) -> Decomposition | None:
    """Theil's T of posts a resident, within and between 街道, 镇 and 乡; None of fewer than two
    towns, or where there are no posts at all."""
    if rows.height < 2 or rows["approved"].sum() <= 0:
        return None
    return decompose(rows["per"].to_list(), rows["sort"].to_list(), rows["residents"].to_list())


def _residents(ground: Ground, led: pl.DataFrame) -> pl.DataFrame:
    """town, residents: of the town itself where known, else the most an institution of it told
    (each serves the whole town; who told less meant a part)."""
    known = ground.kept(served).filter(pl.col("measure") == RESIDENTS)
    own = known.select(town="unit", own="amount")
    told = known.join(led.select("unit", town="supervisor"), on="unit")
    most = told.group_by("town").agg(pl.col("amount").max())
    every = pl.concat([own.select("town"), most.select("town")]).unique()
    both = every.join(own, on="town", how="left").join(most, on="town", how="left")
    return both.select("town", residents=pl.coalesce("own", "amount"))


def _sort() -> pl.Expr:
    found = pl.lit("其他")
    for word, title in reversed(list(SORTS.items())):
        found = pl.when(pl.col("name").str.contains(word, literal=True)).then(
            pl.lit(title)).otherwise(found)  # fmt: skip
    return found
