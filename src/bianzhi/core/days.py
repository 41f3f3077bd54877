"""Days: the axis of validity.

Inside core and record a day is the number of days since 1970-01-01 (a whole number), because tens
of millions of rows carry one; people and files see dates.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from bianzhi.core.errors import Refusal

EPOCH = date(1970, 1, 1)
FIRST_YEAR, LAST_YEAR = 1900, 2200

_FORMS = (
    re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"),
    re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})"),
    re.compile(r"(\d{4})\.(\d{1,2})\.(\d{1,2})"),
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def day_date(number: int) -> date:
    """The date of a day number."""
    return EPOCH + timedelta(days=number)


def day_text(number: int) -> str:
    """The day as it is written in files: ``2023-05-01``."""
    return day_date(number).isoformat()


def parse_day(text: object) -> int:
    """The day number of a written date.

    Accepts 2023-05-01, 2023/5/1, 2023.5.1, 20230501 and 2023年5月1日. A date without its day
    (2023年5月) is refused rather than guessed.

    Raises:
        Refusal: ``bad-day`` when the text is no day of the calendar between 1900 and 2200.

    >>> day_text(parse_day("2023年5月1日"))
    '2023-05-01'
    """
    cleaned = str(text).strip()
    for form in _FORMS:
        if match := form.fullmatch(cleaned):
            year, month, day = map(int, match.groups())
            try:
                found = date(year, month, day)
            except ValueError:
                break
            if FIRST_YEAR <= year <= LAST_YEAR:
                return day_number(found)
    raise Refusal.of(
        "bad-day",
        f"“{text}”不是一个日期",
        f"请写成 2023-05-01 的样子（{FIRST_YEAR}—{LAST_YEAR} 年之间，年月日齐全）",
    )
