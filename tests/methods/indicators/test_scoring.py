"""Scoring rules and whole evaluations, told with small systems."""

from __future__ import annotations

import math
from collections.abc import Mapping

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.methods.indicators import (
    Band,
    Checklist,
    Deduction,
    IndicatorError,
    Manual,
    Ratio,
    evaluate,
    example,
    load,
)
from bianzhi.methods.indicators.packs import parse

SYSTEM = """
title = "区级评估"
grade = "V"
source = "某办法"
least_class = 3
grades = [[90, "优秀"], [75, "良好"], [60, "合格"], [0, "不合格"]]
[indicators.control]
title = "在职人员控制率"
dimension = "编制使用"
side = "执行"
points = 60
rule = { kind = "deduction", start = 1.0, step = 0.01, each = 6 }
[indicators.rules]
title = "制度"
dimension = "管理"
side = "执行"
points = 40
missing = "exclude"
rule = { kind = "checklist", items = 4 }
[indicators.over]
title = "擅自超编"
dimension = "纪律"
side = "执行"
points = 1
role = "veto"
rule = { kind = "manual" }
[indicators.done]
title = "任务完成"
dimension = "履职"
side = "效益"
points = 80
missing = "zero"
rule = { kind = "ratio", full = 1.0 }
[indicators.voice]
title = "服务对象评议"
dimension = "履职"
side = "效益"
points = 20
rule = { kind = "manual" }
[indicators.award]
title = "表彰"
dimension = "加减分"
side = "效益"
points = 5
role = "bonus"
rule = { kind = "manual" }
"""

FULL = {"control": 1.0, "rules": 4.0, "done": 1.0, "voice": 20.0}


def figures(**units: Mapping[str, float | None]) -> pl.DataFrame:
    rows = [
        (unit, code, value, "评议表")
        for unit, each in units.items()
        for code, value in each.items()
    ]
    schema = {"unit": pl.String, "indicator": pl.String, "value": pl.Float64, "evidence": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def row(made, unit: str, side: str) -> dict[str, object]:
    found = made.to_frame().filter((pl.col("unit") == unit) & (pl.col("side") == side))
    return dict(found.row(0, named=True))


# --- rules -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rate", "points"),
    [(0.9, 1), (1.0, 1), (1.01, 0.9), (1.03, 0.7), (1.05, 0.5), (1.1, 0), (1.3, 0)],
)
def test_the_real_rule_of_staff_control(rate, points):
    """在职人员控制率: 1 point up to 100 %, 0.1 less for each point above, down to 0."""
    rule = next(each.rule for each in example().indicators if each.code == "staff-control")
    assert rule.score(rate, 1) == pytest.approx(points)


def test_whole_steps_are_counted_on_decimals_not_on_floats():
    """Trap: (1.15 − 1)/0.01 is 14.999999999999991 in floats; it is fifteen steps."""
    whole = Deduction(start=1.0, step=0.01, each=0.1, whole=True, floor=-9)
    assert whole.score(1.15, 2) == pytest.approx(0.5)
    assert whole.score(1.159, 2) == pytest.approx(0.5)
    assert Deduction(1.0, 0.01, 0.1).score(1.155, 2) == pytest.approx(0.45)


def test_below_counts_what_falls_short():
    rule = Deduction(start=0.9, step=0.1, each=1, below=True)
    assert (rule.score(0.95, 5), rule.score(0.7, 5)) == (5, 3)
    assert "低于 0.9" in rule.words(0.7, 5)


@given(st.floats(0, 10), st.floats(0.1, 50))
def test_points_stay_between_nothing_and_full(value, points):
    for rule in (
        Ratio(2),
        Ratio(2, down=True),
        Band([(1, 1), (math.inf, 0.5)]),
        Deduction(1, 1, 1),
    ):
        assert -1e-9 <= rule.score(value, points) <= points + 1e-9


def test_ratios_are_capped_in_both_directions():
    assert [Ratio(0.8).score(each, 10) for each in (0.4, 0.8, 2)] == [5, 10, 10]
    assert [Ratio(2, down=True).score(each, 10) for each in (0, 2, 4)] == [10, 10, 5]


