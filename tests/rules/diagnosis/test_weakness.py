"""职能弱化 on a small ledger: what is a fall and what only looks like one."""

from __future__ import annotations

import polars as pl
import pytest

from bianzhi.rules.diagnosis import Told, diagnose
from bianzhi.rules.material import Material
from tests.rules.diagnosis.test_signs import OFFICE, unit
from tests.support.rules import state
from tests.support.telling import told, years

EARLY = OFFICE.replace("2020-01-01", "2016-01-01")


def seen(text: str, kind: str, answers: Told, day: str = "2022-01-01") -> list[dict]:
    """The signs of one kind, as dicts."""
    found = diagnose(Material(state(text, day)), told=answers)
    return found.signs.filter(pl.col("kind") == kind).to_dicts()


def falls(*amounts: float | None, text: str = EARLY + unit("B", 10, 10)) -> list[dict]:
    """The signs of a unit that told of one item from 2017 on."""
    return seen(text, "falling", told(years("B", amounts)))


def test_a_steady_fall_is_told_with_both_ends_and_the_answer_it_is_from():
    (found,) = falls(1000, 900, 800, 700, 600)
    assert found["words"] == (
        "“受理登记”2017–2021 年每编制的趋势由 100 到 60（件），降 40%，最后一年 60；"
        "10 对年份里 10 对是降的"
    )
    assert (found["score"], found["answers"]) == (pytest.approx(0.75), "aB")
    (whole,) = seen(
        EARLY + unit("B", 10, 10), "weakened", told(years("B", (1000, 900, 800, 700, 600)))
    )
    assert whole["words"] == "业务 0.75，合计 0.75 分"


@pytest.mark.parametrize(
    ("why", "amounts"),
    [
        ("level", (1000, 1010, 990, 1005, 1000)),
        ("one bad year", (1000, 1000, 1000, 400, 1000)),
        ("one bad year, the last", (1000, 1010, 1000, 1005, 300)),
        ("one bad year of three, the last", (1000, 1000, 300)),
        ("ups and downs", (1000, 700, 1050, 690, 980)),
        ("growing", (500, 600, 700, 800, 900)),
        ("two years are no trend", (1000, 400)),
        ("a year left out", (1000, None, 990, None, 1010)),
        ("a little less", (1000, 985, 965, 950, 930)),
    ],
)
def test_what_only_looks_like_a_fall(why, amounts):
    assert falls(*amounts) == [], why


@pytest.mark.parametrize(
    "amounts", [(1000, None, 700, None, 400), (1000, 1000, 1000, 400, 380), (1000, 700, 400)]
)
def test_gaps_steps_and_three_years_are_enough(amounts):
    assert len(falls(*amounts)) == 1


def test_work_that_fell_with_the_posts_has_not_weakened():
    cut = EARLY + unit("B", 20, 10) + "    2019-06-01\n      收回 org=B kind=SY n=10\n"
    amounts = (2000, 2000, 1050, 1000, 1000)
    assert falls(*amounts, text=cut) == []
    assert len(falls(*amounts, text=EARLY + unit("B", 20, 10))) == 1


def test_the_figure_of_half_a_year_is_not_compared():
    rows = told(years("B", (1000, 990, 1000, 1010, 450)))
    assert seen(EARLY + unit("B", 10, 10), "falling", rows, day="2021-06-30") == []


def test_a_matter_given_another_name_is_one_matter():
    old = years("B", (1000, 1000, 480, 0, 0), item="纸质办件")
    new = years("B", (None, None, 520, 1000, 1000), item="网上办件")
    text = EARLY + unit("B", 10, 10)
    for kind in ("falling", "silent", "weakened"):
        assert seen(text, kind, told([*old, *new])) == [], kind
    assert len(seen(text, "falling", told(old))) == 1, "没有接上的就是没有了"


def test_one_item_of_three_does_not_make_a_weakened_unit():
    rows = [*years("B", (1000, 700, 500, 300, 200)), *years("B", [500] * 5, item="培训"),
            *years("B", [80] * 5, item="检测")]  # fmt: skip
    text = EARLY + unit("B", 10, 10)
    assert len(seen(text, "falling", told(rows))) == 1
    assert seen(text, "weakened", told(rows)) == []


def test_an_item_of_nothing_for_two_years_is_silent():
    rows = told(years("B", (30, 20, 10, 0, 0)))
    (found,) = seen(EARLY + unit("B", 10, 10), "silent", rows)
    assert found["words"] == "“受理登记”最近两年都是 0"


STATIONS = EARLY + "".join(
    unit(f"S{each}", 4, 4, name=f"第{each}镇党群服务中心", led="T") for each in range(6)
)


