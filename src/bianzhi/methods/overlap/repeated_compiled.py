"""Statements that say the same to the letter are looked up once.

A nation's institutions repeat each other's wording; frames carry nothing, so “负责殡葬服务” and
“承担殡葬服务工作” are one row as well. Each different row is looked up among the different rows; a
statement's neighbours are then read off the members of the groups found. Where leaving out a
statement's own institution leaves too few of them, it is looked up among all: nothing is missed.
"""

from __future__ import annotations

from typing import NamedTuple

import numba as nb
import numpy as np

from bianzhi.methods.overlap.search import Ints, Neighbours, scanned
from bianzhi.methods.overlap.search_compiled import compiled_neighbours
from bianzhi.methods.overlap.vectors import Vectors

SPARE = 6  # groups looked up beyond k: some may be a statement's own institution's
WORTH = 0.9  # share of different rows up to which looking up groups pays


class Groups(NamedTuple):
    """Equal rows.

    Attributes:
        of: (n,) the group of each row; groups are numbered by their first row.
        members: (n,) rows by group, ascending in each.
        starts: (groups + 1,) where each group begins in ``members``.
    """

    of: Ints
    members: Ints
    starts: Ints


def groups(rows: Vectors) -> Groups:
    """Which rows are equal, to the last bit."""
    met: dict[tuple[bytes, bytes], int] = {}
    of = np.empty(len(rows), np.int64)
    for number in range(len(rows)):
        part = slice(rows.starts[number], rows.starts[number + 1])
        key = (rows.columns[part].tobytes(), rows.values[part].tobytes())
        of[number] = met.setdefault(key, len(met))
    starts = np.concatenate([[0], np.cumsum(np.bincount(of, minlength=len(met)))])
    return Groups(of, np.argsort(of, kind="stable"), starts.astype(np.int64))


def repeated_neighbours(rows: Vectors, k: int, owners: Ints, least: float) -> Neighbours:
    """As :func:`~bianzhi.methods.overlap.search.neighbours`, equal rows looked up once."""
    alike = groups(rows)
    if len(alike.starts) - 1 > WORTH * len(rows):
        return compiled_neighbours(rows, k, owners, least)
    different = rows.take(alike.members[alike.starts[:-1]])
    near = compiled_neighbours(different, k + SPARE, np.arange(len(different)), least)
    others = np.full((len(rows), k), -1, np.int64)
    scores = np.zeros((len(rows), k), np.float32)
    told = np.diff(different.starts) > 0
    short = _spread(
        alike.of, alike.members, alike.starts, near.others, near.scores, told, owners,
        np.float32(least), others, scores,
    )  # fmt: skip
    missing = np.flatnonzero(short)
    if len(missing):
        found = scanned(rows, k, owners, least, missing)
        others[missing], scores[missing] = found.others, found.scores
    return Neighbours(others, scores)


@nb.njit(cache=True, parallel=True)
def _spread(of, members, starts, near, marks, told, owners, least, others, scores):
    """Fill neighbours from groups; which statements may have more than were found."""
    count, k = others.shape
    short = np.zeros(count, np.bool_)
    for number in nb.prange(count):
        filled = 0
        if told[of[number]] and least <= 1:
            filled = _take(number, of[number], np.float32(1), members, starts, owners, filled,
                           others[number], scores[number])  # fmt: skip
        for at in range(near.shape[1]):
            if near[of[number], at] < 0:
                break
            filled = _take(number, near[of[number], at], marks[of[number], at], members, starts,
                           owners, filled, others[number], scores[number])  # fmt: skip
        short[number] = filled < k and near[of[number], near.shape[1] - 1] >= 0
    return short


@nb.njit(cache=True)
def _take(number, group, score, members, starts, owners, filled, others, scores):
    """Members of a group that are another institution's, as far as there is room."""
    for at in range(starts[group], starts[group + 1]):
        if filled == len(others):
            break
        if owners[members[at]] != owners[number]:
            others[filled], scores[filled] = members[at], score
            filled += 1
    return filled
