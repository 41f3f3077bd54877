"""共性和个性问题: what a class of units says alike and what is one unit's own, in their words."""

from __future__ import annotations

import polars as pl

from bianzhi.files.report.document import (
    Block,
    Cell,
    Figure,
    Heading,
    Paragraph,
    Quote,
    Table,
    Text,
    say,
)
from bianzhi.office.survey.report.facts import Facts
from bianzhi.office.survey.report.figures import Figures

BASIS = "各单位调研时用自己的话填报，按主题归并"
QUOTES, WORDS = 2, 60  # quotes of a theme, and characters of each


def common(facts: Facts, figures: Figures) -> list[Block]:
    """The part of the section; nothing where no themes are at hand."""
    if facts.themes is None or facts.themes.is_empty():
        return []
    shared = facts.themes.filter(pl.col("unit_class") != "")
    own = facts.themes.filter(pl.col("unit_class") == "")
    pieces = say(
        "各单位反映的问题中，一类单位共有的{n}项，个别单位特有的{m}项。",
        n=_themes(figures, "themes.shared", "共性问题的项数", shared),
        m=_themes(figures, "themes.own", "个性问题的项数", own),
    )
    blocks: list[Block] = [Heading(2, "单位反映的共性和个性问题"), Paragraph(pieces)]
    if shared.height:
        rows = tuple(_line(facts, figures, row) for row in shared.iter_rows(named=True))
        heads = ("主题", "哪一类", "家数", "原话")
        blocks.append(Table("共性问题", heads, rows, (2,), (4, 4, 2, 10)))
    if own.height:
        rows = tuple(
            ((Quote(row["theme"]),), (Quote("、".join(map(facts.words.name, row["units"]))),),
             _quotes(row["quotes"]))
            for row in own.iter_rows(named=True)
        )  # fmt: skip
        blocks.append(Table("个性问题", ("主题", "单位", "原话"), rows, (), (4, 5, 11)))
    return blocks


def _themes(figures: Figures, name: str, title: str, themes: pl.DataFrame) -> Figure:
    rows = themes.select(unit=pl.col("units").list.first(), told="theme")
    return figures.rows(name, title, rows, BASIS)


def _line(facts: Facts, figures: Figures, row: dict[str, object]) -> tuple[Cell, ...]:
    units = list(row["units"])  # type: ignore[call-overload]
    rows = pl.DataFrame({"unit": units}, schema={"unit": pl.String})
    title = f"{row['unit_class']}反映“{row['theme']}”的家数"
    count = figures.units(f"theme:{row['unit_class']}.{row['theme']}", title, rows, BASIS, "theme")
    return ((Quote(str(row["theme"])),), (Quote(str(row["unit_class"])),), (count,),
            _quotes(list(row["quotes"])))  # type: ignore[call-overload]  # fmt: skip


def _quotes(quotes: list[str]) -> Cell:
    cut = (each if len(each) <= WORDS else each[:WORDS] + "…" for each in quotes[:QUOTES])
    return tuple(Quote(f"“{each}”") for each in cut) or (Text(""),)
