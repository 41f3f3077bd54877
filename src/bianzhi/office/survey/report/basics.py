"""一、基本情况: how many institutions and posts, of what sort, how large, under whom, how old."""

from __future__ import annotations

import polars as pl

from bianzhi.files.report.document import (
    Blank,
    Block,
    Cell,
    Figure,
    Heading,
    Paragraph,
    Piece,
    Quote,
    Table,
    Text,
    say,
)
from bianzhi.office.survey.report.ages import ages
from bianzhi.office.survey.report.counts import (
    BASES,
    COLUMNS,
    NUMERIC,
    TITLES,
    WIDTHS,
    all_units,
    line,
    sums,
    whole_line,
)
from bianzhi.office.survey.report.facts import FIGURES, Facts
from bianzhi.office.survey.report.figures import Figures
from bianzhi.office.survey.report.spread import departments, outside, sizes

SORTS = (
    ("category", "org_category", "机构类别"), ("rank", "org_rank", "机构规格"),
    ("funding_form", "funding_form", "经费形式"), ("welfare_class", "welfare_class", "公益类别"),
)  # fmt: skip


def basics(facts: Facts, figures: Figures) -> list[Block]:
    """The section."""
    return [
        Heading(1, "基本情况"),
        *totals(facts, figures), *sizes(facts, figures), *departments(facts, figures),
        *ages(facts, figures), *outside(facts, figures),
    ]  # fmt: skip


def totals(facts: Facts, figures: Figures) -> list[Block]:
    """（一）机构和编制."""
    found = facts.units
    led = found.filter(pl.col("supervisor").is_not_null()).unique("supervisor")
    led = led.select(unit="supervisor").sort("unit")
    units, total = all_units(facts, figures), sums(facts, figures)
    free = found.filter(pl.col("vacant") > 0)
    over = found.filter(pl.col("vacant") < 0).with_columns(beyond=-pl.col("vacant"))
    mean = figures.ratio("mean", "平均每家核定编制", total["approved"], units)
    leaders = figures.units("leaders", "有所属事业单位的部门数", led, "当日各事业单位的主管部门")
    pieces = say(
        "{day}，{area}共有事业单位{units}家，分别由{leaders}个部门（单位）主管；核定编制{approved}名，"
        "实有{actual}人，平均每家核定{mean}名。",
        day=facts.day_words, area=facts.area, units=units, leaders=leaders,
        approved=total["approved"], actual=total["actual"], mean=mean,
    )  # fmt: skip
    pieces += _spare(figures, free, over, total["vacant"])
    for name in ("pending", "reserved"):
        if total[name].value:
            pieces += say("另有{title}{n}名。", title=Text(TITLES[name]), n=total[name])
    return [Heading(2, "机构和编制"), Paragraph(pieces), *sorts(facts, figures),
            *kinds(facts, figures)]  # fmt: skip


def _spare(
    figures: Figures, free: pl.DataFrame, over: pl.DataFrame, net: Figure
) -> tuple[Piece, ...]:
    """Vacancies and excess apart, so that one does not hide the other."""
    basis = "空编 = 核定 − 实有 − 待上编 − 预留，大于零的单位"
    pieces = say(
        "有空编的{units}家，空编{n}名；",
        units=figures.units("free.units", "有空编的事业单位数", free, basis),
        n=figures.total("free", "有空编的单位的空编", free, "vacant", basis),
    )
    basis = "核定 − 实有 − 待上编 − 预留，小于零的单位"
    if over.height:
        pieces += say(
            "超出核定的{units}家，超出{n}名；两相抵后空编{net}名。",
            units=figures.units("over.units", "超出核定的事业单位数", over, basis),
            n=figures.total("over", "超出核定的名数", over, "beyond", basis), net=net,
        )  # fmt: skip
    else:
        pieces += say("没有超出核定的单位，空编合计{net}名。", net=net)
    return pieces


def sorts(facts: Facts, figures: Figures) -> list[Block]:
    """A table for each sort the ledger tells; what it does not tell is a blank."""
    blocks: list[Block] = []
    untold = []
    for column, tree, title in SORTS:
        if facts.units[column].null_count() == facts.units.height:
            untold.append(title)
            continue
        blocks.append(_sorted(facts, figures, column, tree, title))
    if untold:
        what = "、".join(untold)
        blocks.append(Paragraph(say(
            "台账没有登记{what}。{blank}", what=Text(what), blank=Blank(f"{what}的构成")
        )))  # fmt: skip
    return blocks


def _sorted(facts: Facts, figures: Figures, column: str, tree: str, title: str) -> Table:
    order = {code.code: place for place, code in enumerate(facts.words.state.tree(tree))}
    codes = sorted(
        facts.units[column].unique().to_list(), key=lambda each: order.get(each, len(order))
    )
    rows: list[tuple[Cell, ...]] = []
    for code in codes:
        mine = facts.units.filter(pl.col(column).eq_missing(code))
        name = facts.words.code(tree, code) if code else "未登记"
        whole = all_units(facts, figures)
        each = line(figures, f"{column}:{code or ''}", Quote(name), mine, column, whole)
        rows.append(each.cells)
    rows.append(whole_line(facts, figures).cells)
    return Table(f"按{title}分", (title, *COLUMNS), tuple(rows), NUMERIC, WIDTHS, summed=True)


def kinds(facts: Facts, figures: Figures) -> list[Block]:
    """The posts by kind: what of the total each kind is."""
    mine = facts.material.lines.filter(pl.col("counts") & ~pl.col("leads"))
    homes = facts.material.units.select("unit", "home")
    mine = mine.join(homes, on="unit").filter(pl.col("home").is_in(facts.units["unit"].implode()))
    sums_ = mine.group_by("kind", "title", unit="home").agg(pl.col(FIGURES).sum())
    rows: list[tuple[Cell, ...]] = []
    for kind in sorted(sums_["kind"].unique().to_list(), key=facts.words.place):
        part = sums_.filter(pl.col("kind") == kind).sort("unit")
        title = str(part["title"][0])
        numbers = (
            figures.total(f"kind:{kind}.{each}", f"{title}的{TITLES[each]}", part, each,
                          BASES[each], "kind")
            for each in ("approved", "actual", "vacant")
        )  # fmt: skip
        rows.append(((Quote(title),), *((each,) for each in numbers)))
    total = sums(facts, figures)
    rows.append(((Text("合计"),), (total["approved"],), (total["actual"],), (total["vacant"],)))
    return [Table("按编制种类分", ("编制种类", "核定", "实有", "空编"), tuple(rows),
                  numeric=(1, 2, 3), widths=(6, 3, 3, 3), summed=True)]  # fmt: skip
