"""Reading one cell: numbers in their one spelling, and what is wrong with a cell, in words."""

from __future__ import annotations

import re
import unicodedata

from bianzhi.core.errors import Problem, Refusal
from bianzhi.core.quantity import UNIT, parse_quantity, quantity_text
from bianzhi.office.survey.rounds.questions.kinds import CHOICE, NUMBERS, TEXT, WHOLE, Column

SHORT, LONGEST = 200, 4000  # characters
MOST = 1_000_000_000  # of a number: no count of people or cases in a county comes near
MOST_WHOLE = 100_000  # people of one unit
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")


def normal(column: Column, written: str) -> str:
    """A cell as it is kept: a number in its one spelling, a choice by its code, else as written."""
    text = written.replace("\0", "").replace("\r\n", "\n").strip()
    if column.type == CHOICE:
        codes = {words: code for code, words in column.choices.items()}
        return codes.get(text, text)
    if column.type in NUMBERS:
        plain = unicodedata.normalize("NFKC", text).replace(" ", "")
        plain = plain.replace(",", "") if _GROUPED.fullmatch(plain) else plain
        units = _units(plain)
        return text if units is None else quantity_text(units)
    return text


def _units(text: str) -> int | None:
    try:
        return parse_quantity(text)
    except Refusal:
        return None


def wrong(column: Column, text: str) -> Problem | None:
    """What is wrong with a cell that is not blank; None where it is right."""
    if column.type == CHOICE:
        if text in column.choices:
            return None
        known = "、".join(column.choices.values())
        return Problem("bad-choice", f"“{text}”不是可选的", f"可选的有：{known}")
    if column.type in NUMBERS:
        return _wrong_number(column, text)
    most = SHORT if column.type == TEXT else LONGEST
    if len(text) > most:
        return Problem(
            "too-long", f"写了 {len(text)} 字，超过 {most} 字", "请写得简短些，或放在附件里"
        )
    return None


def _wrong_number(column: Column, text: str) -> Problem | None:
    units = _units(text)
    if units is None:
        return Problem("not-a-number", f"“{text}”不是数字", "只填数，不写单位和文字；没有的填 0")
    if units < 0:
        return Problem("negative", f"{text} 小于 0", "请核对")
    if column.type == WHOLE and units % UNIT:
        return Problem("not-whole", f"{text} 不是整数", "人数请填整数")
    most = MOST_WHOLE if column.type == WHOLE else MOST
    if units > most * UNIT:
        return Problem("too-large", f"{text} 大得不合常理（超过 {most}）", "请核对单位和小数点")
    return None
