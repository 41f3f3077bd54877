"""Where a series of years goes: the median of the slopes between every two years."""

from __future__ import annotations

import polars as pl


def trends(points: pl.DataFrame) -> pl.DataFrame:
    """A row a series of two years or more.

    Args:
        points: series, year, value (≥ 0); each year of a series once.

    Returns:
        series, years (how many), first, last (year), start, end (the line there), drop
        (1 − end / start, between 0 and 1; null where the line does not start above 0), before
        (the value of the last year but one), latest, pairs, down (pairs of years of which the
        later is lower).

    Source: Theil (1950), Sen (1968, JASA 63:1379): one bad year in five does not move it.
    """
    points = points.with_columns(pl.col("year").cast(pl.Float64)).sort("series", "year")
    later = points.select("series", pl.col("year", "value").name.suffix("_later"))
    pairs = points.join(later, on="series").filter(pl.col("year") < pl.col("year_later"))
    slopes = pairs.group_by("series").agg(
        ((pl.col("value_later") - pl.col("value")) / (pl.col("year_later") - pl.col("year")))
        .median().alias("slope"),
        pl.len().alias("pairs"),
        (pl.col("value_later") < pl.col("value")).sum().alias("down"),
    )  # fmt: skip
    found = points.join(slopes, on="series").group_by("series").agg(
        pl.len().alias("years"),
        pl.col("year").min().alias("first"), pl.col("year").max().alias("last"),
        (pl.col("value") - pl.col("slope") * pl.col("year")).median().alias("level"),
        pl.col("slope", "pairs", "down").first(),
        pl.col("value").slice(-2, 1).first().alias("before"),
        pl.col("value").last().alias("latest"),
    )  # fmt: skip
    ends = {"start": "first", "end": "last"}
    found = found.with_columns(
        (pl.col("level") + pl.col("slope") * pl.col(year)).alias(name)
        for name, year in ends.items()
    )
    drop = (1 - pl.col("end") / pl.col("start")).clip(0.0, 1.0)
    return found.with_columns(
        pl.col("first", "last").cast(pl.Int64),
        pl.when(pl.col("start") > 0).then(drop).alias("drop"),
    ).drop("level").sort("series")  # fmt: skip
