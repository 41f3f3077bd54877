"""Numbers get into a report as figures only; sources are counted in the order they are met."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.files.report.document import Blank, Quote, Text, say
from bianzhi.files.report.layout import laid_out
from bianzhi.files.report.sources import Sources, ranges
from tests.files.report.conftest import figure, small_report


def test_plain_words_refuse_digits():
    with pytest.raises(ValueError, match="a number in plain words"):
        Text("共有138家")
    with pytest.raises(ValueError, match="a number in plain words"):
        say("共有138家{n}", n="")


def test_a_sentence_keeps_its_pieces_in_their_places():
    units = figure("units", "138")
    pieces = say("{who}共有{n}家{more}", who="测县", n=units, more=(Text("，另"), Blank("何时")))
    assert pieces == (Quote("测县"), Text("共有"), units, Text("家"), Text("，另"), Blank("何时"))
    assert "".join(each.text for each in pieces) == "测县共有138家，另【请补充：何时】"


def test_headings_tables_pictures_and_annexes_are_counted():
    told = laid_out(small_report())
    heads = [each["number"] + each["text"] for each in told["blocks"] if each["kind"] == "heading"]
    assert heads == ["一、基本情况", "（一）总量", "（二）规模", "二、主要问题"]
    kinds = ("table", "picture")
    shown = [each["number"] for each in told["blocks"] if each["kind"] in kinds]
    assert shown == ["表1", "图1"]
    assert [(each["number"], each["title"]) for each in told["annexes"]] == [
        ("附件1", "一览表"), ("附件2", "数据来源"),
    ]  # fmt: skip


def test_a_figure_is_one_source_however_often_it_is_printed():
    report = small_report()
    notes = [each["note"] for each in laid_out(report)["blocks"] if each["kind"] != "heading"]
    assert notes == ["1、2", "1、3", "2"]  # the sentence, the table with its total, the picture
    rows = [["".join(piece.text for piece in cell) for cell in row]
            for row in Sources(report).table().rows]  # fmt: skip
    assert rows == [
        ["1", "138", "数units", "当日在册", "units"],
        ["2", "61.5%", "数share", "当日在册", "share"],
        ["3", "见表", "按类别", "当日在册", "classes"],
        ["4", "见表", "", "当日在册", "approved"],
    ]


def test_a_report_without_figures_has_no_list_of_sources():
    assert laid_out(small_report(body=(), annexes=()))["annexes"] == []


@given(st.sets(st.integers(1, 60)))
def test_ranges_say_each_number_once(numbers):
    said = set()
    for part in filter(None, ranges(numbers).split("、")):
        first, _, last = part.partition("—")
        said |= set(range(int(first), int(last or first) + 1))
    assert said == numbers
