"""Finding the header block of a sheet: merged headings over several rows become paths."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from bianzhi.files.headings.fields import table_kinds
from bianzhi.files.headings.text import heading_text
from bianzhi.files.workbook import Area, Sheet

LOOK, DEEPEST = 60, 8  # rows searched for the header; rows one header may have
_COLUMN_NO = re.compile(r"(?:[(（]?\d{1,2}[)）]?|[甲乙丙丁]|栏次|[A-Z])")
_TITLE_SHARE = 0.75

Grid = list[list[Any]]


@dataclass(frozen=True)
class Header:
    """The header block: rows ``first`` to ``last`` (from 0), data from ``body`` on.

    ``paths`` holds for every column its headings from the top down; () where there are none.
    """

    first: int
    last: int
    body: int
    paths: tuple[tuple[str, ...], ...]
    title: str = ""


def find_header(sheet: Sheet) -> Header | None:
    """The header block of a sheet, or None when nothing in it looks like headings."""
    grid = _filled(sheet)
    known = [_known(row) for row in grid]
    anchor = max(range(len(grid)), key=lambda row: (known[row], -row), default=None)
    if anchor is None or known[anchor] < 2:
        return None
    first = _upwards(grid, known, anchor)
    last = _downwards(sheet, grid, known, anchor)
    body = last + 1
    while body < len(grid) and _is_numbering(grid[body]):
        body += 1
    return Header(first, last, body, _paths(grid[first : last + 1]), _title(grid[:first]))


def _filled(sheet: Sheet) -> Grid:
    """The first rows, every merged range filled with its top left value."""
    grid = [list(row) for row in sheet.rows[:LOOK]]
    for area in sheet.merges:
        if area.top < len(grid) and (area.bottom - area.top) < DEEPEST * 2:
            _fill(grid, area)
    return grid


def _fill(grid: Grid, area: Area) -> None:
    value = grid[area.top][area.left] if area.left < len(grid[area.top]) else ""
    for row in grid[area.top : area.bottom + 1]:
        right = min(area.right + 1, len(row))
        row[area.left : right] = [value] * max(0, right - area.left)


@cache
def vocabulary() -> frozenset[str]:
    """Every word a heading of some table may say."""
    fields = [each for kind in table_kinds() for each in kind.fields.values()]
    return frozenset(word for each in fields for word in (*each.words, *each.under))


def _known(row: Sequence[Any]) -> int:
    """How many different headings of the row are words of some table; figures speak against."""
    texts = [heading_text(each) for each in row if isinstance(each, str) and each.strip()]
    figures = sum(1 for each in row if each != "" and not isinstance(each, str))
    words = vocabulary()
    seen = [text for text in texts if text in words or _holds_word(text)]
    # One heading merged over many columns counts little, the same under several groups fully.
    return len(_runs(seen)) - figures


@cache
def _holds_word(text: str) -> bool:
    return 2 <= len(text) <= 14 and any(len(w) > 2 and w in text for w in vocabulary())


def _runs(texts: list[str]) -> list[str]:
    return [text for at, text in enumerate(texts) if at == 0 or texts[at - 1] != text]


def _upwards(grid: Grid, known: list[int], row: int) -> int:
    low = row
    while row > 0 and low - row < DEEPEST and _is_heading(grid[row - 1], known[row - 1]):
        row -= 1
    return row


def _downwards(sheet: Sheet, grid: Grid, known: list[int], row: int) -> int:
    """Go on while the row below carries headings, or parts of headings merged from above."""
    first = row
    while row + 1 < len(grid) and row - first < DEEPEST:
        merged = any(a.top <= row < a.bottom and a.bottom - a.top < DEEPEST for a in sheet.merges)
        below = grid[row + 1]
        figures = any(each != "" and not isinstance(each, str) for each in below)
        if figures or _is_numbering(below) or not (merged or _open_group(grid, row)):
            break
        if known[row + 1] < 1 or not _is_heading(below, known[row + 1]):
            break
        row += 1
    return row


def _open_group(grid: Grid, row: int) -> bool:
    """Whether the row has one heading over several columns (merged, or with blanks after it)."""
    texts = [str(each).strip() for each in grid[row]]
    filled = [at for at, text in enumerate(texts) if text]
    if not filled:
        return False
    inner = texts[filled[0] : filled[-1] + 1]
    return "" in inner or len(_runs(inner)) < len(inner)


def _is_heading(row: Sequence[Any], known: int) -> bool:
    texts = [str(each).strip() for each in row if str(each).strip()]
    if not texts or any(each != "" and not isinstance(each, str) for each in row):
        return False
    different = len(set(texts))
    if different == 1 and len(texts) >= len(row) * _TITLE_SHARE:
        return False  # a title across the sheet
    return known >= 1 and known * 3 >= different


def _is_numbering(row: Sequence[Any]) -> bool:
    """A row that numbers the columns: 1 2 3, (1) (2), 甲 乙, 栏次."""
    texts = [_plain(each) for each in row if str(each).strip()]
    if len(texts) < 3 or not all(_COLUMN_NO.fullmatch(text) for text in texts):
        return False
    numbers = [int(n) for text in texts if (n := text.strip("()（）")).isdecimal()]
    return len(numbers) >= len(texts) - 3 and numbers == list(
        range(numbers[0] if numbers else 0, (numbers[0] if numbers else 0) + len(numbers))
    )


def _plain(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _paths(rows: Grid) -> tuple[tuple[str, ...], ...]:
    width = len(rows[0])
    for upper, lower in pairwise(rows):
        _spread(upper, lower)
    return tuple(tuple(_path(row[column] for row in rows)) for column in range(width))


def _spread(upper: list[Any], lower: list[Any]) -> None:
    """A group heading written once over its columns, not merged: its blanks belong to it.

    A column that has a heading of its own above stays as it is.
    """
    for column in range(1, len(upper)):
        blank = not str(upper[column]).strip()
        if not blank or not str(lower[column]).strip():
            continue
        left = str(upper[column - 1]).strip()
        if left and str(lower[column - 1]).strip() not in ("", left):
            upper[column] = upper[column - 1]


def _path(texts: Iterator[Any]) -> Iterator[str]:
    before = ""
    for text in texts:
        said = re.sub(r"\s+", "", str(text))
        if said and said != before:
            yield said[:60]
            before = said


def _title(rows: Grid) -> str:
    for row in rows:
        for each in row:
            if isinstance(each, str) and len(each.strip()) >= 3:
                return each.strip()[:120]
    return ""
