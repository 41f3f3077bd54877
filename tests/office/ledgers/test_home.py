"""The first page: totals against what was granted, findings, what changed, units by kind."""

from __future__ import annotations

import pytest

from tests.support.cast import browser
from tests.support.county import COUNTY
from tests.support.exports import workbook
from tests.support.pages import get, row, text
from tests.support.records import SQLITE, fresh

pytestmark = pytest.mark.django_db
ON = {"on": "2022-01-01"}


@pytest.fixture
def county():
    with fresh(SQLITE) as record:
        record.write(COUNTY)
        yield record


def test_what_was_granted_lies_in_units_in_pools_or_is_given_up(county):
    page = get("/", **ON)
    heads = row(page, "种类", "下达总量")[1:]
    figures = dict(zip(heads, row(page, "一般事业编制 SY")[1:], strict=True))
    assert figures == {
        "下达总量": "14", "单位核定": "10", "资源库": "4", "核定": "14", "实有": "4", "待上编": "1",
        "预留": "1", "空编": "8", "空编率": "57.1%", "核定−实有": "10", "核销": "0", "置换": "0",
    }  # fmt: skip
    assert row(page, "合计（计数编制）")[1:4] == ["32", "28", "4"]
    assert "空编 26 空编率 81.3%" in text(page)


def test_the_page_tells_what_is_out_of_order(county):
    told = text(get("/", **ON))
    assert "超编 实有超过核定，逐单位、逐种类比较；合计不超不能抵消某个单位的超编。 1" in told
    assert "无依据 变更没有文件，也没有补依据；" in told
    assert "与三定、公布数不符 登记的三定数" in told
    assert "用编号码过期 占了编的号码过了有效期，人还没有上编。 1" in told
    assert "预超编" not in told, "没有发现的规则不列"


def test_what_changed_lately_is_one_click_away(county):
    page = get("/", **ON)
    assert row(page, "6", "测编发〔2021〕1号")[2] == "2021-01-01"


def test_pictures_lead_to_the_units_they_count(county):
    page = get("/", **ON)
    assert row(page, "公益一类")[1] == "2"
    assert "/units?on=2022-01-01&amp;welfare_class=1" in page


def test_day_and_knowledge_move_every_figure(county):
    assert row(get("/", on="2020-01-01"), "一般行政编制")[1] == "18"
    assert "这一天还没有编制" in text(get("/", on="2019-12-31"))
    assert row(get("/", known="1", **ON), "一般事业编制 SY")[3] == "5"


def test_the_totals_go_to_excel(county):
    answer = browser().get("/", {**ON, "as": "xlsx"})
    sheet = workbook(answer)
    assert sheet[3][:5] == ("XZ", "一般行政编制", 18, 18, 0)


def test_somebody_confined_sees_sums_of_the_own_subtree_only(county):
    page = browser("department_clerk", "B").get("/", ON).content.decode()
    assert row(page, "一般事业编制 SY")[1:5] == ["4", "0", "4", "1"]
    assert "下达总量" not in text(page)
    assert "用编号码过期" in text(page), "自己的"
    for other in ("超编 实有", "无依据", "与三定、公布数不符"):
        assert other not in text(page)
    assert "教育局" not in page


def test_a_unit_with_nothing_has_an_empty_page_not_an_error(county):
    county.write("2021-02-01\n  设立 org=Z name=空单位")
    assert browser("institution_clerk", "Z").get("/", ON).status_code == 200
