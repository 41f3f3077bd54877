"""Drafting from facts alone: ages, people outside, common problems, kinds nobody has heard of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from bianzhi.files.report.document import Figure, Heading, Paragraph, Picture, Report, Table
from bianzhi.office.desk.words import Words
from bianzhi.office.survey.report.drafting import PARTS, draft
from bianzhi.office.survey.report.facts import THEMES, Facts
from bianzhi.office.survey.report.figures import Figures
from bianzhi.office.survey.sizes import banded
from bianzhi.rules.diagnosis import Told, diagnose
from bianzhi.rules.diagnosis.signs import SIGNS
from bianzhi.rules.diagnosis.told import OUTSIDE
from bianzhi.rules.material import BIRTHS, Material
from tests.support.rules import state

WHERE = "/survey/report/figure?name="
LEDGER = """
    2020-01-01 opening
      设立 org=A name=测县教育局 category=121
      设立 org=B name=测县电教中心 category=49 supervisor=A
      设立 org=C name=测县考试中心 category=49 supervisor=A
      下达 to=B kind=SY n=4
      下达 to=C kind=SY n=3
      上编 person=p1 org=B kind=SY
      上编 person=p2 org=B kind=SY
      上编 person=p3 org=C kind=SY
"""


def facts(**given: Any) -> Facts:
    at = state(LEDGER)
    found, words = diagnose(Material(at)), Words(at)
    signs = given.pop("signs", found.signs)
    titles = {key: each.title for key, each in found.given.signs.items()}
    told = signs.with_columns(
        standing=pl.lit("open"), title=pl.col("kind").replace_strict(titles, default="新问题"),
        unit_name=words.names_of(signs["unit"]),
    )  # fmt: skip
    return Facts(words, found, told, **given)


def words_of(report: Report) -> str:
    heads = [each.text for each in report.blocks if isinstance(each, Heading)]
    sentences = (
        "".join(piece.text for piece in each.pieces)
        for each in report.blocks if isinstance(each, Paragraph)
    )  # fmt: skip
    return "\n".join([*heads, *sentences])


def table(report: Report, title: str) -> list[list[str]]:
    found = next(e for e in report.blocks if isinstance(e, Table) and e.title == title)
    return [["".join(piece.text for piece in cell) for cell in row] for row in found.rows]


def test_ages_are_full_years_on_the_day_and_told_of_those_known_alone():
    rows = [("p1", date(1986, 1, 1), "man"), ("p2", date(1986, 1, 2), "man"),
            ("zz", date(1990, 1, 1), "man")]  # fmt: skip
    births = pl.DataFrame(rows, schema=BIRTHS, orient="row")
    made = draft(facts(births=births), WHERE).report
    ages = {row[0]: row[1] for row in table(made, "按年龄分")}
    assert ages["36—40岁"] == "1"  # 36 on the very day
    assert ages["35岁以下"] == "1"  # 36 tomorrow
    assert ages["合计"] == "2"  # p3 has no file, zz no post
    assert "登记了出生年月的2人中，51岁以上的0人，占0.0%。" in words_of(made)


def test_whose_age_it_is_is_not_told():
    births = pl.DataFrame([("p1", date(1960, 5, 1), "man")], schema=BIRTHS, orient="row")
    _, grounds = draft(facts(births=births), WHERE).figures["older"]
    assert grounds.rows is not None
    assert grounds.rows.to_dicts() == [{"unit": "B", "told": "", "amount": 1}]


def test_people_outside_the_establishment_are_told_apart():
    rows = [("B", "hired", 3.0, "1"), ("B", "dispatched", 2.0, "1"), ("Z", "hired", 9.0, "2")]
    told = Told(outside=pl.DataFrame(rows, schema=OUTSIDE, orient="row"))
    words = words_of(draft(facts(told=told), WHERE).report)
    assert "1家另有编外人员5人，不计入实有" in words
    assert "核定编制7名，实有3人" in words


def test_what_a_class_has_in_common_and_what_is_one_units_own():
    rows = [("人手不足", "教育事业单位", ["B", "C"], 100.0, ["人少事多", "忙不过来"]),
            ("场地漏雨", "", ["C"], None, ["屋顶漏了3年"])]  # fmt: skip
    themes = pl.DataFrame(rows, schema=THEMES, orient="row")
    made = draft(facts(themes=themes), WHERE).report
    assert "一类单位共有的1项，个别单位特有的1项" in words_of(made)
    assert table(made, "共性问题") == [["人手不足", "教育事业单位", "2", "“人少事多”“忙不过来”"]]
    assert table(made, "个性问题") == [["场地漏雨", "测县考试中心", "“屋顶漏了3年”"]]


def test_a_kind_added_to_the_diagnosis_appears_by_itself():
    plain = facts()
    given = plain.found.given
    kind = replace(given.signs["shell"], key="fading", title="新问题", formula="某某 3 分")
    row = {**dict.fromkeys(SIGNS, ""), "unit": "B", "kind": "fading", "score": 0.9, "found": 1.0,
           "limit": 2.0, "words": "两年没有业务"}  # fmt: skip
    signs = pl.concat([plain.found.signs, pl.DataFrame([row], schema=SIGNS)])
    wider = replace(plain.found, given=replace(given, signs={**given.signs, "fading": kind}))
    made = draft(replace(facts(signs=signs), found=wider), WHERE).report
    words = words_of(made)
    assert "新问题\n" in words
    assert "有新问题线索的单位1家，占50.0%；线索1条，尚未核实确认。" in words
    assert "新问题（1家）：【请补充：逐家核实后的处理意见】" in words  # no advice is known
    assert ["测县电教中心", "测县教育局", "4", "2", "两年没有业务", "待判断"] in table(
        made, "新问题线索"
    )


def test_nothing_is_claimed_that_was_not_asked():
    words = words_of(draft(facts(), WHERE).report)
    assert "人员档案没有登记出生年月。【请补充：人员的年龄结构】" in words
    assert "编外人员" not in words, "问了才说；没有问的只在所看的问题里列名"
    assert "规则" not in words
    assert "共性" not in words


@pytest.mark.parametrize("part", list(PARTS))
def test_any_part_can_stand_alone(part):
    made = draft(facts(), WHERE, parts=(part,)).report
    assert len([each for each in made.body if isinstance(each, Heading) and each.level == 1]) <= 1
    assert len(made.annexes) <= 1


def test_the_same_facts_give_the_same_report():
    assert draft(facts(), WHERE).report == draft(facts(), WHERE).report


def test_every_unit_is_in_one_band_half_posts_too():
    units = pl.DataFrame({"unit": list("abcd"), "approved": [0.0, 5.5, 10.5, 900.0]})
    names = {unit: name for name, mine in banded(units) for unit in mine["unit"]}
    assert names == {"a": "0–5 名", "b": "6–10 名", "c": "11–20 名", "d": "51 名以上"}


def test_pictures_say_in_words_what_they_show():
    pictures = [each for each in draft(facts(), WHERE).report.blocks if isinstance(each, Picture)]
    assert len(pictures) >= 2
    assert all(each.said and each.figures for each in pictures)


def test_two_numbers_under_one_name_are_refused():
    figures = Figures(WHERE)
    units = pl.DataFrame({"unit": ["a", "b"]})
    first = figures.units("x", "家数", units, "口径")
    assert figures.units("x", "家数", units, "口径") is first
    with pytest.raises(ValueError, match="two numbers under one name"):
        figures.units("x", "家数", units.head(1), "口径")


def test_shares_and_sums_are_written_as_people_do():
    figures = Figures(WHERE)
    rows = pl.DataFrame({"unit": ["a", "b"], "n": [Decimal("1.5"), Decimal("-2.5")]})
    total = figures.total("t", "合计", rows, "n", "口径")
    whole = figures.units("w", "家数", rows, "口径")
    assert (total.text, total.value) == ("−1", -1.0)
    assert figures.share("s", "占比", whole, whole).text == "100.0%"
    nothing = figures.units("none", "没有", rows.head(0), "口径")
    assert figures.share("z", "占比", whole, nothing).text == "0.0%"
    assert isinstance(total, Figure)


def test_classes_of_like_units_are_told_and_drawn_from_the_same_values():
    ledger = LEDGER + "".join(
        f"      设立 org=K{n} name=测县第{n}幼儿园 category=49 supervisor=A\n"
        f"      下达 to=K{n} kind=SY n={posts}\n"
        for n, posts in enumerate((2, 10, 10, 10, 30))
    )
    at = state(ledger)
    found, words = diagnose(Material(at)), Words(at)
    signs = found.signs.with_columns(
        standing=pl.lit("open"), title=pl.lit(""), unit_name=pl.lit("")
    )
    made = draft(Facts(words, found, signs), WHERE).report
    ((_, _, units, median, least, most, gini),) = table(made, "同类单位之间的差别")
    assert [units, median, least, most] == ["5", "10", "2", "30"]
    assert gini == f"{found.classes['gini'][0]:.3f}".rstrip("0")
    curve = next(each for each in made.blocks if isinstance(each, Picture) and each.scale)
    assert f"幼儿园 {gini}" in curve.drawing
    assert f"幼儿园类的基尼系数为{gini}" in words_of(made)
