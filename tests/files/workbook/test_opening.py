"""A workbook is opened as it is: rows, merged ranges, hidden sheets, places."""

from __future__ import annotations

import io

import pytest
import xlsxwriter

from bianzhi.core.errors import Refusal
from bianzhi.files.workbook import Area, Cell, column_letters, column_number, open_workbook
from tests.support.workbooks import xls, xlsx


def test_rows_keep_their_places_when_the_first_rows_and_columns_are_empty():
    found = open_workbook(xlsx([[], ["", "甲"], ["", "", 3]]), "册.xlsx").sheets[0]
    assert found.rows == [["", "", ""], ["", "甲", ""], ["", "", 3.0]]
    assert str(found.cell(2, 2)) == "册.xlsx 〔Sheet1〕C3"


def test_merged_ranges_of_old_and_new_workbooks_are_the_same():
    new = open_workbook(xlsx([["题", "", ""], [1, 2, 3]], ["A1:C1"])).sheets[0]
    old = open_workbook(xls([["题", "", ""], [1, 2, 3]], [(0, 0, 0, 2)])).sheets[0]
    assert new.merges == old.merges == (Area(0, 0, 0, 2),)
    assert new.rows == old.rows
    assert new.merges[0].ref == "A1:C1"


def test_a_sheet_whose_name_has_signs_of_xml_is_found():
    found = open_workbook(xlsx([["甲"]], sheet="人 & 事<1>"))
    assert found.sheet("人 & 事<1>").rows == [["甲"]]
    with pytest.raises(Refusal, match="人 & 事"):
        found.sheet("没有")


def test_a_formula_without_a_stored_result_is_named():
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    page = book.add_worksheet()
    page.write_formula("A1", "=1+1", None, "")
    page.write_formula("B1", "=1+1", None, 2)
    book.close()
    found = open_workbook(made.getvalue()).sheets[0]
    assert found.without_result == {"A1"}
    assert found.rows[0][1] == 2


def test_hidden_sheets_are_told():
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    book.add_worksheet("看得见").write(0, 0, 1)
    hidden = book.add_worksheet("藏起来")
    hidden.write(0, 0, 1)
    hidden.hide()
    book.close()
    assert [each.hidden for each in open_workbook(made.getvalue()).sheets] == [False, True]


def test_columns_formatted_to_the_last_row_do_not_count_as_used():
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    page = book.add_worksheet()
    page.write("A1", "甲")
    page.write_blank("XFD1048576", None, book.add_format({"bold": True}))
    book.close()
    assert open_workbook(made.getvalue()).sheets[0].rows == [["甲"]]


def test_a_file_is_read_from_disk_by_its_own_name(tmp_path):
    path = tmp_path / "台账.xlsx"
    path.write_bytes(xlsx([["甲"]]))
    assert open_workbook(path).name == "台账.xlsx"


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ")])
def test_columns_are_called_what_excel_calls_them(column, letters):
    assert column_letters(column) == letters
    assert column_number(letters.lower()) == column
    assert Cell("f", "s", 4, column).ref == f"{letters}5"
