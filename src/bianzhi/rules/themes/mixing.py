"""Kinds of posts in bodies that may not have them (混编), and people who work elsewhere (借调)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

import polars as pl

from bianzhi.core.folding import latest
from bianzhi.rules.finding import EXACT, found
from bianzhi.rules.material import Material
from bianzhi.rules.parameters import Categories, Kinds, Whole, rows
from bianzhi.rules.rule import APPROVED, USED, rule

USERS = {"organ": ("1", "机关"), "institution": ("4", "事业单位")}  # attribute -> category, words


@dataclass(frozen=True, kw_only=True)
class Allowed:
    """A kind that bodies of some categories may have after all."""

    kinds: Annotated[Kinds, "编制种类"]
    categories: Annotated[Categories, "机构类别"]


@dataclass(frozen=True, kw_only=True)
class Mixing:
    """What is allowed beside the kinds' own use."""

    allowed: Annotated[tuple[Allowed, ...], rows(Allowed), "允许的情形"] = ()


def _mixed(material: Material, given: Mixing) -> pl.DataFrame:
    """The lines of posts whose kind is for the other sort of body, ``body`` in words."""
    lines = material.posts.filter(pl.col("used_by").is_not_null()).join(
        material.units.select("unit", "home_category"), on="unit"
    )
    words = pl.lit(None, pl.String)
    for user, (category, title) in USERS.items():
        other = material.within("org_category", "home_category", (category,)).fill_null(False)
        words = pl.when(other & (pl.col("used_by") != user)).then(pl.lit(title)).otherwise(words)
    allowed = [
        pl.col("kind").is_in(sorted(material.below("quota_kind", each.kinds)))
        & material.within("org_category", "home_category", each.categories).fill_null(False)
        for each in given.allowed
    ]
    lines = lines.with_columns(body=words, none=pl.lit(Decimal(0), EXACT))
    return lines.filter(
        pl.col("body").is_not_null() & ~pl.any_horizontal([pl.lit(False), *allowed])
    )


@rule("CK-05", "混编", USED, ("用编", "应为"), parameters=Mixing)
def mixed_use(material: Material, given: Mixing) -> pl.DataFrame:
    """机关用了事业编制，或事业单位用了行政编制、机关工勤编制；例外的种类写在参数里。"""
    lines = _mixed(material, given).with_columns(using=pl.col("actual") + pl.col("pending"))
    return found(
        lines.filter(pl.col("using") > 0), "{}使用{} {} 名（实有 {}，待上编 {}）", "body", "title",
        "using", "actual", "pending", about="kind", numbers=("using", "none"),
    )  # fmt: skip


@rule("BZ-03", "核定种类与机构性质不符", APPROVED, ("核定", "应为"), parameters=Mixing)
def mixed_grant(material: Material, given: Mixing) -> pl.DataFrame:
    """给机关核定了事业编制，或给事业单位核定了行政编制：批的问题，与用编分开说。"""
    lines = _mixed(material, given).filter(pl.col("approved") > 0)
    return found(
        lines, "{}核定了{} {} 名", "body", "title", "approved", about="kind",
        numbers=("approved", "none"),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Secondment:
    """How long somebody may work elsewhere."""

    months: Annotated[Whole, "借调期限（月），满期当天还不算超"]


@rule("CK-06", "混岗、借调超期", USED, ("已几月", "期限（月）"), parameters=Secondment)
def seconded(material: Material, given: Secondment) -> pl.DataFrame:
    """人占这个单位的编制，在别的单位工作，超过期限。"""
    state = material.state
    facts = latest(state.columns, "facts", state.on, state.known, pl.col("field") == "works_at")
    since = facts.select(
        material.course.keys.gather(facts["subject"] - 1).alias("person"),
        since=pl.col("day").cast(pl.Date),
    )
    homes = material.units.select("unit", "home", unit_name="name")
    people = material.people.filter(pl.col("works_at").is_not_null() & pl.col("unit").is_not_null())
    people = people.join(since, on="person").join(homes, on="unit")
    names = state.orgs.select(works_at="key", where="name")
    away = people.join(names, on="works_at", how="left").filter(
        (pl.col("works_at") != pl.col("unit")) & (pl.col("works_at") != pl.col("home"))
        & (pl.col("since").dt.offset_by(f"{given.months}mo") < pl.lit(state.on).cast(pl.Date))
    )  # fmt: skip
    today = pl.lit(state.on).cast(pl.Date)
    months = (today.dt.year() - pl.col("since").dt.year()) * 12 + (
        today.dt.month().cast(pl.Int32) - pl.col("since").dt.month().cast(pl.Int32)
    ) - (today.dt.day() < pl.col("since").dt.day()).cast(pl.Int32)  # fmt: skip
    away = away.with_columns(months=months, most=pl.lit(given.months, pl.Int32))
    return found(
        away, "{} 起在{}工作，已满 {} 个月，期限 {} 个月", "since",
        pl.coalesce("where", "works_at"), "months", "most", about="person",
        numbers=("months", "most"),
    )  # fmt: skip
