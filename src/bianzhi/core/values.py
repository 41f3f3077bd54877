"""Values of facts: from what a clerk writes to the one stored form, and back."""

from __future__ import annotations

import json
from decimal import Decimal

from bianzhi.core.book import Book
from bianzhi.core.days import day_text, parse_day
from bianzhi.core.errors import Refusal
from bianzhi.core.facts import FIELDS, STATUSES, Field
from bianzhi.core.kinds import TREES
from bianzhi.core.ledger import COUNTERS
from bianzhi.core.quantity import parse_quantity, quantity_text


def field_of(cls: str, name: str) -> Field:
    """The field, or a refusal that lists the fields there are."""
    found = FIELDS.get(cls, {}).get(name)
    if found is None:
        known = "、".join(f"{each.name} {each.title}" for each in FIELDS.get(cls, {}).values())
        raise Refusal.of(
            "unknown-field", f"没有名为“{name}”的字段", f"可用的有：{known}", field=name
        )
    return found


def encode(book: Book, field: Field, value: object, day: int) -> str | None:
    """The stored text of a value; None (or an empty text) ends the fact.

    Raises:
        Refusal: The value is not of the field's type, not in its code tree, or names no unit.
    """
    if value is None or value == "" or value == []:
        return None
    try:
        return _encode(book, field, value, day)
    except Refusal as refusal:
        first = refusal.problems[0]
        raise Refusal.of(first.code, first.what, first.do, field=field.name) from None


def _encode(book: Book, field: Field, value: object, day: int) -> str:
    if field.type in TREES:
        return book.tree(field.type).get(str(value)).code
    if field.type == "ref":
        return _reference(book, str(value), day)
    if field.type == "texts":
        return _texts(value)
    if field.type == "flag":
        return _flag(value)
    if field.type == "day":
        return day_text(parse_day(str(value)))
    if field.type == "quantity":
        return quantity_text(parse_quantity(value))
    if field.type == "status" and value not in STATUSES:
        raise Refusal.of("bad-status", f"“{value}”不是机构状态", f"可选：{'、'.join(STATUSES)}")
    if not isinstance(value, str):
        raise Refusal.of("bad-text", f"“{value}”不是文字", "请用双引号括起来")
    return value.strip()


def _reference(book: Book, key: str, day: int) -> str:
    if key in COUNTERS:
        raise Refusal.of("unknown-unit", f"“{key}”是对方科目，不是机构", "请填机构代码")
    return book.need(key, day, ("org", "section"))


def _texts(value: object) -> str:
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
        raise Refusal.of("bad-list", f"“{value}”应为文字的列表")
    return json.dumps([each.strip() for each in value], ensure_ascii=False)


def _flag(value: object) -> str:
    if not isinstance(value, bool):
        raise Refusal.of("bad-flag", f"“{value}”应为 true 或 false")
    return "true" if value else "false"


def decode_texts(stored: str | None) -> list[str]:
    """The list behind a stored ``texts`` value."""
    return list(json.loads(stored)) if stored else []


def show_value(value: object) -> str:
    """A value as people write it: no trailing zeros, nothing for nothing."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)
