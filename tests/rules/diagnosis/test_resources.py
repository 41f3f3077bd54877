"""资源配置: what is served as the units told it, norms, people from outside, towns by residents."""

from __future__ import annotations

import math

import polars as pl
import pytest

from bianzhi.rules.diagnosis import Diagnosis, Told, diagnose
from bianzhi.rules.material import SERVED, Material
from tests.rules.diagnosis.test_signs import OFFICE, SCHOOLS, unit
from tests.support.rules import state
from tests.support.telling import told


def looked(text: str, answers: Told, served: list[tuple[str, str, float]] | None = None):
    frame = pl.DataFrame(served, schema=SERVED, orient="row") if served else None
    return diagnose(Material(state(text), None, frame), told=answers)


def uneven(found: Diagnosis) -> list[dict]:
    return found.signs.filter(pl.col("kind") == "uneven").to_dicts()


def pupils(*counts: float, year: int = 2021) -> list[tuple]:
    return [(f"B{place}", "小学", year, each, f"a{place}") for place, each in enumerate(counts)]


EVEN = (760, 760, 760, 760)  # 40 posts by the norm of 19


def test_what_units_told_they_serve_is_compared_with_the_answer_to_open():
    found = looked(SCHOOLS, told(served=pupils(*EVEN, 1140)))
    peers, norm = sorted(uneven(found), key=lambda each: each["about"])
    assert (peers["unit"], peers["found"], peers["answers"]) == ("B4", pytest.approx(1.5), "a4")
    assert peers["words"].startswith("小学类中偏多：编制/100 小学 7.89，中位数 5.26，为其 1.5 倍")
    assert norm["words"] == ("按定编标准偏多：应配 60，核定 90，为其 1.5 倍（小学 1140÷19 ＝ 60）")
    assert norm["grounds"].startswith("《中小学教职工编制标准（城乡统一）》中央编办发〔2014〕72号")
    assert norm["grounds"].endswith("等级 V-"), "没有核到原文的，照实说"


def test_one_that_did_not_answer_is_left_out_and_does_not_spoil_the_comparison():
    text = SCHOOLS + unit("B5", 40, name="第5小学") + unit("B6", 400, name="第6小学")
    found = looked(text, told(served=pupils(*EVEN, 1710, 760)))
    assert found.classes.select("per", "units").rows() == [("100 小学", 6)]
    assert uneven(found) == []


def test_where_few_answered_posts_themselves_are_compared():
    found = looked(SCHOOLS, told(served=pupils(*EVEN)))
    assert found.classes.select("per", "units").rows() == [("", 5)]
    assert [each["unit"] for each in uneven(found)] == ["B4"]


def test_a_figure_from_a_document_goes_before_what_a_unit_told():
    answers = told(served=pupils(*EVEN, 1140))
    assert uneven(looked(SCHOOLS, answers, [("B4", "小学", 1710.0)])) == []


def test_of_several_years_the_last_not_after_the_day_counts():
    later = told(served=[*pupils(*EVEN, 1710), *pupils(*EVEN, 10, year=2023)])
    assert uneven(looked(SCHOOLS, later)) == []
    before = told(served=[*pupils(*EVEN, 1710, year=2020), *pupils(*EVEN, 1140)])
    assert len(uneven(looked(SCHOOLS, before))) == 2


def test_the_same_is_told_with_people_from_outside():
    """Four schools of 40 posts each full but for one that does with 40 hired."""
    text = OFFICE + "".join(unit(f"B{each}", 40, 40, name=f"第{each}小学") for each in range(4))
    text += unit("B4", 20, 20, name="第4小学")
    answers = told(served=pupils(760, 760, 760, 760, 760), outside=[("B4", "hired", 20, "a4")])
    found = looked(text, answers)
    first, _ = sorted(uneven(found), key=lambda each: each["about"])
    assert first["words"].endswith("为其 0.5 倍；按实际在岗（连编外）为 1.0 倍")
    (row,) = found.classes.to_dicts()
    assert row["gini"] > 0.05
    assert row["gini_heads"] == pytest.approx(0)
    assert row["median_heads"] == pytest.approx(row["median"])


