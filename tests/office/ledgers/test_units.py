"""The register of units: filtered, searched, grouped, sorted, paged, exported."""

from __future__ import annotations

import pytest

from tests.support.cast import browser
from tests.support.county import COUNTY
from tests.support.exports import workbook
from tests.support.pages import get, links, row, rows, text
from tests.support.records import SQLITE, fresh

pytestmark = pytest.mark.django_db
ON = {"on": "2022-01-01"}


@pytest.fixture
def county():
    with fresh(SQLITE) as record:
        record.write(COUNTY)
        yield record


def codes(**query):
    page = get("/units", **ON, **query).partition("<h2>")[0]
    return [cells[0] for cells in rows(page) if len(cells) == 15 and cells[0] not in ("代码", "")]


def test_units_stand_under_those_they_belong_to_and_pools_last(county):
    assert codes() == ["A", "S1", "S2", "B", "H", "P"]


def test_a_unit_has_its_figures_summed_over_the_kinds_that_count(county):
    hospital = row(get("/units", **ON), "H", "测县人民医院")
    assert hospital[2:7] == ["副科级", "其他事业单位", "公益二类", "", "测县卫生健康局"]
    assert hospital[7:] == ["4", "1", "1", "1", "1", "3", "0", "0"]
    assert row(get("/units", **ON), "A")[13:] == ["1", "1"]
    assert row(get("/units", **ON), "合计 6 个")[1:] == ["32", "4", "1", "1", "26", "28", "1", "1"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"rank": "6"}, ["A", "B"]),
        ({"category": "49", "welfare_class": "1"}, ["S1", "S2"]),
        ({"supervisor": "B"}, ["H"]),
        ({"supervisor": "-"}, ["A", "B", "P"]),
        ({"funding_form": "full"}, ["A"]),
        ({"status": "frozen"}, []),
        ({"flag": "vacant"}, ["A", "S2", "B", "H", "P"]),
        ({"flag": "CK-01"}, ["S1"]),
        ({"flag": "CK-01", "kind": "SY"}, ["S1"]),
        ({"flag": "CK-01", "kind": "XZ"}, []),
        ({"flag": "CK-02"}, []),
        ({"kind": "XZ"}, ["A", "B"]),
        ({"kind": "S"}, ["S1", "S2", "H", "P"]),
        ({"sort": "-approved"}, ["A", "B", "P", "S2", "H", "S1"]),
        ({"sort": "approved"}, ["S1", "S2", "H", "P", "A", "B"]),
    ],
)
def test_filters_and_sorting(county, query, found):
    got = codes(**query)
    assert sorted(got) == sorted(found)
    if query.get("sort") == "approved":
        assert got[0] == "S1"


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("教育", ["A"]),
        ("中", ["S1"]),
        ("jyj", ["A"]),
        ("JYJ", ["A"]),
        ("yiyuan", ["H"]),
        ("csdyzx", []),
        ("s1", ["S1"]),
        ("测县 小学", ["S2"]),
        ("卫生局", ["B"]),
        ("bgs", ["A1"]),
        ("没有", []),
        ("%", []),
        (".*", []),
    ],
)
def test_search_by_name_former_name_code_or_pinyin(county, sought, found):
    assert codes(q=sought) == found


def test_who_was_found_by_a_former_name_is_told(county):
    page = get("/units", q="卫生局", **ON)
    assert row(page.partition("以曾用名找到")[2], "B") == ["B", "测县卫生局", "测县卫生健康局"]


def test_units_no_more_are_found_apart(county):
    county.write("2021-06-01\n  设立 org=N name=测县新中学 parent=A\n  合并 sources=S2 into=N")
    page = get("/units", q="实验小学", **ON)
    assert row(page.partition("当日尚未设立")[2], "S2")[1] == "测县实验小学"


def test_groups_have_subtotals_and_lead_to_their_units(county):
    page = get("/units", group="supervisor", **ON)
    assert row(page, "测县教育局", "2") == [
        "测县教育局",
        "2",
        "6",
        "3",
        "0",
        "0",
        "3",
        "3",
        "0",
        "0",
    ]
    assert "测县教育局：2 个" in text(page)
    assert any("supervisor=A" in each and "group" not in each for each in links(page))
    assert codes(group="rank") == ["A", "B", "S1", "H", "S2", "P"]


def test_every_figure_of_the_list_opens_its_entries(county):
    page = get("/units", **ON)
    found = {each for each in links(page) if each.startswith("/entries?")}
    assert "/entries?on=2022-01-01&holder=H" in found
    assert "/entries?on=2022-01-01&holder=A&kind=L" in found
    for address in found:
        assert browser().get(address).status_code == 200, address


def test_the_list_is_cut_into_pages(county, monkeypatch):
    monkeypatch.setattr("bianzhi.office.ledgers.views.units.LINES", 4)
    assert codes() == ["A", "S1", "S2", "B"]
    assert codes(page="2") == ["H", "P"]
    assert "第 5—6 行，共 6 行" in text(get("/units", page="2", **ON))


def exported(**query):
    answer = browser().get("/units", {**ON, **query, "as": "xlsx"})
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    return workbook(answer)


def test_the_workbook_has_what_the_page_has_with_day_and_basis(county):
    sheet = exported(flag="CK-01")
    assert sheet[0][0] == "机构名册"
    assert sheet[1][0].startswith("口径：2022-01-01（过去），截至第 6 号变更（最新）")
    assert sheet[2][:2] == ("代码", "机构")
    assert sheet[3][0:2] == ("S1", "测县第一中学")
    assert sheet[3][7:11] == (2, 3, 0, 0)
    assert sheet[4][:3] == ("合计", "1 个", None)


def test_the_workbook_keeps_groups_with_their_subtotals(county):
    sheet = exported(group="rank")
    assert sheet[2][0] == "机构规格"
    subtotals = [line[:3] for line in sheet if line[1] == "小计"]
    assert subtotals[0] == ("正科（乡）级", "小计", "2 个")
    assert len(subtotals) == 4


def test_a_name_that_looks_like_a_formula_stays_a_name(county):
    county.write("2021-07-01\n  设立 org=X name==1+1")
    cell = next(line[1] for line in exported(q="X") if line[0] == "X")
    assert cell == "=1+1"


def test_somebody_confined_sees_the_own_unit_and_all_below(county):
    page = browser("department_clerk", "B").get("/units", ON).content.decode()
    listed = [cells[0] for cells in rows(page) if len(cells) == 15]
    assert listed[1:] == ["B", "H"]
    assert "教育局" not in page
    assert row(page, "合计 2 个")[1] == "13"
    for query in (
        {"q": "测县"},
        {"q": "cx"},
        {"group": "supervisor"},
        {"as": "xlsx"},
        {"q": "卫生局"},
    ):
        content = browser("department_clerk", "B").get("/units", {**ON, **query}).content
        assert "教育局".encode() not in content
        assert "第一中学".encode() not in content
