"""How unevenly posts are spread inside each class of like units, told and drawn (Lorenz)."""

from __future__ import annotations

from typing import TypeAlias

import polars as pl

from bianzhi.files.drawing.chart import Chart
from bianzhi.files.report.document import Block, Cell, Figure, Picture, Quote, Table
from bianzhi.methods.inequality import lorenz
from bianzhi.office.survey.report.facts import Facts
from bianzhi.office.survey.report.figures import Figures
from bianzhi.rules.diagnosis.uneven import compared

HEADS = ("同类", "比什么", "家数", "中位数", "最少", "最多", "基尼系数")
LINES = (("#333333", ""), ("#333333", "7 4"), ("#777777", "2 3"))  # told apart without colour
EVEN = ("#bbbbbb", "")
GROUP = "class"
Shown: TypeAlias = tuple[str, Figure, list[float]]  # of a class: title, Gini, values
SCALE = ("0", "20", "40", "60", "80", "100")


def classes(facts: Facts, figures: Figures) -> list[Block]:
    """The table of classes and the Lorenz curves of the most uneven."""
    values = compared(facts.ground)
    rows: list[tuple[Cell, ...]] = []
    shown: list[Shown] = []
    for row in facts.found.classes.iter_rows(named=True):
        mine = values.filter(pl.col("peers") == row["peers"])
        name, title = f"class:{row['peers']}", row["peers"]
        basis = f"每{row['per']}的编制" if row["per"] else "各单位核定编制"
        per = f"编制/{row['per']}" if row["per"] else "编制"
        count = figures.units(f"{name}.units", f"{title}类的家数", mine, basis, GROUP)
        numbers = [
            figures.measured(f"{name}.{key}", f"{title}类的{words}", row[key], places, basis, mine,
                             "value", GROUP)
            for key, words, places in (
                ("median", "中位数", 2), ("least", "最少", 2), ("most", "最多", 2),
                ("gini", "基尼系数", 3),
            )
        ]  # fmt: skip
        rows.append(((Quote(title),), (Quote(per),), (count,), *((each,) for each in numbers)))
        shown.append((title, numbers[-1], mine["value"].to_list()))
    if not rows:
        return []
    table = Table("同类单位之间的差别", HEADS, tuple(rows), (2, 3, 4, 5, 6), (6, 3, 2, 2, 2, 2, 3))
    return [table, _drawn(shown[: len(LINES)])]


def _drawn(shown: list[Shown]) -> Picture:
    titles = "编制累计占比（%）", "单位累计占比（%，从少到多）"
    chart = Chart(*titles, (0, 100), (0, 100), (20, 20), listed=True)
    chart.line([0, 100], [0, 100], EVEN[0], "完全平均", EVEN[1])
    for (title, gini, values), (colour, dashes) in zip(shown, LINES, strict=False):
        curve = lorenz(values)
        name = f"{title} {gini.text}"
        chart.line(100 * curve.population, 100 * curve.share, colour, name, dashes)
    said = "洛伦兹曲线：离对角线越远越不均；名称后是基尼系数"
    return Picture("同类单位编制的洛伦兹曲线（名称后是基尼系数）", chart.text(), said,
                   tuple(gini for _, gini, _ in shown), SCALE * 2)  # fmt: skip
