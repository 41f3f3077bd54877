"""Checks at the door, one rule a test: what they find, and what they leave alone."""

from __future__ import annotations

from typing import Any

import pytest

from bianzhi.files.headings import learned_from
from bianzhi.files.intake import take_sheet
from tests.support.workbooks import (
    IDS,
    kinds_of,
    ledger,
    mixed_units,
    moved_left,
    people,
    taken,
    taken_all,
    unit,
)


def person(
    name="张三", sex="男", number=IDS[0], born="1980-01-01", org="甲局", kind="行政", note=""
):
    return [name, sex, number, born, org, kind, note]


def test_ck16_the_same_person_twice_in_one_roster():
    found = taken(people(person(), person("李四", number=IDS[2], born="1990-03-03"), person()))
    [finding] = found.findings
    assert (finding.code, finding.severity, finding.cell.ref) == ("CK-16", "error", "D5")
    assert "D3" in finding.what


def test_ck16_across_sheets_once():
    roster = people(person())
    found = taken_all(一=roster, 二=roster)
    assert [kinds_of(each) for each in found] == [[], ["same-person"]]


def test_ck16_leaves_those_who_left():
    rows = people(person(), person())
    rows[1].append("出编时间")
    rows[2].append("2020-01-01")
    assert kinds_of(taken(rows)) == []


@pytest.mark.parametrize(
    ("changes", "kind", "severity"),
    [
        ({"sex": "女"}, "sex-differs", "error"),
        ({"born": "1980-01-02"}, "birth-differs", "warn"),
        ({"born": "1980年2月"}, "birth-differs", "warn"),
        ({"number": ""}, "no-id", "warn"),
    ],
)
def test_ck17_identity(changes, kind, severity):
    found = taken(people(person(**changes)))
    finding = next(each for each in found.findings if each.kind == kind)
    assert (finding.code, finding.severity) == ("CK-17", severity)


@pytest.mark.parametrize("born", ["1980年1月", "1980", 1980.1, "19800101", ""])
def test_ck17_a_birth_date_written_less_exactly_does_not_contradict(born):
    assert "birth-differs" not in kinds_of(taken(people(person(born=born))))


def test_ck18_credit_codes():
    rows: list[list[Any]] = [
        ["单位名称", "统一社会信用代码", "编制数"],
        ["甲", "12990101MB00000001", 1],
    ]
    [finding] = taken(rows, kind="ledger").findings
    assert finding.code == "CK-18"


def test_ck35_funding_of_a_person_unlike_the_units():
    roster = [["姓名", "身份证号", "所在单位", "经费形式"], ["张三", IDS[0], "甲小学", "差额"],
              ["李四", IDS[1], "甲小学", "全额"], ["王五", IDS[2], "别处", "差额"]]  # fmt: skip
    found = taken_all(一览表=ledger(unit("甲小学")), 名册=roster)
    [finding] = found[1].findings
    assert (finding.code, finding.cell.ref) == ("CK-35", "D2")
    assert "财政差额" in finding.what
    assert "财政全额" in finding.what


def documents(*rows):
    return taken([["文号", "文件标题", "成文日期"], *rows])


def test_ck39_the_same_number_twice():
    found = documents(
        ["甲编发〔2020〕1号", "甲", "2020-01-01"], ["甲编发[2020]01号", "乙", "2020-01-01"]
    )
    assert [(each.code, each.kind) for each in found.findings] == [("CK-39", "same-doc-no")]
    found = documents(
        ["甲编发〔2020〕1号", "甲", "2020-01-01"], ["甲编发〔2020〕1号", "甲", "2020-02-01"]
    )
    assert "日期不同" in found.findings[0].what


def test_ck39_gaps_in_the_years_numbers():
    rows = [[f"甲编发〔2020〕{n}号", f"第{n}件", "2020-01-01"] for n in (1, 2, 4, 5, 8)]
    [finding] = documents(*rows).findings
    assert finding.kind == "doc-no-gap"
    assert "3、6、7" in finding.what


def test_ck39_one_document_may_settle_several_units_of_a_history():
    rows = [["文号", "下发时间", "机构名称", "文件名称"]]
    rows += [["甲编发〔2020〕1号", "2020-01-01", name, "关于调整的通知"] for name in "甲乙丙"]
    assert taken(rows).findings == []


def test_the_same_unit_twice():
    found = taken(ledger(unit("甲"), unit("甲")))
    assert [(each.kind, each.severity) for each in found.findings] == [("same-unit", "error")]


def test_a_total_unlike_its_kinds():
    rows: list[list[Any]] = [
        ["单位名称", "核定编制/行政", "核定编制/事业", "核定编制/合计"],
        ["甲", 3, 4, 8],
        ["乙", 3, 4, 7],
    ]
    rows[0] = ["单位名称", "核定编制", "", ""]
    rows.insert(1, ["", "行政", "事业", "合计"])
    [finding] = taken(rows, kind="ledger").findings
    assert (finding.kind, finding.cell.ref) == ("total-differs", "D3")


def test_a_vacancy_that_does_not_add_up():
    units = [unit(f"第{n}小学", 10, n) for n in range(9)]
    units[4]["空缺编制"] = 3
    [finding] = taken(ledger(*units)).findings
    assert (finding.kind, finding.severity) == ("vacant-differs", "warn")
    assert "3" in finding.what
    assert "6" in finding.what


@pytest.mark.parametrize("reserve", ["领导预留", "其他预留", "待上编/事业编制"])
def test_the_office_may_count_vacancies_with_or_without_what_is_promised(reserve):
    net = [unit(f"第{n}小学", 10, 5, **{reserve: 1, "空缺编制": 4}) for n in range(6)]
    gross = [unit(f"第{n}小学", 10, 5, **{reserve: 1}) for n in range(6)]
    assert taken(ledger(*net)).findings == taken(ledger(*gross)).findings == []


def test_a_shifted_block_is_found_and_can_be_read_where_its_values_stand():
    rows = ledger(*mixed_units())
    rows = rows[:3] + moved_left(rows[3:])
    found = taken(rows)
    assert found.shift is not None
    assert found.shift.by == -1
    assert found.shift.fields[-1] == "reserved_leader"
    [finding] = found.findings
    assert (finding.kind, finding.severity) == ("shifted-block", "error")
    assert f"移回之前这张表的 {len(found.rows)} 行都不导入" in finding.what
    assert found.good_rows == []
    better = take_sheet(found.sheet, found.understanding, apply_shift=True)
    assert better.findings == []
    assert better.rows[0].values()["actual_XZ"] == 15
    assert better.rows[-1].values()["actual_SY"] == 31
    assert learned_from(better.understanding) == {}


def test_a_sheet_that_adds_up_is_never_said_to_be_shifted():
    assert taken(ledger(*mixed_units())).shift is None
    over = [unit(f"第{n}小学", 10, 12) for n in range(9)]
    assert taken(ledger(*over)).shift is None


def test_one_shifted_row_is_told_from_one_that_merely_does_not_add_up():
    rows = ledger(*mixed_units())
    rows[4:5] = moved_left(rows[4:5])
    found = taken(rows)
    assert found.shift is None
    [finding] = found.findings
    assert (finding.kind, finding.severity, finding.cell.row) == ("shifted-row", "error", 4)
