"""Names made of other names: 残疾人就业 is meant wherever 残障人士 and 上岗 stand in one clause.

A word list cannot hold every turn of a name. But many names are made of the names of other matters:
a clause that names each of these, by whatever words and in whatever order, means the whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from itertools import islice, product
from typing import NamedTuple

from bianzhi.methods.overlap.lexicon import FRAME, Lexicon
from bianzhi.methods.overlap.parsing import segmented
from bianzhi.methods.overlap.remembering import once_a_lexicon

MOST = 8  # readings of one name: its words may be names of several matters


class Rule(NamedTuple):
    """A clause that names all ``parts`` means ``matter``."""

    parts: frozenset[str]
    matter: str


@once_a_lexicon
def rules(lexicon: Lexicon) -> Mapping[str, tuple[Rule, ...]]:
    """The rules of a lexicon's names, by one of their parts: that which fewest rules have."""
    return _by_rarest({rule for word in lexicon.names for rule in _rules_of(word, lexicon)})


def _rules_of(word: str, lexicon: Lexicon) -> set[Rule]:
    if word in lexicon.roles:
        return set()
    parts = [each.text for each in segmented(word, lexicon) if each.role != FRAME]
    if not all(part in lexicon.names for part in parts):
        return set()  # 妇女儿童发展规划 is more than 妇女 and 儿童
    readings = [sorted(lexicon.names[part]) for part in parts]
    return {
        Rule(frozenset(reading), matter)
        for reading in islice(product(*readings), MOST) if len(set(reading)) > 1
        for matter in lexicon.names[word] if matter not in reading
    }  # fmt: skip


def _by_rarest(found: Collection[Rule]) -> dict[str, tuple[Rule, ...]]:
    counts = Counter(part for rule in found for part in rule.parts)
    kept: dict[str, list[Rule]] = {}
    for rule in sorted(found, key=lambda rule: (rule.matter, sorted(rule.parts))):
        rarest = min(rule.parts, key=lambda part: (counts[part], part))
        kept.setdefault(rarest, []).append(rule)
    return {part: tuple(each) for part, each in kept.items()}


def meant(named: Collection[str], lexicon: Lexicon) -> frozenset[str]:
    """The matters a clause means by naming all their parts, or what is part of these."""
    told = {*named, *(lexicon.wider(named) - lexicon.fields)}
    by_part = rules(lexicon)
    return frozenset(
        rule.matter for part in told for rule in by_part.get(part, ()) if rule.parts <= told
    )
