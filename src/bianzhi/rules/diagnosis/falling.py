"""业务量下降, 人均业务量低, 没有业务量: what the figures of the years say of a unit's work."""

from __future__ import annotations

import polars as pl

from bianzhi.rules.diagnosis.ground import Ground
from bianzhi.rules.diagnosis.loads import loads
from bianzhi.rules.diagnosis.signs import banded, signs
from bianzhi.rules.diagnosis.trend import trends

ITEM = ["unit", "item", "measure"]


def falling(ground: Ground) -> pl.DataFrame:
    """The sign 业务量下降, item by item."""
    rows = fallen(ground).filter(pl.col("score") > 0)
    return signs(
        rows, "falling",
        "“{}”{}–{} 年每编制的趋势由 {} 到 {}（{}），降 {}%，最后一年 {}；{} 对年份里 {} 对是降的",
        "item", "first", "last", "start", "end", "unit_of", "percent", "latest", "pairs", "down",
        numbers=("drop", "low"),
    )  # fmt: skip


def fallen(ground: Ground) -> pl.DataFrame:
    """A row a unit and item of enough years: the trend, ``score`` (0 where it holds its own)."""
    sign = ground.given.signs["falling"]
    rows = ground.kept(loads).with_columns(
        # a unit whose posts went with its work has not weakened
        value=pl.coalesce("per_post", "amount"), series=pl.struct(ITEM).hash(),
    )  # fmt: skip
    about = rows.group_by("series", *ITEM).agg(pl.col("answer").unique().sort().str.join("、"))
    found = trends(rows.select("series", "year", "value")).join(about, on="series")
    found = found.filter(pl.col("years") >= sign["years"], pl.col("drop").is_not_null())
    # one bad year, be it the last one, is no fall
    lasting = pl.max_horizontal("before", "latest") <= pl.col("start") * (1 - pl.col("drop") / 3)
    agreed = pl.col("down") >= sign["agree"] * pl.col("pairs")
    score = banded(pl.col("drop"), sign["low"], sign["high"])
    return found.with_columns(
        score=pl.when(lasting & agreed).then(score).otherwise(0.0), low=pl.lit(sign["low"]),
        percent=(pl.col("drop") * 100).round(0), end=pl.col("end").clip(0.0), about="item",
        text=pl.lit(""), answers="answer",
        unit_of=pl.when(pl.col("measure") == "").then(pl.lit("数量")).otherwise("measure"),
    ).sort(ITEM)  # fmt: skip


def latest(ground: Ground) -> pl.DataFrame:
    """unit, item, measure, peers, amount, per_post, per_head (means of the last two years), answer,
    and the medians of the class where enough of it told of the item."""
    least = ground.given.signs["thin"]["peers"]
    last = ground.kept(loads).filter(pl.col("year") > pl.col("year").max().over("unit") - 2)
    rows = last.group_by(ITEM).agg(
        pl.col("amount", "per_post", "per_head").mean(),
        pl.col("answer").unique().sort().str.join("、"),
    ).join(ground.classes.select("unit", "peers"), on="unit", how="left")  # fmt: skip
    like = ["peers", "item", "measure"]
    worked = rows.filter(pl.col("amount") > 0, pl.col("peers").is_not_null())
    medians = worked.group_by(like).agg(
        pl.len().alias("kin"),
        pl.col("per_post").median().alias("median"),
        pl.col("per_head").median().alias("median_head"),
    )
    medians = medians.filter(pl.col("kin") >= least)
    return rows.join(medians, on=like, how="left").sort(ITEM)


def thinness(ground: Ground) -> pl.DataFrame:
    """A row a unit and item of a class: ``ratio`` to the median of the class, ``score``."""
    sign = ground.given.signs["thin"]
    rows = ground.kept(latest).filter(
        pl.col("amount") > 0, pl.col("per_post").is_not_null(), pl.col("median") > 0
    )
    rows = rows.with_columns(
        ratio=pl.col("per_post") / pl.col("median"), low=pl.lit(sign["low"]),
        ratio_head=pl.col("per_head") / pl.col("median_head"), about="item", answers="answer",
    )  # fmt: skip
    return rows.with_columns(score=banded(pl.col("ratio"), sign["low"], sign["high"]))


def thin(ground: Ground) -> pl.DataFrame:
    """The sign 人均业务量低, told without and with the people outside the establishment."""
    rows = thinness(ground).filter(pl.col("score") > 0)
    return signs(
        rows, "thin",
        "“{}”每编制 {}，{}类 {} 家的中位数 {}，为其 {} 倍；连编外每人 {}，为其 {} 倍",
        "item", "per_post", "peers", "kin", "median", "ratio", "per_head", "ratio_head",
        numbers=("ratio", "low"),
    )  # fmt: skip


def silence(ground: Ground) -> pl.DataFrame:
    """A row a unit and item of which nothing was done: zero in the last two years, or never told
    of by a unit that answered, though most of its class do it. ``words`` says which."""
    zero = (
        ground.kept(latest)
        .filter(pl.col("amount") <= 0)
        .select(*ITEM, "answer", words=pl.format("“{}”最近两年都是 0", "item"))
    )
    return pl.concat([zero, _untold(ground)]).with_columns(
        about="item", score=pl.lit(1.0), answers="answer"
    ).sort(ITEM)  # fmt: skip


def silent(ground: Ground) -> pl.DataFrame:
    """The sign 没有业务量."""
    return signs(silence(ground), "silent", "{}", "words")


def _untold(ground: Ground) -> pl.DataFrame:
    share = ground.given.signs["silent"]["share"]
    told = ground.kept(latest).filter(pl.col("peers").is_not_null())
    answered = told.group_by("unit", "peers").agg(pl.col("answer").first())
    sizes = answered.group_by("peers").agg(pl.len().alias("size"))
    usual = told.filter(pl.col("kin").is_not_null()).unique(["peers", "item", "measure"])
    usual = usual.join(sizes, on="peers").filter(pl.col("kin") >= share * pl.col("size"))
    wanted = answered.join(usual.select("peers", "item", "measure", "kin", "size"), on="peers")
    missing = wanted.join(told, on=ITEM, how="anti")
    return missing.select(
        *ITEM, "answer",
        words=pl.format("没有报“{}”，{}类 {} 家里 {} 家有", "item", "peers", "size", "kin"),
    )  # fmt: skip
