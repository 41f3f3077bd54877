"""Entries as a workbook: of one holder, or of all behind a sum."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.http import HttpResponse

from bianzhi.core.days import day_date
from bianzhi.office.desk import sheets
from bianzhi.office.desk.asking import Asked
from bianzhi.office.desk.sheets import Column
from bianzhi.office.ledgers.reading.booked import told

COLUMNS = [
    Column("生效日期", 11), Column("事项"), Column("单位", 30), Column("对方", 30),
    Column("种类", 16), Column("经费", 16), Column("增减", 9), Column("余额", 9),
    Column("依据", 28), Column("条款、出处", 18), Column("变更", 7),
]  # fmt: skip


def entry_sheet(view: Asked, title: str, postings: pl.DataFrame) -> HttpResponse:
    """The postings (as ``booked`` has them) in their order, the balance after each."""
    sheets.refuse_more(postings.height)
    rows = (_cells(view, row) for row in told(view, postings))
    return sheets.workbook(view, title, COLUMNS, rows, postings.height)


def _cells(view: Asked, row: dict[str, Any]) -> list[Any]:
    name = view.words.name
    return [
        day_date(row["day"]), row["verb"], name(row["holder"]), "、".join(map(name, row["others"])),
        row["kind_name"], row["funding_name"], row["delta"], row["balance"],
        row["paper"].label if row["paper"] else "", row["source"], row["no"],
    ]  # fmt: skip
