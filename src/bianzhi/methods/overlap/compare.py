"""Two statements side by side: what relates them, how strongly, and which words say so.

Classes: ``same`` (one matter, both do it), ``part`` (one matter is wider and holds the other),
``related`` (one matter, complementary roles: one side decides, the other serves — a 政事 split, not
an overlap), ``sibling`` (neighbouring matters of one sector, or the same doing on different
matters), ``none``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bianzhi.methods.overlap.apart import Apart, told_apart
from bianzhi.methods.overlap.formulas import everywhere
from bianzhi.methods.overlap.lexicon import FRAME, SCOPE, Lexicon, shipped
from bianzhi.methods.overlap.model import Model, shipped_model
from bianzhi.methods.overlap.names import common, other_names
from bianzhi.methods.overlap.parsing import Parsed, parse
from bianzhi.methods.overlap.remembering import once_a_statement
from bianzhi.methods.overlap.sides import ADMINISTRATIVE, SERVICE, Side, side_of
from bianzhi.methods.overlap.tokens import matters
from bianzhi.methods.overlap.vectors import vectors

SAME, PART, RELATED, SIBLING, NONE = "same", "part", "related", "sibling", "none"
CLASSES = {
    SAME: "同一事项",
    PART: "包含",
    RELATED: "同一事项、分工不同",
    SIBLING: "相邻事项",
    NONE: "无关",
}


@dataclass(frozen=True)
class Mark:
    """A stretch of a statement that matched: from ``start`` to ``end`` (not included)."""

    start: int
    end: int


@dataclass(frozen=True)
class Comparison:
    """Two statements compared.

    Attributes:
        texts: Both, normalised; marks refer to these.
        relation: One of ``CLASSES``.
        score: Cosine between 0 and 1.
        covered: Share of the first one's matter found in the second, and the reverse.
        matched: Two names of one matter (渣土＝建筑废弃物), the words that matched, longest first,
            and the fields both speak of (〔建筑垃圾〕).
        doing: What is done in both.
        marks: Where they stand in each text.
        wider: 0 or 1, the statement that holds the other; None unless ``part``.
        sides: The side of each.
        why: A sentence for people.
    """

    texts: tuple[str, str]
    relation: str
    score: float
    covered: tuple[float, float]
    matched: tuple[str, ...]
    doing: tuple[str, ...]
    marks: tuple[tuple[Mark, ...], tuple[Mark, ...]]
    wider: int | None
    sides: tuple[Side, Side]
    why: str

    def marked(self, number: int) -> tuple[str, ...]:
        """The stretches of the first (0) or the other (1) text that matched, in order."""
        return tuple(self.texts[number][each.start : each.end] for each in self.marks[number])


def compare(
    one: str, other: str, lexicon: Lexicon | None = None, model: Model | None = None,
    score: float | None = None, formulas: frozenset[str] | None = None, split: bool = True,
) -> Comparison:  # fmt: skip
    """Compare two statements.

    Args:
        one, other: Statements of duty.
        lexicon, model: Shipped ones where not given.
        score: Their cosine among all statements at hand, where it is known.
        formulas: Pairs of characters that tell no matter here (see :mod:`.formulas`); those that
            tell none anywhere where not given.
        split: Whether the two may divide one matter as power and service, which two institutions
            may not: the power is amiss on the list of either, and they overlap.

    >>> compare("承担渣土运输管理", "负责建筑废弃物运输的管理").relation
    'same'
    >>> compare("承担粮油质量检测", "承担工程质量检测").relation
    'sibling'
    """
    lexicon, model = lexicon or shipped(), model or shipped_model()
    parsed = parse(one, lexicon), parse(other, lexicon)
    if score is None:
        score = vectors([one, other], lexicon, model).dot(0, 1)
    groups = _groups(parsed[0], lexicon), _groups(parsed[1], lexicon)
    shared, hits = _shared(parsed, groups, lexicon)
    marks = _marks(hits[0]), _marks(hits[1])
    covered = _covered(parsed[0], marks[0]), _covered(parsed[1], marks[1])
    sides = side_of(one, lexicon), side_of(other, lexicon)
    told = everywhere() if formulas is None else formulas
    apart = told_apart(parsed, hits, lexicon, told)
    divided = split and all(each.sure for each in sides) and _divided(sides)
    relation, wider = _relation(score, covered, divided, parsed, groups, lexicon, model, apart)
    why = _why(relation, shared, sides, wider)
    doing = tuple(word for word in dict.fromkeys(parsed[0].actions) if word in parsed[1].actions)
    return Comparison(
        (parsed[0].text, parsed[1].text), relation, score, covered, shared, doing, marks, wider,
        sides, why,
    )  # fmt: skip


@once_a_statement
def _groups(parsed: Parsed, lexicon: Lexicon) -> frozenset[str]:
    return frozenset(
        name for clause in parsed.clauses if not clause.excepted
        for name in matters(clause.text, lexicon)
    )  # fmt: skip


@once_a_statement
def _named(parsed: Parsed, lexicon: Lexicon) -> frozenset[str]:
    """Groups a statement names by a word of its own: not across words (“野生动植物保护” is no
    植物保护), not by a word that may as well say what is done (“规划编制”)."""
    words = (word for word in parsed.objects if word not in lexicon.actions)
    return frozenset(name for word in words for name in matters(word, lexicon))


def _shared(
    parsed: tuple[Parsed, Parsed], groups: tuple[frozenset[str], frozenset[str]], lexicon: Lexicon
) -> tuple[tuple[str, ...], list[npt.NDArray[np.bool_]]]:
    """(words and matters both speak of, which characters of each they are)."""
    both = groups[0] & groups[1]
    hits = [np.zeros(len(each.text), bool) for each in parsed]
    words: set[str] = set()
    for me, you in ((0, 1), (1, 0)):
        opposite = parsed[you].text
        for clause in parsed[me].clauses:
            if clause.excepted:
                continue
            for word in clause.words:
                if word.role in (FRAME, SCOPE):
                    continue
                for start, end in common(word.text, opposite):
                    hits[me][word.start + start : word.start + end] = True
                    words.add(word.text[start:end])
    called: list[str] = []
    for places in other_names(parsed, lexicon):
        for hit, (start, end) in zip(hits, places, strict=True):
            hit[start:end] = True
        names = (each.text[start:end] for each, (start, end) in zip(parsed, places, strict=True))
        called.append("＝".join(names))
    shown = [f"〔{name}〕" for name in sorted(both)]
    longest = sorted((w for w in words if len(w) > 1), key=lambda word: (-len(word), word))
    kept = [w for i, w in enumerate(longest) if not any(w in other for other in longest[:i])]
    return (*dict.fromkeys(called), *kept, *shown), hits


def _marks(hit: npt.NDArray[np.bool_]) -> tuple[Mark, ...]:
    edges = np.flatnonzero(np.diff(np.r_[False, hit, False].astype(np.int8)))
    return tuple(Mark(int(a), int(b)) for a, b in edges.reshape(-1, 2))


def _covered(parsed: Parsed, marks: tuple[Mark, ...]) -> float:
    """Which share of a statement's matter is marked, counted in characters."""
    marked = {at for mark in marks for at in range(mark.start, mark.end)}
    places = [
        at for clause in parsed.clauses if not clause.excepted for word in clause.words
        if word.text in clause.objects for at in range(word.start, word.end)
    ]  # fmt: skip
    return sum(at in marked for at in places) / len(places) if places else 0.0


