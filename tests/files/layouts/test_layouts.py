"""What goes out in the office's layout comes in again as the same rows, without a finding."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bianzhi.core.days import parse_day
from bianzhi.core.errors import Refusal
from bianzhi.core.memory import MemoryRecord
from bianzhi.core.state import State
from bianzhi.files.headings import table_kind
from bianzhi.files.intake import take_workbook
from bianzhi.files.layouts import (
    layout,
    leadership_rows,
    ledger_rows,
    section_rows,
    table,
    write_layout,
)
from bianzhi.files.workbook import open_workbook
from tests.support.ledger import ledger as drafts
from tests.support.workbooks import IDS

KINDS = ("XZ", "SC", "SY", "GJ", "KY")
BASIS = "2024-01-01，截至第 3 号变更"


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data)).active


def again(name, rows, **how):
    [taken] = take_workbook(open_workbook(write_layout(layout(name), rows, basis=BASIS, **how)))
    assert taken.kind == name
    return taken


def test_the_ledger_has_its_56_columns_under_three_rows_of_headings():
    form = layout("ledger")
    assert (len(form.columns), form.depth, form.paper) == (56, 3, "A3")
    assert len(layout("leadership").columns) == 20


@pytest.mark.parametrize("name", ["ledger", "leadership", "sections", "people", "history"])
def test_every_column_is_understood_as_the_field_it_was_written_from(name):
    form = layout(name)
    fields = table_kind(name).fields
    assert {column.field for column in form.columns} <= set(fields)
    row = {
        form.name: "甲某" if name == "people" else "甲局",
        "section": "办公室",
        "doc_no": "甲编发〔2020〕1号",
    }
    found = again(name, [row])
    written = {at: column.field for at, column in enumerate(form.columns)}
    assert {m.column: m.field for m in found.understanding.matches} == written
    assert found.understanding.unknown == ()


LEDGER = [
    {"name": "甲区教育局", "nature": "国家机关", "rank": "正科（乡）级", "approved_XZ": 10,
     "actual_XZ": 8, "vacant": 2, "leaders_approved": 3, "leaders_actual": 2, "leaders_vacant": 1,
     "category": "组成（工作）部门"},
    {"name": "甲区第一小学", "supervisor": "甲区教育局", "funding_form": "财政全额",
     "rank": "正股级", "approved_SY": 50, "actual_SY": 52, "pending_SY": 1, "reserved_other": 2,
     "vacant": -5,
     "note": "=1+1 含周转3名"},
    {"name": "甲区第二小学", "supervisor": "甲区教育局", "approved_SY": Decimal("40.5"),
     "actual_SY": 40, "vacant": Decimal("0.5"), "civil_service_managed": True},
]  # fmt: skip


def test_the_ledger_goes_out_and_comes_in_the_same():
    found = again("ledger", LEDGER)
    assert [each.kind for each in found.findings] == ["not-whole"] * 2
    first, second, third = (row.values() for row in found.rows)
    assert (first["approved_XZ"], first["rank"], first["category"]) == (10, "6", "121")
    assert "supervisor" not in first
    assert second["supervisor"] == third["supervisor"] == "甲区教育局"
    assert (second["vacant"], second["note"]) == (-5, "=1+1 含周转3名")
    assert (third["approved_SY"], third["civil_service_managed"]) == (Decimal("40.5"), "是")
    assert [each.label for each in found.table.body.subtotals] == ["小计", "合计"]


FIGURES = [f"{group}_{kind}" for group in ("approved", "actual") for kind in KINDS]


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {field: st.integers(0, 99) for field in FIGURES}
            | {"supervisor": st.sampled_from(["甲局", "乙局"]), "pending_SY": st.integers(0, 9)}
        ),
        min_size=1,
        max_size=12,
    )
)  # fmt: skip
def test_any_ledger_round_trips_without_a_finding(rows):
    rows = sorted(rows, key=lambda each: each["supervisor"])
    for number, row in enumerate(rows):
        row["name"] = f"第{number}中心"
        approved = sum(n for name, n in row.items() if name.startswith("approved"))
        used = sum(n for name, n in row.items() if name.startswith(("actual", "pending")))
        row["vacant"] = approved - used
    found = again("ledger", rows)
    assert found.findings == []
    for row, given_row in zip(found.rows, rows, strict=True):
        read = {name: value for name, value in row.values().items() if name != "seq"}
        assert read == given_row


def test_a_roster_keeps_numbers_as_text_and_days_as_days():
    row = {"person": "张三", "sex": "男", "id_number": IDS[0],
           "org": "甲局", "quota_kind": "一般行政编制", "birth_date": date(1980, 1, 1)}  # fmt: skip
    found = again("people", [row])
    assert found.findings == []
    read = found.rows[0].values()
    assert (read["id_number"], read["birth_date"], read["quota_kind"]) == (
        IDS[0],
        date(1980, 1, 1),
        "XZ",
    )


def test_it_prints_on_a3_with_its_headings_on_every_page():
    data = write_layout(layout("ledger"), LEDGER, basis=BASIS)
    page = opened(data)
    assert page.page_setup.orientation == "landscape"
    assert int(page.page_setup.paperSize) == 8
    assert page.print_title_rows == "$3:$5"
    assert page["A2"].value == f"口径：{BASIS}"
    assert page.freeze_panes is not None


def test_a_table_of_any_kind_says_its_day_and_guards_its_texts():
    data = table(
        "超编单位", [("name", "单位"), ("over", "数/超编")], [{"name": "=cmd", "over": 3}], BASIS
    )
    page = opened(data)
    assert page["A1"].value == "超编单位"
    assert BASIS in page["A2"].value
    assert (page["A5"].value, page["A5"].data_type, page["B5"].value) == ("=cmd", "s", 3)
    assert [page["B3"].value, page["B4"].value] == ["数", "超编"]


@given(st.one_of(st.text(), st.floats(), st.integers(), st.dates(), st.booleans(), st.none(),
                 st.decimals(allow_nan=False, allow_infinity=False)))  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_any_value_can_be_written_and_none_becomes_a_formula(value):
    data = table("表", [("a", "甲")], [{"a": value}], BASIS)
    page = opened(data)
    assert page["A4"].data_type != "f"


def test_the_same_rows_make_the_same_file():
    made = [write_layout(layout("ledger"), LEDGER, basis=BASIS) for _ in range(2)]
    assert made[0] == made[1]


def test_a_layout_that_does_not_exist_is_refused():
    with pytest.raises(Refusal, match="有："):
        layout("no_such")


STATE = """
    2019-12-31 opening
      设立 org=A name=甲区教育局 rank=6 category=121 order_no="1"
      设立 org=A1 class=section name=办公室 parent=A
      设立 org=B name=甲区第一小学 supervisor=A rank=7 funding_form=full civil_service_managed=false
      设立 org=C name=甲区财政局 order_no="2"
      下达 to=A kind=XZ n=10
      下达 to=C kind=XZ n=4
      下达 to=B kind=SY n=7 funding=full
      下达 to=B kind=KY n=2
      上编 person=p1 org=A kind=XZ name=张三
    2020-02-01 甲编发〔2020〕2号
      核增 org=A kind=LD1@6 n=1 from=上级
      核增 org=A kind=LD2@6F n=2 from=上级
      核增 org=A1 kind=LN1@7 n=1 from=上级
      任职 person=p1 org=A kind=LD1@6 title=局长
    2020-03-01 甲编发〔2020〕3号
      锁编 matter=m1 org=A kind=XZ n=2
      占编 ticket=t1 org=A kind=XZ matter=m1
