"""The Decision of 2024 and the 办法 it approves, clause by clause, in words.

Each test quotes its clause; the persons are made so that the clause alone decides.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.methods import retirement
from bianzhi.methods.retirement import (
    RetirementError,
    choose,
    month_number,
    month_text,
    national,
    statutory,
)

ENOUGH = 30 * 12  # months paid, more than any year asks for
GROUPS = ("man", "woman-55", "woman-50")

# --- 第一条 ----------------------------------------------------------------------------------


def test_men_and_women_of_55_one_month_later_for_every_four_women_of_50_for_every_two():
    """“每四个月延迟一个月 …… 原法定退休年龄为五十周岁的女职工，每二个月延迟一个月”。"""
    for category, first, pace in (("man", "1965-01", 4), ("woman-55", "1970-01", 4),
                                  ("woman-50", "1975-01", 2)):  # fmt: skip
        start = month_number(first)
        delays = [statutory(month_text(start + k), category).delay for k in range(3 * pace)]
        assert delays == [1] * pace + [2] * pace + [3] * pace


@pytest.mark.parametrize(
    ("category", "ages"), [("man", (60, 63)), ("woman-55", (55, 58)), ("woman-50", (50, 55))]
)
def test_fifteen_years_lead_from_the_old_age_to_the_new(category, ages):
    """决定第一条：“用十五年时间”；the last to be raised retires in 2039 or soon after."""
    before, after = ages
    table = retirement.comparison_table(category)
    assert statutory("1950-01", category).age == 12 * before
    assert table["改革后法定退休年龄"].max() == statutory("2000-01", category).age == 12 * after
    assert table["改革后退休时间"].min() == "2025-02"
    full = table.filter(table["改革后法定退休年龄"] == 12 * after)
    assert full["改革后退休时间"].min() in ("2039-09", "2039-11")


# --- 第二条 ----------------------------------------------------------------------------------


def test_least_contributions_from_fifteen_to_twenty_years_by_half_a_year_from_2030():
    """“从2030年1月1日起 …… 由十五年逐步提高至二十年，每年提高六个月”。"""
    table = dict(retirement.contribution_table().select("退休年份", "最低缴费月数").iter_rows())
    assert [table[year] for year in range(2025, 2030)] == [180] * 5
    assert [table[year] for year in range(2030, 2040)] == list(range(186, 241, 6))
    assert max(table) == 2039
    words = retirement.contribution_table()["最低缴费年限"].to_list()
    assert (words[0], words[5], words[-1]) == ("15 年", "15 年 6 个月", "20 年")


def test_who_has_reached_the_age_but_not_the_years_pays_on_and_is_not_refused():
    """“可以按照规定通过延长缴费或者一次性缴费的办法达到最低缴费年限”。"""
    made = choose("1970-05", "man", month_text(statutory("1970-05", "man").statutory), paid=100)
    assert made.allowed
    assert (made.kind, made.required) == ("到龄退休", 192)  # 2031-11
    assert "延长缴费或一次性缴费" in made.summary()


# --- 第三条：提前 ----------------------------------------------------------------------------


def test_one_may_leave_up_to_three_years_earlier_and_no_more():
    """“可以自愿选择弹性提前退休，提前时间最长不超过三年”：1984-11 的女职工 55 岁为 2039-11。"""
    assert choose("1984-11", "woman-50", "2036-11", paid=ENOUGH).allowed
    refused = choose("1984-11", "woman-50", "2036-10", paid=ENOUGH)
    assert refused.problems == ("提前 3 年 1 个月，最长 3 年",)


def test_but_never_below_the_age_before_the_raise():
    """“不得低于女职工五十周岁、五十五周岁及男职工六十周岁的原法定退休年龄”。"""
    assert choose("1976-09", "man", "2036-09", paid=ENOUGH).allowed  # 60 to the month
    near = choose("1966-09", "man", "2026-08", paid=ENOUGH)  # only six months are raised
    assert near.problems == ("年龄 59 岁 11 个月，不得低于原 60 岁",)
    assert choose("1966-09", "man", "2026-09", paid=ENOUGH).allowed


def test_leaving_earlier_takes_the_least_contributions_of_the_year_chosen():
    """“职工达到最低缴费年限，可以自愿选择”：chosen 2036 asks for 18 years 6 months, not 20."""
    made = choose("1976-09", "man", "2036-09", paid=18 * 12 + 6)
    assert (made.required, made.allowed) == (222, True)
    short = choose("1976-09", "man", "2036-09", paid=221)
    assert "不满最低 18 年 6 个月" in short.summary()
    assert not short.allowed
    assert not choose("1976-09", "man", "2036-09").allowed  # nothing known of the years


def test_leaving_earlier_needs_nobodys_agreement():
    """自愿：the unit's agreement plays no part."""
    for agreed in (False, True):
        assert choose("1976-09", "man", "2038-01", paid=ENOUGH, agreed=agreed).allowed


