"""Writing one value: a text never becomes a formula, a number or a link."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

LONGEST = 32_767
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def plain(value: Any) -> Any:
    """The value as a cell holds it: text, number, day or None.

    Flags are 是 or blank, lists are joined; a text keeps its first sign whatever it is, as it is
    written as text.
    """
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "是" if value else None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, int | float):
        return value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        value = "、".join(map(str, value))
    return _CONTROL.sub("", str(value))[:LONGEST]


def write(page: Any, row: int, column: int, value: Any, style: Any, day_style: Any) -> None:
    """Write one value; text goes in as text even where it begins with = + - @."""
    held = plain(value)
    if held is None:
        page.write_blank(row, column, None, style)
    elif isinstance(held, str):
        page.write_string(row, column, held, style)
    elif isinstance(held, date):
        page.write_datetime(row, column, held, day_style)
    elif abs(held) < 1e15:
        page.write_number(row, column, held, style)
    else:
        page.write_string(row, column, str(held), style)
