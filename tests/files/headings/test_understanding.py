"""Headings are understood by meaning: merged, split over rows, abbreviated, in any order."""

from __future__ import annotations

import random

import pytest

from bianzhi.core.errors import Refusal
from bianzhi.files.headings import learned_from, table_kinds, understand
from tests.support.workbooks import LEDGER_HEADINGS, PERSON_HEADINGS, ledger, sheet, unit


def fields(rows, merges=(), **how):
    found = understand(sheet(rows, merges), **how)
    assert found is not None
    return found, {match.heading: match.field for match in found.matches if match.path}


@pytest.mark.parametrize(
    ("kind", "headings"),
    [
        ("people", "序号 姓名 性别 身份证号码 出生年月 工作单位 编制性质 参加工作时间"),
        ("history", "序号 文号 下发时间 文件名称 机构名称 隶属关系 经费形式 编制数额 领导职数"),
        ("documents", "序号 文号 文件标题 发文机关 成文日期"),
        ("ceilings", "编制种类 控制数 下达文号"),
        ("ledger", "单位 编制数 实有人数 空编 领导职数"),
        ("duties", "单位名称 序号 主要职责 依据"),
        ("sections", "序号 机构名称 规格 内设处室 核定领导职数 实际配备干部"),
    ],
)  # fmt: skip
def test_each_kind_of_table_is_recognised_by_its_headings_alone(kind, headings):
    names = headings.split()
    found, _ = fields([["某区"], names, ["甲"] * len(names)])
    assert found.kind.name == kind
    assert found.unknown == ()


def test_groups_written_once_over_their_columns_reach_every_column():
    found, by_heading = fields(ledger(unit("甲小学"), unit("乙小学")))
    assert found.kind.name == "ledger"
    assert by_heading["核定编制/一般事业"] == "approved_SY"
    assert by_heading["实有人员/一般事业"] == "actual_SY"
    assert by_heading["待上编/事业编制"] == "pending_SY"
    assert len(found.columns) == len(LEDGER_HEADINGS)


def test_merged_groups_over_three_rows_become_paths():
    rows = [
        ["一览表", "", "", "", "", ""],
        ["单位名称", "核定编制", "", "", "实有人员", ""],
        ["", "行政", "事业", "", "行政", "事业"],
        ["", "一般行政", "参公事业", "一般事业", "", ""],
        ["甲局", 3, 4, 5, 6, 7],
    ]
    merges = ["A1:F1", "A2:A4", "B2:D2", "E2:F2", "C3:D3", "E3:E4", "F3:F4"]
    found, by_heading = fields(rows, merges)
    assert by_heading == {
        "单位名称": "name",
        "核定编制/行政/一般行政": "approved_XZ",
        "核定编制/事业/参公事业": "approved_SC",
        "核定编制/事业/一般事业": "approved_SY",
        "实有人员/行政": "actual_XZ",
        "实有人员/事业": "actual_SY",
    }
    assert (found.header.first, found.header.last, found.header.body) == (1, 3, 4)
    assert found.header.title == "一览表"


def test_the_order_of_columns_does_not_matter():
    columns = list(range(len(LEDGER_HEADINGS)))
    random.Random(5).shuffle(columns)
    rows = [["一览表"], [LEDGER_HEADINGS[c].replace("/", "") for c in columns]]
    rows.append([unit("甲小学").get(LEDGER_HEADINGS[c], "") for c in columns])
    found, _ = fields(rows, kind="ledger")
    where = found.columns
    assert rows[2][where["approved_SY"]] == 10
    assert rows[2][where["actual_SY"]] == 8
    assert rows[2][where["name"]] == "甲小学"


def test_blanks_line_breaks_units_and_brackets_in_headings_are_seen_through():
    _, by_heading = fields(
        [["姓 名", "性\n别", "身份证号码（18位）", "出生日期(年月日)"], ["甲", "男", "", ""]]
    )
    assert set(by_heading.values()) == {"person", "sex", "id_number", "birth_date"}


def test_a_row_that_numbers_the_columns_is_no_data():
    rows = [list(PERSON_HEADINGS), list(range(1, 9)), [1, "甲某"]]
    found, _ = fields(rows)
    assert found.header.body == 2


def test_numbering_columns_under_a_shared_heading_are_told_from_the_name():
    rows = [
        ["单位名称", "", "", "编制数", "实有人数"],
        ["一", "", "甲区教育局", 3, 3],
        ["", "1", "甲区第一小学", 5, 4],
    ]
    found, _ = fields(rows, ["A1:C1"])
    assert found.columns["name"] == 2
    assert found.columns["level1"] == 0


def test_every_match_says_how_it_was_understood_and_what_else_it_could_be():
    found, _ = fields(
        [["单位名称", "事业编制核定数", "实有事业人员", "古怪的一栏"], ["甲", 1, 2, 3]]
    )
    by = {match.heading: match for match in found.matches}
    assert by["事业编制核定数"].field == "approved_SY"
    assert "“" in by["事业编制核定数"].why
    assert by["事业编制核定数"].confidence < 1
    assert by["古怪的一栏"].field == ""
    assert [match.letters for match in found.unknown] == ["D"]


def test_a_person_corrects_a_column_and_the_office_remembers():
    rows = [["单位名称", "编制数", "怪名"], ["甲", 1, 2]]
    found, _ = fields(rows)
    assert found.columns.get("actual_total") is None
    better = found.corrected({2: "actual_total"})
    assert better.columns["actual_total"] == 2
    lessons = learned_from(better)
    again, _ = fields(rows, learned=lessons)
    assert again.columns["actual_total"] == 2
    assert "更正" in next(m.why for m in again.matches if m.column == 2)


def test_what_the_office_has_taught_wins_over_a_perfect_word():
    found, by_heading = fields(
        [["单位名称", "编制数", "核定数"], ["甲", 1, 2]],
        learned={"ledger|编制数": "", "ledger|核定数": "approved_total"},
    )
    assert by_heading["编制数"] == ""
    assert found.columns["approved_total"] == 2


def test_a_field_given_to_another_column_is_taken_from_the_first():
    found, _ = fields([["单位名称", "编制数", "怪名"], ["甲", 1, 2]])
    better = found.corrected({2: "approved_total"})
    assert better.columns["approved_total"] == 2
    assert better.matches[1].field == ""
    with pytest.raises(Refusal, match="没有"):
        found.corrected({2: "no_such"})
    with pytest.raises(Refusal, match="两列"):
        found.corrected({1: "vacant", 2: "vacant"})


@pytest.mark.parametrize("rows", [[], [["甲"]], [["随便", "写写"], [1, 2]], [[1, 2], [3, 4]]])
def test_a_sheet_that_holds_no_table_is_none(rows):
    assert understand(sheet(rows)) is None


def test_a_table_said_to_be_of_a_kind_tells_what_it_misses():
    found = understand(sheet([["序号", "备注"], [1, "甲"]]), kind="people")
    assert found is not None
    assert [field.title for field in found.missing] == ["姓名"]


@pytest.mark.parametrize("kind", table_kinds(), ids=lambda kind: kind.name)
def test_the_titles_of_each_kind_are_understood_as_themselves(kind):
    """Every title that stands by itself (not under a group) finds its own field."""
    plain = [each for each in kind.fields.values() if not each.under and not each.group]
    found, _ = fields([[each.title for each in plain], ["甲"] * len(plain)], kind=kind.name)
    assert {match.field for match in found.matches} == {each.name for each in plain}
    assert {*kind.must, *kind.marks} <= set(kind.fields)
