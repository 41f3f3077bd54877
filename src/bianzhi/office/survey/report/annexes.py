"""附件: every institution with its figures, and every institution with what is seen of it."""

from __future__ import annotations

from collections.abc import Iterator

from bianzhi.files.report.document import Annex, Cell, Quote, Table, Text
from bianzhi.office.survey.models import CONFIRM
from bianzhi.office.survey.report.advice import advices
from bianzhi.office.survey.report.counts import all_units, sums
from bianzhi.office.survey.report.facts import Facts
from bianzhi.office.survey.report.figures import Figures
from bianzhi.office.survey.report.troubles import posts, unit_cell

COLUMNS = ("approved", "actual", "vacant")


def every_unit(facts: Facts, figures: Figures) -> Annex:
    """一览表, by department."""
    rows: list[tuple[Cell, ...]] = [
        ((Quote(row["unit"]),), unit_cell(facts, row["unit"]), _led(facts, row["unit"]),
         (Quote(facts.words.code("org_rank", row["rank"]) if row["rank"] else ""),),
         *((posts(facts, figures, row["unit"], each),) for each in COLUMNS))
        for row in facts.units.sort("supervisor", "unit", nulls_last=True).iter_rows(named=True)
    ]  # fmt: skip
    total = sums(facts, figures)
    whole = (Text("合计"),), (all_units(facts, figures), Text("家")), (Text(""),), (Text(""),)
    rows.append((*whole, *((total[each],) for each in COLUMNS)))
    heads = ("代码", "单位", "主管部门", "规格", "核定", "实有", "空编")
    table = Table("", heads, tuple(rows), (4, 5, 6), (4, 9, 7, 3, 2, 2, 2), summed=True)
    return Annex("事业单位一览表", (table,))


def every_trouble(facts: Facts, figures: Figures) -> Annex:
    """问题线索清单: those with most kinds of trouble first."""
    rows = tuple(_troubled(facts, figures))
    heads = ("代码", "单位", "主管部门", "核定", "实有", "问题（※已确认）", "候选措施")
    table = Table("", heads, rows, (3, 4), (4, 8, 7, 2, 2, 7, 7))
    return Annex("问题线索清单", (table,))


def every_formula(facts: Facts, _: Figures) -> Annex:
    """怎么算的: the formula of every kind, where it comes from and how sure that is."""
    rows = tuple(
        ((Quote(each.title),), (Quote(each.formula),), (Quote(each.source),), (Quote(each.grade),))
        for each in facts.found.given.signs.values()
    )
    heads = ("问题", "算法", "出处", "证据等级")
    return Annex("问题线索的算法和出处", (Table("", heads, rows, (), (4, 12, 8, 2)),))


def _troubled(facts: Facts, figures: Figures) -> Iterator[tuple[Cell, ...]]:
    order = list(facts.found.given.signs)
    kinds: dict[str, dict[str, bool]] = {}
    for unit, kind, stands in facts.troubles.select("unit", "kind", "standing").iter_rows():
        mine = kinds.setdefault(unit, {})
        mine[kind] = mine.get(kind, False) or stands == CONFIRM
    titles = {key: sign.title for key, sign in facts.found.given.signs.items()}
    for unit in sorted(kinds, key=lambda each: (-len(kinds[each]), each)):
        seen = sorted(kinds[unit], key=order.index)
        told = "、".join(titles[kind] + ("※" if kinds[unit][kind] else "") for kind in seen)
        shorts = dict.fromkeys(advices()[kind].short for kind in seen if kind in advices())
        numbers = ((posts(facts, figures, unit, each),) for each in ("approved", "actual"))
        yield (
            (Quote(unit),), unit_cell(facts, unit), _led(facts, unit), *numbers, (Quote(told),),
            (Quote("；".join(shorts)),),
        )  # fmt: skip


def _led(facts: Facts, unit: str) -> Cell:
    leader = facts.leaders[unit]
    return (Quote(facts.words.name(leader) if leader else ""),)
