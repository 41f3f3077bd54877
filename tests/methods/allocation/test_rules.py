"""Side rules by the integer program: all or nothing, one of several, crossing caps."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bianzhi.methods.allocation import AllocationError, Cap, allocate
from tests.methods.allocation.world import best_of_all, possible, random_requests

CROSSING = [Cap("department", {"教育局": 4, "卫健委": 3}), Cap("sector", {"民生": 3, "安全": 4})]


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.integers(0, 8), st.booleans())
def test_the_program_is_the_best_of_all(seed, vacant, minima):
    frame = random_requests(seed, 5, rules=True)
    best = best_of_all(frame, {"事业": vacant}, CROSSING)
    made = allocate(frame, {"事业": vacant}, caps=CROSSING, benefit="marginals", gap=0.0)
    assert best is not None
    assert made.value == pytest.approx(best, abs=1e-6)
    assert possible(frame, made.granted, {"事业": vacant}, CROSSING)
    assert made.bound >= made.value
    assert made.gap <= 1e-6


def test_crossing_caps_break_the_greedy_choice():
    """Trap: taking the best post first (甲 3) blocks two others (乙 2, 丙 2)."""
    frame = pl.DataFrame(
        {"id": ["甲", "乙", "丙"], "kind": ["事业"] * 3, "want": [1, 1, 1],
         "priority": [3.0, 2.0, 2.0], "department": ["A", "A", "B"], "sector": ["x", "y", "x"]}
    )  # fmt: skip
    caps = [Cap("department", {"A": 1}), Cap("sector", {"x": 1})]
    made = allocate(frame, {"事业": 3}, caps=caps, benefit="linear", gap=0.0)
    assert made.granted.tolist() == [0, 1, 1]
    assert made.method == "整数规划 HiGHS"


def test_all_or_nothing():
    frame = pl.DataFrame(
        {"id": ["甲", "乙"], "kind": ["事业"] * 2, "want": [3, 2], "at_once": [3, 1],
         "priority": [1.0, 0.9]}
    )  # fmt: skip
    assert allocate(frame, {"事业": 2}, benefit="linear").granted.tolist() == [0, 2]
    assert allocate(frame, {"事业": 4}, benefit="linear").granted.tolist() == [3, 1]


def test_one_of_two():
    frame = pl.DataFrame(
        {"id": ["甲", "乙", "丙"], "kind": ["事业"] * 3, "want": [2, 3, 1],
         "priority": [1.0, 0.9, 0.1], "either": ["二选一", "二选一", None]}
    )  # fmt: skip
    made = allocate(frame, {"事业": 9}, benefit="linear")
    assert made.granted.tolist() == [0, 3, 1]
    assert "与“乙”只能配一个" in made.reason("甲")


def test_reasons_name_the_full_cap_or_the_batch():
    frame = pl.DataFrame(
        {"id": ["甲", "乙", "丙"], "kind": ["事业", "事业", "行政"], "want": [2, 2, 3],
         "at_once": [2, 2, 3], "priority": [1.0, 2.0, 1.0]}
    )  # fmt: skip
    made = allocate(frame, {"事业": 2, "行政": 2}, benefit="linear")
    assert "空编“事业”已满" in made.reason("甲")
    assert "一次至少要 3 名" in made.reason("丙")
    assert made.reason("乙") == "申请 2，配 2：全部满足"


def test_what_brings_nothing_is_not_given_by_the_program_either():
    frame = pl.DataFrame(
        {"id": ["甲", "乙"], "kind": ["事业"] * 2, "want": [2, 2], "at_once": [2, 1],
         "priority": [0.0, 1.0]}
    )  # fmt: skip
    made = allocate(frame, {"事业": 9}, benefit="linear")
    assert made.granted.tolist() == [0, 2]
    assert "没有效益" in made.reason("甲")


def test_small_and_large_benefits_alike():
    """Trap: unscaled programs are silently wrong; the same at 1e-6 and 1e9."""
    for scale in (1e-6, 1.0, 1e9):
        frame = random_requests(3, 30, rules=True).with_columns(priority=pl.col("priority") * scale)
        made = allocate(frame, {"事业": 9}, caps=CROSSING, benefit="marginals", gap=0.0)
        base = allocate(random_requests(3, 30, rules=True), {"事业": 9}, caps=CROSSING,
                        benefit="marginals", gap=0.0)  # fmt: skip
        assert made.value == pytest.approx(base.value * scale, rel=1e-7)


def test_what_cannot_be_met_is_refused():
    frame = pl.DataFrame({"id": ["甲"], "kind": ["事业"], "want": [3], "least": [2], "x": ["a"]})
    with pytest.raises(AllocationError, match="保底合计 2"):
        allocate(frame, {"事业": 1}, benefit="linear")
    tiers = random_requests(1, 5, rules=True).with_columns(tier=pl.Series([1, 2, 1, 2, 1]))
    with pytest.raises(AllocationError, match="分级优先"):
        allocate(tiers, {"事业": 3}, caps=CROSSING, benefit="marginals")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"id": ["甲", "甲"]}, "不止一次"),
        ({"want": [1, None]}, "第 2 行是空的"),
        ({"want": [1, -2]}, "第 2 行为负"),
        ({"want": [1.5, 2.0]}, "整数"),
        ({"priority": [1.0, -1.0]}, "非负"),
        ({"least": [0, 5]}, "最少的数比申请的数还大"),
        ({"at_once": [1, 5]}, "起配数比申请的数还大"),
        ({"least": [0, 1], "at_once": [1, 2]}, "小于一次起配数"),
        ({"least": [0, 1], "either": [None, "甲组"]}, "二选一之列"),
        ({"kind": ["事业", "行政"]}, "没有给出这些种类的空编数：行政"),
        ({"want": [10**9, 1]}, "超出一次能算"),
    ],
)
def test_requests_that_cannot_be_read_are_refused(changed, said):
    base = {"id": ["甲", "乙"], "kind": ["事业"] * 2, "want": [2, 2]}
    with pytest.raises(AllocationError, match=said):
        allocate(pl.DataFrame({**base, **changed}), {"事业": 3}, benefit="linear")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"benefit": "无"}, "没有“无”这种效益"),
        ({"benefit": "shortage"}, "要有 need 一列"),
        ({"benefit": "marginals"}, "要有 marginals 一列"),
        ({"caps": [Cap("无", {"a": 1})]}, "没有“无”一列"),
        ({"caps": [Cap("kind", {"事业": -1})]}, "不是非负整数"),
    ],
)
def test_questions_that_cannot_be_read_are_refused(words, said):
    frame = pl.DataFrame({"id": ["甲"], "kind": ["事业"], "want": [2]})
    with pytest.raises(AllocationError, match=said):
        allocate(frame, {"事业": 3}, **{"benefit": "linear", **words})


@pytest.mark.parametrize(
    ("marginals", "said"), [([1.0, 2.0], "由大到小"), ([1.0], "少于申请的名数")]
)
def test_benefits_must_fall(marginals, said):
    frame = pl.DataFrame({"id": ["甲"], "kind": ["事业"], "want": [2], "marginals": [marginals]})
    with pytest.raises(AllocationError, match=said):
        allocate(frame, {"事业": 3}, benefit="marginals")


def test_as_tables_and_in_words():
    frame = pl.DataFrame(
        {"id": ["甲", "乙"], "kind": ["事业"] * 2, "want": [3, 3], "priority": [2.0, 1.0]}
    )
    made = allocate(frame, {"事业": 4}, benefit="harmonic")
    assert made.to_frame()["granted"].to_list() == [3, 1]
    assert "空编“事业”再多一名，效益增加 0.5" in made.summary()
    assert "提高到现在的 1.33 倍" in made.reason("乙")
    assert made.caps().row(0, named=True)["used"] == 4
    with pytest.raises(AllocationError, match="没有申请“丙”"):
        made.reason("丙")
    empty = allocate(frame.clear(), {"事业": 4}, benefit="harmonic")
    assert (empty.value, empty.to_frame().height) == (0, 0)
