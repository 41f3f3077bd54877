"""Norms of a trade (行业定编标准): schools by pupils, centres by residents, hospitals by beds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Annotated, Any

import polars as pl

from bianzhi.core.errors import Refusal
from bianzhi.methods import norms
from bianzhi.rules.finding import FOUND, plain_number
from bianzhi.rules.material import Material
from bianzhi.rules.parameters import Flag, Kinds, Number, Text, Trees, named, one_of, text
from bianzhi.rules.rule import APPROVED, rule

STAGES, RESIDENTS, BEDS = "stages", "residents", "beds"
BASES = {STAGES: "按学段学生数", RESIDENTS: "按人口", BEDS: "按床位"}


@named({code: each.title for code, each in norms.national().norms.items()})
def norm(value: object, trees: Trees) -> str:
    """The code of a norm."""
    known = norms.national().norms
    if value not in known:
        raise Refusal.of(
            "unknown-norm", f"没有“{value}”这项定编标准", f"可选的有：{'、'.join(known)}"
        )
    return text(value, trees)


@dataclass(frozen=True, kw_only=True)
class Norm:
    """A norm and what is compared with it."""

    norm: Annotated[str, norm, "定编标准"]
    by: Annotated[str, one_of(BASES, "算法"), "怎么算"]
    measure: Annotated[Text, "人口、床位的计量项目名"] = ""
    tolerance: Annotated[Number, "相差几名以内不说"] = Decimal(0)
    kinds: Annotated[Kinds, "编制种类，不写为计入总数的各种"] = ()
    short: Annotated[Flag, "不足的也说"] = True


@rule("CK-36", "行业定编标准", APPROVED, ("核定", "应配"), parameters=Norm, needs=("served",))
def trade_norm(material: Material, given: Norm) -> pl.DataFrame:
    """核定编制与按服务量算得的应配数相差超过允许；没有登记服务量的单位不判。"""
    served = material.served
    if served is None:
        return pl.DataFrame(schema=FOUND)
    standard = norms.national().norms[given.norm]
    wanted = list(standard.figures) if given.by == STAGES else [given.measure]
    figures = served.filter(pl.col("measure").is_in(wanted)).join(
        material.homes(given.kinds), on="unit"
    )
    rows = figures.sort("unit").select("unit", "base", "measure", "amount").iter_rows()
    told = []
    for unit, own in groupby(rows, key=itemgetter(0)):  # a frame a unit would cost ten times more
        lines = list(own)
        approved, given_ = lines[0][1], {measure: amount for *_, measure, amount in lines}
        counts = {each: given_[each] for each in wanted if each in given_}
        need = needed(given.by, given.measure, standard.figures, counts)
        gap = approved - need.posts
        if gap > given.tolerance or (given.short and -gap > given.tolerance):
            told.append((unit, "", approved, need.posts, _words(standard, need, gap)))
    return pl.DataFrame(told, schema=FOUND, orient="row")


def needed(by: str, measure: str, figures: Any, counts: dict[str, float]) -> norms.Need:
    """What a norm takes.

    Args:
        by: One of BASES. measure: The measure of residents or beds.
        figures: Of the norm. counts: measure -> how many are served.
    """
    if by == STAGES:
        return norms.by_stage(counts, figures)
    if by == RESIDENTS:
        return norms.by_population(counts[measure], **figures)
    return norms.by_beds(counts[measure], [norms.Bracket(*each) for each in figures["brackets"]])


def _words(standard: norms.Standard, need: norms.Need, gap: Decimal) -> str:
    more = f"多 {plain_number(gap)}" if gap > 0 else f"缺 {plain_number(-gap)}"
    only = "" if standard.basis else "；这一标准只供参考，不作核定编制的依据"
    return f"按{standard.title}应配 {need.posts}，核定{more}：{need.formula}{only}"
