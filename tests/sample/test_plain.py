"""The plain writer: what goes in comes out, in two readers that know nothing of it."""

from __future__ import annotations

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from bianzhi.sample.sheets.grid import address, table
from bianzhi.sample.sheets.plain import write_plain

TEXT = st.text(
    st.characters(min_codepoint=33, max_codepoint=0xFFFD, exclude_categories=("Cs", "Cc"))
)
CELL = st.none() | st.integers(-(10**6), 10**9) | TEXT


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(CELL, min_size=4, max_size=4), max_size=12))
def test_cells_come_back(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("plain") / "表.xlsx"
    write_plain(
        path, [table("甲", ("一", "二", "三", "四"), rows), table("乙&丙", ("一",), [["<&>"]])]
    )
    wanted: list[list] = [["一", "二", "三", "四"], *rows]
    sheet = openpyxl.load_workbook(path)["甲"]
    for row, values in enumerate(wanted):
        for column, value in enumerate(values):
            assert sheet[address(row, column)].value == (None if value == "" else value)
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names == ["甲", "乙&丙"]
    assert book.get_sheet_by_name("乙&丙").to_python() == [["一"], ["<&>"]]


def test_spaces_at_the_ends_are_kept(tmp_path):
    write_plain(tmp_path / "表.xlsx", [table("甲", ("一",), [[" 张 三　"]])])
    assert openpyxl.load_workbook(tmp_path / "表.xlsx")["甲"]["A2"].value == " 张 三　"
