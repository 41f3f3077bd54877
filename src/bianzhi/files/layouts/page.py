"""How every sheet that goes out looks and prints."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

_PAPERS = {"A3": 8, "A4": 9}
_SHEET_SIGNS = re.compile(r"[\[\]:*?/\\']")
_STYLES = {
    "title": {"font_name": "方正小标宋简体", "font_size": 20, "align": "center"},
    "basis": {"font_name": "宋体", "font_size": 10, "align": "left"},
    "head": {
        "bold": True,
        "align": "center",
        "text_wrap": True,
        "border": 1,
        "bg_color": "#EEF2F7",
    },
    "text": {"align": "left", "text_wrap": True, "border": 1},
    "number": {"align": "center", "border": 1},
    "day": {"align": "center", "border": 1, "num_format": "yyyy-mm-dd"},
    "group": {"align": "center", "text_wrap": True, "border": 1},
    "sum": {"bold": True, "align": "center", "border": 1, "bg_color": "#F7F7F2"},
}
# A file of the same rows is the same file, whenever it is written.
_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


class Page:
    """A workbook with one sheet, its styles and its print set-up."""

    def __init__(self, sheet: str) -> None:
        self._made = io.BytesIO()
        self.book = xlsxwriter.Workbook(self._made, {"in_memory": True})
        self.book.set_properties({"created": _MADE})
        base = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
        self.styles = {
            name: self.book.add_format({**base, **style}) for name, style in _STYLES.items()
        }
        self.sheet = self.book.add_worksheet(_SHEET_SIGNS.sub("", sheet)[:31] or "表")

    def head(self, title: str, basis: str, width: int) -> int:
        """Title and 口径 over all columns; returns the next row."""
        self._across(0, width, title, "title")
        self.sheet.set_row(0, 32)
        self._across(1, width, f"口径：{basis}" if basis else "", "basis")
        return 2

    def _across(self, row: int, width: int, text: str, style: str) -> None:
        if width > 1:
            self.sheet.merge_range(row, 0, row, width - 1, "", self.styles[style])
        self.sheet.write_string(row, 0, text, self.styles[style])

    def print_setup(self, paper: str, first: int, body: int, width: int, named: int) -> None:
        """Landscape, one page wide, headings on every page, page numbers, panes frozen."""
        sheet = self.sheet
        sheet.set_landscape()
        sheet.set_paper(_PAPERS.get(paper, 9))
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(first, body - 1)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        sheet.center_horizontally()
        sheet.freeze_panes(body, min(named, 6))

    def widths(self, widths: list[int]) -> None:
        """Column widths in characters."""
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, max(4, min(width, 60)))

    def done(self) -> bytes:
        """The workbook."""
        self.book.close()
        return self._made.getvalue()


def merged(page: Any, area: tuple[int, int, int, int], text: str, style: Any) -> None:
    """One text over an area of one or more cells."""
    top, left, bottom, right = area
    if (top, left) == (bottom, right):
        page.write_string(top, left, text, style)
        return
    page.merge_range(top, left, bottom, right, "", style)
    page.write_string(top, left, text, style)
