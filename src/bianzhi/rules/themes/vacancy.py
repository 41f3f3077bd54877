"""Vacancy that lasts, and entries into units that are over-staffed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

import polars as pl

from bianzhi.core.ledger import ACTUAL
from bianzhi.rules.course import months_before
from bianzhi.rules.finding import EXACT, found
from bianzhi.rules.material import Material
from bianzhi.rules.parameters import Number, Whole
from bianzhi.rules.rule import USED, rule

LINE = ["unit", "kind"]


@dataclass(frozen=True, kw_only=True)
class Lasting:
    """How long a vacancy must last."""

    months: Annotated[Whole, "连续几个月"]
    least: Annotated[Number, "至少空几名"] = Decimal(1)


@rule("CK-04", "长期空编", USED, ("期间最少空编", "至少空编"), parameters=Lasting)
def long_vacant(material: Material, given: Lasting) -> pl.DataFrame:
    """期间每一天都有空编；有一天空编不够数，就不算长期。"""
    since = months_before(material.on, given.months)
    least = pl.lit(given.least, EXACT)
    lines = material.own_posts.filter(pl.col("counts") & (pl.col("vacant") >= least))
    moved = material.course.values(lines, since)
    free = [
        pl.col(f"approved{end}") - pl.col(f"actual{end}") - pl.col(f"promised{end}")
        for end in ("", "_before")
    ]
    lowest = moved.group_by(LINE).agg(pl.min_horizontal(free).min().alias("lowest"))
    lines = lines.join(lowest, on=LINE, how="left").with_columns(
        lowest=pl.min_horizontal(pl.coalesce("lowest", "vacant"), "vacant"), least=least
    )
    return found(
        lines.filter(pl.col("lowest") >= least),
        "{}" + f"连续 {given.months} 个月每天都有空编，最少 {{}} 名，现空 {{}} 名",
        "title", "lowest", "vacant", about="kind", numbers=("lowest", "least"),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Looking:
    """How far back to look."""

    months: Annotated[Whole, "查最近几个月"]


@rule("CK-25", "超编单位进人", USED, ("进人后实有", "当日核定"), parameters=Looking)
def entered_over(material: Material, given: Looking) -> pl.DataFrame:
    """进人以后，单位这一种类当天就是超编的；调入、转任也是进人，核定含当天空着的周转编制。"""
    since = months_before(material.on, given.months)
    entered = _entered(material, since)
    values = material.course.values(entered, since).select(*LINE, "day", "approved", "actual")
    then = _free(material, entered.join(values, on=[*LINE, "day"]))
    over = then.with_columns(allowed=pl.col("approved") + pl.col("free")).filter(
        pl.col("actual") > pl.col("allowed")
    )
    return found(
        over.with_columns(on=pl.col("day").cast(pl.Date)),
        "{} 进入{}，当日实有 {}，核定 {}", "on", "title", "actual", "allowed",
        about="person", numbers=("actual", "allowed"),
    )  # fmt: skip


def _entered(material: Material, since: int) -> pl.DataFrame:
    """person, unit, kind, day, title, top: who took up a post of another line after a day."""
    course = material.course
    steps = course.steps.filter((pl.col("slot") == "post") & (pl.col("day") > since))
    placed = course.placed(steps, "account", "account_before")
    other = [pl.col(name).ne_missing(pl.col(f"{name}_before")) for name in (*LINE, "figure")]
    entered = placed.filter((pl.col("figure") == ACTUAL) & pl.any_horizontal(other))
    people = course.keys.gather(entered["subject"] - 1).alias("person")
    lines = material.posts.select(*LINE, "title", "top", "turnover")
    return entered.select(people, *LINE, "day").join(lines, on=LINE)


def _free(material: Material, entered: pl.DataFrame) -> pl.DataFrame:
    """With ``free``: turnover posts of the unit and heading that were free on the day."""
    turnover = material.posts.filter("turnover").select(*LINE, "top")
    moves = material.course.moves.join(turnover, on=LINE)
    sums = moves.group_by("unit", "top", "day").agg(
        (pl.col("approved") - pl.col("actual")).sum().alias("free")
    )
    running = sums.sort("day").with_columns(pl.col("free").cum_sum().over("unit", "top"))
    found = entered.sort("day").join_asof(
        running, on="day", by=["unit", "top"], check_sortedness=False
    )
    own = pl.col("turnover") | pl.col("free").is_null() | (pl.col("free") < 0)
    return found.with_columns(free=pl.when(own).then(pl.lit(0, EXACT)).otherwise("free"))
