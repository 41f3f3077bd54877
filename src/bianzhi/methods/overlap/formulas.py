"""What so many institutions write that it tells no matter: 年度计划, 前期调研, 资料归档.

Nobody lists such words: they are counted. A pair of characters, a group of the thesaurus, or what
is done, that stands with many institutions of one area is a formula there, however rare it is
elsewhere, and so is what many trades write; two statements that share nothing else share no matter.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache

from bianzhi.methods.overlap.covering import content
from bianzhi.methods.overlap.kinds import things_of
from bianzhi.methods.overlap.lexicon import Lexicon, background_texts, shipped
from bianzhi.methods.overlap.parsing import parse

LEAST = 5  # institutions: fewer may well be one matter done in too many places
SHARE = 1 / 16  # of an area's institutions: no single matter lies in so many hands
EVERYWHERE = 0.03  # of the background's statements, which are of all trades, a few of each


@cache
def everywhere() -> frozenset[str]:
    """What many trades write (信息, 技术, 质量; ‹服务›), counted over the background."""
    texts = background_texts()
    met = Counter(piece for text in texts for piece in _written(text, shipped()))
    return frozenset(piece for piece, count in met.items() if count > EVERYWHERE * len(texts))


def formulas(
    texts: Sequence[str], owners: Sequence[str], areas: Sequence[str], lexicon: Lexicon
) -> dict[str, frozenset[str]]:
    """Area -> its formulas: pairs of characters, groups as 〔name〕, doings as ‹word›.

    An area too small to count in (a town) takes what is a formula in the large ones as well.

    Args:
        texts, owners, areas: n statements, their institutions and whom these serve.
    """
    pairs = {text: _pairs(text, lexicon) for text in set(texts)}
    holders: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    everyone: dict[str, set[str]] = defaultdict(set)
    for text, owner, area in zip(texts, owners, areas, strict=True):
        everyone[area].add(owner)
        for pair in pairs[text]:
            holders[area][pair].add(owner)
    told = {
        area: frozenset(
            pair for pair, found in holders[area].items()
            if len(found) >= LEAST and len(found) > SHARE * len(members)
        )
        for area, members in everyone.items()
    }  # fmt: skip
    large = [area for area, members in everyone.items() if SHARE * len(members) >= LEAST]
    common = everywhere().union(*(told[area] for area in large))
    wide = everywhere()
    return {area: told[area] | (wide if area in large else common) for area in told}


def _pairs(text: str, lexicon: Lexicon) -> set[str]:
    told = content(parse(text, lexicon), lexicon).matters
    return _written(text, lexicon) | {f"〔{matter}〕" for matter in told}


def _written(text: str, lexicon: Lexicon) -> set[str]:
    """The pairs of characters in the matter of a statement, and what is done, as ‹word›."""
    parsed = parse(text, lexicon)
    words = things_of(parsed, lexicon).split()
    pairs = {word[at : at + 2] for word in words for at in range(len(word) - 1)}
    return pairs | {f"‹{word}›" for word in parsed.actions}
