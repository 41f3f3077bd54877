"""Rows of a sheet: which are data, what they say, and where each value stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bianzhi.files.headings import understand
from bianzhi.files.intake import CeilingRow, HistoryRow, LedgerRow, PersonRow, take_sheet
from tests.support.workbooks import IDS, kinds_of, ledger, people, sheet, taken, unit


def names(found):
    return [row.text("name") for row in found.rows]


def test_a_row_knows_its_values_the_raw_text_and_the_cells():
    found = taken(ledger(unit("甲区第一小学", 10, 8, 备注="含周转3名")))
    [row] = found.rows
    assert isinstance(row, LedgerRow)
    assert (row.name, row.supervisor) == ("甲区第一小学", "甲区教育局")
    assert (row.approved, row.actual, row.pending) == ({"SY": 10}, {"SY": 8}, {})
    assert row.value("rank") == "7"
    assert row.raw("rank") == "股级"
    assert str(row.cell("approved_SY")) == "表.xlsx 〔Sheet1〕J4"
    assert row.no == 4
    assert row.number("no_such") is None
    assert found.findings == []
    [(_, field, fact)] = found.proposals()
    assert (field, fact.kind, fact.n) == ("note", "SZ", 3)


def test_blank_rows_notes_group_lines_and_repeated_headings_are_no_data():
    rows = ledger(unit("甲"), unit("乙"))
    rows.insert(3, ["一、教育系统"])
    rows.insert(5, [])
    rows.insert(6, rows[1])
    rows.append(["填表人：某某", "", "", "", "", "", "审核：某某"])
    rows.append(["注：本表数据截至2024年底"])
    found = taken(rows)
    assert names(found) == ["甲", "乙"]
    assert set(found.table.body.skipped.values()) >= {"分组行", "说明"}


@pytest.mark.parametrize("label", ["小计", "合  计", "总计：", "教育系统小计", "共计（人）"])
def test_rows_of_sums_are_no_data_and_are_added_up(label):
    good = ledger(unit("甲", 10, 8), unit("乙", 20, 15))
    total = unit("", 30, 23, 主管单位=label, 机构性质="", 机构级别="", 经费形式="")
    found = taken([*good, *ledger(total)[3:]])
    assert names(found) == ["甲", "乙"]
    assert found.findings == []
    wrong = unit("", 31, 23, 主管单位=label, 机构性质="", 机构级别="", 经费形式="", 空缺编制=7)
    [finding] = taken([*good, *ledger(wrong)[3:]]).findings
    assert (finding.kind, finding.severity) == ("subtotal", "warn")
    assert "31" in finding.what
    assert "30" in finding.what


def test_sums_may_stand_before_their_rows():
    first = unit("", 10, 8, 主管单位="小计", 机构性质="", 机构级别="", 经费形式="")
    rows = ledger(unit("甲", 5, 5), first, unit("乙", 4, 4), unit("丙", 6, 4))
    assert taken(rows).findings == []


def test_a_supervising_unit_merged_over_its_units_goes_to_each():
    rows = ledger(unit("甲"), unit("乙", 主管单位=""), unit("丙", 主管单位="甲区卫健局"))
    found = taken(rows, ["B4:B5"])
    assert [row.text("supervisor") for row in found.rows] == [
        "甲区教育局",
        "甲区教育局",
        "甲区卫健局",
    ]
    assert found.findings == []


def test_one_written_once_without_merging_is_taken_down_and_told():
    rows = ledger(unit("甲"), unit("乙", 主管单位=""), unit("丙", 主管单位="甲区卫健局"))
    found = taken(rows)
    assert [row.text("supervisor") for row in found.rows][1] == "甲区教育局"
    assert kinds_of(found) == ["filled-down"]


def test_a_row_without_what_it_is_about_cannot_go_in():
    found = taken(ledger(unit("甲"), unit("", 3, 3), unit("乙")))
    assert [row.no for row in found.bad_rows] == [5]
    assert names(found)[::2] == [row.text("name") for row in found.good_rows] == ["甲", "乙"]
    assert [each.kind for each in found.findings_of(found.bad_rows[0])] == ["no-name"]


def test_a_bad_number_keeps_only_its_row_out():
    found = taken(ledger(unit("甲"), unit("乙") | {"核定编制/一般事业": "若干"}, unit("丙")))
    assert [row.text("name") for row in found.good_rows] == ["甲", "丙"]
    finding = next(each for each in found.findings if each.severity == "error")
    assert finding.cell.ref == "J5"
    assert "若干" in str(finding)


def test_a_formula_without_its_result_keeps_the_row_out():
    page = sheet(ledger(unit("甲")))
    blank = page.rows[3]
    blank[9] = ""
    page = type(page)(page.file, page.name, page.rows, page.merges, frozenset({"J4"}))
    understanding = understand(page)
    assert understanding is not None
    found = take_sheet(page, understanding)
    assert [each.kind for each in found.findings if each.severity == "error"] == ["no-result"]


def test_a_welfare_class_written_under_the_category_goes_where_it_belongs():
    rows: list[list[Any]] = [
        ["单位名称", "机构类别", "编制数"],
        ["甲小学", "公益一类", 5],
        ["甲局", "政府工作部门", 8],
    ]
    found = taken(rows, kind="ledger")
    assert [row.value("welfare_class") for row in found.rows] == ["1", None]
    assert [row.value("category") for row in found.rows] == ["49", "121"]
    assert found.findings == []


def test_a_roster():
    found = taken(people(
        ["张 三", "男", IDS[0], "1980.01", "甲局", "行政", ""],
        ["李四", "女", IDS[1], date(1985, 2, 2), "甲局", "事业编", "2020年入编"],
    ))  # fmt: skip
    first, second = found.rows
    assert isinstance(first, PersonRow)
    assert (first.name, first.id_number, first.org, first.value("quota_kind")) == (
        "张三", IDS[0], "甲局", "XZ",
    )  # fmt: skip
    assert not first.exact_day("birth_date")
    assert second.exact_day("birth_date")
    assert kinds_of(found) == ["blank-in-name", "month-only"]


def test_history_rows_propose_their_numbers():
    rows: list[list[Any]] = [["文号", "下发时间", "机构名称", "编制数额", "领导职数"],
            ["甲编发〔2010〕3号", "2010.3.1", "甲中心", "事业编制12名（其中全额10名、差额2名）",
             "1正2副"],
            ["甲编发〔2012〕9号", "2012-05-06", "甲中心", 14, "3"]]  # fmt: skip
    found = taken(rows)
    assert found.kind == "history"
    first, second = (row.facts() for row in found.rows_as(HistoryRow))
    assert [(f.kind, f.n) for _, f in first] == [
        ("SY", 12),
        ("SY", 10),
        ("SY", 2),
        ("LD1", 1),
        ("LD2", 2),
    ]
    assert [(f.kind, f.n) for _, f in second] == [("", 14), ("LD", 3)]


def test_ceilings():
    found = taken(
        [
            ["编制种类", "控制数", "下达文号"],
            ["行政编制", "1,200", "甲编发〔2020〕1号"],
            ["政法专项", 300, ""],
        ]
    )
    assert isinstance(found.rows[0], CeilingRow)
    assert [(row.value("kind"), row.value("amount")) for row in found.rows] == [
        ("XZ", 1200),
        ("ZF", 300),
    ]
