"""Identity numbers (GB 11643) and credit codes (GB 32100), with their check digits."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from operator import mul

from bianzhi.files.intake.findings import Note, error, warn
from bianzhi.rules import creditcode

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID = re.compile(r"\d{17}[\dX]", re.ASCII)
_FOLD = {c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)} | dict.fromkeys(
    map(ord, " \t\r\n\u3000\xa0\u200b'’`＇"), None
)
ID, USCC = "CK-17", "CK-18"


def read_id(raw: object) -> tuple[str | None, tuple[Note, ...]]:
    """An identity number, folded; None with an error where it is wrong (CK-17).

    A number of more than 15 digits typed as a number has lost its last digits in Excel for good.
    """
    if type(raw) is str and _ID.fullmatch(raw):
        return _checked(raw, ())
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        return None, (
            error(
                "id-as-number", "身份证号存成了数字，后几位已被 Excel 抹成 0",
                "请把该列设为文本，按原件重新录入", ID,
            ),
        )  # fmt: skip
    text = str(raw).translate(_FOLD).upper()
    if not text:
        return None, ()
    spelled = warn("id-spelling", "身份证号有空格、全角或小写", "已改为半角大写")
    notes = () if text == raw else (spelled,)
    if re.fullmatch(r"\d{15}", text, re.ASCII):
        return None, (error("old-id", "是 15 位的老身份证号", "请改为 18 位的新号", ID),)
    if not _ID.fullmatch(text):
        long = len(text) != 18
        what = f"身份证号应为 18 位，现为 {len(text)} 位" if long else "身份证号有不该有的字符"
        return None, (error("bad-id", what, "请按证件核对", ID),)
    return _checked(text, notes)


def _checked(number: str, notes: tuple[Note, ...]) -> tuple[str | None, tuple[Note, ...]]:
    if born(number) is None:
        return None, (error("bad-id-date", "身份证号里的出生日期不存在", "请按证件核对", ID),)
    if check_digit(number) != number[17]:
        what = "身份证号的校验码不对，有一位录错了"
        return None, (error("bad-id-check", what, "请按证件核对", ID),)
    return number, notes


def check_digit(number: str) -> str:
    """The last character that the first 17 digits ask for.

    >>> check_digit("11010519491231002")
    'X'
    """
    total = sum(map(mul, map(int, number[:17]), _WEIGHTS))
    return "10X98765432"[total % 11]


def born(number: str) -> date | None:
    """The birth date in a number, None when it is no day."""
    return _day(number[6:14])


@lru_cache(maxsize=50_000)
def _day(text: str) -> date | None:
    try:
        found = date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2100 else None


def sex_of(number: str) -> str:
    """男 or 女."""
    return "男" if int(number[16]) % 2 else "女"


def read_uscc(raw: object) -> tuple[str | None, tuple[Note, ...]]:
    """A credit code, folded (CK-18); a wrong one is None with a warning."""
    text = str(raw).translate(_FOLD).upper()
    if not text:
        return None, ()
    if isinstance(raw, int | float):
        return None, _doubt("uscc-as-number", "信用代码存成了数字，已被截断")
    if not creditcode.well_formed(text):
        return None, _doubt("bad-uscc", f"“{str(raw)[:30]}”不是 18 位统一社会信用代码")
    if creditcode.check_character(text) != text[17]:
        return None, _doubt("bad-uscc-check", f"信用代码“{text}”校验码不对")
    if text[:2] not in creditcode.PUBLIC:
        return text, _doubt("odd-uscc", f"信用代码“{text}”不是机关、事业单位、群团的代码")
    return text, ()


def _doubt(kind: str, what: str) -> tuple[Note, ...]:
    return (warn(kind, what, "请按证书核对", USCC),)