def test_far_less_work_a_post_than_like_units_do():
    rows = [row for each in range(5) for row in years(f"S{each}", [400] * 5, item="接待")]
    low = told([*rows, *years("S5", [120] * 5, item="接待")], outside=[("S5", "hired", 4, "aS5")])
    (found,) = seen(STATIONS, "thin", low)
    assert (found["unit"], found["found"], found["score"]) == ("S5", 0.3, pytest.approx(1))
    assert found["words"].endswith(
        "乡镇党群服务中心类 6 家的中位数 100，为其 0.3 倍；连编外每人 15，为其 0.15 倍"
    )
    assert seen(STATIONS, "thin", told(rows[:20])) == [], "四家不比"


def test_what_like_units_do_and_one_that_answered_did_not_tell_of():
    rows = [row for each in range(5) for row in years(f"S{each}", [400] * 5, item="接待")]
    odd = told([*rows, *years("S5", [30] * 5, item="其他")])
    (found,) = seen(STATIONS, "silent", odd)
    assert found["words"] == "没有报“接待”，乡镇党群服务中心类 6 家里 5 家有"
    assert seen(STATIONS, "silent", told(rows)) == [], "没有答的，不知道"


def test_duties_not_done_are_told_with_the_reason_and_the_last_answer_counts():
    text = EARLY + unit("B", 10, 10) + "      赋职 duty=d1 org=B text=负责沼气推广\n"
    rows = [("B", "d1", "", "none", "无人申请", "a1"), ("B", "", "村容整治", "part", "", "a1"),
            ("B", "", "其他", "full", "", "a1"), ("X", "", "不在", "none", "", "a9")]  # fmt: skip
    first, second = seen(text, "undone", told(execution=rows))
    assert (first["about"], first["text"], first["words"], first["score"]) == (
        "d1", "负责沼气推广", "单位自报没有履行：无人申请", 1,
    )  # fmt: skip
    assert (second["text"], second["words"], second["score"]) == (
        "村容整治", "单位自报部分履行：没有写原因", 0.5,
    )  # fmt: skip
    mended = [*rows, ("B", "d1", "", "full", "", "a2")]
    assert [each["text"] for each in seen(text, "undone", told(execution=mended))] == ["村容整治"]


def test_a_unit_most_of_whose_duties_are_not_done_has_weakened():
    rows = [("B", "", each, "none", "没有人手", "a1") for each in "甲乙丙"]
    text = EARLY + unit("B", 10, 10)
    (found,) = seen(text, "weakened", told(execution=[*rows, ("B", "", "丁", "full", "", "a1")]))
    assert found["words"] == "职责 0.75，合计 0.6 分"
    assert found["answers"] == "a1"


def test_posts_never_filled_are_not_posts_that_became_empty():
    text = OFFICE + unit("B", 3) + unit("C", 3, 1) + "    2020-03-01\n      下编 person=Cp0\n"
    (found,) = seen(text, "unset", Told())
    assert found["unit"] == "B"
    assert found["words"] == "单位自 2020-01-01 核定 3 名以来从未有人，已 24 个月，写着 0 项职责"


def test_a_section_never_set_up_beside_one_that_was():
    sections = """
      设立 org=B1 class=section name=业务科 parent=B
      设立 org=B2 class=section name=检测科 parent=B
      下达 to=B1 kind=SY n=2
      下达 to=B2 kind=SY n=3
      赋职 duty=d1 org=B2 text=负责检测
"""
    people = "      上编 person=x org=B1 kind=SY\n"
    (found,) = seen(OFFICE + unit("B", 3, 2) + sections + people, "unset", Told())
    assert found["words"].startswith("内设机构“检测科”自 2020-01-01 核定 3 名以来从未有人")
    assert found["words"].endswith("写着 1 项职责")
    assert seen(OFFICE + unit("B", 3, 2) + sections, "unset", Told()) == [], "人只记在单位上"


def test_people_from_outside_are_counted_by_kind_and_those_lent_taken_off():
    rows = [("B", "hired", 6, "aB"), ("B", "borrowed", 2, "aB"), ("B", "lent", 1, "aB"),
            ("C", "hired", 4, "aC")]  # fmt: skip
    text = OFFICE + unit("B", 10, 10) + unit("C", 10, 10)
    (found,) = seen(text, "outside", told(outside=rows))
    assert found["words"] == (
        "在编 10 名，编外和借入 8 名（借用（借入） 2、编外聘用 6），为在编的 80%；"
        "借出 1 名，实际在岗 17 名"
    )
    assert (found["found"], found["limit"], found["answers"]) == (0.8, 0.5, "aB")


def test_nonsense_in_a_survey_stops_nothing():
    rows = [("B", "受理", "件", 2019, float("nan"), "a"), ("B", "受理", None, 2020, -5.0, "a"),
            ("Z", "受理", "件", 2020, 5.0, "a"), ("B", None, "件", 2020, 5.0, "a")]  # fmt: skip
    odd = told(rows, [("B", "", "", "maybe", None, "a")], [("Z", "??", 5.0, "a")])
    found = diagnose(Material(state(EARLY + unit("B", 20, 20))), told=odd)
    assert found.signs.is_empty()
    assert found.loads["amount"].to_list() == [5]