def test_bands_include_their_upper_end():
    rule = Band([(0.05, 1), (0.2, 0.6), (math.inf, 0)])
    assert [rule.score(each, 10) for each in (0.05, 0.06, 0.2, 0.21)] == [10, 6, 6, 0]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: Ratio(0), "大于 0"),
        (lambda: Ratio().score(-1, 1), "不应为负"),
        (lambda: Band([(2, 1), (1, 1)]), "由小到大"),
        (lambda: Band([(2, 1.5)]), "0 与 1 之间"),
        (lambda: Band([(2, 1)]).score(3, 1), "最后一档"),
        (lambda: Deduction(1, 0, 1), "步长"),
        (lambda: Checklist(3).score(4, 1), "清单共 3 项"),
        (lambda: Manual().score(11, 10), "满分 10"),
    ],
)
def test_rules_refuse_what_makes_no_sense(call, said):
    with pytest.raises(IndicatorError, match=said):
        call()


# --- evaluations -----------------------------------------------------------------------------


def test_the_two_scores_never_mix():
    """Full marks for execution, half the benefit: 100 and 50, nothing in between."""
    made = evaluate(parse(SYSTEM), figures(甲={**FULL, "done": 0.5, "voice": 10.0}))
    assert row(made, "甲", "执行")["score"] == 100
    assert row(made, "甲", "效益")["score"] == 50
    assert set(made.to_frame()["side"]) == {"执行", "效益"}


def test_a_veto_takes_the_last_grade_and_keeps_the_score():
    made = evaluate(parse(SYSTEM), figures(甲={**FULL, "over": 1.0}, 乙={**FULL, "over": 0.0}))
    assert (row(made, "甲", "执行")["score"], row(made, "甲", "执行")["grade"]) == (100, "不合格")
    assert row(made, "乙", "执行")["grade"] == "优秀"
    assert row(made, "甲", "效益")["grade"] == "优秀"
    assert "一票否决" in made.explain("甲")


def test_a_bonus_is_capped_and_never_lifts_above_a_hundred():
    made = evaluate(
        parse(SYSTEM), figures(甲={**FULL, "done": 0.5, "award": 30.0}, 乙={**FULL, "award": 3.0})
    )
    assert row(made, "甲", "效益")["score"] == 60 + 5
    assert row(made, "乙", "效益")["score"] == 100
    minus = evaluate(parse(SYSTEM), figures(甲={**FULL, "award": -30.0}))
    assert row(minus, "甲", "效益")["score"] == 95


def test_missing_figures_by_the_policy_of_each_indicator():
    """rules: left out for the unit; done: 0; control: refused."""
    made = evaluate(parse(SYSTEM), figures(甲={"control": 1.05, "voice": 20.0}))
    assert row(made, "甲", "执行")["score"] == 50
    assert row(made, "甲", "效益")["score"] == 20
    assert "缺失，不计此项" in made.explain("甲")
    with pytest.raises(IndicatorError) as refused:
        evaluate(parse(SYSTEM), figures(甲={"control": None, "rules": 9.0, "voice": 1.0}))
    assert "缺少“在职人员控制率”" in str(refused.value)
    assert "清单共 4 项" in str(refused.value)


def test_ties_share_the_better_rank_inside_the_class():
    data = figures(甲=FULL, 乙={**FULL, "control": 1.01}, 丙={**FULL, "control": 1.01},
                   丁={**FULL, "control": 1.02}, 戊=FULL)  # fmt: skip
    classes = {"甲": "技术", "乙": "技术", "丙": "技术", "丁": "技术", "戊": "监管"}
    made = evaluate(parse(SYSTEM), data, classes)
    ranks = {unit: row(made, unit, "执行")["rank"] for unit in classes}
    assert ranks == {"甲": 1, "乙": 2, "丙": 2, "丁": 4, "戊": None}
    assert "同类 4 个单位中第 2" in made.explain("乙")
    assert "同类只有 1 个单位，不排名" in made.explain("戊")


