"""Rows of sums: does 小计 add up to the rows it stands for?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate

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
    if not table.body.subtotals:
        return
    sums = _Sums(table)
    for at, subtotal in enumerate(table.body.subtotals):
        said = {
            name: value for name in sums.running if (value := sums.said(subtotal, name)) is not None
        }
        if said:
            table.findings += _judged(table, subtotal, said, sums, at)


def _judged(
    table: Table, subtotal: Subtotal, said: dict[str, Number], sums: _Sums, at: int
) -> list[Finding]:
    """What is wrong with one row of sums, by the block that fits it best."""
    least: list[tuple[str, Number]] | None = None
    for first, last in sums.blocks(at):
        wrong = [
            (name, total)
            for name, value in said.items()
            if (total := sums.running[name][last] - sums.running[name][first]) != value
        ]
        if least is None or len(wrong) < len(least):
            least = wrong
        if not least:
            return []
    if least and len(least) == len(said) > 1:
        return [_unknown(table, subtotal)]
    return [
        _finding(table, subtotal.row, table.columns[name], said[name], total)
        for name, total in least or ()
    ]


class _Sums:
    """Running totals of every column of numbers, and where runs of one supervising unit end."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.running = {
            name: _running(column)
            for name, column in table.columns.items()
            if table.understanding.kind.field(name).type == "quantity"
        }
        self._first, self._last = _runs(table.values("supervisor"))
        later, self._next = len(table), []
        subtotals = table.body.subtotals
        for at in range(len(subtotals) - 1, -1, -1):
            if at + 1 < len(subtotals) and subtotals[at + 1].after > subtotals[at].after:
                later = subtotals[at + 1].after
            self._next.append(later)
        self._next.reverse()

    def said(self, subtotal: Subtotal, name: str) -> Number | None:
        """What the row of sums says in a column."""
        raw = self.table.sheet.rows[subtotal.row][self.table.columns[name].column]
        value: Number | None = read_quantity(raw)[0] if raw != "" else None
        return value

    def blocks(self, at: int) -> Iterator[Block]:
        """The rows a row of sums may stand for, the likeliest first."""
        subtotals, rows = self.table.body.subtotals, len(self.table)
        here = subtotals[at]
        if not here.label.startswith("小") and _ALL.search(here.label):
            yield from ((0, rows), (0, here.after))
        yield (subtotals[at - 1].after if at else 0, here.after)
        yield (here.after, self._next[at])
        if here.after > 0:
            yield (self._first[here.after - 1], here.after)
        if here.after < rows:
            yield (here.after, self._last[here.after])
        yield (0, here.after)


def _running(column: Column) -> list[Number]:
    if column.is_empty:
        return [0] * (len(column.values) + 1)
    return list(accumulate((v or 0 for v in column.values), initial=0))


def _runs(values: Sequence[object]) -> tuple[list[int], list[int]]:
    """(first row, row after the last) of the run of equal values each row stands in."""
    first = list(range(len(values)))
    for at in range(1, len(values)):
        if values[at] == values[at - 1]:
            first[at] = first[at - 1]
    last = [at + 1 for at in range(len(values))]
    for at in range(len(values) - 2, -1, -1):
        if values[at] == values[at + 1]:
            last[at] = last[at + 1]
    return first, last


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
