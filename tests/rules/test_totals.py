"""Ceilings, what may only fall, and published totals."""

from __future__ import annotations

import pytest

from tests.support.rules import findings, told

AREA = """
    2012-01-01 opening
      设立 org=A name=一局
      设立 org=B name=二局
      设立 org=P class=pool name=编制池
      下达 to=A kind=XZ n=5
      下达 to=P kind=XZ n=2
      下达 to=A kind=GJ n=2
      下达 to=B kind=GJ n=2
    2021-01-01
      下达 to=B kind=XZ n=1
"""


def test_a_total_above_its_ceiling():
    def given(most: int, **more: bool) -> dict[str, object]:
        return {"ceilings": [{"title": "行政编制", "kinds": ["X"], "most": most}], **more}

    (found,) = findings(AREA, "CK-11", given(7))
    assert found.words == "行政编制：核定合计 8，控制数 7，超 1"
    assert told(AREA, "CK-11", given(8)) == []
    assert told(AREA, "CK-11", given(6, pools=False)) == []
    assert told(AREA, "CK-11", given(5, pools=False)) == [("", "行政编制", 6, 5)]


def test_a_total_above_its_base_and_a_base_before_the_record():
    def given(day: str) -> dict[str, object]:
        return {"bases": [{"title": "行政编制", "kinds": ["X"], "day": day}]}

    (found,) = findings(AREA, "BZ-05", given("2012-12-31"))
    assert found.words == "行政编制（2012-12-31）：现在 8，基期 7，多 1"
    assert told(AREA, "BZ-05", given("2021-01-01")) == []
    assert told(AREA, "BZ-05", given("2011-12-31")) == []


MOVED = """
    2021-06-01 测编发〔2021〕6号
      划转 from=A to=B kind=GJ n=1
"""
MERGED = """
    2021-06-01 测编发〔2021〕6号
      合并 sources=A into=B
"""


def test_a_closed_kind_that_grew_in_one_unit_though_not_in_the_area():
    (found,) = findings(AREA + MOVED, "BZ-04", {"day": "2012-12-31"})
    assert found.words == "机关工勤编制只减不增，2012-12-31 核定 2，现在 3"
    assert (found.unit, found.about, found.found, found.limit) == ("B", "GJ", 3, 2)


def test_posts_that_came_with_a_merger_are_no_growth():
    assert told(AREA + MERGED, "BZ-04", {"day": "2012-12-31"}) == []
    assert told(AREA, "BZ-04", {"day": "2012-12-31"}) == []


CHECKED = (
    AREA
    + """
    2021-02-01
      核对 org=A kind=XZ n={n}
"""
)


def test_a_published_total_the_record_does_not_agree_with():
    (found,) = findings(CHECKED.format(n=6), "CK-15")
    assert found.words == "2021-02-01 一般行政编制核定公布 6，台账 5，允差 0"
    assert (found.unit, found.about) == ("A", "3/1")
    assert told(CHECKED.format(n=5), "CK-15") == []
    assert told(CHECKED.format(n=6), "CK-15", day="2021-01-31") == []
    assert told(CHECKED.format(n=6), "CK-15", {"days": 334}) != []
    assert told(CHECKED.format(n=6), "CK-15", {"days": 335}) == []


PAID = """
    2020-01-01 opening
      设立 org=S name=中心 category=49
      下达 to=S kind=SY n=3
      下达 to=S kind=LD2 n=1
      上编 person=a name=王一 org=S kind=SY
      上编 person=b name=李二 org=S kind=SY
      任职 person=a org=S kind=LD2
    2021-02-01 测财函〔2021〕1号
      核对 org=S kind={kind} figure=actual n={n}
"""


@pytest.mark.parametrize(
    ("kind", "n", "words"),
    [
        ("SY", 3, "2021-02-01 一般事业编制实有公布 3，台账 2，允差 0"),
        ("SY", 2, None),
        ("LD2", 2, "2021-02-01 单位副职实有公布 2，台账 1，允差 0"),
        ("LD2", 1, None),
    ],
)
def test_the_numbers_of_a_payroll_are_published_totals_like_others(kind, n, words):
    found = findings(PAID.format(kind=kind, n=n), "CK-15")
    assert [each.words for each in found] == ([] if words is None else [words])
