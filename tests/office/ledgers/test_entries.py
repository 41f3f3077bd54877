"""The grounds of a number: entries and uses, each with its document; others go unnamed."""

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


def test_an_account_shows_its_postings_with_balance_document_and_clause(county):
    page = get("/entries", holder="B", kind="XZ", **ON)
    assert row(page, "2021-01-01", "划转") == [
        "2021-01-01", "划转", "测县教育局 A", "+1", "9", "测编发〔2021〕1号", "第一条", "6",
    ]  # fmt: skip
    assert "核定：分录 2 笔，余额 9" in text(page)
    assert "浅色的 1 笔在 2020-12-31 之后生效" in text(
        get("/entries", holder="B", kind="XZ", on="2020-12-31")
    )


def test_without_a_kind_all_that_count_are_shown_each_with_its_kind(county):
    county.write("2021-02-01\n  下达 to=A kind=SY n=2")
    page = get("/entries", holder="A", **ON)
    assert row(page, "2021-02-01")[3:5] == ["一般事业编制", "+2"]
    assert "余额 11" in text(page), "行政和事业合计，领导职数不在内"


def test_a_group_of_kinds_may_be_asked_for(county):
    page = get("/entries", holder="A", kind="L", **ON)
    assert "核定：分录 1 笔，余额 1" in text(page)
    assert row(page, "钱四")[1] == "实有"


def test_uses_are_told_one_by_one(county):
    page = get("/entries", holder="H", kind="SY", funding="partial", **ON)
    assert "用编：3 项" in text(page)
    assert row(page, "t1")[1:4] == ["待上编", "1", "2020-04-01"]


def test_a_sum_over_units_opens_into_its_units(county):
    page = get("/entries", kind="SY", **ON)
    assert row(page, "测县人民医院 H")[1:] == ["4", "1", "1", "1", "1", "3"]
    assert row(page, "合计 4 个单位")[1] == "14"
    assert row(get("/entries", kind="SY", cls="pool", **ON), "合计 1 个单位")[1] == "4"
    assert row(get("/entries", kind="SY", cls="unit", **ON), "合计 3 个单位")[1] == "10"


def test_the_entries_go_to_excel(county):
    query = {"holder": "B", "kind": "XZ", **ON}
    sheet = workbook(browser().get("/entries", {**query, "as": "xlsx"}))
    assert [(line[1], line[3], line[6], line[7]) for line in sheet[3:]] == [
        ("下达", "上级", 8, 8), ("划转", "测县教育局", 1, 9),
    ]  # fmt: skip


def test_the_units_of_a_sum_go_to_excel(county):
    sheet = workbook(browser().get("/entries", {"kind": "SY", **ON, "as": "xlsx"}))
    assert {line[1]: line[2] for line in sheet[3:]} == {
        "测县人民医院": 4, "编制池": 4, "测县第一中学": 2, "测县实验小学": 4,
    }  # fmt: skip


def test_the_confined_open_their_own_numbers_and_no_others(county):
    client = browser("institution_clerk", "B")
    assert client.get("/entries", {"holder": "A", "kind": "XZ"}).status_code == 404
    assert client.get("/entries", {"holder": "上级", "kind": "XZ"}).status_code == 404
    told = text(client.get("/entries", {"holder": "B", "kind": "XZ", **ON}).content.decode())
    assert "+1 9 测编发〔2021〕1号" in told
    assert "（范围以外）" in told
    assert "教育局" not in told
    total = client.get("/entries", {"kind": "SY", **ON}).content.decode()
    assert row(total, "合计 1 个单位")[1] == "4"
    answer = client.get("/entries", {"holder": "B", "kind": "XZ", "as": "xlsx", **ON})
    assert not any("教育局" in str(cell) for line in workbook(answer) for cell in line)
