"""Each sign of the diagnosis on a small ledger: where it shows, where it just does not."""

from __future__ import annotations

import polars as pl
import pytest

from bianzhi.core.errors import Refusal
from bianzhi.rules.diagnosis import SIGNS, diagnose, read_thresholds, usual
from bianzhi.rules.diagnosis.needs import WEIGHED
from bianzhi.rules.diagnosis.signs import banded
from bianzhi.rules.material import SERVED, Material
from tests.support.rules import state

OFFICE = """
    2020-01-01 opening
      设立 org=A name=甲局 category=121
      设立 org=T name=青石镇 category=12X
"""


def unit(key: str, posts: int, people: int = 0, name: str = "", led: str = "A") -> str:
    """Lines of an institution with posts and people."""
    name = name or f"{key}中心"
    lines = [f"设立 org={key} name={name} category=49 supervisor={led}",
             f"下达 to={key} kind=SY n={posts}"]  # fmt: skip
    lines += [f"上编 person={key}p{each} org={key} kind=SY" for each in range(people)]
    return "".join(f"      {line}\n" for line in lines)


def seen(
    text: str, kind: str, served: list[tuple[str, str, float]] | None = None, day="2022-01-01"
):
    """The signs of one kind, as dicts."""
    frame = pl.DataFrame(served, schema=SERVED, orient="row") if served else None
    found = diagnose(Material(state(text, day), None, frame))
    return found.signs.filter(pl.col("kind") == kind).to_dicts()


def test_a_band_is_flat_outside_and_straight_inside():
    frame = pl.DataFrame({"posts": [3.0, 5.0, 10.5, 16.0, 40.0]})
    assert frame.select(banded(pl.col("posts"), 16, 5))["posts"].to_list() == [1, 1, 0.5, 0, 0]


def test_a_unit_of_five_posts_full_of_people_is_small_and_no_trouble():
    text = OFFICE + unit("B", 5, 5)
    (small,) = seen(text, "small")
    assert (small["score"], small["found"], small["limit"]) == (1, 5, 16)
    assert seen(text, "micro") == []
    assert diagnose(Material(state(text))).troubles.is_empty()


def test_small_and_half_empty_is_told_with_its_three_numbers():
    (found,) = seen(OFFICE + unit("B", 4, 2), "micro")
    assert found["words"] == "小 1、散 0、弱 1，合计 0.8 分：核定 4 名，同部门 1 家，常空 50%"


def test_a_post_filled_for_a_day_in_the_year_was_not_always_empty():
    filled = (
        "    2021-06-01\n      上编 person=x org=B kind=SY\n      上编 person=y org=B kind=SY\n"
    )
    left = "    2021-06-02\n      下编 person=x\n      下编 person=y\n"
    assert seen(OFFICE + unit("B", 4, 2) + filled + left, "weak") == []


@pytest.mark.parametrize(("units", "scores"), [(5, []), (6, [1 / 3] * 6), (8, [1] * 8)])
def test_scattered_are_more_than_five_under_one_department(units, scores):
    text = OFFICE + "".join(unit(f"B{each}", 20, 20) for each in range(units))
    assert [each["score"] for each in seen(text, "scattered")] == pytest.approx(scores)


def test_schools_and_units_of_towns_are_not_measured_by_size():
    text = OFFICE + unit("B", 4, 1, "第一小学") + unit("C", 4, 1, "农技站", led="T")
    kinds = (*WEIGHED["micro"], "micro")
    assert [seen(text, kind) for kind in kinds] == [[], [], [], []]


@pytest.mark.parametrize(("day", "shell"), [("2022-01-31", True), ("2022-01-30", False)])
def test_a_shell_has_had_nobody_for_twelve_months(day, shell):
    gone = "    2021-01-31\n      下编 person=Bp0\n"
    found = seen(OFFICE + unit("B", 3, 1) + gone, "shell", day=day)
    assert bool(found) is shell
    if found:
        assert found[0]["words"].startswith("核定 3 名，自 2021-01-31 起一个人也没有")


def test_a_shell_is_not_told_again_as_a_long_vacancy():
    assert seen(OFFICE + unit("B", 9, 0), "vacant") == []
    (found,) = seen(OFFICE + unit("B", 9, 7), "vacant")
    assert (found["found"], found["score"]) == (2, 0.4)
    assert seen(OFFICE + unit("B", 11, 9), "vacant") == [], "不到两成"


def test_the_words_of_a_power_are_marked_and_help_with_it_is_no_power():
    duties = """
      赋职 duty=d1 org=B text=低保审批和医疗救助审核
      赋职 duty=d2 org=B text=协助开展行政许可的现场勘查
"""
    (found,) = seen(OFFICE + unit("B", 20, 20) + duties, "mixed")
    assert (found["about"], found["score"]) == ("d1", 1)
    assert found["phrase"] in found["text"]


@pytest.mark.parametrize(("day", "times"), [("2008-12-31", 0), ("2009-01-01", 1)])
def test_a_duty_is_extinct_from_the_day_its_matter_was_abolished(day, times):
    text = (OFFICE + unit("B", 20)).replace("2020-01-01", "2000-01-01")
    found = seen(
        text + "      赋职 duty=d org=B text=负责公路养路费的征收稽查\n", "extinct", day=day
    )
    assert len(found) == times
    assert all("国发〔2008〕37号" in each["grounds"] for each in found)


