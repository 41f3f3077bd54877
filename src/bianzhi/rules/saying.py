"""What an entry of a pack says, in words: its parameters, for whom it is, whom it excepts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from typing import Any

from bianzhi.core.days import day_text
from bianzhi.core.kinds import national
from bianzhi.rules.finding import plain_number
from bianzhi.rules.pack import Entry, Scope
from bianzhi.rules.parameters import Slot, Trees, day, days, slots


def said(entry: Entry, trees: Trees | None = None) -> tuple[str, ...]:
    """A line for each thing an entry lays down.

    Args:
        entry: The entry.
        trees: The code trees with the local codes; default the national ones.
    """
    known = trees or {}
    lines = [f"{title}：{words}" for title, words in _laid_down(entry.parameters, known)]
    if entry.scope != Scope():
        for_whom = "；".join(f"{title}：{words}" for title, words in _laid_down(entry.scope, known))
        lines.append(f"只对 {for_whom}")
    lines += [
        f"例外 {'；'.join(f'{title}：{words}' for title, words in _laid_down(each, known))}"
        for each in entry.exemptions
    ]
    if entry.days is not None:
        lines.append(f"整改期限 {entry.days} 天")
    return tuple(lines)


def _laid_down(parameters: Any, trees: Trees) -> Iterator[tuple[str, str]]:
    """What people call a parameter, and its value in words; those left as they are are not told."""
    known = slots(type(parameters))
    for each in fields(parameters):
        value = getattr(parameters, each.name)
        if each.default is MISSING or value != each.default:
            title = re.split("[，；（]", known[each.name].title)[0]  # the rest is how to write it
            yield title, _words(value, known[each.name], trees)


def _words(value: Any, slot: Slot, trees: Trees) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return plain_number(value)
    if slot.read is day:
        return day_text(value)
    if isinstance(value, str):
        return _names(slot).get(value, value)
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return _listed(value, slot, trees)
    return str(value)


def _listed(value: tuple[Any, ...], slot: Slot, trees: Trees) -> str:
    if value and is_dataclass(value[0]):
        rows = ("，".join(f"{title} {words}" for title, words in _laid_down(each, trees))
                for each in value)  # fmt: skip
        return "；".join(f"（{row}）" for row in rows)
    if slot.read is days:
        return "、".join(map(day_text, value))
    if value and isinstance(value[0], int):  # a day of every year
        return "-".join(f"{each:02}" for each in value)
    tree = getattr(slot.read, "tree", "")
    if not tree:
        return "、".join(_names(slot).get(each, each) for each in value)
    codes = trees.get(tree) or national(tree)
    return "、".join(code.name if (code := codes.find(each)) else each for each in value)


def _names(slot: Slot) -> Mapping[str, str]:
    return getattr(slot.read, "names", {})
