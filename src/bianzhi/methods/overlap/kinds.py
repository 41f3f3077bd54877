"""One head, two kinds: 文书档案 and 竣工档案 are both 档案 and not one matter.

In Chinese what tells things apart stands before the word for them, and what is looked at of a thing
after it. Two statements that share a word, each with a name of its own beside it, speak of two
things.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from bianzhi.methods.overlap.lexicon import ACTION, FRAME, OBJECT, SCOPE, Lexicon
from bianzhi.methods.overlap.names import Place, names_in
from bianzhi.methods.overlap.parsing import UNKNOWN, Clause, Parsed, Word
from bianzhi.methods.overlap.remembering import once_a_statement

Bools = npt.NDArray[np.bool_]
Shared = tuple[Sequence[Place], Sequence[Place]]  # where a shared word stands in each of two
LEAST = 2  # characters that make a word of its own: one more (农 in 农产品) may be an abbreviation


@once_a_statement
def things_of(parsed: Parsed, lexicon: Lexicon) -> str:
    """The text of a statement with only the words of its matter left, the rest as blanks."""
    left = [" "] * len(parsed.text)
    for clause in parsed.clauses:
        for word in () if clause.excepted else clause.words:
            if word.text in clause.objects and not _doing(clause, word, lexicon):
                left[word.start : word.end] = word.text
    return "".join(left)


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


@dataclass(frozen=True)
class Kinds:
    """Two statements, and where in each a shared word has a name of its own beside it.

    Attributes:
        parsed, hits: The statements and which of their characters matched.
        lexicon: What its thesaurus names is a name though it be made of formulas.
        formulas: Pairs of characters that name nothing (年度计划).
    """

    parsed: Sequence[Parsed]
    hits: Sequence[Bools]
    lexicon: Lexicon
    formulas: frozenset[str]

    def places(self, head: str) -> Shared:
        """Where a word both share stands in each."""
        one, other = (
            tuple((found.start(), found.end()) for found in re.finditer(re.escape(head), each.text))
            for each in self.parsed
        )
        return one, other

    def before(self, heads: Collection[Shared]) -> bool:
        """Whether each shared word is in both of a kind of its own: 文书档案, 竣工档案."""
        return all(self._own(0, head, -1) and self._own(1, head, -1) for head in heads)

    def apart(self, heads: Collection[Shared], alike: bool) -> bool:
        """Whether each shared word has in both statements a name of its own beside it: before it in
        both, after it in both (森林资源, 森林火情), or, unless what is done is ``alike``, before it
        in one and after it in the other (乡村旅游, 旅游市场)."""
        return all(
            any(self._own(0, head, one) and self._own(1, head, other)
                for one, other in ((-1, -1), (1, 1), *(() if alike else ((-1, 1), (1, -1)))))
            for head in heads
        )  # fmt: skip

    def special(self, heads: Collection[Shared], number: int) -> bool:
        """Whether one of the two says each shared word only with a name of its own beside it."""
        return all(self._own(number, h, -1) or self._own(number, h, 1) for h in heads)

    def _own(self, number: int, head: Shared, step: int) -> bool:
        """Whether a name that did not match stands right before (−1) or after (1) every occurrence
        of a shared word."""
        return all(self._beside(number, *place, step) >= LEAST for place in head[number])

    def _beside(self, number: int, start: int, end: int, step: int) -> int:
        """How long the name that did not match is; before a word it may be parted from it by 的."""
        text, hit = self.parsed[number].text, self.hits[number]
        names = self._names(number, step)
        place = start - 1 if step < 0 else end
        while 0 <= place < len(text) and names[place] and hit[place]:
            place += step
        if step < 0 and place == start - 1 and place > 0 and text[place] == "的":
            place -= 1
        own = 0
        while 0 <= place < len(text) and names[place] and not hit[place]:
            place, own = place + step, own + 1
        return own

    def _names(self, number: int, step: int) -> Bools:
        if step < 0:
            return speaking(self.parsed[number], self.lexicon)
        return naming(self.parsed[number], self.lexicon, self.formulas)


@once_a_statement
def speaking(parsed: Parsed, lexicon: Lexicon) -> Bools:
    """Characters of words that may tell a kind: neither frames nor scopes. What is done may
    (采购档案, 校外教育活动)."""
    return _of(parsed, lambda word: word.role not in (FRAME, SCOPE))


@once_a_statement
def naming(parsed: Parsed, lexicon: Lexicon, formulas: frozenset[str]) -> Bools:
    """Characters of words that name things: where the doing or a formula begins, a name ends. What
    is done right before a thing is part of its name (服务质量, 检测机构)."""
    found = _of(parsed, _thing) | _doing_of(parsed)
    called = np.zeros(len(parsed.text), bool)
    for word, places in names_in(parsed, lexicon).items():
        for start, end in () if formula(word, formulas) else places:
            called[start:end] = True
    for at in range(len(parsed.text) - 1):
        if parsed.text[at : at + 2] in formulas:
            found[at : at + 2] &= called[at : at + 2]
    return found


def formula(word: str, formulas: frozenset[str]) -> bool:
    """Whether a word is nothing but formulas."""
    return all(word[at : at + 2] in formulas for at in range(len(word) - 1))


def _thing(word: Word) -> bool:
    return word.role in (OBJECT, UNKNOWN)


def _of(parsed: Parsed, wanted: Callable[[Word], bool]) -> Bools:
    found = np.zeros(len(parsed.text), bool)
    for clause in parsed.clauses:
        for word in clause.words:
            if wanted(word):
                found[word.start : word.end] = True
    return found


def _doing_of(parsed: Parsed) -> Bools:
    """Characters of what is done right before a thing: part of its name."""
    found = np.zeros(len(parsed.text), bool)
    for clause in parsed.clauses:
        for word, after in pairwise(clause.words):
            if word.role == ACTION and _thing(after) and word.end == after.start:
                found[word.start : word.end] = True
    return found


__all__ = ["Kinds", "formula", "things_of"]
