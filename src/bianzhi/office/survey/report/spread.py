"""（二）规模分布 （三）主管部门, and people outside the establishment where a survey asked."""

from __future__ import annotations

import polars as pl

from bianzhi.files.drawing.bars import Bar, bars
from bianzhi.files.report.document import (
    Block,
    Cell,
    Figure,
    Heading,
    Paragraph,
    Picture,
    Piece,
    Quote,
    Table,
    Text,
    say,
)
from bianzhi.office.survey.report.counts import (
    COLUMNS,
    INSIDE,
    NUMERIC,
    WIDTHS,
    all_units,
    line,
    whole_line,
)
from bianzhi.office.survey.report.facts import Facts
from bianzhi.office.survey.report.figures import Figures
from bianzhi.office.survey.sizes import banded, bands

MOST = 15  # departments told one by one; the others are one line


def sizes(facts: Facts, figures: Figures) -> list[Block]:
    """（二）规模分布."""
    whole = all_units(facts, figures)
    rows: list[tuple[Cell, ...]] = []
    drawn: list[Bar] = []
    shown: list[Figure] = []
    for name, mine in banded(facts.units):
        each = line(figures, f"size:{name}", Quote(name), mine, "size", whole)
        rows.append(each.cells)
        told = f"{each.units.text}家（{each.share.text}）"
        drawn.append(Bar(name, each.units.value, told))
        shown += [each.units, each.share]
    rows.append(whole_line(facts, figures).cells)
    return [
        Heading(2, "规模分布"), Paragraph(_small(facts, figures, whole)),
        Table("按核定编制分", ("核定编制", *COLUMNS), tuple(rows), NUMERIC, WIDTHS, summed=True),
        Picture("事业单位规模分布", bars(drawn), "各规模的事业单位家数", tuple(shown)),
    ]  # fmt: skip


def _small(facts: Facts, figures: Figures, whole: Figure) -> tuple[Piece, ...]:
    most = bands()[1][1]
    few = facts.units.filter(pl.col("approved") <= most)
    small = figures.units("small", f"核定{most}名以下的家数", few, INSIDE)
    return say(
        "核定编制{most}名以下的{n}家，占{share}。单看编制多少不能说明问题，第二部分把几项合起来看。",
        most=str(most), n=small,
        share=figures.share("small.share", f"核定{most}名以下的占比", small, whole),
    )  # fmt: skip


def departments(facts: Facts, figures: Figures) -> list[Block]:
    """（三）主管部门."""
    named = led(facts)
    whole = all_units(facts, figures)
    lines = []
    for key in named[:MOST]:
        mine = facts.units.filter(pl.col("supervisor") == key)
        name = facts.words.name(key)
        lines.append((key, line(figures, f"led:{key}", Quote(name), mine, "led", whole)))
    rows = [each.cells for _, each in lines]
    shown = pl.col("supervisor").is_in(named[:MOST]).fill_null(value=False)
    rest = facts.units.filter(~shown)
    if rest.height:
        rows.append(line(figures, "led.rest", Text("其余"), rest, "led", whole).cells)
    rows.append(whole_line(facts, figures).cells)
    table = Table("按主管部门分", ("主管部门", *COLUMNS), tuple(rows), NUMERIC,
                  (7, *WIDTHS[1:]), summed=True)  # fmt: skip
    if not lines:
        return [Heading(2, "主管部门"), table]
    drawn = [Bar(facts.short(key), each.units.value, f"{each.units.text}家") for key, each in lines]
    return [
        Heading(2, "主管部门"), Paragraph(_most_led(facts, figures, named)), table,
        Picture("各部门所属事业单位家数", bars(drawn), "所属事业单位最多的部门和家数",
                tuple(each.units for _, each in lines)),
    ]  # fmt: skip


def led(facts: Facts) -> list[str]:
    """The departments that lead institutions, those with most first."""
    counts = facts.units.drop_nulls("supervisor").group_by("supervisor").len()
    ordered = counts.sort("len", "supervisor", descending=[True, False])
    return ordered["supervisor"].to_list()


def _most_led(facts: Facts, figures: Figures, named: list[str]) -> tuple[Piece, ...]:
    first = figures[f"led:{named[0]}.units"][0]
    pieces = say("所属事业单位最多的是{name}，{n}家", name=facts.words.name(named[0]), n=first)
    given = facts.found.given.signs.get("scattered")
    if given is None:
        return (*pieces, Text("。"))
    counts = facts.ground.institutions.filter("ordinary").drop_nulls("supervisor")
    many = counts.group_by(unit="supervisor").len("units").filter(pl.col("units") > given["low"])
    basis = "不计学校、医院、乡镇所属"
    title = f"所属超过{given['low']:g}家的部门数"
    more = figures.units("many", title, many.sort("unit"), basis)
    return pieces + say(
        "；不计学校、医院、乡镇所属，超过{low}家的部门{n}个。", low=f"{given['low']:g}", n=more
    )


def outside(facts: Facts, figures: Figures) -> list[Block]:
    """编外用工, told apart from the establishment, where a survey asked for it."""
    if facts.told is None or facts.told.outside.is_empty():
        return []
    answers = facts.told.outside.filter(pl.col("unit").is_in(facts.units["unit"].implode()))
    people = figures.total("outside", "编外人数", answers, "people", "各单位调研时填报")
    units = figures.units("outside.units", "填报编外人员的单位数", answers, "各单位调研时填报")
    pieces = say(
        "据各单位调研时填报，{units}家另有编外人员{n}人，不计入实有。", units=units, n=people
    )
    return [Heading(2, "编外人员"), Paragraph(pieces)]
