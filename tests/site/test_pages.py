"""The pages over the sample district: the figures on them, and where each number leads."""

from __future__ import annotations

import re
from collections import deque

import pytest

from tests.support.cast import browser
from tests.support.pages import get, links, row, rows, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample")]

TODAY = {"on": "2026-11-01"}
ASIDE = (
    "/static/",
    "/access/",
    "/people/",
)  # files beside the pages; rooms with tests of their own
ADDRESSES = [
    "/?on=2026-11-01",
    "/?on=2026-11-01&q=卫生",
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
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_says_its_basis_and_asks_nothing_of_the_outside(address):
    response = browser().get(address)
    assert response.status_code == 200
    page = response.content.decode()
    assert "口径 20" in text(page)
    assert "空编 = 核定 − 实有 − 待上编 − 预留" in text(page)
    assert response["Content-Security-Policy"].startswith("default-src 'self';")
    assert (
        re.search(r"https?:|src=\"//|<script(?! defer src=)|<style|style=|\son\w+=", page) is None
    )
    assert {found[:1] for found in links(page)} <= {"/", "?"}


def test_every_link_on_every_page_leads_to_a_page():
    """Every number opens its grounds: a walk from the first page through all of them."""
    waiting, seen = deque(["/"]), {"/"}
    while waiting:
        address = waiting.popleft()
        for found in sorted(links(get(address))):
            where = found if found.startswith("/") else address.partition("?")[0] + found
            if where not in seen and not where.startswith(ASIDE):
                seen.add(where)
                waiting.append(where)
    pages = {where.partition("?")[0] for where in seen}
    assert pages == {"/", "/unit", "/entries", "/changes", "/change", "/compare"}
    assert {f"/change?no={no}" for no in range(1, 38)} <= seen


def test_first_page_has_totals_by_kind():
    page = get("/", **TODAY)
    names = ["下达总量", "核定", "实有", "待上编", "预留", "空编", "核定−实有", "核销", "置换"]
    figures = dict(zip(names, row(page, "一般事业编制 SY")[1:], strict=True))
    assert figures == {
        "下达总量": "236", "核定": "234", "实有": "201", "待上编": "2", "预留": "4", "空编": "27",
        "核定−实有": "33", "核销": "14", "置换": "−12",
    }  # fmt: skip
    assert row(page, "合计")[1:] == ["315", "300", "260", "2", "4", "34", "40", "15", "0"]
    assert row(page, "单位副职（副科级）")[1:] == ["16", "14", "2"]


def test_first_page_lists_units_with_five_figures():
    page = get("/", **TODAY)
    hospital = row(page, "S04", "澜溪区中医院")
    assert hospital[2:11] == [
        "副科级", "其他事业单位", "公益二类", "一般事业编制", "58", "51", "1", "2", "4",
    ]  # fmt: skip
    assert "S09" not in text(page), "撤销的单位不在册"


def test_day_picker_moves_the_page():
    assert row(get("/", on="2013-12-31"), "S09")[1] == "澜溪区种子管理站"
    assert row(get("/", on="2018-12-31"), "A03")[1] == "澜溪区卫生局"
    assert row(get("/", on="2019-03-15"), "A03")[1] == "澜溪区卫生健康局"
    assert "2030-01-01（将来，按已入账的文件推算）" in text(get("/", on="2030-01-01"))


def test_links_keep_the_day_and_the_knowledge():
    for found in links(get("/", on="2016-12-31", known="13")):
        if "?" in found and not found.startswith(("?", *ASIDE)):
            assert "on=2016-12-31" in found, found
            assert "known=13" in found, found


@pytest.mark.parametrize(
    ("sought", "codes"),
    [
        ("妇幼", {"S05"}),
        ("S1", {"S11", "S12"}),
        ("编制", {"A01", "P01"}),
        ("文物", {"A07"}),  # by its nameplate
        ("公共", {"A07-02"}),  # a section
        ("没有这个", set()),
    ],
)
def test_search_by_name_or_code(sought, codes):
    page = get("/", q=sought, **TODAY).partition("<h2>曾用名")[0]
    listed = {cells[0] for cells in rows(page)[1:] if len(cells) > 2 and cells[0]}
    assert listed == codes


def test_search_finds_former_names_and_units_that_ended():
    page = get("/", q="种子", **TODAY)
    assert row(page, "S09") == ["S09", "澜溪区种子管理站", "澜溪区种子管理站 当日不在册"]
    page = get("/", q="信息中心", **TODAY)
    assert row(page, "S11") == ["S11", "澜溪区信息中心", "澜溪区大数据中心"]


def test_unit_page_has_fields_figures_people_and_history():
    page = get("/unit", code="S05", **TODAY)
    words = text(page)
    assert "主管部门 澜溪区卫生健康局 A03" in words
    assert "前身 澜溪区计划生育服务站 S06 （2016-04-01 合并）" in words
    assert row(page, "一般事业编制 SY", "财政差额")[2:] == ["24", "20", "1", "1", "2", "4"]
    assert row(page, "合计")[2:] == ["34", "29", "1", "1", "3", "5"]
    assert row(page, "2026年医疗卫生人才引进")[1] == "预留"
    merger = row(page, "2016-04-01", "合并")
    assert merger[3:] == ["澜溪编发〔2016〕3号", "第二条", "12"]


def test_unit_page_lists_sections_subordinates_and_duties():
    page = get("/unit", code="A02", **TODAY)
    assert row(page, "人事股 A02-03")[1] == "内设机构"
    assert row(page, "澜溪区第一中学 S01")[1] == "下属单位"
    assert row(page, "拟订全区教育事业发展规划并组织实施")[1] == "A02-D1"


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


def test_grounds_of_a_number_are_its_postings_with_document_and_clause():
    page = get("/entries", holder="S01", kind="SY", **TODAY)
    booked = [cells for cells in rows(page) if cells[0].startswith("20") and len(cells) == 8]
    assert [cells[3:5] for cells in booked] == [
        ["+46", "46"], ["−3", "43"], ["+3", "46"], ["+4", "50"],
    ]  # fmt: skip
    assert booked[2] == [
        "2017-06-01", "出池", "澜溪区空余编制资源库 P01", "+3", "46", "澜溪编发〔2017〕6号",
        "第一条", "17",
    ]  # fmt: skip
    assert "浅色的 1 笔在 2026-11-01 之后生效，不计入" in text(page)
    assert "核定：分录 3 笔，余额 46" in text(page)
    assert "用编：46 项" in text(page)


def test_what_was_known_is_shown_with_its_mistake():
    told = text(get("/entries", holder="S01", kind="SY", on="2017-12-31", known="15"))
    assert "余额 48" in told
    assert "截至第 15 号变更（其后入账的 22 号不计）" in told


def test_total_of_a_kind_opens_into_the_units_it_is_made_of():
    page = get("/entries", kind="SY", **TODAY)
    assert row(page, "澜溪区中医院 S04")[1:] == ["58", "51", "1", "2", "4", "7"]
    assert row(page, "合计")[1:] == ["234", "201", "2", "4", "27", "33"]


def test_changes_newest_first_with_what_was_said_of_them_later():
    page = get("/changes")
    papers = {int(cells[0]): cells[1] for cells in rows(page)[1:]}
    assert list(papers) == list(range(37, 0, -1))
    assert papers[15] == "澜溪编发〔2017〕6号 已作废"
    assert papers[14] == "文化馆2016年台账比上年多1名，未找到批文 已补依据"
    assert papers[2] == "《澜溪区2008年初实名制花名册》 期初"
    assert "待核实" in row(get("/changes", known="21"), "14")[1], "依据是第 22 号才补的"
    assert [cells[0] for cells in rows(get("/changes", q="数据局"))[1:]] == ["31"]


def test_change_page_has_document_rows_and_digest(sample):
    page = get("/change", no="31")
    words = text(page)
    assert "文号 澜溪编发〔2024〕6号 标题 关于组建澜溪区数据局的通知" in words
    assert sample[30].digest in words
    assert row(page, "3", "划转")[2:] == [
        "澜溪区人民政府办公室 A08", "单位副职（副科级）", "", "−1", "", "2024-06-01", "第三条",
    ]  # fmt: skip
    assert "由第 16 号变更作废" in text(get("/change", no="15"))
    assert row(get("/change", no="3"), "上级", "行政类编制")[2:4] == ["下达总量", "62"]


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
