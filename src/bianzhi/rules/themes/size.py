"""Size: 小散弱, 内设机构 by posts, bodies against their limit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

import polars as pl

from bianzhi.rules.finding import EXACT, found
from bianzhi.rules.ladder import Ladder
from bianzhi.rules.material import Material
from bianzhi.rules.parameters import (
    Categories,
    Flag,
    Kinds,
    Number,
    Ranks,
    Text,
    ladder,
    rows,
)
from bianzhi.rules.rule import APPROVED, rule


@dataclass(frozen=True, kw_only=True)
class Small:
    """What counts as small."""

    most: Annotated[Number, "编制几名以下（含）"]
    withdraw: Annotated[Flag, "先减去空编"] = True
    categories: Annotated[Categories, "机构类别"] = ("4",)
    kinds: Annotated[Kinds, "编制种类，不写为计入总数的各种"] = ()


@rule("CK-13", "小散弱（规模）", APPROVED, ("规模", "以下（含）"), parameters=Small)
def small(material: Material, given: Small) -> pl.DataFrame:
    """编制（减去空编）在若干名以下；规模只是一个信号，要与职责、执行合起来判断。"""
    units = material.orgs(given.categories).select("unit")
    approved = material.homes(given.kinds).rename({"base": "approved"})
    vacant = material.homes(given.kinds, "vacant").rename({"base": "vacant"})
    none = pl.lit(Decimal(0), EXACT)
    sized = units.join(approved, on="unit", how="left").join(vacant, on="unit", how="left")
    sized = sized.with_columns(pl.col("approved", "vacant").fill_null(none))
    given_up = pl.max_horizontal("vacant", none) if given.withdraw else none
    sized = sized.with_columns(size=pl.col("approved") - given_up, most=pl.lit(given.most, EXACT))
    words = "核定 {}，减去空编为 {}，" if given.withdraw else "核定 {}，规模 {}，"
    return found(
        sized.filter(pl.col("size") <= pl.col("most")), words + "在 {} 名以下", "approved", "size",
        "most", numbers=("size", "most"),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Sections:
    """How many sections an org may have."""

    ladder: Annotated[Ladder, ladder, "按编制数的内设机构数阶梯"]
    categories: Annotated[Categories, "机构类别，不写为各类"] = ()


@rule("CK-14", "内设机构过多", APPROVED, ("内设机构", "上限"), parameters=Sections)
def too_many_sections(material: Material, given: Sections) -> pl.DataFrame:
    """内设机构个数超过按编制数查得的上限。"""
    sections = material.whole.units.filter(pl.col("cls") == "section")
    counts = sections.group_by(unit="home").agg(pl.len().cast(EXACT).alias("sections"))
    orgs = material.orgs(given.categories).select("unit").join(counts, on="unit")
    orgs = orgs.join(material.homes(), on="unit").with_columns(
        most=given.ladder.bound(pl.col("base"), "most")
    )
    return found(
        orgs.filter(pl.col("sections") > pl.col("most")), "编制 {}，内设机构至多 {} 个，现有 {} 个",
        "base", "most", "sections", numbers=("sections", "most"),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Least:
    """The least posts of a section."""

    least: Annotated[Number, "内设机构至少几名编制"]
    categories: Annotated[Categories, "所在机构的类别，不写为各类"] = ()


@rule("BZ-06", "内设机构编制过少", APPROVED, ("编制", "至少"), parameters=Least)
def too_small_sections(material: Material, given: Least) -> pl.DataFrame:
    """编制分到内设机构的，每个内设机构不得少于若干名；没有分到的不比。"""
    sections = material.units.filter(
        (pl.col("cls") == "section")
        & material.within("org_category", "home_category", given.categories)
    )
    sized = sections.select("unit").join(material.total(()), on="unit")
    sized = sized.with_columns(least=pl.lit(given.least, EXACT))
    return found(
        sized.filter((pl.col("base") > 0) & (pl.col("base") < pl.col("least"))),
        "内设机构核定 {} 名，至少应有 {} 名", "base", "least", numbers=("base", "least"),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Limit:
    """How many bodies there may be."""

    title: Annotated[Text, "限额的名称"]
    most: Annotated[Number, "至多几个"]
    categories: Annotated[Categories, "机构类别，不写为各类"] = ()
    ranks: Annotated[Ranks, "机构规格，不写为各级"] = ()


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The limits of an area."""

    limits: Annotated[tuple[Limit, ...], rows(Limit), "机构限额"]


@rule("CK-12", "机构超限额", APPROVED, ("机构数", "限额"), parameters=Limits, area=True)
def too_many_bodies(material: Material, given: Limits) -> pl.DataFrame:
    """机构个数超过下达的限额；拟设的也算。"""
    counted = []
    for each in given.limits:
        orgs = material.orgs(each.categories)
        if each.ranks:
            orgs = orgs.filter(pl.col("rank").is_in(list(each.ranks)))
        counted.append(("", each.title, Decimal(orgs.height), each.most))
    rows_ = pl.DataFrame(
        counted, orient="row",
        schema={"unit": pl.String, "title": pl.String, "bodies": EXACT, "most": EXACT},
    )  # fmt: skip
    return found(
        rows_.filter(pl.col("bodies") > pl.col("most")), "{}：现有 {} 个，限额 {} 个", "title",
        "bodies", "most", about="title", numbers=("bodies", "most"),
    )  # fmt: skip
