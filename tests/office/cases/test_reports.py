"""The year's report: totals, units that came and went, posts by document, each with its grounds."""

from __future__ import annotations

import html
import io
import re
from datetime import date

import openpyxl
import pytest
from docx import Document

from bianzhi.core.days import parse_day
from bianzhi.office.access.models import LogEntry
from bianzhi.office.cases.reports.year import Year, due
from bianzhi.office.desk.held import held
from bianzhi.record.post import Poster
from tests.support.cast import browser
from tests.support.ledger import ledger
from tests.support.pages import text

pytestmark = pytest.mark.usefixtures("district")
YEAR = """
2024-03-01 澜编发〔2024〕1号
  设立 org=KJ name=区科技服务站 rank="8" supervisor=NY
  核定 org=KJ kind=SY funding=full n=4 from=P
2024-05-01 澜编发〔2024〕2号
  更名 org=KJ name=区科技服务中心
2024-09-01 澜编发〔2024〕3号
  合并 sources=ZZ into=NJ
  核定 org=NJ kind=SY funding=full n=15 from=P
2024-10-01 澜编发〔2024〕4号
  核定 org=KJ kind=SY funding=full n=0 from=P
  撤销 org=KJ into=NJ
2025-02-01 澜编发〔2025〕1号
  核减 org=NJ kind=SY funding=full n=14
"""


@pytest.fixture(autouse=True)
def three_years(district) -> None:
    Poster().post(ledger(YEAR))


def tables(year: int, first: str = "", last: str = "", units=None) -> dict[str, list[list[str]]]:
    days = first or f"{year - 1}-12-31", last or f"{year}-12-31"
    before, after = (held().state(parse_day(day), held().columns.head) for day in days)
    told = Year(before, after, units).sections()
    return {each.title: [[cell.text for cell in row] for row in each.rows] for each in told}


def test_totals_stand_by_kind_what_lies_in_a_pool_apart() -> None:
    assert tables(2024)["编制总量"] == [
        ["一般事业编制", "各单位", "18", "15", "−3", "2", "13"],
        ["一般事业编制", "空余编制资源库", "5", "8", "+3", "0", "8"],
    ]
    assert ["单位正职", "各单位", "2", "2", "0", "0", "2"] in tables(2024)["领导职数"]


def test_units_that_came_went_and_changed_names_bear_their_documents() -> None:
    half = tables(2024, last="2024-08-31")["机构变化"]
    assert half == [["设立", "区科技服务中心", "", "澜编发〔2024〕1号"]]
    rest = tables(2024, first="2024-04-01")["机构变化"]
    assert ["更名", "区科技服务中心", "区科技服务站 → 区科技服务中心", "澜编发〔2024〕2号"] in rest
    assert ["合并", "区种子站", "并入区农业技术推广站", "澜编发〔2024〕3号"] in rest
    assert ["撤销", "区科技服务中心", "并入区农业技术推广站", "澜编发〔2024〕4号"] in rest


def test_posts_up_and_down_add_up_to_the_change_of_the_totals() -> None:
    told = tables(2024)
    moved = sum(int(row[4].replace("−", "-")) for row in told["编制和职数增减"]
                if row[2] == "一般事业编制")  # fmt: skip
    assert moved == 0  # from units to the pool: the district has no more and no fewer
    assert ["2024-03-01", "区科技服务中心", "一般事业编制", "核定", "+4", "澜编发〔2024〕1号"] in (
        told["编制和职数增减"]
    )


def test_over_staffed_units_are_named_with_by_how_many() -> None:
    assert tables(2024)["超编和超职数"] == []
    assert tables(2025)["超编和超职数"] == [
        ["区农业技术推广站", "一般事业编制", "1", "2", "1"]
    ]  # fmt: skip


def test_the_page_shows_every_number_with_its_grounds() -> None:
    client = browser("office_clerk")
    page = client.get("/cases/reports/2024").content.decode()
    assert "2025-03-31" in text(page)
    assert "澜编发〔2024〕3号" in page
    links = set(_links(page))
    assert any(each.startswith("/entries?") for each in links)
    for each in links:
        assert "on=2024-12-31" in each or "on=2023-12-31" in each
        assert client.get(each).status_code == 200, each
    for day, n in (("2023-12-31", "18"), ("2024-12-31", "15")):
        sought = ("kind=SY", "cls=unit", f"on={day}")
        (units,) = [each for each in links if all(part in each for part in sought)]
        assert n in text(client.get(units).content.decode()).split()
    assert any(each.startswith("/compare?") for each in links)


def _links(page: str) -> list[str]:
    found = re.findall(r'<td[^>]*><a href="([^"]+)"', page)
    return [html.unescape(each) for each in found]


def test_word_and_excel_say_what_the_page_says() -> None:
    client = browser("office_clerk")
    book = openpyxl.load_workbook(io.BytesIO(client.get("/cases/reports/2024.xlsx").content))
    assert book.sheetnames == ["编制总量", "领导职数", "机构变化", "编制和职数增减", "超编和超职数"]
    assert [cell.value for cell in book["编制总量"][4]][2:] == [18, 15, -3, 2, 13]
    made = Document(io.BytesIO(client.get("/cases/reports/2024.docx").content))
    assert made.paragraphs[0].text == "2024年度机构编制执行情况报告"
    assert "本期没有。" in [each.text for each in made.paragraphs]
    assert [cell.text for cell in made.tables[0].rows[1].cells][2:5] == ["18", "15", "−3"]
    assert LogEntry.objects.filter(act="export").count() == 2


def test_a_department_reports_its_own_by_the_end_of_january() -> None:
    Poster().post(ledger("2024-06-01 澜编发〔2024〕9号\n  设立 org=JY name=区教育局\n"
                         "  核定 org=JY kind=XZ n=7 from=上级"))  # fmt: skip
    page = text(browser("department_clerk", "NY").get("/cases/reports/2024").content.decode())
    assert "区农业农村局2024年度机构编制执行情况报告" in page
    assert "2025-01-31" in page
    assert "区教育局" not in page
    assert "澜编发〔2024〕1号" in page, "what came under it in the year is its own"
    assert "区教育局" in text(browser("office_clerk").get("/cases/reports/2024").content.decode())


def test_there_is_no_report_of_a_year_to_come_nor_in_another_form() -> None:
    client = browser("office_clerk")
    assert client.get("/cases/reports/2999").status_code == 404
    assert client.get("/cases/reports/2024.exe").status_code == 404
    assert client.get("/cases/reports/", follow=True).status_code == 200


def test_days_the_reports_are_due() -> None:
    assert due(2025, department=True) == date(2026, 1, 31)
    assert due(2025, department=False) == date(2026, 3, 31)
