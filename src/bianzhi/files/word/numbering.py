"""Automatic numbers of a Word document: 一、（一）1. as they show on paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "零一二三四五六七八九"
Level = tuple[str, str]  # (format of the number, text such as （%1）)


@dataclass
class Numbering:
    """Number id -> levels, each with how its number is written and what stands around it."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)

    @classmethod
    def read(cls, root: Element) -> Numbering:
        """From word/numbering.xml."""
        abstract = {
            each.get(f"{_W}abstractNumId", ""): dict(map(_level, each.iter(f"{_W}lvl")))
            for each in root.iter(f"{_W}abstractNum")
        }
        found = {}
        for each in root.iter(f"{_W}num"):
            base = each.find(f"{_W}abstractNumId")
            if base is not None:
                found[each.get(f"{_W}numId", "")] = abstract.get(base.get(f"{_W}val", ""), {})
        return cls(found)

    def shown(self, number: str, level: int, counts: Sequence[int]) -> str:
        """The number before a paragraph; "" where there is none or it is a bullet."""
        levels = self.levels.get(number, {})
        if level not in levels or levels[level][0] in ("bullet", "none"):
            return ""

        def one(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            return _written(max(1, counts[at]), levels.get(at, levels[level])[0])

        return re.sub(r"%([1-9])", one, levels[level][1])


def _level(element: Element) -> tuple[int, Level]:
    at = element.get(f"{_W}ilvl", "0")
    form, text = element.find(f"{_W}numFmt"), element.find(f"{_W}lvlText")
    return (
        int(at) if at.isdecimal() else 0,
        (
            form.get(f"{_W}val", "decimal") if form is not None else "decimal",
            text.get(f"{_W}val", "") if text is not None else "",
        ),
    )


def _written(number: int, form: str) -> str:
    if "hinese" in form or form.startswith("japanese"):
        return chinese(number)
    return str(number)


def chinese(number: int) -> str:
    """A number up to 99 in Chinese numerals.

    >>> chinese(3), chinese(10), chinese(21)
    ('三', '十', '二十一')
    """
    tens, ones = divmod(number, 10)
    if number > 99:
        return str(number)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")
