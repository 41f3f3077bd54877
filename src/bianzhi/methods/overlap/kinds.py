"""One head, two kinds: 文书档案 and 竣工档案 are both 档案 and not one matter.

In Chinese what tells things apart stands before the word for them. Two statements that share a
head, each with a word of its own before it, speak of two kinds of a thing; so do two that share no
word but only a wide group of the thesaurus.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import numpy as np
import numpy.typing as npt

from bianzhi.methods.overlap.lexicon import FRAME, OBJECT, SCOPE, Lexicon
from bianzhi.methods.overlap.parsing import UNKNOWN, Clause, Parsed, Word
from bianzhi.methods.overlap.tokens import matters

Bools = npt.NDArray[np.bool_]
LEAST = 2  # characters that make a word of its own: one more (农 in 农产品) may be an abbreviation
TIGHT = 7  # words of a group up to which all are names of one matter


def things_of(parsed: Parsed, lexicon: Lexicon) -> str:
    """The text of a statement with only the words of its matter left, the rest as blanks."""
    left = [" "] * len(parsed.text)
    for clause in parsed.clauses:
        for word in () if clause.excepted else clause.words:
            if word.text in clause.objects and not _doing(clause, word, lexicon):
                left[word.start : word.end] = word.text
    return "".join(left)


def spoken(parsed: Parsed, lexicon: Lexicon) -> frozenset[str]:
    """The groups of the thesaurus a statement speaks of otherwise than by what is done."""
    left = list(parsed.text)
    for clause in parsed.clauses:
        for word in clause.words:
            if clause.excepted or _doing(clause, word, lexicon):
                left[word.start : word.end] = " " * len(word.text)
    return frozenset(name for part in "".join(left).split() for name in matters(part, lexicon))


def _doing(clause: Clause, word: Word, lexicon: Lexicon) -> bool:
    """Whether a word that is both (统计, 编制) says what is done: after 的 it does, and right after
    the thing it is done to (标准编制)."""
    if word.text not in lexicon.actions:
        return False
    return any(
        (each.text == "的" and each.end <= word.start)
        or (each.role in (OBJECT, UNKNOWN) and each.end == word.start)
        for each in clause.words
    )


def told_apart(
    parsed: Sequence[Parsed], hits: Sequence[Bools], heads: Collection[str],
    formulas: frozenset[str] | None = None,
) -> bool:  # fmt: skip
    """Whether every word both share is, in both, of a kind of its own: each has a word of its own
    right before it (文书档案, 竣工档案).

    Args:
        parsed, hits: Two statements and which of their characters matched.
        heads: The words of the matter both have.
        formulas: Where given, a name of its own right after it tells apart as well (森林资源,
            森林火情), unless it is a formula.
    """
    open_ = [_speaking(each) for each in parsed]
    named = [_naming(each, formulas or frozenset()) for each in parsed]
    both = list(zip(parsed, hits, open_, named, strict=True))
    return bool(heads) and all(
        all(_own_before(one.text, hit, speaks, head) for one, hit, speaks, _ in both)
        or (formulas is not None
            and all(_own_after(one.text, hit, names, head) for one, hit, _, names in both))
        for head in heads
    )  # fmt: skip


def _own_before(text: str, hit: Bools, speaks: Bools, head: str) -> bool:
    """Whether a word that did not match stands right before every occurrence of a head."""
    at = text.find(head)
    while at >= 0:
        start = at
        while start > 0 and speaks[start - 1] and hit[start - 1]:
            start -= 1
        own = 0
        while start - own > 0 and speaks[start - own - 1] and not hit[start - own - 1]:
            own += 1
        if own < LEAST:
            return False
        at = text.find(head, at + 1)
    return True


def _own_after(text: str, hit: Bools, names: Bools, head: str) -> bool:
    """Whether a name that did not match stands right after every occurrence of a head."""
    at = text.find(head)
    while at >= 0:
        end = at + len(head)
        while end < len(text) and names[end] and hit[end]:
            end += 1
        own = 0
        while end + own < len(text) and names[end + own] and not hit[end + own]:
            own += 1
        if own < LEAST:
            return False
        at = text.find(head, at + 1)
    return True


def _speaking(parsed: Parsed) -> Bools:
    """Characters of words that are neither frames nor scopes: where a frame stands, a name ends."""
    return _of(parsed, lambda word: word.role not in (FRAME, SCOPE))


def _naming(parsed: Parsed, formulas: frozenset[str]) -> Bools:
    """Characters of words that name things: where the doing or a formula begins, a name ends."""
    found = _of(parsed, lambda word: word.role in (OBJECT, UNKNOWN))
    for at in range(len(parsed.text) - 1):
        if parsed.text[at : at + 2] in formulas:
            found[at : at + 2] = False
    return found


def _of(parsed: Parsed, wanted: Callable[[Word], bool]) -> Bools:
    found = np.zeros(len(parsed.text), bool)
    for clause in parsed.clauses:
        for word in clause.words:
            if wanted(word):
                found[word.start : word.end] = True
    return found


def whole(parsed: Parsed, head: str) -> bool:
    """Whether a stretch stands somewhere as more than pieces of known words: 地质 is nothing in
    耕地质量, nor 急救 in 应急救援."""
    words = [word for clause in parsed.clauses for word in clause.words if word.role != UNKNOWN]
    at = parsed.text.find(head)
    while at >= 0:
        end = at + len(head)
        inside = any(w.start < at < w.end and w.end != end for w in words)
        if not inside:
            return True
        at = parsed.text.find(head, at + 1)
    return False


def _one_within_the_other(words: Sequence[str], parsed: Sequence[Parsed]) -> bool:
    """Whether the longest names in two texts differ, and one of them holds the other."""
    one, other = (
        _longest([word for word in words if whole(each, word)], each.text) for each in parsed
    )
    return any(a != b and (a in b or b in a) for a in one for b in other)


def _longest(words: Sequence[str], text: str) -> set[str]:
    """The words in a text that stand there not only within a longer one of them."""
    found: set[str] = set()
    for word in sorted((each for each in words if each in text), key=len, reverse=True):
        if word in text:
            found.add(word)
            text = text.replace(word, " ")
    return found


def one_matter(parsed: Sequence[Parsed], group: str, lexicon: Lexicon) -> bool:
    """Whether a group's words in two texts are names of one matter, not of neighbours in a field:
    one abbreviates the other (节能, 节约能源), or the group is so narrow that all its words do.
    A word that stands in both is no other name of anything, unless one of the two says it only
    within a longer name (渣土, 建筑渣土)."""
    words = [word for word, names in lexicon.groups.items() if group in names]
    texts = [each.text for each in parsed]
    mine = [word for word in words if word in texts[0] and word not in texts[1]]
    yours = [word for word in words if word in texts[1] and word not in texts[0]]
    if lexicon.width[group] <= TIGHT:
        return bool(mine and yours) or _one_within_the_other(words, parsed)
    return any(set(a) <= set(b) or set(b) <= set(a) for a in mine for b in yours)
