"""Which themes a clause shows, and by which words.

Longer words cover the shorter inside or across them (专业技术人员 is not 人员), so that each
character speaks for one matter only. A theme is shown by one of its words, or by a matter together
with what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from bianzhi.methods.themes.catalogue import SIGN, SUBJECT, WORD, Catalogue

WORD_SCORE, PAIR_SCORE = 1.0, 0.8
Span = tuple[int, int]


class Shown(NamedTuple):
    """A theme shown in a clause: how surely, and where the words stand that show it."""

    score: float
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Met:
    """What is met in a clause.

    Attributes:
        shown: Themes with what shows them.
        subjects, signs: (theme, pair) -> where its words stand; for pairs across clauses.
        wrong: Some word says that something is wrong.
    """

    shown: Mapping[str, Shown] = field(default_factory=dict)
    subjects: Mapping[tuple[str, int], tuple[Span, ...]] = field(default_factory=dict)
    signs: Mapping[tuple[str, int], tuple[Span, ...]] = field(default_factory=dict)
    wrong: bool = False


Places = dict[tuple[str, int], list[Span]]


def meet(text: str, start: int, end: int, catalogue: Catalogue) -> Met:
    """What is met in ``text[start:end]``; places are counted from the beginning of the text."""
    spans = _occurrences(text, start, end, catalogue.scanner)
    if not spans:
        return Met()
    cues, taken = catalogue.cues, _taken(text, spans, catalogue)
    words: dict[str, list[Span]] = {}
    pairs: dict[str, Places] = {SUBJECT: {}, SIGN: {}}
    for span in spans:
        free = span in taken
        for role, theme, number in cues[text[span[0] : span[1]]]:
            if role == WORD and free:
                words.setdefault(theme, []).append(span)
            elif (role == SUBJECT and free) or (role == SIGN and not _inside(span, taken)):
                pairs[role].setdefault((theme, number), []).append(span)
    shown = {theme: Shown(WORD_SCORE, tuple(found)) for theme, found in words.items()}
    for theme, found in _near(text, pairs[SUBJECT], pairs[SIGN]).items():
        shown.setdefault(theme, found)
    return Met(shown, _frozen(pairs[SUBJECT]), _frozen(pairs[SIGN]),
               bool(shown or pairs[SIGN]))  # fmt: skip


def joined(
    subjects: Mapping[tuple[str, int], Iterable[Span]],
    signs: Mapping[tuple[str, int], Iterable[Span]],
) -> dict[str, Shown]:
    """Themes of which both a matter and what is wrong with it are met."""
    return {
        key[0]: Shown(PAIR_SCORE, tuple(sorted({*subjects[key], *signs[key]})))
        for key in sorted(subjects.keys() & signs.keys(), reverse=True)
    }


def _near(text: str, subjects: Places, signs: Places) -> dict[str, Shown]:
    """The same inside a clause: a matter whose own part of an enumeration says what is wrong does
    not take that of another part (“人员多、经费缺” does not say that people are few)."""
    told = {text.count("、", 0, start) for spans in signs.values() for start, _ in spans}
    kept: Places = {}
    for key in subjects.keys() & signs.keys():
        parts = {text.count("、", 0, start) for start, _ in signs[key]}
        for span in subjects[key]:
            part = text.count("、", 0, span[0])
            if part in parts or part not in told:
                kept.setdefault(key, []).append(span)
    return joined(kept, signs)


def _frozen(places: Places) -> dict[tuple[str, int], tuple[Span, ...]]:
    return {key: tuple(spans) for key, spans in places.items()}


def _occurrences(text: str, start: int, end: int, scanner: Mapping[str, tuple[str, ...]]
                 ) -> list[Span]:  # fmt: skip
    found = []
    for at in range(start, end):
        for word in scanner.get(text[at], ()):
            if text.startswith(word, at) and at + len(word) <= end:
                found.append((at, at + len(word)))
    return found


def _taken(text: str, spans: Iterable[Span], catalogue: Catalogue) -> set[Span]:
    """Of words and matters the longest, none across another."""
    taken: set[Span] = set()
    covered: set[int] = set()
    for span in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        if all(role == SIGN for role, _, _ in catalogue.cues[text[span[0] : span[1]]]):
            continue
        places = range(*span)
        if covered.isdisjoint(places):
            taken.add(span)
            covered.update(places)
    return taken


def _inside(span: Span, taken: set[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in taken)
