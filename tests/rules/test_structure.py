"""The share of a kind of post among a unit's people: both bounds are allowed."""

from __future__ import annotations

import pytest

from tests.support.rules import findings, told

CENTRE = """
    2020-01-01 opening
      设立 org=S name=测县疾病预防控制中心 category=49
      设立 org=S1 class=section name=一科 parent=S
      下达 to=S kind=SY n=10
      下达 to=S1 kind=SY n=10
""" + "".join(
    f"      上编 person=p{n} name=人{n} org={'S1' if n % 2 else 'S'} kind=SY\n" for n in range(10)
)  # fmt: skip
EXPERTS = {"positions": ["专业技术"], "least": 85}


def people(experts: int, others: int, unknown: int = 0):
    posts = ["专业技术"] * experts + ["工勤技能"] * others + [""] * unknown
    return {"positions": [(f"p{n}", post) for n, post in enumerate(posts)]}


@pytest.mark.parametrize(
    ("least", "fires"), [("80", False), ("80.01", True), ("90", True), ("79.99", False)]
)
def test_exactly_the_least_share_is_enough(least, fires):
    given = {**EXPERTS, "least": least}
    assert bool(told(CENTRE, "CK-37", given, beside=people(8, 2))) is fires


@pytest.mark.parametrize(("most", "fires"), [("20", False), ("19.99", True)])
def test_exactly_the_most_is_allowed(most, fires):
    given = {"positions": ["工勤", "管理"], "most": most}
    assert bool(told(CENTRE, "CK-37", given, beside=people(8, 2))) is fires


def test_it_says_both_numbers_and_who_was_counted():
    (found,) = findings(CENTRE, "CK-37", EXPERTS, beside=people(6, 2, 2))
    assert (found.unit, found.found, found.limit) == ("S", 75, 85)
    assert found.words == "登记了岗位类别的 8 人中专业技术 6 人，占 75%，至少应占 85%"


def test_nobody_registered_too_few_and_bodies_of_another_class_are_not_judged():
    assert told(CENTRE, "CK-37", EXPERTS, beside={"positions": []}) == []
    assert told(CENTRE, "CK-37", EXPERTS, beside=people(0, 0, 10)) == []
    assert told(CENTRE, "CK-37", {**EXPERTS, "people": 3}, beside=people(0, 2)) == []
    assert told(CENTRE, "CK-37", {**EXPERTS, "people": 2}, beside=people(0, 2)) != []
    assert told(CENTRE, "CK-37", {**EXPERTS, "categories": ["1"]}, beside=people(0, 2)) == []
