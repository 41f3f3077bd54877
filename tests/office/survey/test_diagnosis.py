"""The pages of the diagnosis: who may see them, filters, evidence, a judgement kept with reason."""

from __future__ import annotations

import pytest

from bianzhi.office.access.models import LogEntry
from bianzhi.office.survey.marking import marked
from bianzhi.office.survey.models import Judgement
from tests.support.cast import browser
from tests.support.exports import workbook
from tests.support.pages import get, row, text
from tests.support.records import SQLITE, fresh

pytestmark = pytest.mark.django_db
ON = {"on": "2022-01-01"}
OFFICE = """
    2020-01-01 opening
      设立 org=A name=测县城管局 category=121
      设立 org=B name=测县市容中心 category=49 supervisor=A
      设立 org=C name=测县环卫中心 category=49 supervisor=A
      下达 to=B kind=SY n=4
      下达 to=C kind=SY n=20
      上编 person=p1 org=C kind=SY
      赋职 duty=d1 org=B text=承担渣土运输管理
      赋职 duty=d2 org=C text=负责建筑废弃物运输的管理
      赋职 duty=d3 org=C text=低保审批和医疗救助审核
"""
SHELL = {"unit": "B", "kind": "shell", "about": ""}
PAIR = {"kind": "overlap", "about": "d1|d2"}


@pytest.fixture(autouse=True)
def office():
    with fresh(SQLITE) as record:
        record.write(OFFICE)
        yield record


def say(**given: str):
    return browser("office_head").post("/survey/diagnosis/judge?on=2022-01-01", given, follow=True)


def test_units_by_signs_with_most_troubles_first():
    cells = row(get("/survey/diagnosis", **ON), "测县市容中心 B")
    assert cells[1:5] == ["测县城管局", "4", "0", "3"]  # 小散弱, 空壳, 交叉重叠
    assert "机构诊断：2 个单位" in text(get("/survey/diagnosis", **ON))


@pytest.mark.parametrize(
    ("asked", "units"),
    [({"kind": "shell"}, 1), ({"kind": "mixed"}, 1), ({"q": "渣土"}, 2), ({"under": "A"}, 2),
     ({"standing": "dismiss"}, 0), ({"under": "C"}, 0)],
)  # fmt: skip
def test_filters(asked, units):
    assert f"机构诊断：{units} 个单位" in text(get("/survey/diagnosis", **ON, **asked))


def test_a_filter_there_is_not_is_refused_in_words():
    answer = browser().get("/survey/diagnosis", {"kind": "zz"})
    assert answer.status_code == 400
    assert "地址里的“kind=zz”不认识" in answer.content.decode()


def test_a_unit_shows_the_words_marked_side_by_side_with_formula_and_source():
    page = get("/survey/diagnosis/unit", code="C", **ON)
    assert "<mark>审批</mark>" in page or "<mark>低保审批</mark>" in page
    words = text(page)
    assert "对方 测县市容中心 B ：" in words
    assert "国办发〔2011〕37号" in words
    assert "算法" in words


def test_a_judgement_is_kept_signed_logged_and_takes_the_sign_off_the_picture():
    before = text(get("/survey/picture", **ON))
    assert row(get("/survey/picture", **ON), "空壳")[1] == "1"
    answer = say(**SHELL, verdict="dismiss", reason="刚批准筹建，年底进人")
    assert "已记下：不算问题“空壳”" in text(answer.content.decode())
    (kept,) = Judgement.objects.all()
    assert (kept.by, kept.key) == ("office_head", ("B", "shell", ""))
    assert LogEntry.objects.filter(what__contains="刚批准筹建").exists()
    after = text(get("/survey/picture", **ON))
    assert "空壳" in before
    assert "空壳" not in after
    assert "机构诊断：1 个单位" in text(get("/survey/diagnosis", **ON, standing="dismiss"))


def test_an_overlap_dismissed_from_one_unit_is_dismissed_from_the_other():
    say(unit="B", **PAIR, verdict="dismiss", reason="城区和乡镇已分工")
    assert "机构诊断：2 个单位，2 条" in text(
        get("/survey/diagnosis", **ON, kind="overlap", standing="dismiss")
    )
    say(unit="C", about="d2|d1", kind="overlap", verdict="reopen", reason="分工又不清了")
    assert "机构诊断：2 个单位，2 条" in text(
        get("/survey/diagnosis", **ON, kind="overlap", standing="open")
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [({"verdict": "dismiss", "reason": "同意"}, "没有写清理由"),
     ({"verdict": "zz", "reason": "理由写得很清楚"}, "没有选怎么判断")],
)  # fmt: skip
def test_a_judgement_without_a_reason_is_not_kept(given, words):
    assert words in say(**SHELL, **given).content.decode()
    assert not Judgement.objects.exists()


def test_what_is_not_there_cannot_be_judged():
    given = {"unit": "C", "kind": "shell", "about": "", "verdict": "confirm", "reason": "确实如此"}
    assert say(**given).status_code == 404


def test_the_workbook_has_every_sign_with_its_formula():
    sheet = workbook(browser().get("/survey/diagnosis", {**ON, "as": "xlsx"}))
    words = str(sheet)
    assert "空壳" in words
    assert "承担渣土运输管理" in words
    assert "没有一个人满 12 个月" in words


def test_the_picture_says_what_how_much_and_where():
    page = get("/survey/picture", **ON)
    assert row(page, "测县城管局")[1:3] == ["2", "2"]
    assert row(page, "0–5 名")[1:3] == ["1", "50.0%"]


@pytest.mark.parametrize("role", ["department_clerk", "institution_clerk", "board_secretary"])
def test_a_unit_does_not_see_what_the_office_thinks_of_it(role):
    for address in ("/survey/diagnosis", "/survey/diagnosis/unit?code=B", "/survey/picture"):
        assert browser(role, "B" if "clerk" in role else "").get(address).status_code == 403


def test_the_page_of_a_unit_leads_to_its_diagnosis():
    assert "/survey/diagnosis/unit?on=2022-01-01&amp;code=B" in get("/unit", code="B", **ON)
    assert "/survey/diagnosis/unit" not in get("/unit", code="A", **ON)


def test_longer_words_are_marked_before_the_shorter_inside_them():
    assert marked("渣土运输", "运输、渣土运输") == [("渣土运输", True)]
    assert marked("a(b", "(") == [("a", False), ("(", True), ("b", False)]
