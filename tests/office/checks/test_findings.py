"""The findings page: filtered, exported, confined; a finding answered, put right, back again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bianzhi.office.checks import following
from bianzhi.office.checks.judging import judge
from bianzhi.office.checks.models import Answer, Followed
from bianzhi.office.desk.held import held
from bianzhi.office.desk.today import today
from tests.support.cast import browser
from tests.support.county import COUNTY
from tests.support.exports import workbook
from tests.support.pages import get, links, row, text
from tests.support.records import SQLITE, fresh

pytestmark = pytest.mark.django_db
ON = {"on": "2022-01-01"}
OVER = {"rule": "CK-01", "unit": "S1", "about": "SY"}
SOON = str(today() + timedelta(days=30))


@pytest.fixture
def county():
    with fresh(SQLITE) as record:
        record.write(COUNTY)
        yield record


def test_a_finding_says_the_rule_both_numbers_and_the_document(county):
    page = get("/findings/", **ON)
    cells = row(page, "超编 CK-01")
    assert cells[1:4] == ["违规", "测县第一中学 S1", "一般事业编制实有 3，核定 2，超 1"]
    assert "厅字〔2007〕2号" in cells[4]
    assert cells[5] == "待答复"
    assert any(
        each.startswith("/findings/finding?on=2022-01-01&rule=CK-01") for each in links(page)
    )


@pytest.mark.parametrize(
    ("asked", "times"),
    [
        ({"rule": "CK-01"}, 1),
        ({"severity": "error"}, 1),
        ({"family": "record", "rule": "CK-10"}, 2),
        ({"unit": "B", "rule": "CK-22"}, 1),
        ({"unit": "B", "rule": "CK-01"}, 0),
        ({"q": "第一中学 实有"}, 1),
        ({"standing": "doing"}, 0),
    ],
)
def test_filters(county, asked, times):
    assert f"检查发现：{times} 条" in text(get("/findings/", **ON, **asked))


def test_a_filter_there_is_not_is_refused_in_words(county):
    answer = browser().get("/findings/", {**ON, "severity": "fatal"})
    assert answer.status_code == 400
    assert "不认识" in answer.content.decode()


def test_the_workbook_has_the_same_lines(county):
    sheet = workbook(browser().get("/findings/", {**ON, "rule": "CK-01", "as": "xlsx"}))
    assert sheet[3][:9] == (
        "CK-01", "超编", "违规", "实配与核定", "S1", "测县第一中学",
        "一般事业编制实有 3，核定 2，超 1", 3, 2,
    )  # fmt: skip


@pytest.mark.parametrize("address", ["/findings/", "/findings/trend", "/findings/gone"])
def test_the_confined_see_their_own_and_the_administrator_nothing(county, address):
    own = browser("institution_clerk", "S2").get(address, ON)
    assert own.status_code == 200
    assert "第一中学" not in own.content.decode()
    assert browser("administrator").get(address, ON).status_code == 403
    assert browser("department_clerk", "A").get("/findings/", ON).content.decode().count("S1") > 0


def test_a_confined_clerk_may_not_open_or_answer_what_is_not_theirs(county):
    stranger = browser("institution_clerk", "S2")
    assert stranger.get("/findings/finding", {**ON, **OVER}).status_code == 404
    given = {**OVER, "kind": "explain", "words": "不是我们的"}
    assert stranger.post("/findings/finding/answer?on=2022-01-01", given).status_code == 404
    assert not Answer.objects.exists()


def answer(who: str = "office_clerk", unit: str = "", **more: str):
    given = {**OVER, "kind": "rectify", "words": "年内消化", "due": SOON, **more}
    return browser(who, unit).post("/findings/finding/answer?on=2022-01-01", given)


def test_putting_right_has_a_deadline_and_is_shown(county):
    assert answer("institution_clerk", "S1").status_code == 302
    cells = row(get("/findings/", **ON), "超编 CK-01")
    assert cells[5:] == ["整改中", SOON]
    page = get("/findings/finding", **ON, **OVER)
    assert row(page, "2")[2:5] == ["整改", "年内消化", ""]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"due": ""}, "整改没有写期限"),
        ({"due": "2022-06-01"}, "已经过了"),
        ({"words": " "}, "没有写内容"),
        ({"kind": "shrug"}, "没有选答复的种类"),
        ({"kind": "except"}, "例外没有写批准的文号"),
    ],
)
def test_an_answer_that_lacks_something_is_refused_in_words(county, given, words):
    refused = answer(**given)
    assert refused.status_code == 400
    assert words in refused.content.decode()
    assert not Answer.objects.exists()


def test_only_the_office_excepts_and_the_exception_takes_the_finding_away(county):
    given = {"kind": "except", "document": "测编发〔2022〕1号", "most": "3"}
    assert "例外由编办登记" in answer("institution_clerk", "S1", **given).content.decode()
    assert answer(**given).status_code == 302
    page = get("/findings/", **ON)
    assert "一般事业编制实有 3" not in page
    assert "1 条经文件例外" in text(page)
    assert row(get("/findings/gone", **ON), "CK-01")[3] == "例外"


def test_the_exception_holds_up_to_its_number(county):
    answer(kind="except", document="测编发〔2022〕1号", most="2")
    assert row(get("/findings/", **ON), "超编 CK-01")[5] == "待答复"


def test_a_deadline_that_passed_is_told(county):
    answer()
    said = Answer.objects.get()
    assert said.due is not None
    late = following.standing(said, None, said.due + timedelta(days=1))
    assert (late, following.standing(said, None, said.due)) == ("late", "doing")


def test_followed_until_it_disappears_and_told_when_it_comes_back(county):
    answer()
    look()
    assert Followed.objects.get().gone_on is None
    county.write("2022-02-01 测编发〔2022〕2号\n  下编 person=R3 reason=调出")
    assert "一般事业编制实有" not in get("/findings/", on="2022-02-01")
    look("2022-02-01")
    assert str(Followed.objects.get().gone_on) == "2022-02-01"
    assert row(get("/findings/gone", on="2022-02-01"), "CK-01")[6] == "2022-02-01"
    county.write("2022-03-01 opening\n  上编 person=R9 name=孙九 org=S1 kind=SY funding=full")
    look("2022-03-01")
    assert row(get("/findings/", on="2022-03-01"), "超编 CK-01")[5] == "消失后又出现"
    browser("office_clerk").post("/findings/finding/answer?on=2022-03-01",
                                 {**OVER, "kind": "explain", "words": "另有安排"})  # fmt: skip
    assert row(get("/findings/", on="2022-03-01"), "超编 CK-01")[5] == "已说明"


def look(on: str = "2022-01-01") -> None:
    assert browser().post(f"/findings/keep?on={on}").status_code == 302


def test_trend_over_days_and_the_looks_that_were_kept(county):
    look()
    page = get("/findings/trend", **ON)
    assert row(page, "CK-22")[2:] == ["1", "1", "1", "1", "1", "1", "1"]
    assert row(get("/findings/trend", on="2021-06-01"), "CK-22")[2:5] == ["0", "0", "0"]
    assert "2022-01-01 6 " in text(page.partition("记下的检查")[2])
    assert browser("auditor").post("/findings/keep?on=2022-01-01").status_code == 403
    sheet = workbook(browser().get("/findings/trend", {**ON, "as": "xlsx"}))
    assert sheet[2][:2] == ("规则", "名称")


def test_a_scenario_is_judged_under_the_same_packs(county):
    state = held().state(18993, county.head).state
    assert judge(state).tally()["CK-01"] == 1
