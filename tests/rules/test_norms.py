"""Norms of a trade: approved posts against what the pupils, residents or beds ask for."""

from __future__ import annotations

import pytest

from tests.support.rules import findings, told

SCHOOL = """
    2020-01-01 opening
      设立 org=S name=一小
      设立 org=T name=二小
      下达 to=S kind=SY n=100
      下达 to=T kind=SY n=100
"""
PUPILS = {"norm": "schools-2014", "by": "stages"}


@pytest.mark.parametrize(("pupils", "told_"), [(1900, None), (1881, 99), (1919, 101)])
def test_a_school_by_its_pupils(pupils, told_):
    found = told(SCHOOL, "CK-36", PUPILS, served=[("S", "小学", pupils)])
    assert found == ([("S", "", 100, told_)] if told_ else [])


def test_the_words_carry_the_formula():
    (found,) = findings(
        SCHOOL, "CK-36", PUPILS, served=[("S", "小学", 950), ("S", "初中", 270), ("S", "床位", 9)]
    )
    assert found.words == (
        "按中小学教职工编制标准（城乡统一）应配 70，核定多 30：初中 270÷13.5 ＋ 小学 950÷19 ＝ 70"
    ) or found.words.endswith("小学 950÷19 ＋ 初中 270÷13.5 ＝ 70")
    assert found.family == "approved"


def test_a_tolerance_and_shortage_left_unsaid():
    served = [("S", "小学", 2090.0)]  # 110 asked for, 100 approved
    assert told(SCHOOL, "CK-36", PUPILS, served=served) == [("S", "", 100, 110)]
    assert told(SCHOOL, "CK-36", {**PUPILS, "tolerance": 10}, served=served) == []
    assert told(SCHOOL, "CK-36", {**PUPILS, "short": False}, served=served) == []


def test_residents_beds_and_a_norm_that_grants_nothing():
    by_head = {"norm": "cdc-county-hebei", "by": "residents", "measure": "常住人口"}
    assert told(SCHOOL, "CK-36", by_head, served=[("S", "常住人口", 100_000)]) == [
        ("S", "", 100, 20)
    ]
    by_bed = {"norm": "hospital-1978", "by": "beds", "measure": "床位"}
    assert told(SCHOOL, "CK-36", by_bed, served=[("S", "床位", 100)]) == [("S", "", 100, 135)]
    only = {"norm": "kindergarten-2013", "by": "stages"}
    (found,) = findings(SCHOOL, "CK-36", only, served=[("S", "全日制", 70)])
    assert found.words.endswith("这一标准只供参考，不作核定编制的依据")
