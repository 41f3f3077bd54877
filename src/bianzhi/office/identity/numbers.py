"""Citizen identity numbers (公民身份号码): reading, checking, masking.

Source: GB 11643-1999: six digits of the place, eight of the birth date, three of the order (odd
for men), and a check character by ISO 7064 MOD 11-2.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from stdnum.iso7064 import mod_11_2

from bianzhi.core.errors import Refusal

_FORM = re.compile(r"\d{17}[\dX]")
FIRST, LAST = 4, 2  # characters that stay readable, at most
EARLIEST = date(1880, 1, 1)


def read_id_number(text: str) -> str:
    """The number as it is kept: 18 half-width characters, a capital X.

    Raises:
        Refusal: It has another form, its birth date is none, or its check character is wrong.
    """
    found = re.sub(r"[\s'’]", "", unicodedata.normalize("NFKC", text)).upper()
    if not _FORM.fullmatch(found):
        raise _bad(
            f"身份证号应为 18 位，这里是 {len(found)} 位", "请核对证件；15 位旧号请换成 18 位"
        )
    if birth_date(found) is None:
        raise _bad("身份证号第 7—14 位不是日期", "请核对证件")
    if not mod_11_2.is_valid(found):
        raise _bad("身份证号的校验位不对", "多半有一位抄错，请核对证件")
    return found


def birth_date(id_number: str) -> date | None:
    """The birth date in a number; None where its digits are no date."""
    try:
        found = date.fromisoformat(f"{id_number[6:10]}-{id_number[10:12]}-{id_number[12:14]}")
    except ValueError:
        return None
    return found if found >= EARLIEST else None


def sex(id_number: str) -> str:
    """男 or 女, by the order number."""
    return "男" if int(id_number[16]) % 2 else "女"


def disagreements(id_number: str, told_sex: str = "", told_birth: date | None = None) -> list[str]:
    """What else is told of a person that the number does not bear out (CK-17), in words."""
    found = []
    if told_sex and told_sex != sex(id_number):
        found.append(f"性别写的是{told_sex}，身份证号是{sex(id_number)}")
    birth = birth_date(id_number)
    if told_birth is not None and told_birth != birth:
        found.append(f"出生日期写的是 {told_birth}，身份证号是 {birth}")
    return found


def masked(id_number: str) -> str:
    """The number with all but its first four and last two characters hidden.

    >>> masked("110101199001011237")
    '1101************37'
    """
    if len(id_number) <= FIRST + LAST:
        return "*" * len(id_number)
    return id_number[:FIRST] + "*" * (len(id_number) - FIRST - LAST) + id_number[-LAST:]


def _bad(what: str, do: str) -> Refusal:
    return Refusal.of("bad-id-number", what, do, field="id_number")