def test_every_point_lost_is_explained():
    made = evaluate(parse(SYSTEM), figures(甲={**FULL, "control": 1.02, "rules": 3.0}))
    text = made.explain("甲")
    assert "在职人员控制率：扣 12（1.02；超过 1 的每 0.01 扣 6 分" in text
    assert "制度：扣 10（4 项符合 3 项，每项 10 分）" in text
    assert "甲　执行 78.00 分，良好" in text
    assert "执行：平均 78.00 分；优秀 0，良好 1" in made.summary()


def test_manual_scores_need_evidence():
    data = figures(甲=FULL).with_columns(evidence=pl.lit(None, pl.String))
    with pytest.raises(IndicatorError, match="没有依据"):
        evaluate(parse(SYSTEM), data)
    with pytest.raises(IndicatorError, match="没有依据"):
        evaluate(parse(SYSTEM), data.drop("evidence"))


def test_nobody_is_vetoed_without_evidence():
    data = figures(甲={**FULL, "over": 1.0}).with_columns(
        evidence=pl.when(pl.col("indicator") != "over").then(pl.lit("评议表"))
    )
    with pytest.raises(IndicatorError, match="“擅自超编”：人工评定没有依据"):
        evaluate(parse(SYSTEM), data)
    fine = data.with_columns(
        value=pl.when(pl.col("indicator") != "over").then("value").otherwise(0)
    )
    assert row(evaluate(parse(SYSTEM), fine), "甲", "执行")["grade"] == "优秀"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: data.drop("value"), "缺少这些列：value"),
        (lambda data: pl.concat([data, data]), "不止一次"),
        (lambda data: data.with_columns(indicator=pl.lit("无")), "不在“区级评估”里"),
    ],
)
def test_figures_that_cannot_be_read_are_refused(change, said):
    with pytest.raises(IndicatorError, match=said):
        evaluate(parse(SYSTEM), change(figures(甲=FULL)))


def test_units_without_a_class_and_unknown_units():
    with pytest.raises(IndicatorError, match="没有类别"):
        evaluate(parse(SYSTEM), figures(甲=FULL), {"乙": "技术"})
    with pytest.raises(IndicatorError, match="没有评估“丙”"):
        evaluate(parse(SYSTEM), figures(甲=FULL)).explain("丙")


# --- systems ---------------------------------------------------------------------------------


def test_a_system_that_is_not_confirmed_is_not_used():
    data = figures(甲={"staff-control": 1.03, "expense-change": 0.0, "reception-change": 0.05,
                      "expense-rules": 3.0})  # fmt: skip
    with pytest.raises(IndicatorError, match=r"V-.*尚未核实"):
        evaluate(example(), data)
    made = evaluate(example().confirm(), data)
    assert row(made, "甲", "执行")["score"] == pytest.approx((0.7 + 3 + 1 + 3) / 9 * 100)


def test_other_weights_keep_the_points_of_each_side():
    system = parse(SYSTEM).weighted({"control": 1, "rules": 3, "done": 2, "voice": 2})
    assert [each.points for each in system.scored("执行")] == [25, 75]
    assert [each.points for each in system.scored("效益")] == [50, 50]
    with pytest.raises(IndicatorError, match="没有大于 0 的权重：rules"):
        parse(SYSTEM).weighted({"control": 1, "done": 2, "voice": 2})


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('side = "执行"', 'side = "综合"', "应为执行或效益"),
        ("points = 60", "points = 0", "大于 0"),
        ('kind = "ratio"', 'kind = "猜"', "没有“猜”这种计分规则"),
        ("full = 1.0", "fill = 1.0", "参数不对"),
        ('missing = "zero"', 'missing = "忽略"', "缺失处理"),
        ('[90, "优秀"], ', '[50, "优秀"], ', "由高到低"),
        ('dimension = "纪律"\n', "", "缺少 dimension"),
    ],
)
def test_a_faulty_system_is_refused_by_name(tmp_path, before, after, said):
    path = tmp_path / "own.toml"
    path.write_text(SYSTEM.replace(before, after), encoding="utf-8")
    with pytest.raises(IndicatorError, match=said):
        load(path)
