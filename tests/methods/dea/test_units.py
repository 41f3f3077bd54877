"""What is refused before anything is computed, and how it is said."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from bianzhi.methods import dea

FRAME = pl.DataFrame(
    {"单位": ["甲", "乙", "丙"], "编制": [10, 12, 8], "经费": [3.5, 4.0, 2.0], "办件": [90, 80, 75]}
)


def take(frame, **changed):
    asked = {"unit": "单位", "inputs": ["编制", "经费"], "outputs": ["办件"]} | changed
    return dea.Units.of_frame(frame, **asked)


def test_a_frame_keeps_its_names():
    units = take(FRAME)
    assert units.names == ("甲", "乙", "丙")
    assert units.input_names + units.output_names == ("编制", "经费", "办件")
    assert len(units) == 3


def test_arrays_get_numbers_for_names():
    units = dea.Units.of([[1.0], [2.0]], [[1.0], [1.0]])
    assert (units.names, units.input_names) == (("1", "2"), ("投入1",))


def test_the_data_are_not_changed_and_not_shared():
    given = np.array([[1.0], [2.0]])
    units = dea.Units.of(given, [[1.0], [1.0]])
    given[0] = 9
    assert units.inputs[0, 0] == 1.0


def with_cell(column, row, value):
    values = FRAME[column].to_list()
    values[row] = value
    return FRAME.with_columns(pl.Series(column, values, strict=False))


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (with_cell("经费", 1, None), "“经费”缺数或不是有限的数，请补齐，或不纳入评价：乙"),
        (with_cell("经费", 1, float("inf")), "“经费”缺数"),
        (with_cell("办件", 2, -1), "“办件”是负数，请改用不为负的口径：丙"),
        (with_cell("单位", 1, "甲"), "单位重名：甲"),
        (with_cell("单位", 1, None), "第 2 行没有填"),
        (FRAME.with_columns(办件=pl.lit(0)), "“办件”一列全是零"),
        (FRAME.with_columns(编制=pl.Series([0, 1, 1]), 经费=pl.Series([0.0, 1, 1])), "没有投入"),
        (FRAME.with_columns(编制=pl.Series(["十", "12", "8"])), "不是数字：编制"),
        (FRAME.drop("编制"), "表中没有这些列：编制"),
        (FRAME.clear(), "至少一行一列"),
    ],
)
def test_bad_data_are_refused_with_unit_and_column(frame, said):
    with pytest.raises(dea.BadData, match=said):
        take(frame)


def test_tables_that_do_not_match_are_refused():
    with pytest.raises(dea.BadData, match="投入有 2 行，产出有 1 行"):
        dea.Units.of([[1.0], [2.0]], [[1.0]])
    with pytest.raises(dea.BadData, match="1 个单位名称，却有 2 行"):
        dea.Units.of([[1.0], [2.0]], [[1.0], [1.0]], ["甲"])
    with pytest.raises(dea.BadData, match="要是一张表"):
        dea.Units.of([1.0, 2.0], [[1.0], [1.0]])


def test_too_few_peers_are_flagged_not_hidden():
    units = take(FRAME)  # 3 units, 3 measures: 9 wanted
    assert "不宜据以核减" in units.notes[0]
    assert "同类单位偏少" in dea.radial(units).summary()
    plenty = dea.Units.of(np.arange(1.0, 7)[:, None], np.arange(1.0, 7)[:, None])
    assert plenty.notes == ()


def test_a_unit_without_any_output_is_named():
    units = take(with_cell("办件", 0, 0))
    assert any("没有任何产出的单位：甲" in note for note in units.notes)
    assert dea.radial(units, rts="crs").scores[0] == pytest.approx(0)
    with pytest.raises(dea.BadQuestion, match=r"可增加的产出全部为零.*甲"):
        dea.radial(units, orientation="out")


def test_errors_are_value_errors():
    assert issubclass(dea.BadData, ValueError)
    assert issubclass(dea.BadQuestion, ValueError)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"rts": "bcc"}, "规模报酬“bcc”不存在，可用：crs、vrs"),
        ({"orientation": "up"}, "方向“up”不存在"),
        ({"engine": "gpu"}, "计算引擎“gpu”不存在"),
        ({"fixed": ("面积",)}, "不可控的项目不在投入产出之列：面积"),
        ({"fixed": ("编制", "经费")}, "可压减的投入全部为零"),
    ],
)
def test_questions_that_make_no_sense(asked, said):
    with pytest.raises(dea.BadQuestion, match=said):
        dea.radial(take(FRAME), **asked)


def test_other_measures_cannot_be_compared():
    other = dea.Units.of([[1.0]], [[1.0]])
    with pytest.raises(dea.BadData, match="项目不同"):
        dea.radial(take(FRAME), against=other)
