"""加挂牌子 (R17): a name lives on without a body, is told, costs a little, and has its limit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bianzhi.methods import merging
from bianzhi.methods.merging import Institution, Rules, Weights

UNITS = [
    Institution("植保站", "农业局", 9, name="植物保护站", people=9),
    Institution("检疫站", "农业局", 5, name="植物检疫站", people=5, keeps_name=True),
    Institution("土肥站", "农业局", 5, people=4, keeps_name=True, plates=("墒情监测站",)),
]
NEAR = {frozenset(pair): 2.0 for pair in (("植保站", "检疫站"), ("植保站", "土肥站"))}


def test_a_name_that_must_live_on_becomes_a_plate_of_the_largest():
    (one,) = merging.plan(UNITS, overlaps=NEAR).outcomes
    assert one.plates == ("植物检疫站", "土肥站", "墒情监测站")


def test_the_largest_gives_the_name_and_needs_no_plate():
    units = [replace(UNITS[0], keeps_name=True, people=3), replace(UNITS[1], people=9)]
    (one,) = merging.plan(units, overlaps=NEAR).outcomes
    assert one.plates == ("植物保护站",)


def test_names_nobody_keeps_just_end():
    units = [replace(each, keeps_name=False, plates=()) for each in UNITS]
    (one,) = merging.plan(units, overlaps=NEAR).outcomes
    assert one.plates == ()


def test_a_limit_of_plates_binds():
    found = merging.plan(UNITS, Rules(plate_limit=1), overlaps=NEAR)
    assert all(len(each.plates) <= 1 for each in found.outcomes)
    assert {each.members for each in found.outcomes} == {("植保站", "检疫站"), ("土肥站",)}


def test_a_dear_plate_keeps_the_institution():
    found = merging.plan(UNITS, weights=Weights(plate=99.0), overlaps=NEAR)
    assert all(each.action == "keep" for each in found.outcomes)


def test_an_empty_one_whose_name_must_live_on_is_not_abolished_but_merged():
    empty = Institution("空壳站", "农业局", 2, people=0, empty=True, keeps_name=True)
    near = {frozenset(("植保站", "空壳站")): 1.0}
    outcomes = merging.plan([UNITS[0], empty], overlaps=near).outcomes
    assert [each.plates for each in outcomes] == [("空壳站",)]
    alone = merging.plan([UNITS[0], empty]).outcomes
    assert all(each.action == "keep" for each in alone)


def test_powers_given_back_take_the_name_to_the_department():
    admin = replace(UNITS[1], administrative=True)
    found = merging.plan([UNITS[0], admin], Rules(return_powers=True), overlaps=NEAR)
    gone = next(each for each in found.outcomes if each.action == "abolish")
    assert (gone.plates, gone.department) == (("植物检疫站",), "农业局")


def test_plates_are_told_and_are_no_institutions():
    found = merging.plan(UNITS, overlaps=NEAR)
    assert found.totals["机构数"] == (3, 1)
    assert "加挂牌子 3 块（牌子不是机构" in found.summary()
    assert found.to_frame()["plates"].to_list() == ["植物检疫站、土肥站、墒情监测站"]


def test_must_join_against_the_limit_is_refused_in_words():
    rules = Rules(must_join=(frozenset(("植保站", "土肥站")),), plate_limit=1)
    with pytest.raises(merging.MergingError, match="最多加挂 1 块"):
        merging.plan(UNITS, rules, overlaps=NEAR)
