"""What so many institutions write that it tells no matter: 年度计划, 前期调研, 资料归档.

Nobody lists such words: they are counted. A pair of characters, or a group of the thesaurus, that
stands in the matter of many institutions of one area is a formula there, however rare it is
elsewhere; two statements that share nothing else share no matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from bianzhi.methods.overlap.kinds import spoken, things_of
from bianzhi.methods.overlap.lexicon import Lexicon
from bianzhi.methods.overlap.parsing import parse

LEAST = 5  # institutions: fewer may well be one matter done in too many places
SHARE = 1 / 16  # of an area's institutions: no single matter lies in so many hands


def formulas(
    texts: Sequence[str], owners: Sequence[str], areas: Sequence[str], lexicon: Lexicon
) -> dict[str, frozenset[str]]:
    """Area -> the pairs of characters, and the groups as 〔name〕, that are formulas there.

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
    common = frozenset[str]().union(*(told[area] for area in large))
    return {area: told[area] if area in large else told[area] | common for area in told}


def _pairs(text: str, lexicon: Lexicon) -> set[str]:
    parsed = parse(text, lexicon)
    words = things_of(parsed, lexicon).split()
    pairs = {word[at : at + 2] for word in words for at in range(len(word) - 1)}
    return pairs | {f"〔{name}〕" for name in spoken(parsed, lexicon)}
