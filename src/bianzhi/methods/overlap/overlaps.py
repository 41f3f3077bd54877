"""Overlaps of duties among institutions: proposed, ranked, explained; people decide."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from bianzhi.methods.overlap.compare import CLASSES, RELATED, SAME, Comparison, compare
from bianzhi.methods.overlap.compare import PART as PART_OF
from bianzhi.methods.overlap.formulas import formulas
from bianzhi.methods.overlap.groups import Matter, gather
from bianzhi.methods.overlap.lexicon import Lexicon, shipped
from bianzhi.methods.overlap.model import Model, shipped_model
from bianzhi.methods.overlap.search import Neighbours, neighbours
from bianzhi.methods.overlap.sides import Side, side_of
from bianzhi.methods.overlap.vectors import Vectors, vectors

PROPOSED = (SAME, PART_OF, RELATED)


class OverlapError(ValueError):
    """The statements cannot be compared; the message says why."""


@dataclass(frozen=True)
class Pair:
    """Two statements of different institutions, compared.

    Attributes:
        one, other: Their numbers, the smaller first.
        comparison: What relates them and why.
    """

    one: int
    other: int
    comparison: Comparison


@dataclass(frozen=True)
class Overlaps:
    """What was found.

    Attributes:
        texts, owners: The statements and their institutions.
        near: The k nearest statements of other institutions of each.
        pairs: Pairs of one matter (same, part, related), best first: the order of review.
        further: (one, other, score) of the pairs compared and not proposed, best first: where a
            review goes on that wants to miss nothing.
    """

    texts: tuple[str, ...]
    owners: tuple[str, ...]
    near: Neighbours
    pairs: tuple[Pair, ...]
    further: tuple[tuple[int, int, float], ...]
    lexicon: Lexicon
    model: Model

    @cached_property
    def matters(self) -> list[Matter]:
        """Statements gathered into matters by the pairs proposed, those with most holders first."""
        pairs = {(pair.one, pair.other): pair.comparison.score for pair in self.pairs}
        return gather(self.texts, self.owners, pairs, self.model.part, self.lexicon)

    @cached_property
    def sides(self) -> list[Side]:
        """The side of each statement."""
        return [side_of(text, self.lexicon) for text in self.texts]

    def to_frame(self) -> pl.DataFrame:
        """A row a pair: owners, texts, relation, score, what matched and why."""
        rows = [
            {
                "one": pair.one, "other": pair.other,
                "owner": self.owners[pair.one], "other_owner": self.owners[pair.other],
                "text": self.texts[pair.one], "other_text": self.texts[pair.other],
                "relation": CLASSES[pair.comparison.relation], "score": pair.comparison.score,
                "matched": "、".join(pair.comparison.matched), "why": pair.comparison.why,
            }
            for pair in self.pairs
        ]  # fmt: skip
        schema = {
            "one": pl.Int64, "other": pl.Int64, "owner": pl.String, "other_owner": pl.String,
            "text": pl.String, "other_text": pl.String, "relation": pl.String,
            "score": pl.Float64, "matched": pl.String, "why": pl.String,
        }  # fmt: skip
        return pl.DataFrame(rows, schema=schema)

    def summary(self) -> str:
        """How much was found, in words."""
        counts = dict.fromkeys(PROPOSED, 0)
        for pair in self.pairs:
            if pair.comparison.relation in counts:
                counts[pair.comparison.relation] += 1
        told = "，".join(f"{CLASSES[name]} {count} 对" for name, count in counts.items())
        shared = sum(len(matter.holders) > 1 for matter in self.matters)
        return (
            f"{len(set(self.owners))} 家机构的 {len(self.texts)} 项职责：{told}；"
            f"{shared} 个事项由两家以上承担。以上是建议，须逐对确认。"
        )


def find(
    texts: Sequence[str],
    owners: Sequence[str],
    k: int = 10,
    dismissed: Iterable[tuple[str, str]] = (),
    areas: Sequence[str] | None = None,
    institutions: Collection[str] = (),
    lexicon: Lexicon | None = None,
    model: Model | None = None,
) -> Overlaps:
    """Find overlapping duties between institutions.

    Args:
        texts: n statements of duty, one matter each (see :func:`parsing.statements`).
        owners: n institutions (a department's section counts as one).
        k: How many nearest statements of others are looked at for each.
        dismissed: Pairs of texts people have said no to, in either order: not proposed again.
        areas: Whom the institution of each statement serves: the district, a town, a school's own
            pupils. Only those who serve the same can overlap: towns that each do a thing at home,
            and a district that does it for all, divide the work by area. All serve the same where
            not given.
        institutions: Which of the owners are institutions: between two of these there is no
            division into power and service.
        lexicon, model: Shipped ones where not given.

    Raises:
        OverlapError: There is not one owner or area a statement, or a statement is no text.
    """
    lexicon, model = lexicon or shipped(), model or shipped_model()
    areas = [""] * len(texts) if areas is None else areas
    _check(texts, owners, areas)
    rows = vectors(texts, lexicon, model)
    near = _near(rows, k, _numbers(owners), _numbers(areas))
    known = formulas(texts, owners, areas, lexicon)
    no = {frozenset(pair) for pair in dismissed}
    ours = set(institutions)

    @cache  # the same two texts meet again in pair after pair of like institutions
    def compared(one: str, other: str, score: float, area: str, split: bool) -> Comparison:
        return compare(one, other, lexicon, model, score, known[area], split=split)

    pairs = [
        Pair(one, other, compared(
            texts[one], texts[other], score, areas[one],
            not (owners[one] in ours and owners[other] in ours),
        ))
        for one, other, score in _above(rows, near, model.look)
        if frozenset((texts[one], texts[other])) not in no
    ]  # fmt: skip
    pairs.sort(key=lambda pair: (-pair.comparison.score, pair.one, pair.other))
    return Overlaps(tuple(texts), tuple(owners), near, *_split(pairs), lexicon, model)


def _split(pairs: Sequence[Pair]) -> tuple[tuple[Pair, ...], tuple[tuple[int, int, float], ...]]:
    """Those proposed, and of the rest which and how alike."""
    proposed = tuple(pair for pair in pairs if pair.comparison.relation in PROPOSED)
    further = tuple(
        (pair.one, pair.other, pair.comparison.score)
        for pair in pairs if pair.comparison.relation not in PROPOSED
    )  # fmt: skip
    return proposed, further


def _check(texts: Sequence[str], owners: Sequence[str], areas: Sequence[str]) -> None:
    if len(texts) != len(owners):
        raise OverlapError(f"职责 {len(texts)} 项、承担机构 {len(owners)} 家：应一一对应")
    if len(areas) != len(texts):
        raise OverlapError(f"职责 {len(texts)} 项、服务范围 {len(areas)} 个：应一一对应")
    if any(not isinstance(text, str) for text in texts):
        raise OverlapError("职责应是文字；空缺的请先去掉")


def _near(
    rows: Vectors, k: int, owners: npt.NDArray[np.int64], areas: npt.NDArray[np.int64]
) -> Neighbours:
    """The nearest of the same area."""
    others = np.full((len(rows), k), -1, np.int64)
    scores = np.zeros((len(rows), k), np.float32)
    for part in np.split(order := np.argsort(areas, kind="stable"),
                         np.flatnonzero(np.diff(areas[order])) + 1):  # fmt: skip
        found = neighbours(rows.take(part), k, owners[part])
        others[part] = np.where(found.others >= 0, part[found.others], -1)
        scores[part] = found.scores
    return Neighbours(others, scores)


def _numbers(owners: Sequence[str]) -> npt.NDArray[np.int64]:
    numbers = {owner: at for at, owner in enumerate(dict.fromkeys(owners))}
    return np.array([numbers[owner] for owner in owners], np.int64)


def _above(rows: Vectors, near: Neighbours, least: float) -> list[tuple[int, int, float]]:
    """Pairs from a score on, each once, best first."""
    ones = np.repeat(np.arange(len(rows)), near.others.shape[1])
    others, scores = near.others.ravel(), near.scores.ravel()
    keep = (others >= 0) & (scores >= least)
    low, high = np.minimum(ones, others)[keep], np.maximum(ones, others)[keep]
    found = {(int(a), int(b)): float(s) for a, b, s in zip(low, high, scores[keep], strict=True)}
    return sorted(
        ((one, other, score) for (one, other), score in found.items()),
        key=lambda each: (-each[2], each[0], each[1]),
    )
