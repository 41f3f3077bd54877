"""Figures most tables of a report share: all institutions, and a line of a table of them."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from bianzhi.files.report.document import Cell, Figure, Piece, Text
from bianzhi.office.survey.report.facts import FIGURES, Facts
from bianzhi.office.survey.report.figures import Figures

INSIDE = "当日在册的事业单位"
POSTS = "单位连同内设机构、计入总额的编制，各经费形式合计"
NET = "空编 = 核定 − 实有 − 待上编 − 预留，逐个单位算后相加，超编的为负"
TITLES = {"approved": "核定编制", "actual": "实有人数", "pending": "待上编", "reserved": "预留",
          "vacant": "空编"}  # fmt: skip
BASES = {**dict.fromkeys(FIGURES, POSTS), "vacant": NET}
COLUMNS = ("家数", "占比", "核定", "实有", "空编")
NUMERIC, WIDTHS = (1, 2, 3, 4, 5), (6, 2, 2, 3, 3, 3)


class Line(NamedTuple):
    """A line of a table of units: what they share, how many, their share, their figures."""

    head: Piece
    units: Figure
    share: Figure
    posts: tuple[Figure, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """As a row of a table."""
        return tuple((each,) for each in (self.head, self.units, self.share, *self.posts))


def all_units(facts: Facts, figures: Figures) -> Figure:
    """How many institutions there are: what every share is of."""
    return figures.units("units", "事业单位数", facts.units, INSIDE)


def sums(facts: Facts, figures: Figures) -> dict[str, Figure]:
    """The figures of all institutions together."""
    return {
        name: figures.total(name, f"事业单位{TITLES[name]}合计", facts.units, name, BASES[name])
        for name in FIGURES
    }


def line(
    figures: Figures, name: str, head: Piece, mine: pl.DataFrame, group: str, whole: Figure
) -> Line:
    """A line; ``name`` and ``group`` are those of its figures, the share is of ``whole``."""
    units = figures.units(f"{name}.units", f"{head.text}的家数", mine, INSIDE, group)
    share = figures.share(f"{name}.share", f"{head.text}的占比", units, whole, group)
    posts = tuple(
        figures.total(f"{name}.{each}", f"{head.text}的{TITLES[each]}", mine, each, BASES[each],
                      group)
        for each in ("approved", "actual", "vacant")
    )  # fmt: skip
    return Line(head, units, share, posts)


def whole_line(facts: Facts, figures: Figures) -> Line:
    """The last line of such a table: all institutions."""
    units, total = all_units(facts, figures), sums(facts, figures)
    share = figures.share("all", "全部", units, units)
    posts = tuple(total[each] for each in ("approved", "actual", "vacant"))
    return Line(Text("合计"), units, share, posts)
