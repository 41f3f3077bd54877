"""Posts in use against posts approved: 超编, 预超编, 空编, 负空编, 经费口径."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

import polars as pl

from bianzhi.rules.finding import EXACT, found
from bianzhi.rules.material import Material
from bianzhi.rules.parameters import Flag, Kinds, Number, Percent
from bianzhi.rules.rule import USED, rule

ZERO = pl.lit(Decimal(0), EXACT)


@dataclass(frozen=True, kw_only=True)
class Turnover:
    """Whether free 周转编制 of the unit stand in for its own."""

    turnover: Annotated[Flag, "周转编制计入核定"] = True


def measured(material: Material, turnover: bool) -> pl.DataFrame:
    """The lines of posts with ``allowed``: approved, and of the unit's free turnover posts of the
    same heading what this kind needs (kinds served in the order of their codes)."""
    return material.kept(("measured", turnover), _measured, turnover)


def _measured(material: Material, turnover: bool) -> pl.DataFrame:
    lines, keys = material.posts, ["unit", "kind"]
    if not turnover:
        return lines.with_columns(allowed="approved")
    spare = pl.max_horizontal(pl.col("approved") - pl.col("actual"), ZERO)
    free = lines.filter("turnover").group_by("unit", "top").agg(spare.sum().alias("free"))
    needy = lines.filter(~pl.col("turnover") & (pl.col("actual") > pl.col("approved")))
    needy = needy.join(free, on=["unit", "top"]).sort(keys).with_columns(
        excess=pl.col("actual") - pl.col("approved")
    )  # fmt: skip
    before = pl.col("excess").cum_sum().over("unit", "top") - pl.col("excess")
    lent = pl.min_horizontal("excess", pl.max_horizontal(pl.col("free") - before, ZERO))
    lines = lines.join(needy.select(*keys, lent=lent), on=keys, how="left", maintain_order="left")
    return lines.with_columns(allowed=pl.col("approved") + pl.col("lent").fill_null(ZERO))


@rule("CK-01", "超编", USED, ("实有", "核定"), parameters=Turnover)
def over(material: Material, given: Turnover) -> pl.DataFrame:
    """实有超过核定，逐单位、逐种类比较；合计不超不能抵消某个单位的超编。"""
    lines = measured(material, given.turnover).filter(pl.col("actual") > pl.col("allowed"))
    lent = pl.when(pl.col("allowed") > pl.col("approved")).then(pl.lit("（含周转）"))
    return found(
        lines, "{}实有 {}，核定 {}{}，超 {}", "title", "actual", "allowed",
        lent.otherwise(pl.lit("")), pl.col("actual") - pl.col("allowed"),
        about="kind", numbers=("actual", "allowed"),
    )  # fmt: skip


@rule("CK-02", "预超编", USED, ("实有＋待上编", "核定"), parameters=Turnover)
def ahead(material: Material, given: Turnover) -> pl.DataFrame:
    """实有未超，加上已占编、还没有上编的就超过核定。"""
    lines = measured(material, given.turnover).with_columns(
        using=pl.col("actual") + pl.col("pending")
    )
    lines = lines.filter(
        (pl.col("actual") <= pl.col("allowed")) & (pl.col("using") > pl.col("allowed"))
    )
    return found(
        lines, "{}实有 {}，待上编 {}，合计 {}，核定 {}", "title", "actual", "pending", "using",
        "allowed", about="kind", numbers=("using", "allowed"),
    )  # fmt: skip


@rule("BZ-01", "空编为负", USED, ("实有＋待上编＋预留", "核定"), parameters=Turnover)
def short(material: Material, given: Turnover) -> pl.DataFrame:
    """人和待上编都没有超，连预留在内超过核定：预留落不了地。"""
    lines = measured(material, given.turnover).with_columns(
        using=pl.col("actual") + pl.col("pending")
    )
    lines = lines.with_columns(promised=pl.col("using") + pl.col("reserved")).filter(
        (pl.col("using") <= pl.col("allowed")) & (pl.col("promised") > pl.col("allowed"))
    )
    return found(
        lines, "{}实有 {}，待上编 {}，预留 {}，合计 {}，核定 {}", "title", "actual", "pending",
        "reserved", "promised", "allowed", about="kind", numbers=("promised", "allowed"),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Vacancy:
    """When vacant posts are worth telling of."""

    rate: Annotated[Percent, "空编率上限（%），超过才提示"]
    least: Annotated[Number, "至少空几名才提示"] = Decimal(1)
    kinds: Annotated[Kinds, "编制种类，不写为计入总数的各种"] = ()


@rule("CK-03", "空编率偏高", USED, ("空编率（%）", "上限（%）"), parameters=Vacancy)
def vacant(material: Material, given: Vacancy) -> pl.DataFrame:
    """空编 ÷ 核定超过上限；空编 = 核定 − 实有 − 待上编 − 预留。"""
    wanted = pl.col("kind").is_in(sorted(material.below("quota_kind", given.kinds)))
    lines = material.own_posts.filter(wanted if given.kinds else pl.col("counts"))
    # times 100 before dividing, so that a rate just at the limit is not above it
    lines = lines.filter(
        (pl.col("approved") > ZERO)
        & (pl.col("vacant") >= pl.lit(given.least, EXACT))
        & (pl.col("vacant") * 100 > pl.col("approved") * pl.lit(given.rate, EXACT))
    )
    share = (pl.col("vacant").cast(pl.Float64) * 100 / pl.col("approved").cast(pl.Float64)).round(2)
    lines = lines.with_columns(share=share.cast(EXACT), most=pl.lit(given.rate, EXACT))
    return found(
        lines, "{}核定 {}，空编 {}，空编率 {}%，上限 {}%", "title", "approved", "vacant", "share",
        "most", about="kind", numbers=("share", "most"),
    )  # fmt: skip


@rule("CK-35", "经费口径不符", USED, ("实有", "核定"))
def funding(material: Material, given: object) -> pl.DataFrame:
    """种类合计没有超编，某一经费形式的实有却超过这一形式的核定：人的经费与编制的经费不是一条线。"""
    kept = material.posts.filter(pl.col("actual") <= pl.col("approved"))
    sums = kept.select("unit", "kind", "title")
    lines = material.accounts.filter(pl.col("actual") > pl.col("approved")).join(
        sums, on=["unit", "kind"]
    )
    forms = {code.code: code.name for code in material.state.tree("funding_form")}
    form = pl.col("funding").replace_strict(forms, default=pl.col("funding"))
    form = pl.when(pl.col("funding") == "").then(pl.lit("未写明经费")).otherwise(form)
    return found(
        lines, "{}（{}）实有 {}，这一经费形式核定 {}，而该种类合计没有超", "title", form, "actual",
        "approved", about=pl.format("{}/{}", "kind", "funding"), numbers=("actual", "approved"),
    )  # fmt: skip
