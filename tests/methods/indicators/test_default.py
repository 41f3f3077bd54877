"""The indicator set to begin with: whole, sourced, two scores, and off until confirmed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from importlib.resources import files

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
    default,
    evaluate,
    example,
    load,
)

# A unit without a fault: every figure at its best.
BEST = {
    "duties-done": 1.0, "key-tasks": 1.0, "volume-trend": 0.05, "duties-beyond": 0.0,
    "sections-over": 0.0, "duties-overlap": 0.0, "signs": 3.0, "running-rules": 4.0,
    "staffing": 0.98, "vacancy": 0.02, "vacant-months": 3.0, "seconded": 0.0, "off-quota": 0.0,
    "front-line": 0.8, "efficiency": 1.0, "satisfaction": 0.95, "timeliness": 1.0,
    "complaints": 0.5, "findings": 0.0, "reports": 2.0, "data-errors": 0.0, "grave": 0.0,
    "award": 0.0,
}  # fmt: skip


def figures(**units: dict[str, float]) -> pl.DataFrame:
    rows = [(unit, code, value, "评议表") for unit, each in units.items()
            for code, value in each.items()]  # fmt: skip
    schema = {"unit": pl.String, "indicator": pl.String, "value": pl.Float64, "evidence": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def scores(**units: dict[str, float]) -> dict[tuple[str, str], float]:
    frame = evaluate(default().confirm(), figures(**units)).to_frame()
    return {(unit, side): score for unit, side, score in
            frame.select("unit", "side", "score").iter_rows()}  # fmt: skip


def test_five_dimensions_make_a_hundred_points():
    held: dict[str, float] = defaultdict(float)
    for each in default().indicators:
        if each.role == "score":
            held[each.dimension] += each.points
    assert dict(held) == {
        "职责履行": 35, "机构设置与运行": 15, "编制使用": 25, "服务效益": 15, "纪律": 10,
    }  # fmt: skip


def test_execution_and_benefit_share_no_indicator_and_only_the_use_of_posts_is_split():
    sides: dict[str, set[str]] = defaultdict(set)
    for each in default().indicators:
        sides[each.dimension].add(each.side)
    assert sides["职责履行"] == sides["服务效益"] == {"效益"}
    assert sides["机构设置与运行"] == sides["纪律"] == {"执行"}
    assert sides["编制使用"] == {"执行", "效益"}


def test_every_indicator_says_what_its_figure_is_where_its_like_is_in_use_and_how_sure_it_is():
    for each in default().indicators:
        assert each.figure, each.code
        assert each.source, each.code
        assert each.grade == "D", each.code


def test_a_proposal_is_not_used_before_the_office_has_confirmed_it():
    with pytest.raises(IndicatorError, match="等级为 D"):
        evaluate(default(), figures(甲=BEST))


def test_a_unit_without_a_fault_has_both_scores_full():
    assert scores(甲=BEST) == {("甲", "执行"): 100, ("甲", "效益"): 100}


def test_a_unit_by_hand():
    """职责 80 %: −2.4; 满意率 85 %: −1.2 of 62. 满编率 104 %: −2.8; 一项超编: −2 of 38."""
    faults = {"duties-done": 0.8, "satisfaction": 0.85, "staffing": 1.04, "findings": 1.0}
    made = scores(甲={**BEST, **faults})
    assert made["甲", "效益"] == pytest.approx((62 - 2.4 - 1.2) / 62 * 100)
    assert made["甲", "执行"] == pytest.approx((38 - 2.8 - 2) / 38 * 100)


def test_a_fault_of_one_side_leaves_the_other_full():
    worst = {"staffing": 1.3, "findings": 9.0, "signs": 0.0, "running-rules": 0.0}
    assert scores(甲={**BEST, **worst})["甲", "效益"] == 100
    idle = {"duties-done": 0.0, "satisfaction": 0.1, "efficiency": 0.1}
    assert scores(甲={**BEST, **idle})["甲", "执行"] == 100


def test_a_grave_breach_puts_execution_last_and_benefit_stays():
    made = evaluate(default().confirm(), figures(甲={**BEST, "grave": 1.0})).to_frame()
    assert dict(made.select("side", "grade").iter_rows()) == {"执行": "不合格", "效益": "优秀"}


def test_awards_and_accidents_count_five_points_at_most():
    made = scores(甲={**BEST, "award": -30.0}, 乙={**BEST, "duties-done": 0.5, "award": 30.0})
    assert made["甲", "效益"] == 95
    assert made["乙", "效益"] == pytest.approx((62 - 6) / 62 * 100 + 5)


def test_a_unit_without_countable_business_is_not_marked_down_for_it():
    """没有可计件业务、同类太少：those items do not count, the others fill the hundred."""
    none = {"volume-trend", "timeliness", "complaints", "efficiency"}
    made = scores(甲={code: value for code, value in BEST.items() if code not in none})
    assert made["甲", "效益"] == 100
    with pytest.raises(IndicatorError, match="缺少“满编率”"):
        scores(甲={code: value for code, value in BEST.items() if code != "staffing"})


def test_units_are_compared_inside_the_four_classes_only():
    system, data = default().confirm(), figures(甲=BEST)
    assert evaluate(system, data, {"甲": "技术服务"}).classes == {"甲": "技术服务"}
    with pytest.raises(IndicatorError, match="没有“其他”这些类别：可用的有 技术服务"):
        evaluate(system, data, {"甲": "其他"})


def test_a_local_set_is_the_shipped_file_changed(tmp_path):
    text = files("bianzhi.methods.indicators").joinpath("default.toml").read_text("utf-8")
    path = tmp_path / "own.toml"
    sure = text.replace('grade = "D"\nsource = "本系统', 'grade = "V"\nsource = "本区办法')
    path.write_text(sure, encoding="utf-8")
    assert load(path).confirmed
    path.write_text(text.replace("points = 12", "points = 13"), encoding="utf-8")
    with pytest.raises(IndicatorError, match="维度“职责履行”应为 35 分，所属指标合计 36 分"):
        load(path)
    path.write_text(text.replace('"纪律" = 10\n', ""), encoding="utf-8")
    with pytest.raises(IndicatorError, match="维度“纪律”没有列明分值"):
        load(path)


def test_other_weights_are_the_offices_choice_and_need_not_keep_the_dimensions():
    codes = [each.code for each in default().indicators if each.role == "score"]
    made = default().weighted(dict.fromkeys(codes, 1.0))
    assert {round(each.points, 9) for each in made.scored("执行")} == {round(38 / 12, 9)}
    assert sum(each.points for each in made.scored("效益")) == pytest.approx(62)


def test_as_a_table_and_in_words():
    frame = default().to_frame()
    assert frame.height == len(BEST)
    row = frame.filter(pl.col("code") == "staffing").row(0, named=True)
    assert row["rule"] == "≤1 得 4，≤1.03 得 2.4，≤1.05 得 1.2，以上 得 0"
    assert (row["missing"], row["role"], row["grade"]) == ("退回补齐", "计分", "D")
    assert example().to_frame()["grade"].unique().to_list() == ["V-"]  # the system's own
    assert default().summary() == (
        "机构编制评估起步指标（等级 D）：执行 12 项 38 分，效益 9 项 62 分，一票否决 1 项，"
        "加减分 1 项；优秀 ≥90，良好 ≥75，合格 ≥60，不合格 ≥0"
    )


@pytest.mark.parametrize(
    ("rule", "points", "said"),
    [
        (Ratio(2.0, down=True), 5, "不高于 2 得满分 5，否则按比例"),
        (Band([(1, 1), (2, 0.5)]), 4, "≤1 得 4，≤2 得 2"),
        (Deduction(1, 0.01, 0.1, whole=True), 1, "超过 1 的每满 0.01 扣 0.1 分，扣至 0 分为止"),
        (Checklist(4), 2, "4 项，每项 0.5 分"),
        (Manual(), 3, "评议，满分 3，附依据"),
    ],
)
def test_rules_in_words(rule, points, said):
    assert rule.text(points) == said


@given(st.dictionaries(st.sampled_from(sorted(BEST)), st.floats(0, 2), max_size=6))
def test_no_fault_ever_adds_points(changes):
    """Whatever figures move away from the best, no side rises above full."""
    system = default().confirm()
    counted = {each.code for each in system.indicators if isinstance(each.rule, Checklist)}
    given = {**BEST, **{code: float(int(value)) if code in counted else value
                        for code, value in changes.items() if code != "award"}}  # fmt: skip
    frame = evaluate(system, figures(甲=given)).to_frame()
    assert all(0 <= score <= 100 for score in frame["score"])


def test_a_dimension_may_be_left_unchecked():
    loose = replace(default(), dimensions={})
    assert loose.weighted({each.code: 1.0 for each in loose.indicators}).dimensions == {}
