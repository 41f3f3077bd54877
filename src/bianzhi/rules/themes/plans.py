"""Use of posts against the year's plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import polars as pl

from bianzhi.core.acts.claims import TICKET
from bianzhi.core.acts.people import Enroll
from bianzhi.core.days import day_date
from bianzhi.core.state import exact
from bianzhi.rules.beside import frame
from bianzhi.rules.finding import EXACT, found
from bianzhi.rules.material import Material
from bianzhi.rules.parameters import Flag, Whole
from bianzhi.rules.rule import USED, rule

LINE = ["unit", "kind", "year"]


@dataclass(frozen=True, kw_only=True)
class Planned:
    """Which use must be planned."""

    years: Annotated[Whole, "查几年，1 为当年"] = 1
    unplanned: Annotated[Flag, "没有计划的单位也查"] = True


@rule("CK-24", "计划外用编", USED, ("已用", "计划"), parameters=Planned, needs=("plans",))
def beyond_plan(material: Material, given: Planned) -> pl.DataFrame:
    """一年里占了编的号码（退回来的不算）多于当年生效的用编计划；全区都没有计划的年份不判。"""
    plans = _told(material)
    used = given_out(material).join(plans.select("year").unique(), on="year", how="semi")
    this = day_date(material.on).year
    used = used.filter((pl.col("year") > this - given.years) & (pl.col("year") <= this))
    sums = used.group_by(LINE).agg(pl.col("n").sum().alias("used"))
    both = material.mine(sums).join(
        plans.group_by(LINE).agg(pl.col("n").sum().alias("planned")), on=LINE, how="left"
    )
    if not given.unplanned:
        both = both.filter(pl.col("planned").is_not_null())
    none = pl.when(pl.col("planned").is_null()).then(pl.lit("没有")).otherwise(pl.lit("有"))
    both = both.with_columns(none=none, planned=pl.col("planned").fill_null(0).cast(EXACT))
    both = both.filter(pl.col("used") > pl.col("planned"))
    both = both.join(material.kinds.select("kind", "title"), on="kind", how="left")
    return found(
        both, "{} 年度{}{}用编计划，计划 {} 名，占编 {} 名，超出 {} 名", "year", "none", "title",
        "planned", "used", pl.col("used") - pl.col("planned"),
        about=pl.format("{} {}", "kind", "year"), numbers=("used", "planned"),
    )  # fmt: skip


def _told(material: Material) -> pl.DataFrame:
    """The plans that hold on the day."""
    plans = material.told("plans")
    return (frame("plans", []) if plans is None else plans).filter(pl.col("day") <= material.on)


def given_out(material: Material) -> pl.DataFrame:
    """unit (the org above a section), kind, year, n: tickets that wait or were used, where and
    when they were given out."""
    course = material.course
    steps = course.steps.filter(pl.col("slot") == TICKET)
    ends = steps.group_by("subject", maintain_order=True).agg(
        pl.col("account", "amount", "day").first(),
        (pl.col("account").last().is_not_null() | (pl.col("verb").last() == Enroll.verb))
        .alias("counts"),
    )  # fmt: skip
    placed = course.placed(ends.filter("counts"), "account").join(
        material.home, on="unit", how="left"
    )
    return placed.select(
        pl.coalesce("home", "unit").alias("unit"), "kind",
        pl.col("day").cast(pl.Date).dt.year().cast(pl.Int64).alias("year"),
        exact("amount").alias("n"),
    )  # fmt: skip
