"""Different words for one matter: where two statements name it, each in its own way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bianzhi.methods.overlap.lexicon import Lexicon
from bianzhi.methods.overlap.parsing import UNKNOWN, Parsed, Word, names_among
from bianzhi.methods.overlap.remembering import once_a_statement

Place = tuple[int, int]  # from, to (not included)


def whole(parsed: Parsed, stretch: str, lexicon: Lexicon) -> bool:
    """Whether a stretch stands somewhere as more than pieces of known words: 地质 is nothing in
    耕地质量, nor 急救 in 应急救援, nor 产品质量 in 农产品质量, nor 退役 in 退役军人."""
    words = [word for clause in parsed.clauses for word in clause.words]
    at = parsed.text.find(stretch)
    while at >= 0:
        if _stands(words, at, at + len(stretch), lexicon):
            return True
        at = parsed.text.find(stretch, at + 1)
    return False


def _stands(words: Sequence[Word], start: int, end: int, lexicon: Lexicon) -> bool:
    """Not begun within a known word that ends elsewhere, nor the rest of one behind its first
    character; nor, unless known itself, a part of one that is longer by two characters or more."""
    text = "".join(word.text[max(start - word.start, 0) : max(end - word.start, 0)]
                   for word in words if word.start < end and word.end > start)  # fmt: skip
    known = text in lexicon.roles
    return not any(_piece(start, end, word, known) for word in words if word.role != UNKNOWN)


def _piece(start: int, end: int, word: Word, known: bool) -> bool:
    if word.start < start < word.end:
        return word.end != end or start == word.start + 1 or not known
    return word.start == start and end < word.end - 1 and not known


def other_names(parsed: Sequence[Parsed], lexicon: Lexicon) -> list[tuple[Place, Place]]:
    """Where two statements name one matter with different words (渣土, 建筑废弃物). A word within
    the other (养老, 养老服务) is no other word."""
    ones, others = (names_in(each, lexicon) for each in parsed)
    if not _matters(ones, lexicon) & _matters(others, lexicon):
        return []
    return [
        (place, there)
        for one, places in ones.items() for other, theres in others.items()
        if one not in other and other not in one and lexicon.one_thing(one, other)
        for place in places for there in theres
    ]  # fmt: skip


def done_in_both(parsed: Sequence[Parsed], lexicon: Lexicon) -> tuple[str, ...]:
    """What is done in both, as the first says it: 养护 where the other says 管护."""
    theirs = {lexicon.doings.get(word, word) for word in parsed[1].actions}
    mine = dict.fromkeys(parsed[0].actions)
    return tuple(word for word in mine if lexicon.doings.get(word, word) in theirs)


def _matters(words: Iterable[str], lexicon: Lexicon) -> frozenset[str]:
    return frozenset(matter for word in words for matter in lexicon.names[word])


@once_a_statement
def names_in(parsed: Parsed, lexicon: Lexicon) -> dict[str, list[Place]]:
    """The names of matters in what a statement is charged with, and where: those that begin and end
    where words do."""
    found: dict[str, list[Place]] = {}
    for clause in parsed.clauses:
        words = () if clause.excepted else clause.words
        for name, start, end in names_among(words, parsed.text, lexicon):
            found.setdefault(name, []).append((start, end))
    return found


def common(word: str, text: str) -> list[tuple[int, int]]:
    """The longest stretches (two characters and more) of a word that the text has too."""
    found, start = [], 0
    while start < len(word) - 1:
        end = len(word)
        while end > start + 1 and word[start:end] not in text:
            end -= 1
        if end > start + 1:
            found.append((start, end))
            start = end
        else:
            start += 1
    return found


def one_matter(parsed: Sequence[Parsed], group: str, lexicon: Lexicon) -> bool:
    """Whether a group's words in two texts are names of one matter, not of neighbours in a field:
    the thesaurus says so (渣土, 建筑垃圾), or one abbreviates the other (节能, 节约能源). A word
    that stands in both is no other name of anything, unless one of the two says it only within a
    longer name (渣土, 建筑渣土)."""
    ones, others = (
        {word for word in names_in(each, lexicon) if group in lexicon.belongs(word)}
        for each in parsed
    )
    return any(
        lexicon.one_thing(one, other) or _abbreviates(one, other) or _abbreviates(other, one)
        for one in ones - others for other in others - ones
    ) or any(
        lexicon.one_thing(one, other) and (one in other or other in one)
        for one in _longest(ones) for other in _longest(others) if one != other
    )  # fmt: skip


def _abbreviates(short: str, long: str) -> bool:
    """Whether a name is the first and further characters of a longer one, in order: 节能, 节约能源;
    not 文物 and 非物质文化遗产."""
    rest = iter(long)
    return short[0] == long[0] and all(each in rest for each in short)


def _longest(words: set[str]) -> set[str]:
    """The words that are not part of a longer one of them."""
    return {word for word in words if not any(word != other and word in other for other in words)}
