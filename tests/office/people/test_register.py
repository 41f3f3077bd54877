"""The register: found by name, initials and exact number; nothing outside one's units."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.test import Client

from bianzhi.office.access.models import LogEntry
from bianzhi.office.identity.keeping import Details, keep
from tests.office.people.conftest import BORN, NOW, NUMBERS
from tests.support.cast import browser
from tests.support.exports import workbook
from tests.support.pages import text
from tests.support.people import id_number

pytestmark = pytest.mark.usefixtures("people")
EVERYBODY = set(NUMBERS)


def named(client, **query):
    page = client.get("/people/", {"on": "2026-06-01", **query})
    assert page.status_code == 200
    shown = text(page.content.decode())
    return {name for name in NUMBERS if name in shown}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, EVERYBODY),
        ({"q": "张"}, {"张小明"}),
        ({"q": "zxm"}, {"张小明"}),
        ({"q": "l"}, {"李四"}),
        ({"q": "无此人"}, set()),
        ({"under": "JY"}, {"张小明", "李四"}),
        ({"under": "NJ"}, {"王五"}),
        ({"kind": "XZ"}, set()),
        ({"kind": "SY"}, EVERYBODY),
        ({"standing": "elsewhere"}, {"王五"}),
        ({"standing": "left"}, set()),
        ({"band": "60 岁及以上"}, {"张小明"}),
        ({"band": "29 岁及以下"}, {"王五"}),
        ({"position_type": "管理"}, {"张小明"}),
    ],
)
def test_filters(query, found):
    assert named(browser("office_clerk"), **query) == found


def test_numbers_are_masked_everywhere(key):
    client = browser("office_clerk")
    pages = [client.get("/people/"), client.get("/people/person", {"code": key("李四")}),
             client.get("/people/ages")]  # fmt: skip
    for answer in pages:
        assert answer.status_code == 200
        assert not any(number in answer.content.decode() for number in NUMBERS.values())
    assert f"9901{'*' * 12}" in pages[0].content.decode()


def test_working_elsewhere_is_flagged():
    assert "在农业局工作" in browser("office_clerk").get("/people/").content.decode()


def test_a_person_is_found_by_the_exact_number_which_is_in_no_address(key):
    client = browser("office_clerk")
    answer = client.post("/people/find", {"id_number": NUMBERS["李四"]})
    assert answer["Location"] == f"/people/person?code={key('李四')}"
    logged = LogEntry.objects.get(act="search")
    assert NUMBERS["李四"] not in logged.what
    nobody = client.post("/people/find", {"id_number": id_number(BORN["李四"])}, follow=True)
    assert "您的范围内没有" in text(nobody.content.decode())
    wrong = client.post("/people/find", {"id_number": "123"}, follow=True)
    assert "应为 18 位" in text(wrong.content.decode())
    assert client.get("/people/find").status_code == 405


def test_clerks_see_only_their_own_units(key):
    department = browser("department_clerk", "JY")
    assert named(department) == {"张小明", "李四"}
    assert named(department, under="YZ") == {"张小明", "李四"}
    assert department.get("/people/", {"under": "NJ"}).status_code == 404
    assert department.get("/people/person", {"code": key("王五")}).status_code == 404
    assert department.get("/people/ages", {"under": "NJ"}).status_code == 404
    told = department.post("/people/find", {"id_number": NUMBERS["王五"]}, follow=True)
    assert "您的范围内没有" in text(told.content.decode())
    assert "王五" not in text(told.content.decode())
    assert named(browser("institution_clerk", "NJ")) == {"王五"}


def test_the_workbook_holds_what_the_page_shows_masked_and_is_logged():
    answer = browser("department_clerk", "JY").get("/people/", {"xlsx": "1", "on": "2026-06-01"})
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0].values)
    assert {row[0] for row in rows[2:]} == {"张小明", "李四"}
    assert not any(number in str(rows) for number in NUMBERS.values())
    assert "2026-06-01" in str(rows[0][0])
    assert "2 人" in LogEntry.objects.get(act="export").what


@pytest.mark.parametrize("page", ["", "person?code=x", "ages", "move"])
def test_strangers_and_the_administrator_see_nothing(page):
    assert Client(SERVER_NAME="localhost").get(f"/people/{page}").status_code == 302
    assert browser("administrator").get(f"/people/{page}").status_code == 403


def test_everybody_in_posts_on_a_day_before_is_somebody_else():
    assert named(browser("office_clerk"), on="2019-12-31") == set()


def test_whole_numbers_leave_only_with_the_right_and_a_logged_reason():
    clerk = browser("office_clerk")
    answer = clerk.post("/people/full?under=JY", {"reason": "报送组织部核对"})
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0].values)
    assert NUMBERS["李四"] in str(rows)
    assert NUMBERS["王五"] not in str(rows)
    logged = LogEntry.objects.get(act="secret")
    assert (logged.reason, "2 人" in logged.what) == ("报送组织部核对", True)
    assert clerk.post("/people/full", {"reason": ""}).status_code == 302
    assert LogEntry.objects.filter(act="secret").count() == 1


@pytest.mark.parametrize(
    ("role", "unit"), [("auditor", ""), ("department_clerk", "JY"), ("administrator", "")]
)
def test_others_take_no_whole_numbers_away(role, unit):
    assert browser(role, unit).post("/people/full", {"reason": "看看"}).status_code == 403
    assert not LogEntry.objects.filter(act="secret").exists()


def test_the_office_s_own_roster_has_whole_numbers_for_a_logged_reason():
    clerk = browser("office_clerk")
    form = {"reason": "报送组织部核对", "form": "official"}
    rows = workbook(clerk.post("/people/full?under=JY", form))
    heads = next(row for row in rows if "身份证号" in row)
    people = [dict(zip(heads, row, strict=True)) for row in rows[rows.index(heads) + 1 :]]
    found = {each["姓名"]: each for each in people if each["姓名"]}
    assert found["李四"]["身份证号"] == NUMBERS["李四"]
    assert (found["李四"]["所在单位"], found["李四"]["主管部门"]) == ("第一中学", "教育局")
    assert "王五" not in found
    assert LogEntry.objects.get(act="secret").reason == "报送组织部核对"
    assert clerk.post("/people/full", {"reason": "", "form": "official"}).status_code == 302


def test_who_works_elsewhere_is_told_in_the_office_s_own_roster():
    rows = workbook(browser().post("/people/full", {"reason": "核对混岗", "form": "official"}))
    row = next(row for row in rows if "王五" in row)
    assert "农技中心" in row
    assert "农业局" in row


def test_a_funding_form_unlike_that_of_the_post_is_marked_and_can_be_listed(key):
    """CK-35: 李四 fills a fully funded post; the roster pays her by 差额."""
    told = [Details(key(name), {"funding_form": form}, "人员表 · 第 6 行")
            for name, form in (("李四", "partial"), ("张小明", "full"))]  # fmt: skip
    keep(told, by="测试", now=NOW)
    page = browser("office_clerk").get("/people/", {"standing": "funding"}).content.decode()
    assert "李四" in page
    assert "名册写财政差额" in text(page)
    assert "张小明" not in page
    shown = text(browser().get("/people/person", {"code": key("李四")}).content.decode())
    assert "名册写财政差额（补助），请核对（CK-35）" in shown
    assert "partial" not in shown
    assert "经费形式（名册） 财政差额" in shown
    whole = text(browser().get("/people/").content.decode())
    assert whole.count("名册写") == 1


def test_where_one_side_says_nothing_of_funding_nothing_is_marked():
    assert "名册写" not in browser().get("/people/").content.decode()
