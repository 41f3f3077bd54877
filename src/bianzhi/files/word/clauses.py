"""Clauses of an official paper: 第三条, 一、（一）1.（1）, each with its place in the whole."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_CN = "[一二三四五六七八九十百零〇]+"
_LEVELS = (
    re.compile(rf"第{_CN}条|第\d+条"),
    re.compile(rf"{_CN}[、．.]"),
    re.compile(rf"[（(]{_CN}[）)]"),
    re.compile(r"\d{1,2}[.．、](?!\d)"),
    re.compile(r"[（(]\d{1,2}[）)]"),
)


@dataclass(frozen=True)
class Clause:
    """One clause.

    Attributes:
        number: As it shows, "" for text before the first number.
        path: Numbers from the outermost to its own: ("五、", "（一）").
        text: Its text without the number.
        line: Its paragraph, counted from 0.
    """

    number: str
    path: tuple[str, ...]
    text: str
    line: int

    @property
    def label(self) -> str:
        """How a fact names its place: ``第五条（一）``, "" for text without a number."""
        return "".join(part.rstrip("、.．") for part in self.path)


def clauses_of(paragraphs: Iterable[str]) -> tuple[Clause, ...]:
    """The paragraphs as clauses; one without a number of its own belongs to the last number."""
    found: list[Clause] = []
    path: list[tuple[int, str]] = []
    for line, paragraph in enumerate(paragraphs):
        text = paragraph.strip().lstrip("\u3000 ")
        level, number = _numbered(text)
        if number:
            path = [each for each in path if each[0] < level] + [(level, number)]
            text = text[len(number) :].lstrip("\u3000 ")
        found.append(Clause(number, tuple(each for _, each in path), text, line))
    return tuple(found)


def _numbered(text: str) -> tuple[int, str]:
    for level, form in enumerate(_LEVELS):
        if match := form.match(text):
            return level, match[0]
    return 0, ""
