"""两日对比: by kind, by unit, by account, by person, every post explained by a document."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.support.cast import browser
from tests.support.pages import get, links, row, rows, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("district")]
MERGER = {"before": "2018-01-01", "after": "2018-12-31"}


def workbook(**query):
    response = browser().get("/compare", {**query, "as": "xlsx"})
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    return load_workbook(BytesIO(response.content))


def test_by_unit_by_account_and_by_document():
    page = get("/compare", **MERGER)
    assert row(page, "中心小学 S1")[1:7] == ["19", "28", "+9", "1", "2", "+1"]
    assert row(page, "二小 S2", "一般事业编制", "财政全额")[3:6] == ["12", "0", "−12"]
    assert row(page, "编制池 P", "一般事业编制", "财政全额", "2018-09-01")[4:7] == [
        "入池", "+3", "测编发〔2018〕9号",
    ]  # fmt: skip
    assert "核定增减 4 笔分录，未能解释的账户：0 个" in text(page)


def test_by_kind_only_what_differs_with_the_sum():
    page = get("/compare", before="2010-01-01", after="2016-01-01")
    assert row(page, "一般事业编制")[1:4] == ["62", "61", "−1"]
    assert not any(cells[0] == "一般行政编制" for cells in rows(page))


def test_who_came_and_who_left(district):
    district.write("""
        2019-06-01 测编办〔2019〕7号
          上编 person=R9 name=孙九 org=S1 kind=SY funding=full
          下编 person=R1 reason=退休
          转隶 persons=R4 to=S1 funding=full
    """)
    page = get("/compare", before="2019-05-31", after="2019-06-01")
    assert row(page, "孙九", "进")[3] == "中心小学 S1"
    assert row(page, "王一", "出")[2:4] == ["中心小学 S1", ""]
    assert row(page, "钱四", "转")[2:4] == ["医院 H", "中心小学 S1"]
    assert row(page, "钱四")[6] == "测编办〔2019〕7号"


def test_one_unit_or_all_below_it():
    one = get("/compare", unit="S1", **MERGER)
    assert not any(cells[0].startswith("二小 S2") for cells in rows(one) if len(cells) > 9)
    tree = get("/compare", unit="A", below="1", **MERGER)
    assert row(tree, "二小 S2", "一般事业编制")
    assert not any(cells[0].startswith("编制池") for cells in rows(tree))


def test_unit_that_moves_into_the_scope_brings_its_document_and_no_riddle(district):
    """Its posts are in the subtree now and were not before: no document moved a post."""
    district.write("""
        2021-01-01 测编发〔2021〕2号
          改隶 org=H parent=A
    """)
    page = get("/compare", unit="A", below="1", before="2020-12-31", after="2021-01-01")
    assert "未能解释的账户：0 个" in text(page)
    assert row(page, "医院 H", "上级机构")[2:5] == ["卫生局", "教育局", "测编发〔2021〕2号"]


def test_two_states_of_knowledge():
    same = {"before": "2019-06-01", "after": "2019-06-01"}
    page = get("/compare", known_before="4", known_after="7", **same)
    assert row(page, "中心小学 S1")[1:4] == ["31", "30", "−1"]
    assert "未能解释的账户：0 个" in text(page)


def test_workbook_has_every_table_with_numbers_as_numbers():
    book = workbook(**MERGER)
    assert book.sheetnames == [
        "按种类", "按单位", "逐账户", "核定增减的依据", "机构、职责的变化", "人员进出",
    ]  # fmt: skip
    cells = list(book["按单位"].iter_rows(values_only=True))
    assert "2018-01-01" in cells[0][0]
    assert "2018-12-31" in cells[0][0]
    assert cells[1][:5] == ("代码", "单位", "核定前", "核定后", "核定增减")
    assert next(line for line in cells if line[0] == "S1")[2:5] == (19, 28, 9)


def test_text_that_looks_like_a_formula_stays_text(district):
    district.write("2021-01-01 测编发〔2021〕2号\n  更名 org=H name==1+1")
    book = workbook(before="2020-12-31", after="2021-01-01")
    cell = next(c for c in book["机构、职责的变化"]["E"] if c.value == "=1+1")
    assert cell.data_type == "s"


def test_bad_unit_in_words():
    response = browser().get("/compare", {"unit": "zz"})
    assert response.status_code == 404
    assert "没有代码为“zz”的机构" in text(response.content.decode())


def test_department_compares_what_lies_below_it():
    client = browser("department_clerk", "A")
    page = client.get("/compare", {**MERGER, "on": "2018-12-31"}).content.decode()
    assert row(page, "中心小学 S1")
    assert not any(cells[0].startswith("编制池") for cells in rows(page))
    assert not any("code=H" in found for found in links(page))
    assert client.get("/compare", {"unit": "H"}).status_code == 403
    other = browser("department_clerk", "B").get("/compare", MERGER).content.decode()
    assert "没有差别" in text(other)
    assert browser("administrator").get("/compare").status_code == 403
