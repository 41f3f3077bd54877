"""Questionnaires as data: the shipped one reads, of a wrong one every mistake is placed."""

from __future__ import annotations

import pytest

from bianzhi.core.errors import Refusal
from bianzhi.office.survey.rounds.models import QuestionnaireVersion
from bianzhi.office.survey.rounds.questions import library
from bianzhi.office.survey.rounds.questions.kinds import KINDS
from bianzhi.office.survey.rounds.questions.reading import read_questionnaire
from bianzhi.rules.diagnosis.told import OUTSIDE_KINDS
from tests.support.cast import browser
from tests.support.pages import get, text

OWN = """
title = "卫生院问卷"
years = 3
[[part]]
kind = "workload"
title = "业务量"
more = 1
  [[part.row]]
  item = "门诊"
  measure = "人次"
[[part]]
key = "beds"
kind = "questions"
title = "床位"
  [[part.row]]
  key = "open"
  what = "实际开放床位"
  answer = "whole"
  required = true
"""
P1, R2 = "第 1 部分（文件第 4 行起）　", "第 2 部分第 1 行（文件第 15 行起）　"


def problems(given: str) -> list[str]:
    """What is said of a wrong questionnaire."""
    with pytest.raises(Refusal) as refusal:
        read_questionnaire(given)
    assert all(each.what and each.do for each in refusal.value.problems)
    return [str(each) for each in refusal.value.problems]


def test_the_shipped_one_asks_everything_the_diagnosis_reads():
    usual = read_questionnaire(library.shipped()[library.USUAL])
    assert [part.kind.code for part in usual.parts] == list(KINDS)
    assert usual.years == 4
    outside = usual.part("outside")
    assert [row.id for row in outside.rows] == list(OUTSIDE_KINDS)
    assert all(part.hint for part in usual.parts if part.kind.code != "questions")


def test_an_office_s_own_reads_with_its_rows():
    own = read_questionnaire(OWN)
    assert own.part("workload").rows[0].cells == {"item": "门诊", "measure": "人次"}
    beds = own.part("beds").rows[0]
    assert (beds.id, beds.required, beds.answer and beds.answer.type) == ("open", True, "whole")


def test_toml_that_does_not_read_says_the_line():
    assert problems('title = "甲"\n[[part]]\nkind = duties')[0].startswith("第 3 行　问卷读不通")


@pytest.mark.parametrize(("was", "now", "said"), [
    ('kind = "workload"', 'kind = "工作"', P1 + "〔kind〕没有“工作”这种部分"),
    ('item = "门诊"', 'item = ""', "第 1 部分第 1 行（文件第 8 行起）　〔item〕这一行没有写 item"),
    ("years = 3", "years = 30", "开头　〔years〕年数是 30"),
    ("years = 3", "", ""),
    ('title = "卫生院问卷"', "", "开头　〔title〕"),
    ('answer = "whole"', 'answer = "choice"', R2 + "〔choices〕选择题没有写选项"),
    ('answer = "whole"', 'answer = "床"', R2 + "〔answer〕没有“床”这种回答"),
    ('key = "open"', 'key = "开放"', R2 + "〔key〕代号“开放”重复"),
    ('key = "beds"', 'key = "workload"', "〔key〕2 个部分的代号都是“workload”"),
    ("more = 1", "more = 1\nleast = 9", P1 + "〔least〕至少填 9 行，却只有 2 行"),
    ("more = 1", "mroe = 1", P1 + "〔mroe〕"),
    ("more = 1", 'more = "一"', P1 + "〔more 可补充的行数〕"),
    ('kind = "workload"', 'kind = "duties"', P1 + "〔row〕“职责履行”的行由台账或系统带出"),
    ("more = 1", "more = 500", P1 + "〔more〕行数超过 200"),
])  # fmt: skip
def test_what_is_wrong_is_said_with_its_line_and_part(was, now, said):
    given = OWN.replace(was, now, 1)
    if not said:
        assert read_questionnaire(given).years == 4  # the usual number of years
        return
    assert any(said in each for each in problems(given)), problems(given)


def test_everything_wrong_is_said_at_once():
    given = (
        OWN.replace('"workload"', '"x"').replace('"whole"', '"y"').replace("years = 3", "years = 0")
    )
    assert len(problems(given)) == 3


@pytest.mark.django_db
def test_the_page_keeps_a_right_one_and_refuses_a_wrong_one_without_losing_it():
    one = browser("office_clerk")
    refused = one.post("/survey/questionnaires", {"key": "own", "text": OWN.replace("人次", "")})
    assert refused.status_code == 400
    page = refused.content.decode()
    assert "这份问卷没有存" in text(page)
    assert "卫生院问卷" in page  # what was typed is still there
    assert not QuestionnaireVersion.objects.exists()
    assert one.post("/survey/questionnaires", {"key": "own", "text": OWN}).status_code == 302
    one.post("/survey/questionnaires", {"key": "own", "text": OWN.replace("床位", "病床")})
    assert QuestionnaireVersion.objects.count() == 2  # the earlier text stays
    assert "病床" in library.text("own")
    assert "病床" in text(get("/survey/questionnaires"))
    assert "实际开放病床" in get("/survey/questionnaires/text", key="own")


@pytest.mark.django_db
@pytest.mark.parametrize(("key", "said"), [("usual", "是自带的问卷"), ("自己的", "不能作代号")])
def test_a_name_that_cannot_be_is_refused(key, said):
    answer = browser("office_clerk").post("/survey/questionnaires", {"key": key, "text": OWN})
    assert said in text(answer.content.decode())
