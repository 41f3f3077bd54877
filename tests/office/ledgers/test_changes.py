"""The changes posted, found by 文号, title, day and kind; and one of them with what it entered."""

from __future__ import annotations

import pytest

from tests.support.cast import browser
from tests.support.county import COUNTY
from tests.support.pages import get, row, rows, text
from tests.support.records import SQLITE, fresh
from tests.support.workbooks import workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    with fresh(SQLITE) as record:
        record.write(COUNTY)
        yield record


def numbers(client=None, **query):
    page = (client or browser()).get("/changes", query).content.decode()
    return [int(cells[0]) for cells in rows(page)[1:] if cells[0].isdecimal()]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, [6, 5, 4, 3, 2, 1]),
        ({"q": "〔2020〕"}, [5, 3, 2]),
        ({"q": "补录"}, [4]),
        ({"q": "测编委"}, [6, 5, 3, 2]),
        ({"kind": "unverified"}, [4]),
        ({"kind": "opening"}, [1]),
        ({"from": "2020-04-01", "to": "2020-12-31"}, [5, 3]),
        ({"from": "2021-01-01"}, [6]),
        ({"known": "3"}, [3, 2, 1]),
        ({"q": "没有的"}, []),
    ],
)
def test_changes_are_found_newest_first(county, query, found):
    assert numbers(**query) == found


def test_what_was_said_of_a_change_later_is_told_with_it(county):
    county.write("2021-02-01\n  补依据 no=4")
    assert row(get("/changes"), "4")[1] == "补录一笔 已补依据"
    assert row(get("/changes", known="6"), "4")[1] == "补录一笔 待核实"


def test_changes_go_to_excel_as_they_are_shown(county):
    answer = browser().get("/changes", {"q": "〔2020〕", "as": "xlsx"})
    sheet = workbook(answer)
    assert [line[0] for line in sheet[3:]] == [5, 3, 2]
    assert sheet[5][1] == "测编发〔2020〕3号"


def test_one_change_has_its_document_its_lines_and_its_digest(county):
    page = get("/change", no="6")
    assert "文号 测编发〔2021〕1号" in text(page)
    assert row(page, "1", "划转")[2:8] == [
        "测县教育局 A",
        "一般行政编制",
        "",
        "−1",
        "",
        "2021-01-01",
    ]
    digest = county.engine.row("SELECT digest FROM record_change WHERE no = 6")[0]
    assert digest in text(page)


def test_the_confined_see_the_changes_of_their_own_and_of_these_their_own_lines(county):
    client = browser("department_clerk", "B")
    assert numbers(client) == [6, 3, 2, 1]
    assert client.get("/change", {"no": "4"}).status_code == 404
    assert "没有第 4 号变更" in text(client.get("/change", {"no": "4"}).content.decode())
    for no in (1, 2, 3, 6):
        page = client.get("/change", {"no": no}).content.decode()
        assert "教育局" not in page, no
        assert "第一中学" not in page, no
        assert "王一" not in page, no
        assert "只列您范围内的单位" in page
    assert "内容：1 行" in text(client.get("/change", {"no": "6"}).content.decode())
    assert "上一号" in client.get("/change", {"no": "6"}).content.decode()
    lines = workbook(client.get("/changes", {"as": "xlsx"}))
    assert [line[0] for line in lines[3:]] == [6, 3, 2, 1]


def test_a_person_who_also_leads_elsewhere_is_shown_with_the_own_use_only(county):
    """钱四 holds a post of the hospital and leads 教育局: B sees the one, not the other."""
    page = browser("department_clerk", "B").get("/change", {"no": "1"}).content.decode()
    assert "钱四" in page
    assert "单位正职" not in page
