"""Which rows of a sheet are data: blanks, notes, sums, group lines, repeated headings are out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bianzhi.files.headings import Understanding
from bianzhi.files.headings.text import heading_text
from bianzhi.files.workbook import Sheet

TOTAL = re.compile(r"(?:.{0,30}?)(?:小|合|总|共)计(?:[(（].*[)）])?[:：]?|计")
NOTES = re.compile(
    r"(?:备?注|说明|填表|制表|审核|负责人|联系|填报|单位负责人|日期|截[至止])[\w\W]{0,6}?[:：]"
)
_BLANKS = re.compile(r"[\s\u3000\xa0]+")
_LABELS = ("seq", "supervisor", "level1", "level2", "name", "person", "org", "section", "kind",
           "doc_no")  # fmt: skip
FILLED = frozenset({"supervisor", "name", "org", "section", "nature", "rank", "level", "doc_no",
                    "doc_date", "doc_title", "category"})  # fmt: skip


@dataclass(frozen=True)
class Subtotal:
    """A row of sums: its row, its label, how many data rows stood before it."""

    row: int
    label: str
    after: int


@dataclass(frozen=True)
class Body:
    """The rows of a sheet sorted out.

    Attributes:
        rows: Row numbers (from 0) of the data.
        subtotals: Rows of sums.
        skipped: Row -> why it is no data.
    """

    rows: list[int]
    subtotals: tuple[Subtotal, ...]
    skipped: dict[int, str]


def find_body(sheet: Sheet, understanding: Understanding) -> Body:
    """Sort out the rows below the header."""
    columns = understanding.columns
    labels = [columns[name] for name in _LABELS if name in columns]
    headings = {
        each.column: heading_text(each.path[-1])
        for each in understanding.matches
        if each.path and each.field and each.column in labels
    }
    rows, totals, skipped = [], [], {}
    for number, why in _sorted(sheet, understanding.header.body, labels, headings):
        if why == "":
            rows.append(number)
        elif why.startswith("="):
            totals.append(Subtotal(number, why[1:], len(rows)))
        else:
            skipped[number] = why
    return Body(rows, tuple(totals), skipped)


def _sorted(
    sheet: Sheet, first: int, labels: list[int], headings: dict[int, str]
) -> Iterator[tuple[int, str]]:
    width = sheet.width
    few = max(2, width // 12)
    for number in range(first, len(sheet.rows)):
        row = sheet.rows[number]
        filled = width - row.count("")
        if filled == 0:
            continue
        for column in labels:
            said = row[column]
            if type(said) is str and "计" in said and TOTAL.fullmatch(_BLANKS.sub("", said)):
                yield number, f"={_BLANKS.sub('', said)}"
                break
        else:
            yield number, _few(row, labels) if filled <= few else _repeated(row, headings)


def _few(row: list[object], labels: list[int]) -> str:
    """A row of few cells: a note at the foot, a line that names a group, or poor data."""
    texts = [each for each in row if isinstance(each, str) and each.strip()]
    others = [each for each in row if each != "" and not isinstance(each, str)]
    if not texts and not others:
        return "空行"
    if len(texts) == 1 and not others:
        text = texts[0].strip()
        if NOTES.match(text) or len(text) > 60:
            return "说明"
        if len(row) > 3 and (row[0] == texts[0] or re.match(r"[一二三四五六七八九十]+、", text)):
            return "分组行"
    if texts and NOTES.match(texts[0].strip()):
        return "说明"
    return ""


def _repeated(row: list[object], headings: dict[int, str]) -> str:
    """The header again, as printed on every page."""
    for column, heading in headings.items():
        said = row[column]
        if not isinstance(said, str) or heading_text(said) != heading:
            return ""
    return "重复的表头" if headings else ""


def fill_down(
    sheet: Sheet, body: Body, field: str, column: int, raws: list[object]
) -> tuple[list[object], list[int]]:
    """(a column's raw values for the data rows, rows filled on no more than custom).

    A value merged down goes to all its rows. A supervising unit written once over its units
    without merging is taken down too, and those rows are named.
    """
    rows = sheet.rows
    if field not in FILLED:
        return raws, []
    merged: dict[int, object] = {}
    filled = 0
    for area in sheet.merges:
        if area.left <= column <= area.right and area.bottom > area.top:
            value = rows[area.top][area.left] if area.top < len(rows) else ""
            for number in range(area.top + 1, min(area.bottom + 1, len(rows))):
                merged[number] = value
            filled += area.bottom - area.top
            if filled > 2 * len(rows):  # ranges that overlap: no office program writes them
                break
    if merged:
        raws = [
            merged.get(number, raw) if raw == "" else raw
            for number, raw in zip(body.rows, raws, strict=True)
        ]
    return _under(raws) if field == "supervisor" else (raws, [])


def _under(raws: list[object]) -> tuple[list[object], list[int]]:
    blanks = [at for at, raw in enumerate(raws) if raw == ""]
    if not blanks or blanks[0] == 0 or len(raws) - len(blanks) < 2:
        return raws, []
    filled, last = [], raws[0]
    for raw in raws:
        last = raw if raw != "" else last
        filled.append(last)
    return filled, blanks
