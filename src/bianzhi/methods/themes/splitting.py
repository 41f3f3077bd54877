"""A text of problems as single complaints, each with the themes it shows.

Cut at numbers (1. （二） 三是 第四) and stops into sentences, at commas into clauses; neighbouring
clauses stay together as long as they speak of the same, and what comes of a problem stays with it.
Nothing is dropped: every word of the text is in one complaint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bianzhi.methods.themes.catalogue import Catalogue
from bianzhi.methods.themes.matching import Met, Shown, joined, meet

_EDGES = re.compile(
    r"[。！!？?；;\n\r]+|[①-⑳]"
    r"|(?:^|(?<=[\s。；;，,：:！!？?]))(?:[（(]?(?:[一二三四五六七八九十]{1,3}|[0-9０-９]{1,2})"
    r"[）)、.．](?![0-9０-９])|第[一二三四五六七八九十]{1,3}[，、,：:]|(?:其[一二三四五六])[，、,：:]"
    r"|[一二三四五六七八九]是)"
)
_COMMAS = re.compile(r"[，,：:]+")
_BLANK = " \t　，,、。；;：:."


@dataclass(frozen=True)
class Complaint:
    """A single complaint of a text.

    Attributes:
        start, end: Where it stands in the text.
        shown: Themes with what shows them, places counted from the beginning of the text.
        denied: It says that all is well.
        wrong: Some word says that something is wrong.
    """

    start: int
    end: int
    shown: dict[str, Shown]
    denied: bool = False
    wrong: bool = False


def complaints(text: str, catalogue: Catalogue) -> list[Complaint]:
    """The single complaints of a text, in order.

    >>> from bianzhi.methods.themes.catalogue import shipped
    >>> said = "一是编制偏少，难以完成任务；二是没有独立的办公场所。"
    >>> [(said[c.start:c.end], sorted(c.shown)) for c in complaints(said, shipped())]
    [('编制偏少，难以完成任务', ['posts-short']), ('没有独立的办公场所', ['premises'])]
    """
    return [
        found for start, end in _cut(text, 0, len(text), _EDGES)
        for found in _sentence(text, start, end, catalogue)
    ]  # fmt: skip


def says_nothing(text: str, catalogue: Catalogue) -> bool:
    """Whether a text is politeness alone (无, 暂无问题, 感谢领导关心)."""
    return not catalogue.filler.sub("", text)


def _cut(text: str, start: int, end: int, edges: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    begin = start
    for found in edges.finditer(text, start, end):
        yield from _trimmed(text, begin, found.start())
        begin = found.end()
    yield from _trimmed(text, begin, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start] in _BLANK:
        start += 1
    while start < end and text[end - 1] in _BLANK:
        end -= 1
    if start < end:
        yield start, end


def _sentence(text: str, start: int, end: int, catalogue: Catalogue) -> list[Complaint]:
    found: list[Complaint] = []
    before = Met()
    for clause in _cut(text, start, end, _COMMAS):
        met = meet(text, *clause, catalogue)
        one = _clause(text, clause, met, before, catalogue)
        if found and _together(text, found[-1], one, catalogue):
            found[-1] = _both(found[-1], one)
        else:
            found.append(one)
        before = met
    return found


def _clause(
    text: str, clause: tuple[int, int], met: Met, before: Met, catalogue: Catalogue
) -> Complaint:
    """One clause; where it says what is wrong without saying of what, of the one before."""
    if catalogue.denying.search(text[clause[0] : clause[1]]):
        return Complaint(*clause, {}, denied=True)
    shown = dict(met.shown)
    if not shown and not met.subjects:
        shown = joined(before.subjects, met.signs)
    return Complaint(*clause, shown, wrong=met.wrong)


def _together(text: str, last: Complaint, one: Complaint, catalogue: Catalogue) -> bool:
    if last.denied or one.denied:
        return last.denied and not (one.shown or one.wrong)
    if one.shown:
        return (not last.shown and not last.wrong) or _touches(last, one)
    if not one.wrong or not (last.shown or last.wrong):
        return True
    return text.startswith(catalogue.consequences, one.start)


def _touches(last: Complaint, one: Complaint) -> bool:
    """They show the same themes, or words of the one before are among what shows the other."""
    reaches = any(span[0] < one.start for each in one.shown.values() for span in each.spans)
    return reaches or last.shown.keys() == one.shown.keys()


def _both(last: Complaint, one: Complaint) -> Complaint:
    shown = dict(last.shown)
    for theme, found in one.shown.items():
        old = shown.get(theme)
        spans = (*old.spans, *found.spans) if old else found.spans
        shown[theme] = Shown(max(found.score, old.score if old else 0), spans)
    return replace(
        last, end=one.end, shown=shown, wrong=last.wrong or one.wrong,
        denied=last.denied,
    )  # fmt: skip
