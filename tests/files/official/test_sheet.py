"""Sheets that are no 公文: to be read from, printed, kept."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from bianzhi.core.errors import Refusal
from bianzhi.files.official import Table
from bianzhi.files.official.fonts import FontSet
from bianzhi.files.official.sheet import RED, Sheet, typeset_sheet

SHEET = Sheet(
    "审议事项表", date(2026, 3, 3), note="第3次会议", facts=(("名称", "甲局"), ("规格", "正科级")),
    tables=(Table("", ("事项", "决定"), (("更名", "同意"), ("#panic() 撤销", "缓议"))),),
    lists=(("主要职责", ("农业技术推广", "种子检验")),), widths=(3, 1), landscape=True,
)  # fmt: skip


def pages(sheet: Sheet) -> list[str]:
    made = PdfReader(io.BytesIO(typeset_sheet(sheet, FontSet())))
    return ["".join(page.extract_text().split()) for page in made.pages]


def test_everything_it_holds_is_on_it() -> None:
    [words] = pages(SHEET)
    for each in ("审议事项表", "甲局", "正科级", "#panic()撤销", "缓议", "种子检验", "第3次会议"):
        assert each in words


def test_a_long_table_goes_on_with_its_heads() -> None:
    rows = tuple((f"事项{n}", "同意") for n in range(120))
    long = Sheet("表", date(2026, 3, 3), tables=(Table("", ("事项", "决定"), rows),))
    made = pages(long)
    assert len(made) > 2
    assert all("事项决定" in words for words in made)


def test_a_cover_stands_before_it() -> None:
    made = pages(Sheet("管理证", date(2026, 3, 3), cover=("机构编制管理证", "甲局"), colour=RED))
    assert made[0] == "机构编制管理证甲局"


def test_the_same_sheet_is_the_same_file() -> None:
    assert typeset_sheet(SHEET, FontSet()) == typeset_sheet(SHEET, FontSet())


def test_without_a_font_it_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="中文字体"):
        typeset_sheet(SHEET, FontSet(tmp_path, system=False))
