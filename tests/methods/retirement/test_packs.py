"""Parameters are data with a grade: what is not confirmed is not used, what is wrong is named."""

from __future__ import annotations

from datetime import date

import pytest

from bianzhi.methods import retirement
from bianzhi.methods.retirement import RetirementError, load, month_number, national, statutory

OWN = """
title = "本地"
source = "某规定"
in_force = "2025-01"
[contribution]
base = 180
raise_from = 2030
step = 6
most = 240
[categories.man]
name = "男"
original = 60
raise_from = "1965-01"
step = 4
most = 36
grade = "V"
source = "某条"
"""


def test_special_trades_are_not_raised_and_must_be_confirmed_first():
    with pytest.raises(RetirementError, match=r"等级为 K.*尚未核实"):
        statutory("1975-06", "special-man")
    own = national().confirm("special-man", "special-woman")
    assert statutory("1975-06", "special-man", own).age == 55 * 12
    assert statutory("1985-06", "special-woman", own).delay == 0
    assert "可选" not in statutory("1985-06", "special-woman", own).summary()


def test_confirming_leaves_the_national_pack_as_it_is():
    national().confirm("woman-60")
    assert not national().categories["woman-60"].enabled


def test_only_grade_v_is_enabled():
    assert {each.code for each in national().categories.values() if each.enabled} == {
        "man", "woman-55", "woman-50",
    }  # fmt: skip
    assert all(each.source for each in national().categories.values())


def test_a_local_pack_is_read_from_a_file(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    assert statutory("1965-01", "man", load(path)).delay == 1


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('grade = "V"\n', "", "缺少 grade"),
        ("step = 4", "step = 0", "步长须为正整数"),
        ("most = 36", "most = -1", "不得为负"),
        ('raise_from = "1965-01"', 'raise_from = "六五年"', "不是年月"),
    ],
)
def test_a_faulty_pack_is_refused_by_name(tmp_path, before, after, said):
    path = tmp_path / "own.toml"
    path.write_text(OWN.replace(before, after), encoding="utf-8")
    with pytest.raises(RetirementError, match=said):
        load(path)


def test_unknown_categories_and_uneven_lists_are_refused():
    with pytest.raises(RetirementError, match="没有“女”这一类"):
        statutory("1975-06", "女")
    with pytest.raises(RetirementError, match="无法启用"):
        national().confirm("女")
    with pytest.raises(RetirementError, match="一一对应"):
        retirement.timetable([1, 2], ["man"])
    with pytest.raises(RetirementError, match="没有对照表"):
        retirement.comparison_table("special-man", national().confirm("special-man"))


@pytest.mark.parametrize(
    "text", ["1976-09", "1976.9", "197609", "1976年9月", "1976-09-30", "19760930", "1976年9月30日"]
)
def test_the_usual_ways_of_writing_a_month(text):
    assert month_number(text) == month_number(date(1976, 9, 1))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1976",
        "76-09",
        "1976-093",
        "1976-1230",
        "1976123",
        "1976年9",
        "1976-13",
        "1976-00",
        "1800-01",
        None,
        5,
    ],
)
def test_what_is_not_a_month_is_refused(text):
    with pytest.raises(RetirementError, match="年月"):
        month_number(text)


def test_one_person_as_a_row_and_a_sentence():
    made = statutory("1971-04", "woman-55")
    row = made.to_frame().row(0, named=True)
    assert (row["statutory"], row["age"], row["delay"]) == ("2026-08", 664, 4)
    assert "55 岁 4 个月" in made.summary()
    assert retirement.timetable([], "man").summary() == "没有人员"