"""


def state() -> State:
    record = MemoryRecord()
    record.post(*drafts(STATE))
    return State(record.columns(), parse_day("2020-12-31"))


def test_a_state_fills_the_ledger_and_comes_back_without_a_finding():
    rows = ledger_rows(state())
    assert [row["name"] for row in rows] == ["甲区教育局", "甲区第一小学", "甲区财政局"]
    found = again("ledger", rows)
    assert found.findings == []
    bureau, school, _ = (row.values() for row in found.rows)
    assert (bureau["approved_XZ"], bureau["actual_XZ"], bureau["pending_XZ"]) == (10, 1, 1)
    assert (bureau["reserved_other"], bureau["vacant"]) == (1, 7)
    assert (bureau["leaders_approved"], bureau["leaders_actual"], bureau["leaders_vacant"]) == (
        3,
        1,
        2,
    )
    assert (bureau["leaders_6"], bureau["leaders_6F"], bureau["middle_chief_approved"]) == (1, 2, 1)
    assert (school["supervisor"], school["approved_SY"], school["approved_KY"]) == (
        "甲区教育局",
        7,
        2,
    )
    assert (school["funding_form"], school["rank"]) == ("full", "7")


def test_a_state_fills_the_leadership_sheet():
    rows = leadership_rows(state())
    found = again("leadership", rows)
    assert found.findings == []
    read = found.rows[0].values()
    assert (read["total_approved"], read["chief_approved"], read["deputy_approved"]) == (3, 1, 2)
    assert (read["chief_actual"], read["rank"]) == (1, "6")


def test_a_state_fills_the_sheet_of_sections():
    found = section_rows(state())
    assert [(row["name"], row["section"], row["chief_approved"]) for row in found] == [
        ("甲区教育局", "办公室", 1)
    ]
    assert again("sections", found).findings == []


def test_of_some_units_only_their_rows_are_filled():
    assert [row["name"] for row in ledger_rows(state(), {"B"})] == ["甲区第一小学"]
    assert [row["name"] for row in leadership_rows(state(), {"C"})] == ["甲区财政局"]
    assert section_rows(state(), {"B"}) == []
