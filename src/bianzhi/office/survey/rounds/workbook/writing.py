"""Writing the workbook of a sheet: what the record gave is locked, what is asked is white."""

from __future__ import annotations

import io
import re
from typing import Any

import xlsxwriter

from bianzhi.office.survey.rounds.content import Row, Table
from bianzhi.office.survey.rounds.form import Form, FormPart, Line
from bianzhi.office.survey.rounds.models import Round
from bianzhi.office.survey.rounds.questions.kinds import CHOICE, NUMBERS, Column
from bianzhi.office.survey.rounds.workbook.layout import (
    BODY,
    COVER,
    FIRST,
    HEADS,
    HINT,
    ID,
    IDENTITY,
    TITLE,
    identity,
    sheet_name,
)

_LINE = {"border": 1, "border_color": "#999999", "valign": "top", "text_wrap": True}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "plain": {"text_wrap": True, "valign": "top"},
    "head": {**_LINE, "bold": True, "bg_color": "#dfe5ea", "align": "center"},
    "given": {**_LINE, "bg_color": "#eeeeee"},
    "asked": {**_LINE, "locked": False, "num_format": "@"},
    "number": {**_LINE, "locked": False, "num_format": "0.####", "align": "right"},
}
_HOW = (
    "灰底的格取自机构编制台账，已锁定；白底的格由单位填写，带 * 的必须填。",
    "有下拉箭头的格请从中选择；只填数的格不写单位和文字，没有的填 0。",
    "每张表末尾留有空行供补充；不要增删行列、改动表名和题目，否则收回时会被退回。",
    "填好后存为 .xlsx，从网页交回，或发给编办。",
)
_FREE = {  # what a protected sheet still lets people do
    "format_rows": True, "format_columns": True, "select_locked_cells": True,
    "select_unlocked_cells": True,
}  # fmt: skip
_CHOICES = 250  # characters of a list that Excel takes for a drop-down


def write_workbook(round: Round, unit: str, name: str, form: Form, filled: list[Table]) -> bytes:
    """The workbook of a unit.

    Args:
        round: The round.
        unit, name: Key and name of the unit.
        form: Its form.
        filled: What it has answered so far.
    """
    made = io.BytesIO()
    book = xlsxwriter.Workbook(
        made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    looks = {key: book.add_format(look) for key, look in _LOOKS.items()}
    _cover(book.add_worksheet(COVER), looks, round, unit, name, form)
    by_key = {table.key: table for table in filled}
    for part in form.parts:
        _part(book.add_worksheet(sheet_name(part)), looks, part, by_key[part.part.key])
    hidden = book.add_worksheet(IDENTITY)
    for row, line in enumerate(identity(round, unit)):
        hidden.write_string(row, 0, line)
    hidden.very_hidden()
    hidden.protect()
    book.close()
    return made.getvalue()


def _cover(sheet: Any, looks: dict[str, Any], round: Round, unit: str, name: str,
           form: Form) -> None:  # fmt: skip
    sheet.set_column(0, 0, 100)
    lines = [
        f"单位：{name}（{unit}）", f"填报期限：{round.due}",
        f"台账日期：{round.on}，截至第 {round.known} 号变更", form.questionnaire.hint, *_HOW,
    ]  # fmt: skip
    sheet.write_string(0, 0, round.title, looks["title"])
    for row, line in enumerate(lines, 2):
        sheet.write_string(row, 0, line, looks["plain"])
    sheet.protect(options=_FREE)


def _part(sheet: Any, looks: dict[str, Any], part: FormPart, table: Table) -> None:
    rows = {row.id: row for row in table.rows}
    sheet.set_column(ID, ID, None, None, {"hidden": True})
    sheet.write_string(TITLE, FIRST, f"{part.no}. {part.part.title}", looks["title"])
    sheet.write_string(HINT, FIRST, part.part.hint, looks["plain"])
    if len(part.columns) > 1:
        last = FIRST + len(part.columns) - 1
        sheet.merge_range(HINT, FIRST, HINT, last, part.part.hint, looks["plain"])
    sheet.set_row(HINT, 15 * max(1, -(-len(part.part.hint) // 50)))
    for at, column in enumerate(part.columns, FIRST):
        sheet.set_column(at, at, column.width)
        sheet.write_string(HEADS, at, head(column), looks["head"])
    for at, line in enumerate(part.lines, BODY):
        _line(sheet, looks, part, at, line, rows[line.id])
    sheet.freeze_panes(BODY, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADS)
    sheet.protect(options=_FREE)


def head(column: Column) -> str:
    """What stands above a column."""
    return column.title + (" *" if column.required else "")


def _line(sheet: Any, looks: dict[str, Any], part: FormPart, at: int, line: Line, row: Row) -> None:
    sheet.write_string(at, ID, line.id)
    for place, column in enumerate(line.columns, FIRST):
        text = row[column.name]
        if not part.asks(line, column):
            _put(sheet, at, place, column, text, looks["given"])
            continue
        number = column.type in NUMBERS
        _put(sheet, at, place, column, text, looks["number" if number else "asked"])
        rule = _rule(column)
        if rule:
            sheet.data_validation(at, place, at, place, rule)


def _put(sheet: Any, row: int, place: int, column: Column, text: str, look: Any) -> None:
    if not text:
        sheet.write_blank(row, place, None, look)
    elif column.type in NUMBERS and _is_number(text):
        sheet.write_number(row, place, float(text), look)
    else:
        sheet.write_string(row, place, column.shown(text), look)


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", text) is not None


def _rule(column: Column) -> dict[str, Any] | None:
    """What Excel itself keeps people from writing; what it lets through is checked when it is
    taken back."""
    words = list(column.choices.values())
    if column.type == CHOICE and len(",".join(words)) <= _CHOICES and "," not in "".join(words):
        return {"validate": "list", "source": words, "error_title": "请从列表中选择",
                "error_message": "这一格只能选列出的内容。"}  # fmt: skip
    if column.type in NUMBERS:
        return {"validate": "decimal", "criteria": ">=", "value": 0, "error_title": "请填数",
                "error_message": "只填不小于 0 的数，不写单位和文字。"}  # fmt: skip
    return None
