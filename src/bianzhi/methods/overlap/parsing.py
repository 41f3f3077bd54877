"""Parsing a duty: statements, clauses, and in each clause what is done to what, for whom.

A text is cut at numbers (1. （二） 第三) and full stops into statements, at commas and semicolons
into clauses; a clause into words by the lexicon (fewest unknown characters, then fewest words).
What the lexicon does not know is taken for the matter: new matters are the rule, new verbs rare.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import pairwise

from bianzhi.methods.overlap.lexicon import ACTION, FRAME, OBJECT, SCOPE, Lexicon
from bianzhi.methods.overlap.remembering import once_a_text

UNKNOWN = "unknown"
_NUMBERS = re.compile(
    r"(?:^|(?<=[\s。；;]))(?:[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[（(]?\d{1,2}[）)、.．](?!\d)"
    r"|第[一二三四五六七八九十]{1,3}[条项款])"
)
_CIRCLED = re.compile("[①-⑳]")
_PUNCTUATION = str.maketrans(",;:()", "，；：（）")
_STOPS = re.compile(r"[。！!？?\n]+")
_CLAUSES = re.compile(r"[，,；;：:]+")
# “除…外，”: a clause of its own, not the holder's; not 清除户外广告, nor 清除外来物种
EXCEPT = re.compile(
    r"(?<![清拆扫消免去剔解排删根铲])除[^，,；;：:。]{1,30}?外(?=[，,；;：:。、的]|$)"
)
_PARENTHESES = re.compile(r"[（(][^（）()]*[）)]")
WORDS = re.compile(r"[\u4e00-\u9fff0-9A-Za-z]+")


def normal(text: str) -> str:
    """Letters and digits half-width, punctuation Chinese, blanks inside Chinese dropped."""
    flat = unicodedata.normalize("NFKC", text).strip().translate(_PUNCTUATION)
    return re.sub(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])", "", flat)


def statements(text: str) -> list[str]:
    """The single statements of a text of duties.

    >>> statements("（一）负责甲事。（二）承担乙、丙；协助丁。")
    ['负责甲事', '承担乙、丙；协助丁']
    """
    lines = _CIRCLED.sub("\n", text).splitlines()
    flat = "\n".join(normal(line) for line in lines)
    cut = _NUMBERS.sub("\n", flat.replace("。", "。 "))
    parts = (part.strip(" ;；,，、.") for part in _STOPS.split(cut))
    return [part for part in parts if part]


@dataclass(frozen=True)
class Word:
    """A word of a clause: its text, its role, and where in the statement it stands."""

    text: str
    role: str
    start: int

    @property
    def end(self) -> int:
        """The position after its last character."""
        return self.start + len(self.text)


@dataclass(frozen=True)
class Clause:
    """One thing a statement says.

    Attributes:
        text: As written.
        words: All its words, in order.
        excepted: The clause says what the holder does *not* do.
    """

    text: str
    words: tuple[Word, ...]
    excepted: bool

    def of(self, *roles: str) -> tuple[str, ...]:
        """The words of some roles."""
        return tuple(word.text for word in self.words if word.role in roles)

    @property
    def actions(self) -> tuple[str, ...]:
        """What is done."""
        return self.of(ACTION)

    @property
    def objects(self) -> tuple[str, ...]:
        """What it is done to; neighbouring characters the lexicon does not know make one word."""
        return self.of(OBJECT, UNKNOWN)

    @property
    def scope(self) -> tuple[str, ...]:
        """Where and for whom."""
        return self.of(SCOPE)


@dataclass(frozen=True)
class Parsed:
    """A parsed statement."""

    text: str
    clauses: tuple[Clause, ...]

    @cached_property
    def objects(self) -> tuple[str, ...]:
        """The matters of all clauses that are the holder's."""
        return tuple(w for clause in self.clauses if not clause.excepted for w in clause.objects)

    @cached_property
    def actions(self) -> tuple[str, ...]:
        """What is done in all clauses that are the holder's."""
        return tuple(w for clause in self.clauses if not clause.excepted for w in clause.actions)


