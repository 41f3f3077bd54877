"""New themes among complaints that no theme covers: stars, then stars that say alike.

The star clustering of Aslam, Pelekhov & Rus (The Star Clustering Algorithm for Static and Dynamic
Information Organization, J. Graph Algorithms Appl. 8(1), 2004): the complaint with most others near
it is a centre and takes them; then the next. Every member can be shown beside its centre, which it
resembles by at least the limit: chains of likenesses make no theme. No chance is involved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log1p, sqrt
from typing import NamedTuple

import numpy as np

from bianzhi.methods.overlap.search import neighbours
from bianzhi.methods.overlap.vectors import Vectors
from bianzhi.methods.themes.catalogue import Catalogue
from bianzhi.methods.themes.vectors import Floats, Ints, centres, common_words, cosines

NEAREST = 50  # neighbours looked at of each complaint
LONGEST = 12  # characters of a telling word
MOST = 300  # stars that may be joined, the largest


class Cluster(NamedTuple):
    """Complaints that say alike: numbers of rows, the centre first."""

    members: tuple[int, ...]


def clusters(rows: Vectors, texts: Sequence[str], alike: float, joined: float) -> list[Cluster]:
    """Groups of at least two complaints, the largest first.

    Args:
        rows, texts: Complaints, each once.
        alike: The least cosine of a member with the centre of its star.
        joined: Stars whose mean directions have at least this cosine are one theme.
    """
    if len(rows) < 2:
        return []
    near = neighbours(rows, min(NEAREST, len(rows) - 1), least=alike)
    linked = [[int(other) for other in others if other >= 0] for others in near.others]
    order = sorted(range(len(rows)), key=lambda at: (-len(linked[at]), texts[at]))
    taken: set[int] = set()
    stars: list[list[int]] = []
    for at in order:
        if at in taken:
            continue
        star = [at, *(other for other in linked[at] if other not in taken)]
        taken.update(star)
        if len(star) > 1:
            stars.append(star)
    made = [Cluster(tuple(star)) for star in _joined(rows, stars, joined)]
    return sorted(made, key=lambda each: (-len(each.members), texts[each.members[0]]))


def _joined(rows: Vectors, stars: list[list[int]], least: float) -> list[list[int]]:
    """Of the largest stars those that say alike made one, nearest first."""
    stars = sorted(stars, key=lambda star: -len(star))
    stars, rest = stars[:MOST], stars[MOST:]
    middle = [_mean(rows, star) for star in stars]
    near = np.array([[one @ other for other in middle] for one in middle]) if stars else np.eye(0)
    np.fill_diagonal(near, -1)
    while len(stars) > 1 and near.max() >= least:
        one, other = sorted(divmod(int(near.argmax()), len(stars)))
        stars[one] += stars.pop(other)
        middle.pop(other)
        near = np.delete(np.delete(near, other, 0), other, 1)
        middle[one] = _mean(rows, stars[one])
        near[one] = near[:, one] = [middle[one] @ each for each in middle]
        near[one, one] = -1
    return stars + rest


def _mean(rows: Vectors, members: list[int]) -> Floats:
    return centres(rows, [np.array(members, np.int64)])[:, 0]


def telling(inside: Sequence[str], outside: Sequence[str], catalogue: Catalogue) -> list[str]:
    """The words that tell a group of complaints from others, most telling first, at most two; none
    where the group shares nothing but what everybody says.

    Of the longest runs the centre (the first) shares with the others, those shared with at least
    half as many as the commonest, by share inside × ln(1 + share inside ÷ share outside) × √length:
    long and often said here, seldom elsewhere.
    """
    counts = Counter(
        run for text in inside[1:] for run in common_words(inside[0], text, catalogue.naming, 5)
        if len(run) <= LONGEST and len(catalogue.framing.sub("", run)) > 1
    )  # fmt: skip
    least = max(counts.values(), default=0) / 2
    scored = sorted(
        (-_told(run, count / len(inside), outside), run)
        for run, count in counts.items() if count >= least
    )  # fmt: skip
    chosen: list[str] = []
    for _, run in scored:
        if not any(_overlaps(run, each) for each in chosen):
            chosen.append(run)
        if len(chosen) == 2:
            break
    return chosen


def _told(run: str, here: float, outside: Sequence[str]) -> float:
    elsewhere = sum(run in text for text in outside) / max(len(outside), 1)
    return here * log1p(here / (elsewhere + 0.001)) * sqrt(len(run))


def _overlaps(one: str, other: str) -> bool:
    return any(one[at : at + 2] in other for at in range(len(one) - 1))


def nearest(rows: Vectors, groups: Sequence[Ints]) -> tuple[Ints, Floats, Floats]:
    """For each row the group with the nearest mean direction, its cosine, and the next best."""
    scores = cosines(rows, centres(rows, groups))
    order = np.argsort(-scores, axis=1, kind="stable")
    best = order[:, 0]
    at = np.arange(len(rows))
    second = scores[at, order[:, 1]] if scores.shape[1] > 1 else np.zeros(len(rows))
    return best.astype(np.int64), scores[at, best], second
