"""三定核对: the newest 三定 of a unit, clause by clause, beside the ledger of a day."""

from __future__ import annotations

import pytest

from bianzhi.core.days import parse_day
from bianzhi.office.desk.held import held
from bianzhi.office.ledgers.reading.plan import (
    CANNOT,
    DIFFERS,
    SAME,
    Comparing,
    names_of,
    newest,
)
from bianzhi.office.papers import texts
from bianzhi.record.post import Poster
from tests.support.cast import browser
from tests.support.ledger import ledger
from tests.support.pages import text

pytestmark = pytest.mark.django_db
LEDGER = """
2020-01-01 opening
  设立 org=NY name=区农业局 rank="6"
  设立 org=BG class=section name=办公室 parent=NY
  设立 org=CZ class=section name=种植业股 parent=NY
  下达 to=NY kind=XZ n=12
  下达 to=NY kind=SY n=9 funding=full
  下达 to=NY kind=LD1 n=1
  下达 to=NY kind=LD2 n=3
  设立 org=SL name=区水利局
  下达 to=SL kind=XZ n=5
2024-01-01 澜编发〔2024〕1号
  更名 org=NY name=区农业农村局
  核增 org=NY kind=XZ n=2 from=上级
"""
MANDATE = """{name}职能配置、内设机构和人员编制规定
澜委办发〔{year}〕12号
第一条　根据机构改革方案，制定本规定。
第二条　{name}设2个内设机构：
（一）办公室。负责机关日常运转。
（二）{section}。负责生产指导。
第三条　{name}行政编制{n}名。设局长1名，副局长2名。
第四条　划入事业编制3名。
第五条　本规定自{year}年3月1日起施行。
{year}年2月20日
"""


@pytest.fixture(autouse=True)
def district() -> None:
    Poster().post(ledger(LEDGER))
    for at, (name, year, n) in enumerate((("区农业局", 2021, 12), ("区农业农村局", 2024, 13))):
        said = MANDATE.format(name=name, year=year, n=n, section="种植业股" if at else "畜牧股")
        title = f"{name}职能配置、内设机构和人员编制规定"
        texts.keep(str(at) * 64, f"{year}.docx", title, f"澜委办发〔{year}〕12号", said)
    texts.keep("c" * 64, "批复.docx", "关于区农业农村局编制的批复", "", "核定行政编制99名。")


def compared(day: str = "2025-01-01", code: str = "NY"):
    words = held().state(parse_day(day), held().columns.head)
    found = newest(names_of(words.state, code), parse_day(day))
    return list(Comparing(words, code).lines(found[1])) if found else None


def numbers(lines) -> list[tuple]:
    return [(each.title, int(each.said), None if each.held is None else int(each.held),
             each.verdict) for each in lines]  # fmt: skip


def test_each_number_stands_beside_the_ledger_s():
    found = numbers(compared())
    for expected in (
        ("一般行政编制", 13, 14, DIFFERS), ("单位正职", 1, 1, SAME), ("单位副职", 2, 3, DIFFERS),
        ("内设机构", 2, 2, SAME),
    ):  # fmt: skip
        assert expected in found
    assert [each[-1] for each in found].count(CANNOT) == 1


def test_both_texts_are_kept_the_clause_and_the_accounts():
    [posts] = [each for each in compared() if each.title == "一般行政编制"]
    assert (posts.place, "行政编制13名" in posts.words) == ("第三条", True)
    assert [(each["label"], int(each["n"])) for each in posts.told] == [("一般行政编制", 14)]


def test_what_is_no_approved_number_is_not_compared_and_says_why():
    [moved] = [each for each in compared() if each.verdict == CANNOT]
    assert (moved.place, moved.held) == ("第四条", None)
    assert "不是核定数" in moved.why


def test_the_three_plans_that_held_on_the_day_under_the_name_of_then():
    assert numbers(compared("2022-01-01"))[1:2] == [("一般行政编制", 12, 12, SAME)]
    [sections] = [each for each in compared("2022-01-01") if each.title == "内设机构"]
    assert sections.verdict == DIFFERS
    assert sections.why == "台账没有畜牧股；文件没有种植业股"
    assert compared("2020-06-01") is None
    assert compared(code="SL") is None


def test_the_page_shows_paper_and_ledger_with_grounds():
    client = browser("office_clerk")
    page = client.get("/plan?code=NY&on=2025-01-01").content.decode()
    shown = text(page)
    for words in ("澜委办发〔2024〕12号", "行政编制13名", "不一致", "2024-03-01 起施行"):
        assert words in shown
    assert "/entries?on=2025-01-01&amp;holder=NY&amp;kind=XZ" in page
    assert client.get("/plan?code=NY&as=xlsx").content.startswith(b"PK")
    assert "/plan?code=NY" in client.get("/unit?code=NY").content.decode()


def test_a_unit_whose_paper_is_not_here_is_told_how_to_hand_it_over():
    assert "请在“导入”里交入" in text(browser("auditor").get("/plan?code=SL").content.decode())


def test_of_others_nothing_is_compared():
    assert browser("institution_clerk", "SL").get("/plan?code=NY").status_code == 403
    assert browser("institution_clerk", "SL").get("/plan?code=SL").status_code == 200
    assert browser("office_clerk").get("/plan?code=ZZZ").status_code == 404
