"""Draws the pictures of the method pages, always the same: python -m docs.methods.drawings

All but dea's, which has a script of its own. A test draws them again and compares, so a picture
cannot tell anything else than the code.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl

from bianzhi.files.drawing.chart import Chart
from bianzhi.methods import (
    allocation,
    forecast,
    indicators,
    inequality,
    merging,
    norms,
    overlap,
    retirement,
    themes,
)
from docs.methods import district

IMAGES = Path(__file__).parent / "images"
LINES = ("#1f5fa8", "#c8501e", "#2f7d4f")


def draw_retirement() -> str:
    """Statutory age by birth year."""
    chart = Chart("法定退休年龄（岁）", "出生年份", (1960, 1990), (48, 66), (5, 3))
    births = np.arange(12 * 1960, 12 * 1990 + 1)
    for code, name, colour in zip(
        ("man", "woman-55", "woman-50"),
        ("男职工", "原五十五岁女职工", "原五十岁女职工"),
        LINES,
        strict=True,
    ):
        made = retirement.timetable(births, code)
        chart.line(births / 12, (made.statutory - births) / 12, colour, name)
    return chart.text()


def draw_forecast() -> str:
    """Two hundred people, ten years."""
    births = [retirement.month_text(12 * 1966 + 2 * k) for k in range(200)]
    people = pl.DataFrame({"birth": births}).with_columns(
        unit=pl.lit("甲"), kind=pl.lit("事业"), category=pl.lit("man")
    )
    made = forecast.leavers(
        people, "2026-01", 120, choice=forecast.Choice(0.2, 0.1),
        hazard=forecast.Hazard([(0, 0.01)]),
    )  # fmt: skip
    low, high = made.band(0.9)
    chart = Chart("累计减员（人）", "年份", (2026, 2036), (0, 100), (2, 20))
    when = 2026 + np.arange(1, 121) / 12
    chart.area(when, low[0], high[0], "#c9dcf2")
    chart.line(when, made.gone()[0], LINES[0], "预计（阴影为九成区间）")
    chart.line(when, made.earliest[0], LINES[1], "都选最早")
    chart.line(when, made.latest[0], LINES[2], "都选最晚")
    return chart.text()


def draw_norms() -> str:
    """Windows that keep nine in ten waiting no longer than ten minutes, against the mere load."""
    arrivals = np.arange(0, 201, 5)
    made = norms.windows(arrivals.tolist(), 8, wait=10, target=0.9, days=250, time=1760).to_frame()
    chart = Chart("窗口（个）", "每小时到达（人）", (0, 200), (0, 32), (50, 8))
    chart.line(arrivals, made["windows"].to_numpy(), LINES[0], "九成的人等候不超过 10 分钟")
    chart.line(arrivals, made["load"].to_numpy(), LINES[1], "一刻不停才够的窗口数")
    return chart.text()


def draw_allocation() -> str:
    """The optimum and the rules of thumb on the sample district."""
    table = allocation.compare(district.requests(), {"事业": district.vacant()})
    chart = Chart("效益（缺口折算）", "", (0, 3), (0, 80), (1, 20), x_ticks=False)
    for at, (rule, _, value, gain) in enumerate(table.rows):
        words = f"{rule} {value:.1f}" + (f"（最优多 {gain:.0%}）" if at else "")
        chart.bar(at + 0.2, at + 0.8, value, LINES[at], words)
    return chart.text()


def draw_inequality() -> str:
    """The example of the page."""
    curve = inequality.lorenz([8, 9, 12, 15, 30], [50, 40, 30, 20, 10])
    chart = Chart("编制累计（%）", "人口累计（%）", (0, 100), (0, 100), (20, 20))
    chart.line(np.array([0, 100]), np.array([0, 100]), "#999999", "人均相等")
    chart.line(curve.population * 100, curve.share * 100, LINES[0], "洛伦兹曲线")
    return chart.text()


def draw_indicators() -> str:
    """The real rule: points of 在职人员控制率."""
    rule = next(
        each.rule for each in indicators.example().indicators if each.code == "staff-control"
    )
    rates = np.arange(90, 116)
    chart = Chart("得分", "在职人员控制率（%）", (90, 115), (0, 1.2), (5, 0.2))
    chart.line(rates, np.array([rule.score(each / 100, 1.0) for each in rates]), LINES[0],
               "超过 100% 每一个百分点扣 0.1 分")  # fmt: skip
    return chart.text()


PAIRS = (
    ("负责渣土运输管理", "承担建筑废弃物运输的管理"),
    ("负责机关办公用房的调配和维修", "承担区级机关办公用房调配"),
    ("负责动物防疫条件审批", "承担动物防疫技术培训"),
    ("承担粮油质量检测", "承担工程质量检测"),
    ("负责全区档案整理工作", "负责全区河道保洁工作"),
)


def draw_overlap() -> str:
    """Five pairs of statements: score and relation."""
    chart = Chart("相似度", "", (0, 5), (0, 1), (1, 0.2), x_ticks=False)
    colours = {"same": LINES[0], "part": LINES[0], "related": LINES[2]}
    for at, (one, other) in enumerate(PAIRS):
        found = overlap.compare(one, other)
        words = f"{at + 1} {overlap.CLASSES[found.relation]}"
        colour = colours.get(found.relation, "#999999")
        chart.bar(at + 0.2, at + 0.8, found.score, colour, words)
    return chart.text()


def draw_merging() -> str:
    """Twelve invented institutions: what the best plan costs as their number is cut."""
    units = [
        merging.Institution(f"站{k}", f"局{k % 3}", 5 + (k * 7) % 11, people=4 + (k * 5) % 9)
        for k in range(12)
    ]
    overlaps = {
        frozenset((f"站{a}", f"站{b}")): ((a * 5 + b * 3) % 10) / 10
        for a in range(12) for b in range(a) if (a - b) % 3 == 0
    }  # fmt: skip
    caps = list(range(3, 13))
    weights = merging.Weights(institution=0.5, overlap=0.6, friction=0.7)
    costs = [
        merging.plan(units, merging.Rules(count_cap=cap), weights, overlaps)
        .certificate.objective for cap in caps
    ]  # fmt: skip
    chart = Chart("方案成本（已证明最优）", "机构数不超过", (3, 12), (0, 12), (1, 2))
    chart.line(np.array(caps), np.array(costs), LINES[0], "目标越紧，代价越高")
    return chart.text()


def draw_themes() -> str:
    """What classes of the sample district share: their share that says it, and the others'."""
    found = themes.themes(district.problems(), district.problem_classes())
    chart = Chart("说到的单位（%）", "", (0, 2), (0, 100), (1, 20), x_ticks=False)
    rows = found.common.filter(pl.col("by") == "行业").head(2)
    for at, row in enumerate(rows.iter_rows(named=True)):
        words = f"{row['name']}：{row['title']}"
        chart.bar(at + 0.15, at + 0.5, 100 * row["share"], LINES[at % 3], words)
        chart.bar(at + 0.5, at + 0.85, 100 * row["other_share"], "#bbbbbb", "其余")
    return chart.text()


DRAWINGS: dict[str, Callable[[], str]] = {
    "retirement": draw_retirement, "forecast": draw_forecast, "norms": draw_norms,
    "allocation": draw_allocation, "inequality": draw_inequality, "indicators": draw_indicators,
    "overlap": draw_overlap, "merging": draw_merging, "themes": draw_themes,
}  # fmt: skip


def main() -> None:
    """Write every picture."""
    IMAGES.mkdir(exist_ok=True)
    for name, draw in DRAWINGS.items():
        (IMAGES / f"{name}.svg").write_text(draw(), encoding="utf-8")


if __name__ == "__main__":
    main()
