"""People: past retirement, identity of who enters a 参公 unit, titles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import polars as pl

from bianzhi.core.days import day_date
from bianzhi.core.ledger import ACTUAL
from bianzhi.methods import retirement
from bianzhi.rules.beside import frame
from bianzhi.rules.finding import found
from bianzhi.rules.material import Material
from bianzhi.rules.parameters import Categories, Texts, Whole, rows
from bianzhi.rules.rule import RECORD, USED, rule
from bianzhi.rules.themes.leadership import holds


@dataclass(frozen=True, kw_only=True)
class Grace:
    """How long after the month of retirement somebody may still be on the books."""

    months: Annotated[Whole, "宽限（月）"] = 0


@rule(
    "CK-19", "退休未下编", RECORD, ("超过几月", "宽限（月）"), parameters=Grace, needs=("births",)
)
def retired(material: Material, given: Grace) -> pl.DataFrame:
    """到了法定退休的月份，过了宽限还在编；弹性延迟的，凭文件列为例外。"""
    people = material.people.filter(pl.col("figure") == ACTUAL).select("person", "name", "unit")
    known = _born(material.births)
    today = day_date(material.on)
    due = _due(known.select("month", "category").unique()).with_columns(
        over=today.year * 12 + today.month - 1 - pl.col("statutory"),
        most=pl.lit(given.months, pl.Int64),
    )
    over = due.filter(pl.col("over") > pl.col("most"))
    over = people.join(known.join(over, on=["month", "category"]), on="person")
    return found(
        over, "{}法定退休在 {}，已过 {} 个月仍在编，宽限 {} 个月", "name", "due", "over", "most",
        about="person", numbers=("over", "most"),
    )  # fmt: skip


def due_months(births: pl.DataFrame | None, people: pl.Series) -> pl.DataFrame:
    """person, statutory (a month number) of those among some people whose birth is known."""
    known = _born(births).filter(pl.col("person").is_in(people.implode()))
    due = _due(known.select("month", "category").unique())
    return known.join(due, on=["month", "category"]).select("person", "statutory")


def _born(births: pl.DataFrame | None) -> pl.DataFrame:
    """person, category, month (a number) of those who are wholly known."""
    born = frame("births", []) if births is None else births
    return born.filter(pl.all_horizontal(pl.all().is_not_null())).select(
        "person", "category", month=pl.col("born").dt.year() * 12 + pl.col("born").dt.month() - 1
    )


def _due(births: pl.DataFrame) -> pl.DataFrame:
    """month, category of births with ``statutory``, a month number, and ``due``, its text."""
    if births.is_empty():
        return births.with_columns(statutory=pl.lit(0, pl.Int64), due=pl.lit(""))
    months, categories = births["month"].to_list(), births["category"].to_list()
    due = retirement.timetable(months, categories).statutory.tolist()
    texts = [retirement.month_text(each) for each in due]
    return births.with_columns(pl.Series("statutory", due, pl.Int64), pl.Series("due", texts))


@dataclass(frozen=True, kw_only=True)
class Modes:
    """How people may enter units managed like the civil service."""

    modes: Annotated[Texts, "可以的进入形式（含其中一词）"]


@rule("CK-31", "参公单位进人身份", USED, parameters=Modes)
def wrong_identity(material: Material, given: Modes) -> pl.DataFrame:
    """参公单位的人，进入形式不是公务员录用、转任等；没有登记进入形式的不判。"""
    units = material.units.select("unit", "home")
    managed = material.whole.units.filter(pl.col("civil_service_managed") == "true")
    units = units.join(managed.select(home="unit"), on="home", how="semi")
    people = material.people.filter(
        (pl.col("figure") == ACTUAL) & pl.col("entry_mode").is_not_null()
    ).join(units, on="unit", how="semi")  # fmt: skip
    return found(
        people.filter(~holds("entry_mode", given.modes)),
        "单位参照公务员法管理，{}的进入形式是“{}”", "name", "entry_mode", about="person",
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Title:
    """Words that titles may not hold."""

    words: Annotated[Texts, "职务里不应有的词"]
    categories: Annotated[Categories, "机构类别，不写为各类"] = ()


@dataclass(frozen=True, kw_only=True)
class Titles:
    """Words that titles may not hold, by body."""

    titles: Annotated[tuple[Title, ...], rows(Title), "职务用词"]


@rule("CK-32", "职务名称", USED, parameters=Titles)
def odd_title(material: Material, given: Titles) -> pl.DataFrame:
    """职务里有不是批准的名称的词，如事业单位的助理、顾问、经理、董事长。"""
    homes = material.units.select(at="unit", home_category="home_category")
    people = material.people.filter(pl.col("title").is_not_null()).join(homes, on="at")
    word = pl.lit(None, pl.String)
    for each in given.titles:
        inside = material.within("org_category", "home_category", each.categories)
        for word_ in each.words:
            hit = inside.fill_null(False) & pl.col("title").str.contains(word_, literal=True)
            word = pl.when(word.is_null() & hit).then(pl.lit(word_)).otherwise(word)
    odd = people.with_columns(word=word).filter(pl.col("word").is_not_null())
    return found(
        odd, "{}的职务“{}”含“{}”，请核对批准的职务名称", "name", "title", "word", about="person",
        unit="at",
    )  # fmt: skip
