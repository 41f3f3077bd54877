"""业务量: what the units told, year by year, held against their posts and people of those years."""

from __future__ import annotations

import datetime as dt

import polars as pl

from bianzhi.core.days import day_date
from bianzhi.rules.diagnosis.ground import Ground


def loads(ground: Ground) -> pl.DataFrame:
    """A row a unit, item and full year.

    Returns:
        unit, item, measure, year, amount, answer, posts (at the end of the year; of the first
        year known where the record begins later), heads (people in post and outside the
        establishment, as they are now), per_post, per_head; null where there is nobody.
    """
    told = _told(ground)
    rows = _pooled(told).join(posts_by_year(ground, told), on=["unit", "year"], how="left")
    rows = rows.join(heads(ground).select("unit", "heads"), on="unit", how="left")
    return rows.with_columns(
        per_post=pl.when(pl.col("posts") > 0).then(pl.col("amount") / pl.col("posts")),
        per_head=pl.when(pl.col("heads") > 0).then(pl.col("amount") / pl.col("heads")),
    ).sort("unit", "item", "measure", "year")


def heads(ground: Ground) -> pl.DataFrame:
    """unit, name, approved, actual, outside (people from outside the establishment, borrowed ones
    with them), lent, heads (who really works there: actual + outside − lent), answer."""
    told = outside_rows(ground)
    lent = pl.col("kind") == "lent"
    sums = told.group_by("unit").agg(
        pl.col("people").filter(~lent).sum().alias("outside"),
        pl.col("people").filter(lent).sum().alias("lent"),
        pl.col("answer").unique().sort().str.join("、"),
    )
    units = ground.institutions.select("unit", "name", "approved", "actual")
    return units.join(sums, on="unit", how="left", maintain_order="left").with_columns(
        pl.col("outside", "lent").fill_null(0.0), pl.col("answer").fill_null(""),
    ).with_columns(
        heads=(pl.col("actual") + pl.col("outside") - pl.col("lent")).clip(0.0)
    )  # fmt: skip


def outside_rows(ground: Ground) -> pl.DataFrame:
    """The rows of people outside the establishment, the last of each unit and kind."""
    told = ground.told.outside.unique(["unit", "kind"], keep="last", maintain_order=True)
    return told.filter(pl.col("people") > 0)


def _told(ground: Ground) -> pl.DataFrame:
    """The rows that can be compared: of institutions there are, of full years, once each."""
    today: dt.date = day_date(ground.material.on)
    full = today.year if (today.month, today.day) == (12, 31) else today.year - 1
    rows = ground.told.workload.filter(
        pl.col("amount").is_finite() & (pl.col("amount") >= 0) & (pl.col("year") <= full)
    ).with_columns(pl.col("measure", "item").fill_null("").str.strip_chars())
    rows = rows.join(ground.institutions.select("unit"), on="unit", how="semi")
    return rows.unique(["unit", "item", "measure", "year"], keep="last", maintain_order=True)


def _pooled(told: pl.DataFrame) -> pl.DataFrame:
    """Items of a unit that ended and items of the same measure that began as they ended, as one:
    a matter that was only given another name has not gone."""
    key = ["unit", "measure"]
    spans = told.group_by(*key, "item").agg(
        pl.col("year").filter(pl.col("amount") > 0).min().alias("begun"),
        pl.col("year").filter(pl.col("amount") > 0).max().alias("ended"),
    ).drop_nulls("begun")  # fmt: skip
    asked = told.group_by("unit").agg(
        pl.col("year").min().alias("first"), pl.col("year").max().alias("last")
    )
    spans = spans.join(asked, on="unit")
    gone = spans.filter(pl.col("ended") < pl.col("last")).select(*key, "item", "ended")
    new = spans.filter(pl.col("begun") > pl.col("first")).select(*key, "item", "begun")
    met = gone.join(new, on=key, suffix="_new").filter(
        pl.col("item") != pl.col("item_new"),
        (pl.col("begun") - pl.col("ended")).is_between(0, 1),
    )
    sides = pl.concat([met.select(*key, "item"), met.select(*key, item="item_new")]).unique()
    names = sides.group_by(key).agg(pl.col("item").sort().str.join("＋").alias("pool"))
    rows = told.join(sides.join(names, on=key), on=[*key, "item"], how="left")
    rows = rows.with_columns(item=pl.coalesce("pool", "item"))
    return rows.group_by("unit", "item", "measure", "year").agg(
        pl.col("amount").sum(), pl.col("answer").unique().sort().str.join("、")
    )


def posts_by_year(ground: Ground, years: pl.DataFrame) -> pl.DataFrame:
    """unit, year, posts: approved at the end of each year of ``years`` (unit, year)."""
    asked = years.select("unit", "year").unique().with_columns(
        day=pl.date(pl.col("year"), 12, 31).cast(pl.Int32).cast(pl.Int64)
    )  # fmt: skip
    held = ground.days.filter(pl.col("approved") > 0).select(
        "unit", pl.col("day").cast(pl.Int64), posts="approved"
    )
    first = held.sort("day").group_by("unit").agg(pl.col("posts").first().alias("first"))
    found = asked.sort("day").join_asof(
        held.sort("day"), on="day", by="unit", check_sortedness=False
    )
    found = found.join(first, on="unit", how="left")
    return found.select("unit", "year", posts=pl.coalesce("posts", "first"))
