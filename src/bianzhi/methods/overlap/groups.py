"""Who does what: statements gathered into matters, and the map of institutions around them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np
import polars as pl

from bianzhi.methods.overlap.covering import content
from bianzhi.methods.overlap.lexicon import Lexicon, shipped
from bianzhi.methods.overlap.parsing import parse
from bianzhi.methods.overlap.tokens import matters

MOST = 20_000_000  # cells of a table


@dataclass(frozen=True)
class Matter:
    """One matter and who holds it.

    Attributes:
        name: What most of its statements speak of.
        statements: Numbers of its statements.
        holders: Institutions, each once, in order of their first statement.
    """

    name: str
    statements: tuple[int, ...]
    holders: tuple[str, ...]


def gather(
    texts: Sequence[str], owners: Sequence[str], pairs: Mapping[tuple[int, int], float],
    least: float, lexicon: Lexicon | None = None,
) -> list[Matter]:  # fmt: skip
    """Statements gathered into matters by average linkage (Sokal & Michener 1958).

    Average, not single linkage: one statement that touches two matters must not chain them into
    one. Pairs not given count as 0. Matters with most holders come first.

    Args:
        texts, owners: n statements and their institutions.
        pairs: Numbers of two statements of one matter -> how alike they are.
        least: Two groups are joined while the mean similarity of their pairs is at least this.
    """
    lexicon = lexicon or shipped()
    groups = _linked(len(texts), pairs, least)
    found = []
    for members in groups:
        holders = tuple(dict.fromkeys(owners[each] for each in members))
        found.append(Matter(_name([texts[each] for each in members], lexicon), members, holders))
    return sorted(found, key=lambda matter: (-len(matter.holders), matter.statements))


def _linked(
    count: int, pairs: Mapping[tuple[int, int], float], least: float
) -> list[tuple[int, ...]]:
    members: dict[int, list[int]] = {each: [each] for each in range(count)}
    sums: dict[int, dict[int, float]] = defaultdict(dict)
    for (one, other), score in pairs.items():
        sums[one][other] = sums[other][one] = score
    heap = [(-score, one, other) for (one, other), score in pairs.items()]
    heapify(heap)
    fresh = count
    while heap:
        negative, one, other = heappop(heap)
        if one not in members or other not in members or -negative < least:
            continue
        joined = members.pop(one) + members.pop(other)
        links = Counter(sums.pop(one))
        links.update(sums.pop(other))
        members[fresh] = joined
        for third, total in links.items():
            if third in members:
                sums[fresh][third] = sums[third][fresh] = total
                mean = total / (len(joined) * len(members[third]))
                heappush(heap, (-mean, third, fresh))
        fresh += 1
    return [tuple(sorted(each)) for each in members.values()]


def _name(texts: Sequence[str], lexicon: Lexicon) -> str:
    """The matter of the thesaurus most of them name, else their most common matter word."""
    parsed = [parse(text, lexicon) for text in texts]
    votes = Counter(name for each in parsed for name in content(each, lexicon).matters)
    if votes and votes.most_common(1)[0][1] * 2 > len(texts):
        best = max(votes.values())
        return "、".join(sorted(name for name, n in votes.items() if n == best)[:2])
    words = Counter(word for each in parsed for word in set(each.objects))
    return min(words, key=lambda word: (-words[word], -len(word), word)) if words else texts[0]


def coverage(found: Sequence[Matter], owners: Sequence[str]) -> pl.DataFrame:
    """Matter × institution: how many statements each institution has on each matter.

    Columns: matter, then one an institution that holds any of them, in order of their statements;
    rows in the order of the matters. All matters of a nation make too large a table: give those
    that are looked at, or take :func:`.links`, which has a row only where something is held.

    Raises:
        ValueError: There would be more than ``MOST`` cells.
    """
    held = sorted({each for matter in found for each in matter.statements})
    number = {name: at for at, name in enumerate(dict.fromkeys(owners[each] for each in held))}
    if len(found) * len(number) > MOST:
        raise ValueError(
            f"{len(found)} 个事项、{len(number)} 家机构的对照表有 {len(found) * len(number)} 格，"
            f"超过 {MOST} 格，看不过来：请先取要看的事项，或者改用逐行列出的 links"
        )
    counts = np.zeros((len(number), len(found)), np.int64)
    for at, matter in enumerate(found):
        for each in matter.statements:
            counts[number[owners[each]], at] += 1
    names = pl.Series("matter", [matter.name for matter in found], pl.String)
    columns = [pl.Series(name, counts[at]) for name, at in number.items()]
    return pl.DataFrame([names, *columns])


def gaps(texts: Sequence[str], wanted: Iterable[str], lexicon: Lexicon | None = None) -> list[str]:
    """Matters somebody must hold and no statement speaks of.

    Args:
        texts: All statements.
        wanted: Names of groups of the thesaurus, or any words, that a catalogue or a law names.
    """
    lexicon = lexicon or shipped()
    spoken = {name for text in texts for name in matters(text, lexicon)}
    whole = "\n".join(texts)
    return [each for each in wanted if each not in spoken and each not in whole]


@dataclass(frozen=True)
class Stray:
    """A statement unlike all else its institution does.

    Attributes:
        statement: Its number.
        owner: The institution.
        usual: The trades of its other statements.
        this: The trades of this one.
    """

    statement: int
    owner: str
    usual: tuple[str, ...]
    this: tuple[str, ...]


def strays(
    texts: Sequence[str], owners: Sequence[str], lexicon: Lexicon | None = None
) -> list[Stray]:
    """Statements whose trades share nothing with those of their institution's other statements.

    Only institutions with three statements and more whose trades are known are judged.
    """
    lexicon = lexicon or shipped()
    trades = [lexicon.trades_of(matters(text, lexicon)) for text in texts]
    by_owner: dict[str, list[int]] = defaultdict(list)
    for number, owner in enumerate(owners):
        if trades[number]:
            by_owner[owner].append(number)
    found = []
    for owner, numbers in by_owner.items():
        for number in numbers if len(numbers) >= 3 else ():
            usual = {s for other in numbers if other != number for s in trades[other]}
            if not usual & trades[number]:
                found.append(
                    Stray(number, owner, tuple(sorted(usual)), tuple(sorted(trades[number])))
                )
    return sorted(found, key=lambda each: each.statement)
