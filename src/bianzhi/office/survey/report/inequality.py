"""How unevenly posts are spread inside each class of like units, told and drawn (Lorenz)."""

from __future__ import annotations

from statistics import median
from typing import TypeAlias

import polars as pl

from bianzhi.files.drawing.chart import Chart
from bianzhi.files.report.document import Block, Cell, Figure, Picture, Quote, Table
from bianzhi.methods.inequality import lorenz, measure
from bianzhi.office.survey.report.facts import Facts
from bianzhi.office.survey.report.figures import Figures
from bianzhi.rules.diagnosis.uneven import compared

HEADS = ("同类", "比什么", "家数", "中位数", "最少", "最多", "基尼系数")
LINES = (("#333333", ""), ("#333333", "7 4"), ("#777777", "2 3"))  # told apart without colour
EVEN = ("#bbbbbb", "")
GROUP = "class"
FINE = 4  # places of a number below one: posts per pupil
Shown: TypeAlias = tuple[str, Figure, list[float]]  # of a class: title, Gini, values
SCALE = ("0", "20", "40", "60", "80", "100")


def classes(facts: Facts, figures: Figures) -> list[Block]:
    """The table of classes and the Lorenz curves of the most uneven."""
    parts = compared(facts.ground).partition_by("peers")
    lines = [_line(figures, part) for part in parts]
    if not lines:
        return []
    lines.sort(key=lambda each: (-each[1][1].value, each[1][0]))
    table = Table("同类单位之间的差别", HEADS, tuple(cells for cells, _ in lines), (2, 3, 4, 5, 6),
                  (6, 3, 2, 2, 2, 2, 3))  # fmt: skip
    return [table, _drawn([shown for _, shown in lines[: len(LINES)]])]


def _line(figures: Figures, mine: pl.DataFrame) -> tuple[tuple[Cell, ...], Shown]:
    """A class as a row of the table, and what is drawn of it; both from the same values."""
    title, per = str(mine["peers"][0]), str(mine["per"][0])
    name = f"class:{title}"
    basis = f"每{per}的编制" if per else "各单位核定编制"
    values = [float(each) for each in mine["value"]]
    count = figures.units(f"{name}.units", f"{title}类的家数", mine, basis, GROUP)
    told = (
        ("median", "中位数", median(values), 2), ("least", "最少", min(values), 2),
        ("most", "最多", max(values), 2), ("gini", "基尼系数", measure(values).gini, 3),
    )  # fmt: skip
    numbers = [
        figures.measured(f"{name}.{key}", f"{title}类的{words}", value,
                         places if value >= 1 or key == "gini" else FINE, basis, mine, "value",
                         GROUP)
        for key, words, value, places in told
    ]  # fmt: skip
    head = Quote(f"编制/{per}" if per else "编制")
    cells: tuple[Cell, ...] = (
        (Quote(title),), (head,), (count,), *((each,) for each in numbers)
    )  # fmt: skip
    return cells, (title, numbers[-1], values)


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
