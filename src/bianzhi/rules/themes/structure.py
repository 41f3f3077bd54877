"""How the people of a unit are made up: 管理, 专业技术, 工勤技能."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

import polars as pl

from bianzhi.core.ledger import ACTUAL
from bianzhi.rules.beside import frame
from bianzhi.rules.finding import EXACT, found
from bianzhi.rules.material import Material
from bianzhi.rules.parameters import Categories, OptionalPercent, Percent, Texts, Whole
from bianzhi.rules.rule import USED, rule
from bianzhi.rules.themes.leadership import holds


@dataclass(frozen=True, kw_only=True)
class Share:
    """The share some posts must have; both bounds are allowed."""

    positions: Annotated[Texts, "岗位类别（含其中一词）"]
    least: Annotated[Percent, "至少占百分之几（含）"] = Decimal(0)
    most: Annotated[OptionalPercent, "至多占百分之几（含）"] = None
    people: Annotated[Whole, "登记了岗位类别的至少几人才判"] = 1
    categories: Annotated[Categories, "机构类别，不写为各类"] = ()


@rule("CK-37", "岗位结构比例", USED, ("占比（%）", "应为（%）"), parameters=Share,
      needs=("positions",))  # fmt: skip
def out_of_proportion(material: Material, given: Share) -> pl.DataFrame:
    """某类岗位的人占单位（含内设机构）在编人数的比例低于下限或高于上限；没有登记岗位类别的人不计。"""
    people = material.whole.kept("positions", _counted)
    wanted = pl.when(holds("position", given.positions)).then("n").otherwise(0)
    sums = people.group_by(unit="home").agg(
        pl.col("n").sum().alias("all"), wanted.sum().alias("counts")
    )
    units = material.orgs(given.categories).select("unit").join(sums, on="unit")
    units = units.filter(pl.col("all") >= max(given.people, 1))
    # times 100 before dividing, so that a share just at its bound is inside
    counts, all_ = (pl.col(name).cast(EXACT) for name in ("counts", "all"))
    below = counts * 100 < all_ * pl.lit(given.least, EXACT)
    above = pl.lit(False)
    if given.most is not None:
        above = counts * 100 > all_ * pl.lit(given.most, EXACT)
    share = (pl.col("counts") * 100 / pl.col("all")).round(2).cast(EXACT)
    bound = pl.when(below).then(pl.lit(given.least, EXACT)).otherwise(pl.lit(given.most, EXACT))
    wrong = units.filter(below | above).with_columns(
        share=share, bound=bound,
        side=pl.when(below).then(pl.lit("至少")).otherwise(pl.lit("至多")),
    )  # fmt: skip
    return found(
        wrong, "登记了岗位类别的 {} 人中{} {} 人，占 {}%，{}应占 {}%", "all",
        pl.lit("、".join(given.positions)), "counts", "share", "side", "bound",
        numbers=("share", "bound"),
    )  # fmt: skip


def _counted(material: Material) -> pl.DataFrame:
    """home, position, n: people with a known kind of post, by the org above their section."""
    told = material.told("positions")
    known = frame("positions", []) if told is None else told
    people = material.people.filter(pl.col("figure") == ACTUAL).select("person", "unit")
    people = people.join(known.filter(pl.col("position") != ""), on="person")
    return people.join(material.home, on="unit").group_by("home", "position").agg(n=pl.len())