TOWNS = """
    2020-01-01 opening
      设立 org=T1 name=东门街道 category=12X
      设立 org=T2 name=西门街道 category=12X
      设立 org=T3 name=青石镇 category=12X
      设立 org=T4 name=白水乡 category=12X
""" + "".join(
    unit(f"{town}{each}", posts, posts, name=f"{town}{each}站", led=town)
    for town, posts in (("T1", 10), ("T2", 10), ("T3", 20), ("T4", 20)) for each in "ab"
)  # fmt: skip
RESIDENTS = [
    (f"{town}{each}", "常住人口", 2021, people, "a")
    for town, people in (("T1", 80_000), ("T2", 80_000), ("T3", 40_000), ("T4", 10_000))
    for each in "ab"
]  # fmt: skip


def test_towns_are_held_against_each_other_by_their_residents():
    found = looked(TOWNS, told(served=RESIDENTS)).towns
    assert found.select("name", "sort", "units", "per").rows() == [
        ("白水乡", "乡", 2, 40), ("青石镇", "镇", 2, 10), ("东门街道", "街道", 2, 2.5),
        ("西门街道", "街道", 2, 2.5),
    ]  # fmt: skip
    whole = 120 / 210_000 * 10_000
    assert found["ratio"].to_list() == pytest.approx([each / whole for each in (40, 10, 2.5, 2.5)])


@pytest.mark.parametrize("ending", ["", "人民政府", "办事处"])
def test_a_ledger_that_does_not_tell_towns_from_other_bodies_still_has_towns(ending):
    """Most ledgers know one kind of 党政机关; then the name says which are towns."""
    plain = TOWNS.replace("category=12X", "category=1")
    for name in ("东门街道", "西门街道", "青石镇", "白水乡"):
        plain = plain.replace(f"name={name} ", f"name={name}{ending} ")
    found = looked(plain, told(served=RESIDENTS))
    assert found.towns["per"].to_list() == [40, 10, 2.5, 2.5]
    assert found.institutions["town"].all()
    assert found.signs.filter(kind="small").is_empty(), "乡镇事业单位不看大小"


def test_a_body_with_a_town_in_its_name_is_no_town():
    text = TOWNS.replace("name=青石镇", "name=小城镇建设局").replace(
        "name=白水乡", "name=乡村振兴局"
    )
    found = looked(text.replace("12X", "1"), told(served=RESIDENTS)).towns
    assert sorted(found["name"]) == ["东门街道", "西门街道"]


def test_the_spread_is_split_exactly_and_lies_between_the_sorts_here():
    found = looked(TOWNS, told(served=RESIDENTS))
    spread = found.spread
    assert spread is not None
    assert spread.within == pytest.approx(0)
    shares = {"街道": 40 / 120, "镇": 40 / 120, "乡": 40 / 120}
    people = {"街道": 160 / 210, "镇": 40 / 210, "乡": 10 / 210}
    by_hand = sum(shares[each] * math.log(shares[each] / people[each]) for each in shares)
    assert spread.total == spread.between == pytest.approx(by_hand)


def test_who_serves_a_part_of_a_town_does_not_make_it_smaller():
    rows = [*RESIDENTS[:-1], ("T4b", "常住人口", 2021, 4_000, "a")]
    towns = looked(TOWNS, told(served=rows)).towns
    assert dict(towns.select("name", "residents").iter_rows())["白水乡"] == 10_000


def test_the_residents_of_the_town_itself_go_first():
    towns = looked(TOWNS, told(served=RESIDENTS), [("T4", "常住人口", 9_000)]).towns
    assert dict(towns.select("name", "residents").iter_rows())["白水乡"] == 9_000


def test_without_residents_there_is_nothing_to_compare():
    found = looked(TOWNS, Told())
    assert (found.towns.is_empty(), found.spread) == (True, None)