@once_a_text
def parse(text: str, lexicon: Lexicon) -> Parsed:
    """One statement taken apart.

    >>> from bianzhi.methods.overlap.lexicon import shipped
    >>> clause = parse("承担粮油、畜产品的检验检测", shipped()).clauses[0]
    >>> clause.objects, clause.actions
    (('粮油', '畜产品'), ('检验', '检测'))
    """
    flat = normal(text)
    parts = [flat[start:end] for start, end in cuts(flat)]
    starts = [start for start, _ in cuts(flat)]
    return Parsed(flat, tuple(map(partial(_clause, lexicon=lexicon), parts, starts)))


def cuts(flat: str) -> list[tuple[int, int]]:
    """Where the clauses of a normalised statement begin and end."""
    ends = [(found.start(), found.end()) for found in _CLAUSES.finditer(flat)]
    ends += [edge for found in EXCEPT.finditer(flat)
             for edge in ((found.start(), found.start()), (found.end(), found.end()))]  # fmt: skip
    begin, found_cuts = 0, []
    for stop, after in [*sorted(ends), (len(flat), len(flat))]:
        if flat[begin:stop].strip():
            found_cuts.append((begin, stop))
        begin = max(begin, after)
    return found_cuts


def _clause(part: str, at: int, lexicon: Lexicon) -> Clause:
    words: list[Word] = []
    for found in WORDS.finditer(part):
        words += segmented(found[0], lexicon, at + found.start())
    excepted = says_not(part, lexicon) or bool(EXCEPT.match(part))
    return Clause(part.strip(), tuple(words), excepted)


def says_not(part: str, lexicon: Lexicon) -> bool:
    """Whether a clause says what is not the holder's: by a word in it, or by 除外 at its end."""
    outside = _PARENTHESES.sub("", part).strip()
    return any(
        outside.endswith(word) if word.startswith("除") else word in outside
        for word in lexicon.exceptions
    )


def segmented(text: str, lexicon: Lexicon, at: int = 0) -> list[Word]:
    """A run of characters as words; the best way by (unknown characters, number of words)."""
    roles, longest = lexicon.roles, lexicon.longest_word
    size = len(text)
    cost: list[tuple[int, int]] = [(0, 0)] + [(size + 1, size + 1)] * size
    back = [0] * (size + 1)
    for start in range(size):
        unknown, count = cost[start]
        for end in range(start + 1, min(start + longest, size) + 1):
            known = text[start:end] in roles
            if not known and end > start + 1:
                continue
            new = (unknown + (not known), count + 1)
            if new < cost[end]:
                cost[end], back[end] = new, start
    return _joined(text, back, roles, at)


def _joined(text: str, back: list[int], roles: dict[str, str], at: int) -> list[Word]:
    cuts = [len(text)]
    while cuts[-1]:
        cuts.append(back[cuts[-1]])
    cuts.reverse()
    words: list[Word] = []
    for start, end in pairwise(cuts):
        role = roles.get(text[start:end], UNKNOWN)
        if role == UNKNOWN and words and words[-1].role == UNKNOWN:
            words[-1] = Word(words[-1].text + text[start:end], UNKNOWN, words[-1].start)
        else:
            words.append(Word(text[start:end], role, at + start))
    return words


def word_edges(words: Sequence[Word], lexicon: Lexicon) -> list[int]:
    """Where names may begin and end: where words do, where words meet within one, and in what is
    not known everywhere."""
    edges = {edge for word in words for edge in (word.start, word.end)}
    for word in words:
        edges.update(range(word.start, word.end) if word.role == UNKNOWN else ())
        edges.update(word.start + joint for joint in lexicon.splits.get(word.text, ()))
    return sorted(edges)


def names_among(
    words: Sequence[Word], text: str, lexicon: Lexicon
) -> Iterator[tuple[str, int, int]]:
    """The names of matters in a text cut into words, each with where it begins and ends."""
    edges = word_edges(words, lexicon)
    for at, start in enumerate(edges):
        for end in edges[at + 1 :]:
            if end - start > lexicon.longest_name:
                break
            if (name := text[start:end]) in lexicon.names:
                yield name, start, end


__all__ = ["ACTION", "FRAME", "OBJECT", "SCOPE", "UNKNOWN", "Clause", "Parsed", "Word",
           "names_among", "parse", "segmented", "statements", "word_edges"]  # fmt: skip
