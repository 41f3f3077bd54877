"""One head, two kinds: 文书档案 and 竣工档案 are both 档案 and not one matter.

In Chinese what tells things apart stands before the word for them. Two statements that share a
head, each with a word of its own before it, speak of two kinds of a thing; so do two that share no
word but only a wide group of the thesaurus.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

from bianzhi.methods.overlap.lexicon import FRAME, OBJECT, SCOPE, Lexicon
from bianzhi.methods.overlap.parsing import UNKNOWN, Clause, Parsed, Word
from bianzhi.methods.overlap.tokens import matters

Bools = npt.NDArray[np.bool_]
LEAST = 2  # characters that make a word of its own: one more (农 in 农产品) may be an abbreviation


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


def told_apart(parsed: Sequence[Parsed], hits: Sequence[Bools], heads: Collection[str]) -> bool:
    """Whether every head both share is, in both, a kind of its own.

    Args:
        parsed, hits: Two statements and which of their characters matched.
        heads: The words of the matter both have.
    """
    return bool(heads) and all(
        all(_own_before(one, hit, head) for one, hit in zip(parsed, hits, strict=True))
        for head in heads
    )


def _own_before(parsed: Parsed, hit: Bools, head: str) -> bool:
    """Whether a word that did not match stands right before every occurrence of a head."""
    open_ = _speaking(parsed)
    at = parsed.text.find(head)
    while at >= 0:
        start = at
        while start > 0 and open_[start - 1] and hit[start - 1]:
            start -= 1
        own = 0
        while start - own > 0 and open_[start - own - 1] and not hit[start - own - 1]:
            own += 1
        if own < LEAST:
            return False
        at = parsed.text.find(head, at + 1)
    return True


def _speaking(parsed: Parsed) -> Bools:
    """Characters of words that are neither frames nor scopes: where a frame stands, a name ends."""
    found = np.zeros(len(parsed.text), bool)
    for clause in parsed.clauses:
        for word in clause.words:
            if word.role not in (FRAME, SCOPE):
                found[word.start : word.end] = True
    return found
