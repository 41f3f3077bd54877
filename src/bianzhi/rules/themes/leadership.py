"""Leadership posts: 超职数 (used against approved), 超标准核定 (approved against the ladder)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

import polars as pl

from bianzhi.core.ledger import ACTUAL
from bianzhi.rules.finding import EXACT, found
from bianzhi.rules.ladder import Ladder
from bianzhi.rules.material import Material
from bianzhi.rules.parameters import Categories, Kinds, Texts, Whole, ladder, one_of, rows
from bianzhi.rules.rule import APPROVED, USED, rule


@dataclass(frozen=True, kw_only=True)
class Left:
    """Appointments that are not counted."""

    kinds: Annotated[Kinds, "职数种类"]
    titles: Annotated[Texts, "职务含其中一词"]
    categories: Annotated[Categories, "机构类别，不写为各类"] = ()


@dataclass(frozen=True, kw_only=True)
class Leaders:
    """Who is counted."""

    without: Annotated[tuple[Left, ...], rows(Left), "不计的任职"] = ()


@rule("CK-07", "超职数", USED, ("实配", "核定"), parameters=Leaders)
def leaders_over(material: Material, given: Leaders) -> pl.DataFrame:
    """领导职数实配超过核定，逐单位、逐职务、逐规格比较：单位正职、副职、总师、其他领导、内设正职、副职。"""
    lines = material.leadership.filter(pl.col("actual") > pl.col("approved"))
    left = _left(material, given)
    lines = lines.join(left, on=["unit", "kind"], how="left").with_columns(
        counted=pl.col("actual") - pl.col("left").fill_null(0).cast(EXACT)
    )
    return found(
        lines.filter(pl.col("counted") > pl.col("approved")),
        "{}实配 {}，核定 {}，超 {}", "title", "counted", "approved",
        pl.col("counted") - pl.col("approved"), about="kind", numbers=("counted", "approved"),
    )  # fmt: skip


def _left(material: Material, given: Leaders) -> pl.DataFrame:
    """unit, kind, left: how many appointments of a line are not counted."""
    if not given.without:
        return pl.DataFrame(schema={"unit": pl.String, "kind": pl.String, "left": pl.UInt32})
    people = material.people.filter(pl.col("leads_figure") == ACTUAL).select(
        "person", "title", unit="leads", kind="leads_as"
    )
    people = people.join(material.units.select("unit", "home_category"), on="unit")
    wanted = [
        pl.col("kind").is_in(sorted(material.below("quota_kind", each.kinds)))
        & material.within("org_category", "home_category", each.categories)
        & holds("title", each.titles)
        for each in given.without
    ]
    left = people.filter(pl.any_horizontal(wanted).fill_null(False))
    return left.group_by("unit", "kind").agg(pl.len().alias("left"))


def holds(column: str, words: tuple[str, ...]) -> pl.Expr:
    """Whether a text holds one of some words."""
    return pl.any_horizontal(
        [pl.col(column).str.contains(word, literal=True) for word in words] or [pl.lit(False)]
    ).fill_null(False)


WHOSE = {"unit": "单位", "section": "内设机构"}


@dataclass(frozen=True, kw_only=True)
class Standard:
    """The ladder from posts to leaders."""

    ladder: Annotated[Ladder, ladder, "按编制数的职数阶梯（正职在内）"]
    leaders: Annotated[Kinds, "职数种类"] = ("LD",)
    posts: Annotated[Kinds, "作基数的编制种类，不写为计入总数的各种"] = ()
    of: Annotated[str, one_of(WHOSE, "领导"), "谁的领导"] = "unit"


@rule("CK-08", "职数超标准核定", APPROVED, ("核定职数", "标准上限"), parameters=Standard)
def leaders_above(material: Material, given: Standard) -> pl.DataFrame:
    """核定的领导职数高于按核定编制查得的标准；单位的编制含内设机构，正职在总数之内。"""
    section = given.of == "section"
    base = material.total(given.posts) if section else material.homes(given.posts)
    kinds = sorted(material.below("quota_kind", given.leaders))
    lines = material.leadership.filter(pl.col("kind").is_in(kinds))
    leaders = lines.group_by("unit").agg(pl.col("approved").sum())
    units = material.units.filter(pl.col("cls") == ("section" if section else "org"))
    rows_ = units.select("unit").join(leaders, on="unit").join(base, on="unit").with_columns(
        most=given.ladder.bound(pl.col("base"), "most")
    )  # fmt: skip
    return found(
        rows_.filter(pl.col("approved") > pl.col("most")),
        "核定编制 {}，领导职数标准至多 {}，核定 {}，多 {}", "base", "most", "approved",
        pl.col("approved") - pl.col("most"), numbers=("approved", "most"),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Rank:
    """How far above the unit a rank may be."""

    steps: Annotated[Whole, "可以高几级（正副各算一级）"] = 0
    ignored: Annotated[Whole, "单位规格低到第几级就不比（不定规格为 11）"] = 11


@rule("CK-09", "超规格", USED, ("职级高出几级", "允许几级"), parameters=Rank)
def rank_above(material: Material, given: Rank) -> pl.DataFrame:
    """人员的职务级别高于所在单位的规格；按文件高配的，凭文件列为例外。"""
    levels = _levels(material)
    units = material.units.select(at="unit", level="home_level", home="home")
    people = material.people.rename({"rank": "own_rank"}).join(units, on="at").with_columns(
        own=pl.col("own_rank").replace_strict(levels, default=None, return_dtype=pl.Int64)
    )  # fmt: skip
    return _above(material, people, given, "own_rank", "职务级别为{}，单位为{}，高 {} 级", "person")


@rule("BZ-02", "职数规格高于机构规格", APPROVED, ("职数高出几级", "允许几级"), parameters=Rank)
def post_above(material: Material, given: Rank) -> pl.DataFrame:
    """核定的领导职数的规格高于机构规格：批的时候就高了。"""
    units = material.units.select(at="unit", unit="unit", level="home_level", home="home")
    lines = material.leadership.filter(pl.col("approved") > 0).rename({"level": "own"})
    lines = lines.join(units, on="unit").with_columns(
        own_rank=pl.col("kind").str.split("@").list.last()
    )
    return _above(
        material, lines, given, "own_rank", "核定职数的规格为{}，单位为{}，高 {} 级", "kind"
    )


def _levels(material: Material) -> dict[str, object]:
    tree = material.state.tree("org_rank")
    return {code.code: tree.attribute(code.code, "level") for code in tree}


def _above(
    material: Material, rows_: pl.DataFrame, given: Rank, rank: str, words: str, about: str
) -> pl.DataFrame:
    """Rows whose ``own`` level lies above the ``level`` of the unit ``at``."""
    names = {code.code: code.name for code in material.state.tree("org_rank")}
    homes = material.whole.units.select(home="unit", home_rank="rank")
    compared = rows_.join(homes, on="home", how="left").with_columns(
        by=(pl.col("level") - pl.col("own")).cast(EXACT), most=pl.lit(Decimal(given.steps), EXACT)
    )
    higher = compared.filter(
        (pl.col("by") > pl.col("most")) & (pl.col("level") < given.ignored)
    ).with_columns(
        own_name=pl.col(rank).replace_strict(names, default=pl.col(rank)),
        unit_name=pl.col("home_rank").replace_strict(names, default=pl.col("home_rank")),
    )
    return found(
        higher, words, "own_name", "unit_name", "by", about=about, numbers=("by", "most"),
        unit="at",
    )  # fmt: skip
