"""The pages over the sample district: the figures on them, and where each number leads."""

from __future__ import annotations

import re
from collections import deque

import pytest

from tests.support.cast import browser
from tests.support.pages import get, links, row, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample")]

TODAY = {"on": "2026-11-01"}
ASIDE = (
    "/static/",
    "/access/",
    "/people/",
    "/intake/",
    "/cases/",
    "/findings/packs",
    "/survey/",
    "/findings/finding/answer",
    "/findings/keep",
)  # files beside the pages; rooms with tests of their own
ADDRESSES = [
    "/?on=2026-11-01",
    "/units?on=2026-11-01&q=卫生",
    "/units?group=rank",
    "/findings/?rule=CK-22",
    "/unit?code=S05&on=2026-11-01",
    "/unit?code=S09",
    "/unit?code=A07-01",
    "/unit?code=P01",
    "/entries?holder=S01&kind=SY&on=2026-11-01",
    "/entries?holder=S05&kind=SY&funding=partial",
    "/entries?kind=SY",
    "/entries?holder=上级&kind=SY",
    "/changes",
    "/change?no=20",
    "/compare?before=2019-01-01&after=2019-12-31",
    "/chart?on=2026-11-01",
    "/succession?year=2016",
    "/succession?code=S08",
    "/known?code=S01&on=2017-12-31",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_says_its_basis_and_asks_nothing_of_the_outside(address):
    response = browser().get(address)
    assert response.status_code == 200
    page = response.content.decode()
    assert "口径 20" in text(page)
    assert "空编 = 核定 − 实有 − 待上编 − 预留" in text(page)
    assert response["Content-Security-Policy"].startswith("default-src 'self';")
    scripts = r"<script(?! defer src=| id=\"[\w-]+\" type=\"application/json\")"
    assert not re.search(rf"https?:|src=\"//|{scripts}|<style|style=|\son\w+=", page)
    assert {found[:1] for found in links(page)} <= {"/", "?", "#"}


def test_every_link_on_every_page_leads_to_a_page():
    """Every number opens its grounds: a walk from the first page through all of them, on one day
    and in one order of each table."""
    waiting, seen = deque(["/"]), {"/"}
    while waiting:
        address = waiting.popleft()
        for found in sorted(links(get(address))):
            if found.startswith("#"):
                continue
            where = found if found.startswith("/") else address.partition("?")[0] + found
            aside = where.startswith(ASIDE) or re.search(r"[?&](on|sort|as|group)=", where)
            if where not in seen and not aside:
                seen.add(where)
                waiting.append(where)
    pages = {where.partition("?")[0] for where in seen}
    assert pages == {
        "/", "/units", "/unit", "/findings/", "/findings/gone",
        "/findings/trend", "/entries", "/changes", "/change", "/compare",
        "/chart", "/succession", "/known", "/plan",
    }  # fmt: skip
    assert {f"/change?no={no}" for no in range(1, 38)} <= seen


def test_links_keep_the_day_and_the_knowledge():
    for found in links(get("/", on="2016-12-31", known="13")):
        if "?" in found and not found.startswith(("?", *ASIDE)):
            assert "on=2016-12-31" in found, found
            assert "known=13" in found, found


def test_unit_page_has_fields_figures_people_and_history():
    page = get("/unit", code="S05", **TODAY)
    words = text(page)
    assert "主管部门 澜溪区卫生健康局 A03" in words
    assert "前身 澜溪区计划生育服务站 S06 （2016-04-01 合并）" in words
    assert row(page, "一般事业编制 SY", "财政差额")[2:] == ["24", "20", "1", "1", "2", "4"]
    assert row(page, "合计")[2:] == ["34", "29", "1", "1", "3", "5"]
    assert row(page, "2026年医疗卫生人才引进")[1] == "预留"
    merger = row(page, "2016-04-01", "合并")
    assert merger[3:] == [
        "一般事业编制 财政全额 0 → 10", "澜溪编发〔2016〕3号", "第二条", "12",
    ]  # fmt: skip


def test_unit_page_lists_sections_subordinates_and_duties():
    page = get("/unit", code="A02", **TODAY)
    assert row(page, "人事股 A02-03")[1:] == ["正股级", "0", "0", "0", "1", "0", "", ""]
    assert row(page, "澜溪区第一中学 S01")[1:] == [
        "下属、举办、主管", "46", "45", "0", "1", "0", "1",
    ]  # fmt: skip
    assert row(page, "拟订全区教育事业发展规划并组织实施")[1:] == [
        "2010-05-01", "澜溪政办发〔2010〕21号", "一、主要职责", "A02-D1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "on", "words"),
    [
        ("S09", "2026-11-01", "已撤销"),
        ("S10", "2026-11-01", "已转企"),
        ("A09", "2020-01-01", "当日尚未设立"),
    ],
)
def test_unit_page_says_where_the_unit_is_in_its_life(code, on, words):
    assert f"{code} {words}" in text(get("/unit", code=code, on=on))


def test_successor_is_one_click_away():
    page = get("/unit", code="S09", **TODAY)
    assert "去向 澜溪区农业技术推广中心 S08 （2014-10-01 撤销）" in text(page)
    assert "/unit?on=2026-11-01&code=S08" in links(page)


def test_compare_explains_every_post():
    page = get("/compare", before="2019-01-01", after="2019-12-31")
    merged = row(page, "澜溪区文化和旅游局 A07", "一般行政编制")
    assert merged[3:9] == ["0", "11", "+11", "0", "11", "+11"]
    assert "各账户的增减与下列分录逐一相等" in text(page)
    assert row(page, "澜溪区卫生健康局 A03", "机构名称")[2:5] == [
        "澜溪区卫生局", "澜溪区卫生健康局", "澜溪委发〔2019〕4号",
    ]  # fmt: skip
    assert row(page, "澜溪区旅游局 A06", "澜溪区文化和旅游局 A07")[2] == "合并"


def test_compare_two_states_of_knowledge():
    page = get(
        "/compare", before="2017-12-31", after="2017-12-31", known_before="15", known_after="17"
    )
    assert row(page, "澜溪区第一中学 S01", "一般事业编制")[3:6] == ["48", "46", "−2"]


def test_what_a_page_needs_lies_beside_it_under_an_address_of_its_content():
    """Style, icon and scripts come from this site; a changed file has a new address."""
    found = {each for each in links(get("/")) if each.startswith("/static/")}
    assert {each.partition("?v=")[0] for each in found} >= {
        "/static/desk/desk.css", "/static/desk/icon.svg", "/static/vendor/tabler.min.css",
    }  # fmt: skip
    for address in found:
        answer = browser().get(address)
        assert answer.status_code == 200, address
        assert "max-age=31536000" in answer["Cache-Control"]
