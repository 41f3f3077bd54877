"""Tables as workbooks: exact figures, days as days, text as text, no more than Excel holds."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from bianzhi.core.errors import Refusal
from bianzhi.office.desk import sheets
from bianzhi.office.desk.sheets import Column, workbook
from tests.support.workbooks import workbook as read

ASKED: Any = SimpleNamespace(
    day="2020-01-01", when="过去", is_latest=False, later=3, state=SimpleNamespace(known=7)
)


def made(*row):
    columns = [Column("头")] * len(row)
    return read(workbook(ASKED, "题", columns, [row], 1))[3]


def test_title_day_and_basis_stand_above_the_heads():
    sheet = read(workbook(ASKED, "题", [Column("甲"), Column("乙")], [], 0))
    assert sheet[0][0] == "题"
    assert sheet[1][0].startswith(
        "口径：2020-01-01（过去），截至第 7 号变更（其后入账的 3 号不计）"
    )
    assert sheet[2] == ("甲", "乙")


def test_every_kind_of_cell():
    assert made(Decimal("7.5"), Decimal("12.0000"), 3, date(2020, 2, 3), None, "", "字") == (
        7.5, 12, 3, datetime(2020, 2, 3), None, None, "字",  # noqa: DTZ001
    )  # fmt: skip


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "http://x", "{=1}", "00123"])
def test_text_stays_text(text):
    assert made(text) == (text,)


def test_a_cell_holds_what_excel_holds():
    assert len(made("长" * 40_000)[0]) == sheets.CHARACTERS


def test_too_many_rows_are_refused_before_they_are_written():
    with pytest.raises(Refusal, match="请先筛选"):
        workbook(ASKED, "题", [Column("甲")], [], sheets.MOST + 1)


def test_the_file_is_called_after_its_table_and_day():
    answer = workbook(ASKED, "甲/乙", [Column("甲")], [], 0)
    assert (
        "filename*=UTF-8''%E7%94%B2%EF%BC%8F%E4%B9%99%202020-01-01.xlsx"
        in (answer["Content-Disposition"])
    )
