"""混编 as a use and as a grant, kept apart; 借调 beyond its months."""

from __future__ import annotations

import pytest

from tests.support.rules import findings, told

MIXED = """
    2020-01-01 opening
      设立 org=A name=一局 category=121
      设立 org=A1 class=section name=办公室 parent=A
      设立 org=S name=中心 category=49
      下达 to=A kind=XZ n=2
      下达 to=A1 kind=SY n=1
      下达 to=S kind=SY n=2
      下达 to=S kind=GJ n=1
      上编 person=a org=A kind=XZ
      上编 person=b org=S kind=SY
"""
USED = "      上编 person=c org=A1 kind=SY\n"


def test_a_section_of_an_organ_with_somebody_on_an_institution_post():
    (found,) = findings(MIXED + USED, "CK-05")
    assert found.words == "机关使用一般事业编制 1 名（实有 1，待上编 0）"
    assert (found.unit, found.about, found.family) == ("A1", "SY", "used")


def test_a_grant_nobody_uses_is_the_approvers_matter_alone():
    assert told(MIXED, "CK-05") == []
    assert told(MIXED, "BZ-03") == [("A1", "SY", 1, 0), ("S", "GJ", 1, 0)]
    assert {each.family for each in findings(MIXED, "BZ-03")} == {"approved"}


def test_kinds_an_organ_may_have_after_all_and_bodies_of_no_sort():
    allowed = {"allowed": [{"kinds": ["SY"], "categories": ["1"]}]}
    assert told(MIXED + USED, "CK-05", allowed) == []
    assert told((MIXED + USED).replace("category=121", "category=9"), "CK-05") == []
    assert told((MIXED + USED).replace(" category=121", ""), "CK-05") == [], "类别没有登记的不判"


AWAY = """
    2020-01-01 opening
      设立 org=A name=一局
      设立 org=A1 class=section name=办公室 parent=A
      设立 org=B name=二局
      下达 to=A1 kind=XZ n=1
      上编 person=a name=王一 org=A1 kind=XZ
    2021-07-01
      变更 subject=a field=works_at value={where}
"""


@pytest.mark.parametrize(
    ("where", "day", "fires"),
    [
        ("B", "2022-01-01", False),  # six months to the day: not yet over
        ("B", "2022-01-02", True),
        ("A", "2023-01-01", False),  # the section's own org
        ("A1", "2023-01-01", False),
    ],
)
def test_working_elsewhere_longer_than_allowed(where, day, fires):
    found = findings(AWAY.format(where=where), "CK-06", {"months": 6}, day=day)
    assert [each.words for each in found] == (
        ["2021-07-01 起在二局工作，已满 6 个月，期限 6 个月"] if fires else []
    )


def test_whole_months_are_counted():
    (found,) = findings(AWAY.format(where="B"), "CK-06", {"months": 6}, day="2022-04-30")
    assert (found.about, found.found, found.limit) == ("a", 9, 6)
