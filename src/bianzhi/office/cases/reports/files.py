"""A year's report as a Word text to go on with, and as a workbook with a sheet a table."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from bianzhi.files.official.paper import chinese
from bianzhi.office.cases.reports.year import Section

BODY, HEAD, TITLE = "仿宋_GB2312", "黑体", "方正小标宋_GBK"
NONE = "本期没有。"


def as_word(title: str, opening: str, sections: Sequence[Section]) -> bytes:
    """The report as .docx: a title, what it rests on, and a numbered table a section."""
    made = Document()
    _write(made.add_paragraph(), title, TITLE, 22, WD_ALIGN_PARAGRAPH.CENTER)
    _write(made.add_paragraph(), opening, BODY, 16)
    for place, each in enumerate(sections, 1):
        _write(made.add_paragraph(), f"{chinese(place)}、{each.title}", HEAD, 16)
        if each.rows:
            _table(made, each)
        else:
            _write(made.add_paragraph(), NONE, BODY, 16)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def _table(made: Any, section: Section) -> None:
    table = made.add_table(1 + len(section.rows), len(section.heads), style="Table Grid")
    cells = table._cells  # the list itself: asking the table for each cell is quadratic
    width = len(section.heads)
    for place, head in enumerate(section.heads):
        _write(cells[place].paragraphs[0], head, HEAD, 10.5, WD_ALIGN_PARAGRAPH.CENTER)
    for line, row in enumerate(section.rows, 1):
        for place, cell in enumerate(row):
            side = WD_ALIGN_PARAGRAPH.RIGHT if cell.numeric else WD_ALIGN_PARAGRAPH.LEFT
            _write(cells[line * width + place].paragraphs[0], cell.text, BODY, 10.5, side)


def _write(paragraph: Any, text: str, font: str, size: float, side: Any = None) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), font
    run._element.rPr.rFonts.set(qn("w:eastAsia"), font)
    paragraph.alignment = side


def as_workbook(title: str, opening: str, sections: Sequence[Section]) -> bytes:
    """The report as .xlsx; numbers stay numbers, text never becomes a formula."""
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        looks = {
            "title": book.add_format({"bold": True, "font_size": 16}),
            "head": book.add_format({"bold": True, "border": 1, "bg_color": "#eeeeee"}),
            "cell": book.add_format({"border": 1}),
        }
        for each in sections:
            _sheet(book.add_worksheet(each.title), f"{title}：{each.title}", opening, each, looks)
    return out.getvalue()


def _sheet(sheet: Any, title: str, opening: str, section: Section, looks: dict[str, Any]) -> None:
    sheet.write_string(0, 0, title, looks["title"])
    sheet.write_string(1, 0, opening)
    for place, head in enumerate(section.heads):
        longest = max([len(head), *(len(row[place].text) for row in section.rows)])
        sheet.set_column(place, place, min(2 * longest + 2, 60))
        sheet.write_string(2, place, head, looks["head"])
    for line, row in enumerate(section.rows, 3):
        for place, cell in enumerate(row):
            if cell.numeric:
                sheet.write_number(line, place, float(cell.value), looks["cell"])
            else:
                sheet.write_string(line, place, cell.text, looks["cell"])
    sheet.freeze_panes(3, 0)
    sheet.repeat_rows(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