def _relation(
    score: float, covered: tuple[float, float], divided: bool,
    parsed: tuple[Parsed, Parsed], groups: tuple[frozenset[str], frozenset[str]],
    lexicon: Lexicon, model: Model, apart: Apart,
) -> tuple[str, int | None]:  # fmt: skip
    named = _named(parsed[0], lexicon), _named(parsed[1], lexicon)
    own = (
        named[0] - groups[1] - lexicon.wider(groups[1]),
        named[1] - groups[0] - lexicon.wider(groups[0]),
    )
    fields = groups[0] & groups[1]
    if score >= model.part and apart.kinds:
        return SIBLING, None
    if score >= model.overlap:
        # each speaks of a matter of its own, and of no more matters in common: neighbours
        if all(own) and len(fields) <= min(map(len, own)):
            return SIBLING, None
        if divided:
            return RELATED, None
    if score >= model.part and apart.sides:
        return SIBLING, None
    for narrow, wide in ((0, 1), (1, 0)):
        if (
            score >= model.part
            and covered[narrow] >= model.wide
            and (covered[wide] < model.narrow and not own[narrow])
        ):
            special = apart.special[wide] and not apart.special[narrow]
            return PART, narrow if special else wide
    if score >= model.overlap:
        return SAME, None
    near = lexicon.sectors_of(groups[0]) & lexicon.sectors_of(groups[1])
    same_doing = set(parsed[0].actions) & set(parsed[1].actions)
    return (SIBLING if near or (same_doing and score > 0) else NONE), None


def _divided(sides: tuple[Side, Side]) -> bool:
    return {each.side for each in sides} == {ADMINISTRATIVE, SERVICE}


def _why(
    relation: str, shared: tuple[str, ...], sides: tuple[Side, Side], wider: int | None
) -> str:
    words = "、".join(shared[:4])
    if relation == SAME:
        return f"都办“{words}”，且办法相当，应明确由一家承担"
    if relation == PART:
        return f"{'前' if wider == 0 else '后'}一项范围更宽，包含另一项的“{words}”"
    if relation == RELATED:
        admin = next(each for each in sides if each.side == ADMINISTRATIVE)
        serve = next(each for each in sides if each.side == SERVICE)
        return f"同为“{words}”，一方决定（{admin.phrase}），一方服务（{serve.phrase}），属政事分工"
    if relation == SIBLING:
        return f"字面相近（{words}），办的不是同一件事" if words else "属于同一行业的不同事项"
    return "没有共同的事项"
