"""The findings as a workbook, from a state alone: what the command line writes."""

from __future__ import annotations

import io

import polars as pl

from bianzhi.core.state import State
from bianzhi.office.desk import sheets
from bianzhi.office.desk.sheets import Column
from bianzhi.office.desk.words import Words
from bianzhi.rules.finding import SEVERITIES
from bianzhi.rules.rule import FAMILIES

HEADS = (
    ("规则", 10), ("名称", 22), ("轻重", 8), ("谁的问题", 12), ("单位代码", 14), ("单位", 30),
    ("发现", 60), ("数", 10), ("限", 10), ("规则的文件", 40), ("文号", 20), ("条款", 24),
    ("等级", 6),
)  # fmt: skip
COLUMNS = [Column(head, width) for head, width in HEADS]
NAMES = ("rule", "title", "severity", "family", "unit", "unit_name", "words", "found", "limit",
         "source", "doc_no", "clause", "grade")  # fmt: skip


def cells(found: pl.DataFrame) -> pl.DataFrame:
    """The cells of findings with ``unit_name``, in the order of ``COLUMNS``."""
    return found.select(NAMES).with_columns(
        pl.col("severity").replace_strict(SEVERITIES),
        pl.col("family").replace_strict(FAMILIES),
        pl.when(pl.col("unit") == "")
        .then(pl.lit("全区"))
        .otherwise("unit_name")
        .alias("unit_name"),
    )


def book(state: State, found: pl.DataFrame) -> bytes:
    """The workbook.

    Raises:
        Refusal: There are more findings than a workbook should have.
    """
    named = found.with_columns(Words(state).names_of(found["unit"]).alias("unit_name"))
    made = io.BytesIO()
    rows = cells(named).iter_rows()
    sheets.write(made, "检查发现", f"口径：{state.basis}", COLUMNS, rows, found.height)
    return made.getvalue()
