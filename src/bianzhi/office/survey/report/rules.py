"""What the rules find of institutions: 超编, 超职数, 混编 and the like."""

from __future__ import annotations

import polars as pl

from bianzhi.files.report.document import Block, Cell, Heading, Paragraph, Quote, Table, Text, say
from bianzhi.office.survey.report.facts import Facts
from bianzhi.office.survey.report.figures import Figures
from bianzhi.rules.finding import SEVERITIES

HEADS = ("规则", "轻重", "单位", "发现", "依据")
BASIS = "启用的规则包对当日台账的检查"
GROUP = "rule"


def checked(facts: Facts, figures: Figures) -> list[Block]:
    """The part of the section; nothing where rules were not run."""
    if facts.findings is None:
        return []
    mine = facts.findings.with_columns(
        pl.col("unit").replace_strict(facts.homes, default="", return_dtype=pl.String)
    ).filter(pl.col("unit").is_in(facts.units["unit"].implode()))
    head = Heading(2, "规则检查发现的问题")
    if mine.is_empty():
        return [head, Paragraph((Text("启用的规则没有发现事业单位的问题。"),))]
    pieces = say(
        "按启用的规则检查，{n}家事业单位有{m}条发现。",
        n=figures.units("checked", "有检查发现的事业单位数", mine, BASIS),
        m=figures.rows("found", "检查发现条数", mine, BASIS),
    )
    return [head, Paragraph(pieces), _table(figures, mine)]


def _table(figures: Figures, mine: pl.DataFrame) -> Table:
    order = {severity: place for place, severity in enumerate(SEVERITIES)}
    given = mine.select("severity", "rule", "title", "source", "doc_no").unique(["rule", "title"])
    rows: list[tuple[Cell, ...]] = []
    for rule in sorted(given.to_dicts(), key=lambda each: (order[each["severity"]], each["rule"])):
        here = mine.filter(pl.col("rule") == rule["rule"], pl.col("title") == rule["title"])
        name, title = f"rule:{rule['rule']}.{rule['title']}", rule["title"]
        rows.append((
            (Quote(f"{rule['rule']} {title}"),), (Text(SEVERITIES[rule["severity"]]),),
            (figures.units(f"{name}.units", f"{title}的单位数", here, BASIS, GROUP),),
            (figures.rows(f"{name}.found", f"{title}的发现条数", here, BASIS, GROUP),),
            (Quote(rule["source"] + rule["doc_no"]),),
        ))  # fmt: skip
    return Table("规则检查的发现", HEADS, tuple(rows), (2, 3), (7, 2, 2, 2, 9))
