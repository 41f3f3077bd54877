"""Small bodies, sections, and how many bodies there may be."""

from __future__ import annotations

import pytest

from tests.support.rules import findings, told

AREA = """
    2020-01-01 opening
      设立 org=A name=一局 category=121 rank=6
      设立 org=S name=中心 category=49
      设立 org=S1 class=section name=甲科 parent=S
      设立 org=S2 class=section name=乙科 parent=S
      设立 org=T name=空站 category=49
      下达 to=A kind=XZ n=2
      下达 to=S kind=SY n=4
      下达 to=S1 kind=SY n=2
      上编 person=a org=S kind=SY
      上编 person=b org=S kind=SY
      上编 person=c org=S kind=SY
      上编 person=d org=S1 kind=SY
"""


@pytest.mark.parametrize(
    ("given", "units"),
    [
        ({"most": 5}, ["S", "T"]),  # 6 approved, 2 vacant: 4
        ({"most": 4}, ["S", "T"]),
        ({"most": 3}, ["T"]),
        ({"most": 5, "withdraw": False}, ["T"]),
        ({"most": 6, "withdraw": False}, ["S", "T"]),
        ({"most": 5, "categories": ["1"]}, ["A"]),
    ],
)
def test_small_is_so_many_posts_or_fewer_sections_included(given, units):
    assert [each.unit for each in findings(AREA, "CK-13", given)] == units


def test_the_words_of_a_small_unit():
    found = {each.unit: each.words for each in findings(AREA, "CK-13", {"most": 5})}
    assert found["S"] == "核定 6，减去空编为 4，在 5 名以下"


def test_more_sections_than_the_posts_allow():
    ladder = {"ladder": [{"from": 0, "to": 6, "most": 1}, {"from": 7, "most": 2}]}
    assert told(AREA, "CK-14", ladder) == [("S", "", 2, 1)]
    assert told(AREA + "      下达 to=S2 kind=SY n=1\n", "CK-14", ladder) == []


def test_a_section_with_fewer_posts_than_the_least():
    assert told(AREA, "BZ-06", {"least": 3}) == [("S1", "", 2, 3)]
    assert told(AREA, "BZ-06", {"least": 2}) == []


def test_bodies_against_their_limit():
    given = {"limits": [{"title": "事业单位", "most": 1, "categories": ["4"]},
                        {"title": "正科级机构", "most": 1, "ranks": ["6"]}]}  # fmt: skip
    (found,) = findings(AREA, "CK-12", given)
    assert found.words == "事业单位：现有 2 个，限额 1 个"
    assert (found.unit, found.about) == ("", "事业单位")
