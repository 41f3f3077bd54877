"""Totals: ceilings, what may only fall, and published totals the record does not agree with."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

import polars as pl

from bianzhi.core.days import day_date, day_text
from bianzhi.core.ledger import COUNTERS
from bianzhi.core.reconcile import assertions
from bianzhi.core.state import State
from bianzhi.rules.finding import EXACT, found
from bianzhi.rules.material import Material
from bianzhi.rules.parameters import Flag, Kinds, Number, Text, Whole, day, rows
from bianzhi.rules.rule import APPROVED, RECORD, rule


@dataclass(frozen=True, kw_only=True)
class Ceiling:
    """The most there may be of some kinds."""

    title: Annotated[Text, "控制数的名称"]
    kinds: Annotated[Kinds, "编制种类"]
    most: Annotated[Number, "至多几名"]


@dataclass(frozen=True, kw_only=True)
class Ceilings:
    """The ceilings of an area."""

    ceilings: Annotated[tuple[Ceiling, ...], rows(Ceiling), "控制数"]
    pools: Annotated[Flag, "编制池里的也算"] = True


def _held(material: Material, kinds: tuple[str, ...], pools: bool) -> Decimal:
    lines = material.lines.filter(pl.col("kind").is_in(sorted(material.below("quota_kind", kinds))))
    if not pools:
        pool = material.units.filter(pl.col("cls") == "pool")["unit"]
        lines = lines.filter(~pl.col("unit").is_in(pool.implode()))
    return lines["approved"].sum() or Decimal(0)  # type: ignore[return-value]


def _totals(told: list[tuple[str, str, Decimal, Decimal]]) -> pl.DataFrame:
    schema: dict[str, Any] = {"unit": pl.String, "title": pl.String, "held": EXACT, "most": EXACT}
    frame = pl.DataFrame(told, schema=schema, orient="row")
    return frame.filter(pl.col("held") > pl.col("most"))


@rule("CK-11", "总量突破", APPROVED, ("核定合计", "控制数"), parameters=Ceilings, area=True)
def above_ceiling(material: Material, given: Ceilings) -> pl.DataFrame:
    """全区某些种类的核定合计超过控制数；哪个单位多，另看各单位自己的发现。"""
    told = [
        ("", each.title, _held(material, each.kinds, given.pools), each.most)
        for each in given.ceilings
    ]
    return found(
        _totals(told), "{}：核定合计 {}，控制数 {}，超 {}", "title", "held", "most",
        pl.col("held") - pl.col("most"), about="title", numbers=("held", "most"),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Base:
    """Kinds that may not exceed what they were on a day."""

    title: Annotated[Text, "名称"]
    kinds: Annotated[Kinds, "编制种类"]
    day: Annotated[int, day, "基期"]


@dataclass(frozen=True, kw_only=True)
class Bases:
    """What may only fall."""

    bases: Annotated[tuple[Base, ...], rows(Base), "只减不增"]


@rule("BZ-05", "总量比基期增加", APPROVED, ("现在", "基期"), parameters=Bases, area=True)
def above_base(material: Material, given: Bases) -> pl.DataFrame:
    """只减不增的总量比基期多；基期的数从台账重算，台账没有那么早的不判。"""
    told = []
    for each in given.bases:
        then = Material(State(material.state.columns, each.day, material.state.known))
        title = f"{each.title}（{day_text(each.day)}）"
        now = _held(material, each.kinds, pools=True)
        base = _held(then, each.kinds, pools=True)
        if base:  # the record does not go back so far: nothing to compare with
            told.append(("", title, now, base))
    return found(
        _totals(told), "{}：现在 {}，基期 {}，多 {}", "title", "held", "most",
        pl.col("held") - pl.col("most"), about="title", numbers=("held", "most"),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Closed:
    """Since when closed kinds may only fall."""

    day: Annotated[int, day, "基期"]


@rule("BZ-04", "只减不增的编制增加", APPROVED, ("现在", "基期"), parameters=Closed)
def closed_grew(material: Material, given: Closed) -> pl.DataFrame:
    """工勤等只减不增的种类，单位的核定比基期多；合并来的按前身合计比。"""
    state = material.state
    then = State(state.columns, given.day, state.known).accounts.filter(
        ~pl.col("holder").is_in(list(COUNTERS))
    )
    moved = state.succession.filter(pl.col("day") > day_date(given.day))
    heirs = dict(moved.select("before", "after").iter_rows())
    old = then.with_columns(unit=pl.col("holder").replace(_last(heirs)))
    base = old.group_by("unit", "kind").agg(pl.col("approved").sum().alias("base"))
    lines = material.posts.filter("closed").join(base, on=["unit", "kind"], how="left")
    lines = lines.with_columns(pl.col("base").fill_null(pl.lit(Decimal(0), EXACT)))
    return found(
        lines.filter(pl.col("approved") > pl.col("base")),
        f"{{}}只减不增，{day_text(given.day)} 核定 {{}}，现在 {{}}", "title", "base", "approved",
        about="kind", numbers=("approved", "base"),
    )  # fmt: skip


def _last(heirs: dict[str, str]) -> dict[str, str]:
    """Unit -> who stands at the end of its line of successors."""
    found: dict[str, str] = {}
    for unit in heirs:
        at, seen = unit, {unit}
        while (after := heirs.get(at)) is not None and after not in seen:
            at = after
            seen.add(at)
        found[unit] = at
    return found


@dataclass(frozen=True, kw_only=True)
class Published:
    """How a disagreement is told."""

    days: Annotated[Whole, "公布后几天内不提"] = 0


@rule("CK-15", "与三定、公布数不符", RECORD, ("台账", "公布"), parameters=Published)
def disagrees(material: Material, given: Published) -> pl.DataFrame:
    """登记的三定数、文件合计、年鉴数，与台账在那一天的数之差超过允差。"""
    state = material.state
    every = assertions(state.columns, state.known).filter(
        ~pl.col("agrees") & (pl.col("day") <= day_date(state.on - given.days))
    )
    names = {code.code: code.name for code in state.tree("quota_kind")}
    wide, figure = pl.col("scope"), pl.col("figure")
    every = every.with_columns(
        unit=pl.when(wide == "area").then(pl.lit("")).otherwise(pl.col("holder").fill_null("")),
        where=wide.replace_strict(SCOPES, default=""),
        what=figure.replace_strict({"approved": "核定", "actual": "实有"}, default=figure),
        name=pl.col("kind").replace_strict(names, default=pl.col("kind")),
    )
    return found(
        material.mine(every), "{} {}{}{}公布 {}，台账 {}，允差 {}", "day", "where", "name", "what",
        "expected", "found", "tolerance", about=pl.format("{}/{}", "no", "line"),
        numbers=("found", "expected"),
    )  # fmt: skip


SCOPES = {"area": "全区", "subtree": "本单位及下属"}
