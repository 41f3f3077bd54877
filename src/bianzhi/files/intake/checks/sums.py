"""Rows of sums: does 小计 add up to the rows it stands for?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bianzhi.files.intake.body import Subtotal
from bianzhi.files.intake.findings import DIRTY, WARN, Finding
from bianzhi.files.intake.table import Column, Table
from bianzhi.files.intake.values import read_quantity

_ALL = re.compile(r"(?:合|总|共)计|^计")
Number = int | Decimal
Block = tuple[int, int]


def check_subtotals(table: Table) -> None:
    """Each row of sums against the rows before it, after it, of its unit, or all rows.

    Where a sum stands is the office's custom; the block that fits most of its columns is taken.
    """
    columns = [
        column
        for name, column in table.columns.items()
        if table.understanding.kind.field(name).type == "quantity"
    ]
    for at, subtotal in enumerate(table.body.subtotals):
        said = {c.field: _said(table, subtotal, c) for c in columns}
        given = [c for c in columns if said[c.field] is not None]
        if not given:
            continue
        blocks = list(_blocks(table, at))
        wrong = min((_wrong(table, subtotal.row, given, said, block) for block in blocks), key=len)
        if len(wrong) < len(given) or len(given) == 1:
            table.findings += wrong
        else:
            table.findings.append(_unknown(table, subtotal))


def _said(table: Table, subtotal: Subtotal, column: Column) -> Number | None:
    raw = table.sheet.rows[subtotal.row][column.column]
    value: Number | None = read_quantity(raw)[0] if raw != "" else None
    return value


def _blocks(table: Table, at: int) -> Iterator[Block]:
    """The rows a row of sums may stand for, the likeliest first."""
    subtotals, rows = table.body.subtotals, len(table)
    here = subtotals[at]
    before = max((s.after for s in subtotals[:at]), default=0)
    after = min((s.after for s in subtotals[at + 1 :] if s.after > here.after), default=rows)
    if not here.label.startswith("小") and _ALL.search(here.label):
        yield from ((0, rows), (0, here.after))
    yield (before, here.after)
    yield (here.after, after)
    yield from _own(table, here)
    yield (0, here.after)


def _own(table: Table, here: Subtotal) -> Iterator[Block]:
    """The neighbouring rows under one supervising unit."""
    supervisors = table.values("supervisor")
    for start, step in ((here.after - 1, -1), (here.after, 1)):
        if not 0 <= start < len(table) or supervisors[start] is None:
            continue
        end = start
        while 0 <= end < len(table) and supervisors[end] == supervisors[start]:
            end += step
        yield (end + 1, start + 1) if step < 0 else (start, end)


def _wrong(
    table: Table, row: int, columns: list[Column], said: dict[str, Number | None], block: Block
) -> list[Finding]:
    found = []
    for column in columns:
        total = sum((v for v in column.values[block[0] : block[1]] if v is not None), start=0)
        if total != said[column.field]:
            found.append(_finding(table, row, column, said[column.field], total))
    return found


def _finding(table: Table, row: int, column: Column, said: Number | None, total: Number) -> Finding:
    return Finding(
        DIRTY,
        "subtotal",
        WARN,
        f"{column.title}：合计写的是 {said}，各行相加是 {total}",
        "合计不导入；请核对各行是否有漏、有错",
        table.sheet.cell(row, column.column),
        column.field,
    )


def _unknown(table: Table, subtotal: Subtotal) -> Finding:
    return Finding(
        DIRTY,
        "subtotal",
        WARN,
        f"“{subtotal.label}”与上下各行的和都对不上",
        "合计不导入；请核对各行是否有漏、有错",
        table.sheet.cell(subtotal.row, 0),
    )
