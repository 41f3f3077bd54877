"""Two statements side by side: what relates them, how strongly, and which words say so.

Classes: ``same`` (one matter, both do it), ``part`` (one matter is wider and holds the other),
``related`` (one matter, complementary roles: one side decides, the other serves — a 政事 split, not
an overlap), ``sibling`` (neighbouring matters of one sector, or the same doing on different
matters), ``none``.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import numpy as np
import numpy.typing as npt

from bianzhi.methods.overlap.apart import Apart, told_apart
from bianzhi.methods.overlap.covering import Content, covered, credit, telling
from bianzhi.methods.overlap.formulas import everywhere
from bianzhi.methods.overlap.lexicon import FRAME, SCOPE, Lexicon, shipped
from bianzhi.methods.overlap.model import Model, shipped_model
from bianzhi.methods.overlap.names import common, done_in_both, other_names
from bianzhi.methods.overlap.parsing import Parsed, parse
from bianzhi.methods.overlap.sides import ADMINISTRATIVE, SERVICE, Side, side_of
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
        score: How alike they are, between 0 and 1: the mean of their cosine and of the smaller
            share covered.
        covered: Share of the first one's matter the second has too, by any name and in part by
            near matters (:mod:`.covering`), and the reverse.
        matched: Two names of one matter (渣土＝建筑废弃物), the words that matched, longest first,
            and the matters both speak of (〔建筑垃圾〕).
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
    told = everywhere() if formulas is None else formulas
    said = telling(parsed[0], lexicon, told), telling(parsed[1], lexicon, told)
    shared, hits = _shared(parsed, said, lexicon)
    credits = (
        credit(said[0], hits[0], said[1], lexicon, model),
        credit(said[1], hits[1], said[0], lexicon, model),
    )
    share = covered(said[0], credits[0]), covered(said[1], credits[1])
    found = covered(said[0], hits[0]), covered(said[1], hits[1])
    alike = (score + min(share)) / 2
    sides = side_of(one, lexicon), side_of(other, lexicon)
    relation, wider = NONE, None
    # each says something that is no formula, and the other has some of it
    if min(share) > 0 and alike >= min(model.part, model.overlap):
        near = [each >= model.near for each in credits]
        apart = told_apart(parsed, near, lexicon, told)
        divided = split and _divided(sides)
        relation, wider = _relation(alike, said, found, divided, apart, lexicon, model)
    if relation == NONE and _neighbours(parsed, said, lexicon, alike):
        relation = SIBLING
    why = _why(relation, shared, sides, wider)
    return Comparison(
        (parsed[0].text, parsed[1].text), relation, alike, share, shared,
        done_in_both(parsed, lexicon), (_marks(hits[0]), _marks(hits[1])), wider, sides, why,
    )  # fmt: skip


def _shared(
    parsed: tuple[Parsed, Parsed], said: tuple[Content, Content], lexicon: Lexicon
) -> tuple[tuple[str, ...], list[npt.NDArray[np.bool_]]]:
    """(words and matters both speak of, which characters of each they are)."""
    both = said[0].matters & said[1].matters
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
    found, start = [], 0
    for same, run in groupby(hit.tolist()):
        end = start + len(list(run))
        if same:
            found.append(Mark(start, end))
        start = end
    return tuple(found)


def _own(said: tuple[Content, Content], lexicon: Lexicon) -> tuple[frozenset[str], frozenset[str]]:
    """The matters each names that the other does not speak of, nor of what is part of them."""
    mine, yours = said
    return (
        mine.named - yours.matters - lexicon.wider(yours.matters),
        yours.named - mine.matters - lexicon.wider(mine.matters),
    )


def _least(
    said: tuple[Content, Content], own: tuple[frozenset[str], frozenset[str]], apart: Apart,
    model: Model,
) -> float:  # fmt: skip
    """From which score on two are taken for one matter: later where they may be neighbours."""
    if apart.kinds or apart.sides:
        return model.kinds
    both = said[0].matters & said[1].matters
    return model.strange if all(own) and len(both) <= min(map(len, own)) else model.overlap


def _relation(
    alike: float, said: tuple[Content, Content], found: tuple[float, float], divided: bool,
    apart: Apart, lexicon: Lexicon, model: Model,
) -> tuple[str, int | None]:  # fmt: skip
    own = _own(said, lexicon)
    least = _least(said, own, apart, model)
    if divided and alike >= least:
        return RELATED, None
    for narrow, wide in ((0, 1), (1, 0)):
        if (
            alike >= model.part and not apart.sides
            and found[narrow] >= model.wide and found[wide] < model.narrow and not own[narrow]
        ):  # fmt: skip
            special = apart.special[wide] and not apart.special[narrow]
            return PART, narrow if special else wide
    return (SAME if alike >= least else NONE), None


def _neighbours(
    parsed: tuple[Parsed, Parsed], said: tuple[Content, Content], lexicon: Lexicon, alike: float
) -> bool:
    """Whether two speak of one trade, or the same is done in both."""
    near = lexicon.trades_of(said[0].matters) & lexicon.trades_of(said[1].matters)
    return bool(near) or (alike > 0 and bool(done_in_both(parsed, lexicon)))


def _divided(sides: tuple[Side, Side]) -> bool:
    """Whether one has the power and the other serves, and words of either say so."""
    return all(e.sure for e in sides) and {e.side for e in sides} == {ADMINISTRATIVE, SERVICE}


def _why(
    relation: str, shared: tuple[str, ...], sides: tuple[Side, Side], wider: int | None
) -> str:
    words = "、".join(shared[:4])
    if relation == SAME:
        return f"都办“{words}”，应明确由一家承担"
    if relation == PART:
        return f"{'前' if wider == 0 else '后'}一项范围更宽，包含另一项的“{words}”"
    if relation == RELATED:
        admin = next(each for each in sides if each.side == ADMINISTRATIVE)
        serve = next(each for each in sides if each.side == SERVICE)
        return f"同为“{words}”，一方决定（{admin.phrase}），一方服务（{serve.phrase}），属政事分工"
    if relation == SIBLING:
        return f"字面相近（{words}），办的不是同一件事" if words else "属于同一行业的不同事项"
    return "没有共同的事项"
