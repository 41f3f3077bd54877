"""What units told, on the pages of the diagnosis: years, people from outside, towns, answers."""

from __future__ import annotations

import pytest

from bianzhi.office.survey import told as survey
from bianzhi.rules.diagnosis import Told
from tests.support.cast import browser
from tests.support.exports import workbook
from tests.support.pages import get, row, text
from tests.support.records import SQLITE, fresh
from tests.support.telling import told, years

pytestmark = pytest.mark.django_db
ON = {"on": "2022-01-01"}
OFFICE = """
    2016-01-01 opening
      设立 org=A name=测县农业局 category=121
      设立 org=T1 name=东门街道 category=12X
      设立 org=T2 name=白水乡 category=12X
      设立 org=B name=测县能源站 category=49 supervisor=A
      设立 org=S1 name=东门街道服务站 category=49 supervisor=T1
      设立 org=S2 name=白水乡服务站 category=49 supervisor=T2
      下达 to=B kind=SY n=20
      下达 to=S1 kind=SY n=10
      下达 to=S2 kind=SY n=10
      上编 person=p1 org=B kind=SY
      上编 person=p2 org=S1 kind=SY
      上编 person=p3 org=S2 kind=SY
      赋职 duty=d1 org=B text=负责户用沼气池的推广
"""
TOLD = told(
    [*years("B", (400, 300, 200, 100, 40), item="沼气池验收", measure="口"),
     *years("B", (None, None, 30, None, 35), item="培训", measure="期")],
    [("B", "d1", "", "none", "多年无人申请", "aB-d1")],
    [("B", "hired", 3, "aB-out"), ("B", "lent", 1, "aB-out")],
    [("S1", "常住人口", 2021, 80_000, "aS1"), ("S2", "常住人口", 2021, 20_000, "aS2")],
)  # fmt: skip


@pytest.fixture(autouse=True)
def office(monkeypatch):
    monkeypatch.setattr(survey, "told", lambda _=None: TOLD)
    monkeypatch.setattr(survey, "revision", lambda: 1)
    with fresh(SQLITE) as record:
        record.write(OFFICE)
        yield record


def test_a_weakened_unit_is_told_with_the_years_side_by_side():
    page = get("/survey/diagnosis/unit", code="B", **ON)
    words = text(page)
    assert row(page, "沼气池验收")[1:] == [
        "口", "400", "300", "200", "100", "40", "20", "2", "13.33", "答复",
    ]  # fmt: skip
    assert row(page, "培训")[1:7] == ["期", "", "", "30", "", "35"], "没有报的年份空着，不是 0"
    assert "业务 0.5、职责 1、长期空编 1，合计 0.9 分" in words
    assert "单位自报没有履行：多年无人申请" in words
    assert "编外和借入 3 名，借出 1 名，实际在岗 3 名" in words


def test_every_sign_from_the_survey_leads_to_the_answer(monkeypatch):
    monkeypatch.setattr(survey, "address", lambda answer: f"/survey/answers/{answer}")
    page = get("/survey/diagnosis/unit", code="B", **ON)
    assert '<a href="/survey/answers/aB-d1">' in page
    assert '<a href="/survey/answers/aB-out">' in page


def test_parts_are_asked_for_and_not_columns_of_every_day():
    every = get("/survey/diagnosis", **ON)
    head = every.partition("<thead>")[2].partition("</thead>")[0]
    assert "职能弱化" in head
    assert "业务量下降" not in head
    asked = get("/survey/diagnosis", **ON, kind="falling")
    assert "业务量下降" in asked.partition("<thead>")[2].partition("</thead>")[0]
    assert "机构诊断：1 个单位" in text(asked)


def test_the_workbook_names_the_answers():
    sheet = workbook(browser().get("/survey/diagnosis", {**ON, "as": "xlsx"}))
    assert "aB-d1" in str(sheet)


def test_the_picture_holds_towns_against_each_other_and_counts_people_from_outside():
    page = get("/survey/picture", **ON)
    assert row(page, "白水乡 T2")[1:7] == ["乡", "1", "10", "1", "20000", "5.00"]
    assert row(page, "东门街道 T1")[8:] == ["0.63 倍", "0.13"]
    assert "全区每万人 2.00 名。泰尔指数" in text(page)
    assert row(page, "测县能源站") == ["测县能源站", "1", "3", "", "3"]


def test_new_answers_make_the_diagnosis_anew(monkeypatch):
    assert "职能弱化" in text(get("/survey/diagnosis/unit", code="B", **ON))
    monkeypatch.setattr(survey, "told", lambda _=None: Told())
    monkeypatch.setattr(survey, "revision", lambda: 2)
    assert "职能弱化" not in text(get("/survey/diagnosis/unit", code="B", **ON))


def test_without_a_survey_nothing_is_made_up(monkeypatch):
    monkeypatch.undo()
    assert (survey.told().workload.height, survey.revision()) == (0, 0)
    page = text(get("/survey/picture", **ON))
    assert "没有单位报过编外人员" in page
    assert "镇街之间" not in page