def test_a_pair_of_duties_is_seen_from_both_units_and_from_a_section_only_on_ours():
    duties = """
      设立 org=A1 class=section name=市容科 parent=A
      赋职 duty=d1 org=B text=承担渣土运输管理
      赋职 duty=d2 org=C text=负责建筑废弃物运输的管理
      赋职 duty=d3 org=A1 text=负责建筑渣土运输的管理
"""
    found = seen(OFFICE + unit("B", 20) + unit("C", 20) + duties, "overlap")
    sides = {(each["unit"], each["other"]) for each in found}
    assert sides == {("B", "C"), ("C", "B"), ("B", "A1"), ("C", "A1")}
    assert all(each["phrase"] for each in found)


def test_a_pair_says_its_class_and_the_words_in_both_duties():
    duties = """
      赋职 duty=d1 org=B text=承担湿地保护
      赋职 duty=d2 org=C text=负责森林、湿地和野生动植物的调查和保护
"""
    found = seen(OFFICE + unit("B", 20) + unit("C", 20) + duties, "overlap")
    b, c = sorted(found, key=lambda each: each["unit"])
    assert b["words"].startswith("包含：对方的一项范围更宽，包含本单位的“保护、湿地")
    assert c["words"].startswith("包含：本单位的一项范围更宽，包含对方的")
    assert b["words"].endswith("（本单位这一条的 100%、对方的 26% 对得上）")
    assert c["words"].endswith("（本单位这一条的 26%、对方的 100% 对得上）")
    assert b["phrase"].split("、") == ["湿地保护", "湿地", "保护"], "as they stand in either duty"


@pytest.mark.parametrize("category", ["12X", "1"])
def test_what_towns_lead_is_no_overlap(category):
    """Each town hauls its own rubbish, by right: its bodies and its sections, whether the record
    says that it is a town or only its name does."""
    towns = f"""
      设立 org=E name=柳河镇人民政府 category={category}
      设立 org=F name=大坪乡人民政府 category={category}
      设立 org=E1 class=section parent=E name=城建办
"""
    made = OFFICE + towns + unit("B", 20, led="E") + unit("C", 20, led="F") + unit("D", 20)
    duty = "      赋职 duty=d{0} org={0} text=承担渣土运输管理\n"
    assert seen(made + "".join(map(duty.format, ("B", "C", "D", "E1"))), "overlap") == []
    both = made + unit("G", 20) + "".join(map(duty.format, ("B", "C", "D", "G", "E1")))
    assert {each["unit"] for each in seen(both, "overlap")} == {"D", "G"}


def test_a_section_that_leads_overlaps_only_where_it_does_the_same():
    """A section for 渣土 leads the institution: only by disposing of it would it overlap. A
    section of another department speaks of what is not its own."""
    made = (
        OFFICE
        + unit("B", 20)
        + """
      设立 org=D name=测县环保局 category=121
      设立 org=A1 class=section name=市容科 parent=A
      设立 org=D1 class=section name=固废科 parent=D
      赋职 duty=d1 org=B text=承担渣土处置
      赋职 duty=d2 org=A1 text={}
      赋职 duty=d3 org=D1 text=负责建筑垃圾工作
"""
    )
    for text, others in (("负责渣土工作", {"D1"}), ("负责渣土处置", {"A1", "D1"})):
        found = seen(made.format(text), "overlap")
        assert {each["other"] for each in found} == others


def test_two_schools_have_the_same_duties_by_right():
    duties = (
        "      赋职 duty=d1 org=B text=负责小学教学\n      赋职 duty=d2 org=C text=负责小学教学\n"
    )
    text = OFFICE + unit("B", 20, name="一小学") + unit("C", 20, name="二小学") + duties
    assert seen(text, "overlap") == []


SCHOOLS = OFFICE + "".join(
    unit(f"B{each}", posts, name=f"第{each}小学") for each, posts in enumerate((40, 40, 40, 40, 90))
)


def test_posts_far_from_the_median_of_like_units_are_uneven():
    (found,) = seen(SCHOOLS, "uneven")
    assert (found["unit"], found["found"], found["limit"]) == ("B4", 2.25, 2)
    (row,) = diagnose(Material(state(SCHOOLS))).classes.to_dicts()
    assert (row["peers"], row["units"], row["median"], row["most"]) == ("小学", 5, 40, 90)
    assert row["gini"] == pytest.approx(0.16)  # 200·Σ|xi − xj| : 4 × 2 × 50 / (2 × 25 × 50)


def test_who_serves_twice_as_many_may_have_twice_the_posts():
    pupils = [(f"B{each}", "小学", 800.0) for each in range(4)]
    assert seen(SCHOOLS, "uneven", [*pupils, ("B4", "小学", 1800.0)]) == []
    given = [*pupils, ("B4", "小学", 1200.0)]
    (found,) = (each for each in seen(SCHOOLS, "uneven", given) if each["about"] == "")
    assert (found["unit"], found["found"]) == ("B4", pytest.approx(1.5))


def test_four_like_units_are_too_few_to_be_held_against_each_other():
    assert diagnose(Material(state(SCHOOLS.replace("第4小学", "其他单位")))).classes.is_empty()


def test_an_empty_district_has_no_signs():
    found = diagnose(Material(state(OFFICE)))
    assert found.signs.is_empty()
    assert dict(found.signs.schema) == SIGNS


def test_a_wrong_pack_says_everything_that_is_wrong():
    with pytest.raises(Refusal) as told:
        read_thresholds('title = "x"\n[scope]\n[signs.small]\ntitle = "小"\ngrade = "Z"\n')
    words = " ".join(str(each) for each in told.value.problems)
    assert "[signs.small] 缺少“low”" in words
    assert "[signs.shell] 缺少“months”" in words
    assert "证据等级“Z”不认识" in words
    with pytest.raises(Refusal, match="读不懂"):
        read_thresholds("title =")


def test_every_threshold_shipped_says_where_it_is_from():
    assert all(each.formula and each.source and each.grade for each in usual().signs.values())
