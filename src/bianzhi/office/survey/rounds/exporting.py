"""All answers of a round as one workbook: a sheet a part, a row an answer."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Any

import xlsxwriter

from bianzhi.office.desk.sheets import CHARACTERS
from bianzhi.office.desk.words import Words
from bianzhi.office.survey.rounds.content import tables
from bianzhi.office.survey.rounds.form import Forms
from bianzhi.office.survey.rounds.models import STATUSES, Round, Sheet, Version
from bianzhi.office.survey.rounds.questions.kinds import NUMBERS, Column
from bianzhi.office.survey.rounds.questions.questionnaire import columns
from bianzhi.office.survey.rounds.workbook.layout import clean

HEADS = ("单位代码", "单位", "主管部门", "状态", "版")


def export(round: Round, rows: Iterable[dict[str, Any]], words: Words) -> bytes:
    """The workbook.

    Args:
        round: The round.
        rows: Its sheets as :func:`~.progress.shown` lists them.
        words: The state their names are of.
    """
    made = io.BytesIO()
    book = xlsxwriter.Workbook(
        made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True, "bg_color": "#eeeeee", "border": 1})
    listed = list(rows)
    _units(book, bold, listed)
    forms = Forms(round)
    for no, part in enumerate(forms.questionnaire.parts, 1):
        heads = columns(part, forms.years)
        sheet = book.add_worksheet(clean(f"{no} {part.title}"))
        for at, title in enumerate((*HEADS, *(each.title for each in heads))):
            sheet.write_string(0, at, title, bold)
        sheet.set_column(len(HEADS), len(HEADS), 40)
        row = 1
        for each in listed:
            row = _answers(sheet, row, each, part.key, heads)
        sheet.freeze_panes(1, 2)
        sheet.autofilter(0, 0, max(1, row - 1), len(HEADS) + len(heads) - 1)
    book.close()
    return made.getvalue()


def _units(book: Any, bold: Any, listed: list[dict[str, Any]]) -> None:
    sheet = book.add_worksheet("单位")
    for at, title in enumerate((*HEADS, "逾期", "催办次数", "最后填写人", "最后时间")):
        sheet.write_string(0, at, title, bold)
    sheet.set_column(1, 2, 28)
    for row, each in enumerate(listed, 1):
        version: Version | None = each["version"]
        _head(sheet, row, each)
        sheet.write_string(row, 5, "是" if each["late"] else "")
        sheet.write_number(row, 6, each["reminders"])
        sheet.write_string(row, 7, version.by if version else "")
        sheet.write_string(row, 8, f"{version.at:%Y-%m-%d %H:%M}" if version else "")
    sheet.freeze_panes(1, 2)


def _head(sheet: Any, row: int, each: dict[str, Any]) -> None:
    held: Sheet = each["sheet"]
    version: Version | None = each["version"]
    texts = (held.unit, each["name"], each["above_name"], STATUSES[held.status])
    for at, text in enumerate(texts):
        sheet.write_string(row, at, text)
    if version is not None:
        sheet.write_number(row, len(texts), version.no)


def _answers(
    sheet: Any, row: int, each: dict[str, Any], key: str, heads: tuple[Column, ...]
) -> int:  # fmt: skip
    """Write the rows of one unit; the next free row."""
    version: Version | None = each["version"]
    for table in tables(version.content) if version else ():
        for answer in table.rows if table.key == key else ():
            if answer.is_blank:
                continue
            _head(sheet, row, each)
            for at, column in enumerate(heads, len(HEADS)):
                _cell(sheet, row, at, column, answer[column.name])
            row += 1
    return row


def _cell(sheet: Any, row: int, at: int, column: Column, text: str) -> None:
    if text and column.type in NUMBERS and re.fullmatch(r"-?\d+(\.\d+)?", text):
        sheet.write_number(row, at, float(text))
    elif text:
        sheet.write_string(row, at, column.shown(text)[:CHARACTERS])
