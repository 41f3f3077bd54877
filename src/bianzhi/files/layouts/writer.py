"""Writing rows in an office's layout: merged headings, groups, sums, print set-up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from bianzhi.files.layouts.cells import plain, write
from bianzhi.files.layouts.page import Page, merged
from bianzhi.files.layouts.tree import Column, Layout

Row = Mapping[str, Any]
NONE = "—"  # written where a group has no name, so that a blank is never taken for the line above


def write_layout(
    layout: Layout, rows: Sequence[Row], *, basis: str, title: str = "", sums: bool = True
) -> bytes:
    """An .xlsx of the rows.

    Args:
        layout: The columns.
        rows: Field -> value; what a row does not have stays blank. Rows of one group (主管单位)
            must stand together.
        basis: The day and the 口径, written under the title.
        title: Instead of the layout's own.
        sums: Write 小计 for every group of more than one row, and 合计.
    """
    page = Page(layout.sheet)
    first = page.head(title or layout.title, basis, len(layout.columns))
    for top, left, bottom, right, text in layout.headings():
        merged(page.sheet, (first + top, left, first + bottom, right), text, page.styles["head"])
    body = first + layout.depth
    _Body(page, layout, body, sums).write(rows)
    page.widths([column.width or len(column.path[-1]) * 2 for column in layout.columns])
    named = next((at for at, c in enumerate(layout.columns) if c.field == layout.name), 0)
    page.print_setup(layout.paper, first, body, len(layout.columns), named + 1)
    return page.done()


class _Body:
    """The rows below the headings."""

    def __init__(self, page: Page, layout: Layout, row: int, sums: bool) -> None:
        self.page, self.layout, self.row = page, layout, row
        self.summed = [at for at, c in enumerate(layout.columns) if c.figure or _reserved(c)]
        self.sums = sums and bool(self.summed)
        self.serial = 0

    def write(self, rows: Sequence[Row]) -> None:
        if not self.layout.group:
            for each in rows:
                self._line(each)
        else:
            for name, group in groupby(rows, key=lambda each: each.get(self.layout.group) or ""):
                self._group(name, list(group))
        if self.sums and rows:
            self._sum("合计", rows)

    def _group(self, name: str, rows: list[Row]) -> None:
        top = self.row
        for each in rows:
            self._line(each)
        at = next(n for n, c in enumerate(self.layout.columns) if c.field == self.layout.group)
        area = (top, at, self.row - 1, at)
        text = str(plain(name) or NONE)
        merged(self.page.sheet, area, text, self.page.styles["group"])
        if self.sums and len(rows) > 1 and name:
            self._sum("小计", rows)

    def _line(self, row: Row) -> None:
        self.serial += 1
        for at, column in enumerate(self.layout.columns):
            value = row.get(column.field)
            if column.field == "seq" and value is None:
                value = self.serial
            if column.field == self.layout.group:
                continue
            style = "number" if isinstance(value, int | float | Decimal) else "text"
            styles = self.page.styles
            write(self.page.sheet, self.row, at, value, styles[style], styles["day"])
        self.row += 1

    def _sum(self, label: str, rows: Sequence[Row]) -> None:
        style = self.page.styles["sum"]
        named = next(n for n, c in enumerate(self.layout.columns) if c.field == self.layout.name)
        for at, column in enumerate(self.layout.columns):
            if at == named:
                self.page.sheet.write_string(self.row, at, label, style)
            elif at in self.summed:
                total = sum(_numbers(rows, column), start=Decimal(0))
                write(self.page.sheet, self.row, at, total or None, style, style)
            else:
                self.page.sheet.write_blank(self.row, at, None, style)
        self.row += 1


def _reserved(column: Column) -> bool:
    return column.field.startswith("reserved_")


def _numbers(rows: Sequence[Row], column: Column) -> Iterator[Decimal]:
    for row in rows:
        value = row.get(column.field)
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            yield Decimal(str(value))
