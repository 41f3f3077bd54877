"""Sheets as PDF that are no 公文: the table a meeting reads from, the certificate of a unit."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from importlib.resources import files

import typst

from bianzhi.files.official.fonts import FontSet
from bianzhi.files.official.paper import Table
from bianzhi.files.official.typeset import need_fonts

_SOURCE = files("bianzhi.files.official").joinpath("sheet.typ").read_bytes()
RED, BLUE = "red", "blue"  # covers of the certificate: 机关, 事业单位


@dataclass(frozen=True)
class Sheet:
    """A sheet.

    Attributes:
        title: At its head.
        day: What day it tells of; also the date of the file, so that the same is the same.
        note: At the foot of every page: day, 口径.
        facts: Titles and values, two pairs a line.
        tables: Tables.
        lists: Headings, each with numbered lines.
        widths: Shares of the columns of a table with as many; equal where none fit.
        landscape: Whether the sheet lies on its side.
        cover: Lines of a cover page; none for no cover.
        colour: ``RED`` or ``BLUE``.
    """

    title: str
    day: date
    note: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    tables: tuple[Table, ...] = ()
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()
    widths: tuple[int, ...] = ()
    landscape: bool = False
    cover: tuple[str, ...] = ()
    colour: str = BLUE


def typeset_sheet(sheet: Sheet, fonts: FontSet) -> bytes:
    """The sheet as PDF; the same sheet with the same fonts gives the same bytes.

    Raises:
        Refusal: This machine has no font with Chinese characters.
    """
    told = asdict(sheet)
    told["day"] = {"year": sheet.day.year, "month": sheet.day.month, "day": sheet.day.day}
    inputs = {
        "sheet": json.dumps(told, ensure_ascii=False, sort_keys=True),
        "fonts": json.dumps(need_fonts(fonts), ensure_ascii=False, sort_keys=True),
    }
    made = typst.compile(
        _SOURCE, font_paths=fonts.fonts, sys_inputs=inputs, pdf_standards=["a-2b"], format="pdf"
    )
    return bytes(made)
