"""The user's own workbook comes back: bad cells coloured, the reason in a comment."""

from __future__ import annotations

import io

import openpyxl
import pytest

from bianzhi.files.intake import take_workbook
from bianzhi.files.marked import copying, marked_copy
from bianzhi.files.workbook import open_workbook
from tests.support.workbooks import IDS, ledger, people, unit, xls, xlsx


def marked(data, name="台账.xlsx", **how):
    workbook = open_workbook(data, name)
    copy = marked_copy(workbook, take_workbook(workbook), **how)
    return copy, openpyxl.load_workbook(io.BytesIO(copy.data))


BAD = ledger(unit("甲"), {**unit("乙"), "核定编制/一般事业": "若干"}, unit("丙 校"))


def test_a_bad_cell_is_red_with_its_reason_a_doubtful_one_yellow():
    copy, book = marked(xlsx(BAD, ["A1:D1"]))
    page = book["Sheet1"]
    assert copy.name == "台账（标注）.xlsx"
    assert copy.notes == ()
    assert page["J5"].fill.start_color.rgb.endswith("FFC7CE")
    assert "若干" in page["J5"].comment.text
    assert page["C6"].fill.start_color.rgb.endswith("FFEB9C")
    assert page["J4"].comment is None
    assert page["C4"].value == "甲"
    assert [str(each) for each in page.merged_cells.ranges] == ["A1:D1"]


def test_the_summary_lists_every_finding_with_a_link():
    _, book = marked(xlsx(BAD))
    page = book["导入说明"]
    assert book.active.title == "导入说明"
    texts = [str(cell.value) for row in page.iter_rows() for cell in row if cell.value]
    assert any("1 行不能导入" in text for text in texts)
    links = [
        cell.hyperlink.location or cell.hyperlink.ref
        for row in page.iter_rows()
        for cell in row
        if cell.hyperlink
    ]
    assert links


def test_the_marked_copy_mended_can_go_in_again():
    copy, book = marked(xlsx(BAD))
    book["Sheet1"]["J5"] = 10
    made = io.BytesIO()
    book.save(made)
    [again] = take_workbook(open_workbook(made.getvalue(), copy.name))
    assert len(again.good_rows) == 3


def test_only_errors_when_asked():
    _, book = marked(xlsx(BAD), only_errors=True)
    assert book["Sheet1"]["C6"].comment is None
    assert book["Sheet1"]["J5"].comment is not None


def test_an_xls_comes_back_converted_and_says_so():
    copy, book = marked(xls(BAD, [(0, 0, 0, 3)]), "旧台账.xls")
    assert copy.name == "旧台账（标注）.xlsx"
    assert ".xls" in copy.notes[0]
    page = book["表一"]
    assert page["J5"].comment is not None
    assert page["C4"].value == "甲"
    assert [str(each) for each in page.merged_cells.ranges] == ["A1:D1"]


@pytest.mark.parametrize("data", [xlsx, xls], ids=["xlsx", "xls"])
def test_texts_that_look_like_formulas_stay_texts(data):
    evil = '=HYPERLINK("http://example.org","点")'
    rows = people(
        [evil, "男", IDS[0], "", "@SUM(1)", "行政", "+1"], ["-1+1", "", IDS[1], "", "", "", ""]
    )
    _, book = marked(data(rows))
    for page in book.worksheets:
        for row in page.iter_rows():
            assert [cell.coordinate for cell in row if cell.data_type == "f"] == []
    assert book.worksheets[0]["B3"].value == evil


def test_a_comment_of_the_users_own_is_kept():
    made = io.BytesIO()
    book = openpyxl.load_workbook(io.BytesIO(xlsx(BAD)))
    book["Sheet1"]["J5"].comment = openpyxl.comments.Comment("问过教育局", "某")
    book.save(made)
    _, again = marked(made.getvalue())
    assert again["Sheet1"]["J5"].comment.text.startswith("问过教育局")


def test_a_finding_inside_a_merged_range_is_marked_at_its_first_cell():
    rows = ledger({**unit("甲"), "主管单位": "甲 局"}, {**unit("乙"), "主管单位": ""})
    _, book = marked(xlsx(rows, ["B4:B5"]))
    assert book["Sheet1"]["B4"].comment is not None


def test_of_a_very_large_workbook_only_the_rows_in_question(monkeypatch):
    monkeypatch.setattr(copying, "LARGE", 100)
    copy, book = marked(xlsx(BAD))
    page = book["Sheet1"]
    assert "很大" in copy.notes[0]
    assert [row[2].value for row in page.iter_rows(min_row=4)] == ["乙", "丙 校"]
    assert page["J4"].comment is not None


def test_a_workbook_that_cannot_be_written_back_comes_as_values(monkeypatch):
    def trips(_):
        raise ValueError("a style of another program")

    monkeypatch.setattr("openpyxl.load_workbook", trips)
    workbook = open_workbook(xlsx(BAD), "台账.xlsx")
    copy = marked_copy(workbook, take_workbook(workbook))
    assert "无法原样写回" in copy.notes[0]


def test_the_summary_is_not_taken_for_a_table():
    copy, _ = marked(xlsx(BAD))
    taken = take_workbook(open_workbook(copy.data, copy.name))
    assert [each.sheet.name for each in taken] == ["Sheet1"]