# --- 第三条：延迟 ----------------------------------------------------------------------------


def test_staying_on_needs_both_and_ends_after_three_years():
    """“所在单位与职工协商一致的，可以弹性延迟退休，延迟时间最长不超过三年”。"""
    assert choose("1976-09", "man", "2042-09", paid=ENOUGH, agreed=True).allowed
    alone = choose("1976-09", "man", "2042-09", paid=ENOUGH)
    assert alone.problems == ("延迟须单位与本人协商一致",)
    long = choose("1976-09", "man", "2042-10", paid=ENOUGH, agreed=True)
    assert long.problems == ("最晚 2042-09（延迟最长 3 年）",)


def test_staying_on_takes_the_least_contributions_of_the_statutory_year():
    """1970-05 到龄 2031-11：16 年；留到 2034 年也还是 16 年。"""
    assert choose("1970-05", "man", "2034-01", paid=192, agreed=True).required == 192


def test_who_came_of_age_before_2025_has_neither():
    """施行以前的，不溯及既往。"""
    early = choose("1964-12", "man", "2024-06", paid=ENOUGH)
    assert early.problems == ("2025-01 以前到龄，没有弹性提前",)
    late = choose("1964-12", "man", "2025-06", paid=ENOUGH, agreed=True)
    assert late.problems == ("没有弹性延迟",)


# --- 怎样办 ----------------------------------------------------------------------------------


def test_notice_in_writing_three_months_before_leaving_one_month_before_staying_on():
    early = choose("1976-09", "man", "2038-01", paid=ENOUGH)
    assert any(each.startswith("最迟 2037-10 书面告知单位") for each in early.notes)
    late = choose("1976-09", "man", "2041-01", paid=ENOUGH, agreed=True)
    assert any(each.startswith("最迟 2039-08 书面约定") for each in late.notes)


def test_managers_who_stay_on_are_pointed_out_and_refused_once_the_rule_is_confirmed():
    """The rule is known at second hand (V-): until confirmed it is a warning, not a refusal."""
    words: dict[str, Any] = {"paid": ENOUGH, "agreed": True, "manager": True}
    doubtful = choose("1976-09", "man", "2041-01", **words)
    assert doubtful.allowed
    assert any("不能弹性延迟（等级 V-" in each for each in doubtful.notes)
    sure = choose("1976-09", "man", "2041-01", **words, policy=national().confirm_flexible())
    assert sure.problems == ("公务员、领导人员和其他管理人员到龄应当退休，不能弹性延迟",)
    assert choose("1976-09", "man", "2037-01", paid=ENOUGH, manager=True).allowed


def test_a_pack_without_the_arrangement_says_nothing_of_it(tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(
        'title="本地"\nsource="某"\nin_force="2025-01"\n[contribution]\nbase=180\nraise_from=2030\n'
        'step=6\nmost=240\n[categories.man]\nname="男"\noriginal=60\ngrade="V"\nsource="某"\n',
        encoding="utf-8",
    )
    own = retirement.load(path)
    assert choose("1970-01", "man", "2030-01", paid=ENOUGH, policy=own).notes == ()
    with pytest.raises(RetirementError, match="没有写弹性退休怎样办理"):
        own.confirm_flexible()


@given(
    st.integers(month_number("1965-01"), month_number("1999-12")),
    st.sampled_from(GROUPS),
    st.integers(-60, 60),
)
def test_what_is_allowed_is_exactly_the_band_of_the_timetable(birth, category, shift):
    law = statutory(month_text(birth), category)
    month = law.statutory + shift
    made = choose(month_text(birth), category, month_text(month), paid=ENOUGH, agreed=True)
    assert made.allowed == (law.earliest <= month <= law.latest)


def test_as_a_row_and_what_is_refused():
    row = choose("1976-09", "man", "2036-10", paid=240).to_frame().row(0, named=True)
    assert (row["month"], row["kind"], row["allowed"]) == ("2036-10", "弹性提前退休", True)
    with pytest.raises(RetirementError, match="不应为负"):
        choose("1976-09", "man", "2036-10", paid=-1)
    with pytest.raises(RetirementError, match="不是年月"):
        choose("1976-09", "man", "明年")
