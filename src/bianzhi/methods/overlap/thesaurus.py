"""The word list of matters: by what names each is called, and what it is a part of.

Plain text, so that an office reads and extends it without a tool::

    == 城市管理                    a trade
    = 环境卫生                     a field of it
    生活垃圾/垃圾/生活废弃物         a matter and all its names, the usual one first
      厨余垃圾/餐厨垃圾/湿垃圾       two blanks deeper: a narrower matter, part of the one above

One line is one thing: who holds it under one of its names and who holds it under another do the
same. Neighbours stand on lines of their own. A matter named in two places is one matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

SAME_MATTER = "/"
_TRADE, _FIELD, _DEEPER = "== ", "= ", 2
_NAME = re.compile("[\u4e00-\u9fff0-9A-Za-z]{2,16}")


class ThesaurusError(ValueError):
    """A word list cannot be read; the message names the line, what is wrong and what to do."""


class Entry(NamedTuple):
    """A line of a word list.

    Attributes:
        names: All names of the matter; the first is what it is called by.
        above: The wider matters it is part of, the nearest first.
        field, trade: Where it stands.
    """

    names: tuple[str, ...]
    above: tuple[str, ...]
    field: str
    trade: str


def read(text: str, source: str = "词表") -> list[Entry]:
    """The lines of a word list.

    Args:
        text: Its text; what stands after # is a remark.
        source: What to call it in an error.

    Raises:
        ThesaurusError: A line stands outside a field, is indented by no step or too many, or holds
            what is no name.

    >>> read("== 城管\\n= 环卫\\n垃圾/生活垃圾\\n  厨余垃圾")[1]
    Entry(names=('厨余垃圾',), above=('垃圾',), field='环卫', trade='城管')
    """
    trade = field = ""
    open_matters: list[str] = []
    found = []
    for number, line in _lines(text):
        if line.startswith(_TRADE):
            trade, field = line[len(_TRADE) :].strip(), ""
        elif line.startswith(_FIELD):
            field, open_matters = line[len(_FIELD) :].strip(), []
        else:
            where = f"{source}第 {number} 行“{line.strip()}”"
            if not (trade and field):
                raise ThesaurusError(f"{where}：前面还没有“== 行业”和“= 领域”，请先写明")
            depth = _depth(line, len(open_matters), where)
            names = _names(line, where)
            found.append(Entry(names, tuple(reversed(open_matters[:depth])), field, trade))
            open_matters = [*open_matters[:depth], names[0]]
    return found


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        written = line.split("#")[0].rstrip()
        if written.strip():
            yield number, written


def _depth(line: str, deepest: int, where: str) -> int:
    depth, odd = divmod(len(line) - len(line.lstrip(" ")), _DEEPER)
    if odd or depth > deepest:
        raise ThesaurusError(f"{where}：缩进应是每级两个空格，且只比上一行深一级")
    return depth


def _names(line: str, where: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in line.split(SAME_MATTER)))
    for name in names:
        if not _NAME.fullmatch(name):
            raise ThesaurusError(f"{where}：“{name}”不是名称：应是 2—16 个字，不带标点")
    return names


def above(entries: Iterable[Entry]) -> dict[str, tuple[str, ...]]:
    """Matter -> the wider matters and last the field it is part of, the nearest first. A field
    called like a matter is told from it by 类."""
    kept = list(entries)
    matters = {entry.names[0] for entry in kept}
    found: dict[str, tuple[str, ...]] = {}
    for entry in kept:
        field = entry.field + "类" if entry.field in matters else entry.field
        wider = tuple(each for each in (*entry.above, field) if each != entry.names[0])
        found[entry.names[0]] = max(found.get(entry.names[0], ()), wider, key=len)
    return found
