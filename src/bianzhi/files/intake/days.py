"""Days as offices write them: text, month only, two-digit years, numerals, Excel serials."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from bianzhi.core.days import FIRST_YEAR
from bianzhi.files.intake.findings import Note, error, warn
from bianzhi.files.intake.numerals import chinese_number

LAST_YEAR = 2100  # no paper or life of an office lies beyond
_SERIAL_EPOCH = date(1899, 12, 30)
_SERIALS = range(3654, 73_416)  # 1910 to 2100
_FULL = re.compile(r"(\d{2}|[12]\d{3})[-/.、年](\d{1,2})[-/.、月](\d{1,2})[日号]?")
_MONTH = re.compile(r"(\d{2}|[12]\d{3})[-/.、年](\d{1,2})月?(?:份)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_YEAR = re.compile(r"(\d{4})年?")
_PLAIN = re.compile(r"\d{4}-\d{2}-\d{2}|\d{8}(?:\.0)?", re.ASCII)
_BLANK = {"", "-", "—", "——", "/", "\\", "无", "不详", "空"}
_CLOCK = re.compile(r"[T ]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?$")
_CHINESE = re.compile(
    r"([零〇○一二三四五六七八九]{2,4})年"
    r"(?:([一二三四五六七八九十]{1,3})月)?(?:([一二三四五六七八九十]{1,3})[日号])?"
)


def read_day(raw: object) -> tuple[date | None, tuple[Note, ...]]:
    """The day a value says.

    A day without its day of the month is taken as the first and flagged ("month-only"); one of
    which only the year is known likewise ("year-only"). What is no day is None with an error.
    """
    if isinstance(raw, datetime):
        return _bounded(raw.date(), raw)
    if isinstance(raw, date):
        return _bounded(raw, raw)
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return _number(raw)
    text = re.sub(r"\s+", " ", str(raw).translate(_FOLD)).strip()
    text = _CLOCK.sub("", text)
    text = text.replace(" ", "")
    if text in _BLANK:
        return None, ()
    return _text(text, raw)


_FOLD = {c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20, 0x3002: 0x2E}


def _number(raw: int | float) -> tuple[date | None, tuple[Note, ...]]:
    whole = int(raw) if raw == raw and abs(raw) < 1e9 else 0
    if 19_000_101 <= whole <= 21_001_231 and whole == raw:
        return _text(str(whole), raw)
    if 190_001 <= whole <= 210_012 and whole == raw:
        return _text(str(whole), raw)
    if whole == raw and FIRST_YEAR <= whole <= LAST_YEAR:
        return _text(str(whole), raw)
    if 1900 < raw < 2101 and raw != whole:
        return _typed_month(str(raw))
    if whole in _SERIALS:
        return _SERIAL_EPOCH + timedelta(days=whole), (
            warn("serial-date", f"日期写成了序号 {whole}", "已按 Excel 日期序号换算，请核对"),
        )
    return None, (_bad(raw),)


def _typed_month(text: str) -> tuple[date | None, tuple[Note, ...]]:
    """1998.05 typed as a number; of 1998.10 and 1998.1 Excel keeps the same."""
    found, notes = _text(text, text)
    if text.endswith(".1"):
        doubt = warn(
            "ambiguous-month", f"“{text}”是数字，分不清是 1 月还是 10 月", "已按 1 月读入，请核对"
        )
        return found, (*notes, doubt)
    return found, notes


def _text(text: str, raw: object) -> tuple[date | None, tuple[Note, ...]]:
    for form in (_FULL, _COMPACT, _MONTH, _YEAR):
        if match := form.fullmatch(text):
            return _made(
                *(int(part) if part else 0 for part in (*match.groups(), "", "")[:3]), raw=raw
            )
    if match := _CHINESE.fullmatch(text):
        parts = [chinese_number(part) or 0 if part else 0 for part in match.groups()]
        return _made(*parts, raw=raw)
    if text.isdecimal() and len(text) == 5 and int(text) in _SERIALS:
        return _number(int(text))
    return None, (_bad(raw),)


def _made(year: int, month: int, day: int, *, raw: object) -> tuple[date | None, tuple[Note, ...]]:
    notes = []
    if year < 100:
        full = 1900 + year if year > 30 else 2000 + year
        notes.append(
            warn("two-digit-year", f"“{raw}”的年份只有两位", f"已按 {full} 年读入，请核对")
        )
        year = full
    if not day:
        kind, known = ("month-only", "月") if month else ("year-only", "年")
        notes.append(
            warn(kind, f"“{raw}”只写到{known}", f"已按 {year}-{month or 1:02d}-01 读入，请补全")
        )
    try:
        found = date(year, month or 1, day or 1)
    except ValueError:
        return None, (_bad(raw),)
    value, wrong = _bounded(found, raw)
    if wrong:
        return None, wrong
    if not notes and not _PLAIN.fullmatch(str(raw)):
        notes.append(warn("text-date", f"日期“{raw}”是文本", "已按日期读入"))
    return value, tuple(notes)


def _bounded(found: date, raw: object) -> tuple[date | None, tuple[Note, ...]]:
    if FIRST_YEAR <= found.year <= LAST_YEAR:
        return found, ()
    return None, (_bad(raw),)


def _bad(raw: object) -> Note:
    return error("bad-date", f"“{str(raw)[:40]}”不是日期", "请写成 2023-05-01 的样子")
