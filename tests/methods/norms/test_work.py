"""Need from workload: WISN and 核编."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.methods.norms import Activity, NormError, Task, WorkingTime, wisn, workload

YEAR = WorkingTime(250, (10, 10, 5, 5), 8)  # 1,760 hours


def test_wisn_by_hand():
    """4,400 cases of 2 h: 5.0; support 20 %: 6.25; 352 h of individual work: 6.45."""
    made = wisn([Activity("登记", 4400, 2)], YEAR, category=[0.2], individual=[352], existing=6)
    assert (made.time, made.basic, made.category) == (1760, 5, 1.25)
    assert made.individual == pytest.approx(0.2)
    assert made.need == pytest.approx(6.45)
    assert made.ratio == pytest.approx(0.930, abs=5e-4)
    assert made.difference == pytest.approx(-0.45)
    assert "共需 6.45；现有 6，差 -0.45" in made.summary()


def test_the_standard_workload_is_what_one_post_does():
    frame = wisn([Activity("登记", 4400, 2), Activity("查档", 880, 0.5)], YEAR).to_frame()
    assert frame["standard"].to_list() == [880, 3520]
    assert frame["posts"].to_list() == [5, 0.25]


def test_shares_of_support_work_are_added_before_dividing():
    """10 % + 10 % is 1/(1 − 0.2) = 1.25, not 1.1·1.1 or 1/0.9²."""
    assert wisn([Activity("登记", 880, 2)], YEAR, category=[0.1, 0.1]).category == pytest.approx(
        1.25
    )


def test_wisn_beside_the_approved_posts():
    """6.45 rounded up is 7: approved 6, one short; 6 do the work of 6.45."""
    made = wisn([Activity("登记", 4400, 2)], YEAR, category=[0.2], individual=[352], existing=6)
    need = made.to_need(approved=6, name="登记处")
    assert (need.posts, need.gap) == (7, -1)
    assert need.saturation == pytest.approx(6.45 / 6)
    assert need.summary() == (
        "登记处应配 7，核定 6，缺 1，实有 6，饱和度 108%："
        "业务 5×辅助系数 1.25＋个别工作 0.2 ＝ 6.45，进一取 7"
    )


def test_no_work_is_no_pressure():
    assert math.isinf(wisn([], YEAR, existing=3).ratio)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: wisn([], YEAR, category=[0.6, 0.5]), "占比合计"),
        (lambda: wisn([], WorkingTime(10, (10,), 8)), "没有可用工时"),
        (lambda: wisn([Activity("登记", 1, 0)], YEAR), "登记单件工时"),
        (lambda: wisn([Activity("登记", -1, 1)], YEAR), "登记工作量"),
        (lambda: wisn([], YEAR, existing=math.nan), "现有人数"),
    ],
)
def test_wisn_refuses_what_cannot_be(call, said):
    with pytest.raises(NormError, match=said):
        call()


COMMON: dict[str, Any] = {"days": 250, "hours": 8, "effective": 0.8, "leave": 0.08}


def test_posts_from_duties_by_hand():
    """2 inspectors × 480 × 100 min = 96,000 a year of 96,000 effective minutes: 1; leave: 1.08."""
    made = workload([Task("检查", 480, 100, people=2)], **COMMON, approved=1)
    assert float(made.exact) == pytest.approx(1.08)
    assert (made.posts, made.gap) == (2, -1)
    assert "1 项共 96000 分钟÷每人每年 96000 分钟×（1＋0.08）" in made.formula


@given(st.floats(0, 1e5), st.floats(0.5, 3))
def test_twice_the_work_or_the_intensity_is_twice_the_need(volume, factor):
    one = workload([Task("检查", volume, 10, intensity=factor)], **COMMON)
    two = workload([Task("检查", volume, 10, people=2, intensity=factor)], **COMMON)
    assert two.exact == 2 * one.exact


@pytest.mark.parametrize(
    ("tasks", "changed", "said"),
    [
        ([], {}, "没有职责事项"),
        ([Task("检查", 1, 1)], {"days": 0}, "年工作日"),
        ([Task("检查", 1, 1)], {"effective": 80}, "不应大于 1"),
        ([Task("检查", 1, 1)], {"leave": 8}, "应当小于 1"),
        ([Task("检查", 1, -1)], {}, "检查每件用时"),
        ([Task("检查", 1, 1, intensity=0)], {}, "检查强度系数"),
    ],
)
def test_workload_refuses_what_cannot_be(tasks, changed, said):
    with pytest.raises(NormError, match=said):
        workload(tasks, **{**COMMON, **changed})
