"""Months as whole numbers: the law counts ages in months, so nothing here knows days.

Month number = 12·year + month − 1, so that differences are numbers of months.
"""

from __future__ import annotations

import re
from datetime import date

from bianzhi.methods.retirement.errors import RetirementError

FIRST_YEAR, LAST_YEAR = 1900, 2200
_FORM = re.compile(
    r"\s*(\d{4})(?:[-./](\d{1,2})(?:[-./]\d{1,2})?|年(\d{1,2})月(?:\d{1,2}日)?|(\d{2})(?:\d{2})?)\s*"
)


def month_number(month: str | date) -> int:
    """The number of a month given as a date, ``1976-09``, ``1976.9``, ``197609`` or ``1976年9月``.

    A day behind the month is allowed and ignored: the law looks at the month of birth alone.

    Raises:
        RetirementError: Not a month, or outside 1900—2200.

    >>> month_number("1976-09") == month_number("1976年9月") == month_number(date(1976, 9, 30))
    True
    """
    if isinstance(month, date):
        year, number = month.year, month.month
    else:
        found = _FORM.fullmatch(month) if isinstance(month, str) else None
        if found is None:
            raise RetirementError(f"“{month}”不是年月：请写成 1976-09 这样")
        year, number = int(found[1]), int(found[2] or found[3] or found[4])
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= number <= 12):
        raise RetirementError(f"“{month}”不是可用的年月：年份 1900—2200，月份 1—12")
    return 12 * year + number - 1


def month_text(number: int) -> str:
    """
    >>> month_text(month_number("2039.9"))
    '2039-09'
    """
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def age_text(months: int) -> str:
    """
    >>> age_text(756), age_text(723)
    ('63 岁', '60 岁 3 个月')
    """
    years, rest = divmod(months, 12)
    return f"{years} 岁 {rest} 个月" if rest else f"{years} 岁"
