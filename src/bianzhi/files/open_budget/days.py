"""Dates as the ledger prints them, in two alphabets and three spellings."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = (
    ("january", "ינואר"),
    ("february", "פברואר"),
    ("march", "מרץ", "מרס"),
    ("april", "אפריל"),
    ("may", "מאי"),
    ("june", "יוני"),
    ("july", "יולי"),
    ("august", "אוגוסט"),
    ("september", "ספטמבר"),
    ("october", "אוקטובר"),
    ("november", "נובמבר"),
    ("december", "דצמבר"),
)
_NAMED = re.compile(r"(?:B1)?(\d{2})-([^\W\d]+)-(\d{2})")
_NUMBERED = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
# Direction marks steer the display of Hebrew beside digits; geresh and dots mark abbreviations.
_INVISIBLE = re.compile("[\u200e\u200f\u202a-\u202e.'׳]")


def read_day(text: str) -> date | None:
    """The day of an approval date as published; None where none was published.

    Three spellings occur: ``23-May-12`` and ``23-מאי-14`` (day, month name cut to three letters or
    more, year of this century) and ``23/05/2011`` (day first). A stray ``B1``, left over from the
    publisher's own tables, stands before many of the first form.

    Raises:
        ValueError: The text is none of these, or no day of the calendar.

    >>> read_day("B123-May-12")
    datetime.date(2012, 5, 23)
    """
    cleaned = _INVISIBLE.sub("", text).strip()
    if not cleaned:
        return None
    if match := _NUMBERED.fullmatch(cleaned):
        day, month, year = map(int, match.groups())
        return date(year, month, day)
    if match := _NAMED.fullmatch(cleaned):
        return date(2000 + int(match[3]), _month(match[2]), int(match[1]))
    raise ValueError(text)


def _month(name: str) -> int:
    wanted = name.lower()
    if len(wanted) >= 3:
        for number, names in enumerate(_MONTHS, start=1):
            if any(full.startswith(wanted) for full in names):
                return number
    raise ValueError(name)
