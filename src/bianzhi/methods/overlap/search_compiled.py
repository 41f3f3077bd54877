"""The compiled search for the nearest statements; see :mod:`bianzhi.methods.overlap.search`."""

from __future__ import annotations

from typing import NamedTuple

import numba as nb
import numpy as np

from bianzhi.methods.overlap.blocks_compiled import blocks
from bianzhi.methods.overlap.clustered_compiled import clustered
from bianzhi.methods.overlap.search import Neighbours
from bianzhi.methods.overlap.vectors import Floats, Ints, Vectors

# compiled into the kernels of this file: taken from another, a kept kernel would not see a change
BLOCK = 16  # statements of a block
CHILDREN = 8  # blocks of a superblock
RUN = 64  # statements one core looks up in a row: those alike walk the same lists
HOME = 32  # statements before and after its own that are scored first
FIRST = 8  # superblocks looked into before the others
STEPS = 64  # of the bound, by which blocks are sorted
SLACK = 1e-5  # single precision: a bound may be short of the score it bounds by this much


class Clustered(NamedTuple):
    """Statements in the order of the search.

    Attributes:
        starts, columns, values: Their vectors, as in :class:`.Vectors`.
        numbers, owners: (n,) what each is called outside, and its institution.
    """

    starts: Ints
    columns: np.ndarray[tuple[int], np.dtype[np.int32]]
    values: Floats
    numbers: Ints
    owners: Ints


def compiled_neighbours(rows: Vectors, k: int, owners: Ints, least: float) -> Neighbours:
    """As :func:`~bianzhi.methods.overlap.search.neighbours`, on all cores."""
    numbers = clustered(rows, BLOCK)
    placed = rows.take(numbers)
    index = blocks(placed, BLOCK, CHILDREN)
    others = np.full((len(rows), k), -1, np.int64)
    scores = np.zeros((len(rows), k), np.float32)
    whole = Clustered(placed.starts, placed.columns, placed.values, numbers, owners[numbers])
    _search(whole, index, np.float32(least), nb.get_num_threads(), others, scores)
    return Neighbours(others, scores)


@nb.njit(cache=True, parallel=True)
def _search(whole, index, least, threads, others, scores):
    count = len(whole.numbers)
    for thread in nb.prange(threads):
        query = np.zeros(len(index.wide), np.float32)
        high = np.zeros(index.supers, np.float32)
        low = np.zeros(index.supers * CHILDREN, np.float32)
        slots = np.full(index.supers, -1, np.int32)
        kept = np.empty(index.supers, np.int32)
        found = np.empty((2, index.supers * CHILDREN), np.int32)
        for first in range(thread * RUN, count, threads * RUN):
            for me in range(first, min(first + RUN, count)):
                number = whole.numbers[me]
                _nearest(me, whole, index, least, query, high, low, slots, kept, found,
                         others[number], scores[number])  # fmt: skip


@nb.njit(cache=True)
def _nearest(me, whole, index, least, query, high, low, slots, kept, found, others, scores):
    """Fill the first k of one statement. ``query`` comes in and goes out as zeros."""
    first, last = whole.starts[me], whole.starts[me + 1]
    for at in range(first, last):
        query[whole.columns[at]] = whole.values[at]
    home = max(0, me - HOME), min(len(whole.numbers), me + HOME)
    _score_all(me, home[0], home[1], (0, 0), whole, query, least, others, scores)
    _bound_supers(me, whole, index, high)
    # the most promising superblocks first: what they hold is the score to beat in the others
    for need in (_promising(high), np.float32(0)):
        count = _keep(high, max(need, max(least, scores[-1]) - SLACK), slots, kept)
        _bound_blocks(me, whole, index, slots, kept[:count], low)
        count = _keep_blocks(low, kept[:count], max(least, scores[-1]) - SLACK, found)
        for i in range(count):
            slot, block = found[0, i], found[1, i]
            if low[slot] >= max(least, scores[-1]) - SLACK:
                begin, end = block * BLOCK, min((block + 1) * BLOCK, len(whole.numbers))
                _score_all(me, begin, end, home, whole, query, least, others, scores)
    for at in range(first, last):
        query[whole.columns[at]] = 0


@nb.njit(cache=True)
def _score_all(me, begin, end, home, whole, query, least, others, scores):
    """Score the statements from ``begin`` to ``end``, but for those of ``home``."""
    for other in range(begin, end):
        if home[0] <= other < home[1] or whole.owners[other] == whole.owners[me]:
            continue
        score = np.float32(0)
        for at in range(whole.starts[other], whole.starts[other + 1]):
            score += query[whole.columns[at]] * whole.values[at]
        if score > 0 and score >= least and score >= scores[-1]:
            _insert(others, scores, whole.numbers[other], score)


@nb.njit(cache=True)
def _bound_supers(me, whole, index, high):
    """The most that a statement can score in each superblock."""
    high[:] = 0
    for at in range(whole.starts[me], whole.starts[me + 1]):
        column, weight = whole.columns[at], whole.values[at]
        row = index.wide[column]
        if row >= 0:
            _add(high, index.high[row], weight * index.scales[row])
        else:
            for entry in range(index.lists[column], index.lists[column + 1]):
                high[index.holders[entry]] += weight * index.tops[entry]


@nb.njit(cache=True)
def _add(total, row, weight):
    for i in range(len(total)):
        total[i] += weight * np.float32(row[i])


@nb.njit(cache=True)
def _promising(high):
    """The bound that only the first few superblocks reach."""
    best = np.zeros(FIRST, np.float32)
    for bound in high:
        if bound > best[-1]:
            at = FIRST - 1
            while at > 0 and best[at - 1] < bound:
                best[at] = best[at - 1]
                at -= 1
            best[at] = bound
    return best[-1]


@nb.njit(cache=True)
def _keep(high, need, slots, kept):
    """Number the superblocks that may hold a score needed and take them out; how many."""
    count = 0
    for number in range(len(high)):
        slots[number] = -1
        if high[number] >= need and high[number] > 0:
            slots[number] = count
            kept[count] = number
            high[number] = 0
            count += 1
    return count


@nb.njit(cache=True)
def _bound_blocks(me, whole, index, slots, kept, low):
    """The most that a statement can score in each block of the superblocks kept."""
    low[: len(kept) * CHILDREN] = 0
    for at in range(whole.starts[me], whole.starts[me + 1]):
        column, weight = whole.columns[at], whole.values[at]
        row = index.wide[column]
        if row >= 0:
            shares, weight = index.low[row], weight * index.scales[row]
            for slot in range(len(kept)):
                here, there = slot * CHILDREN, kept[slot] * CHILDREN
                for child in range(CHILDREN):
                    low[here + child] += weight * np.float32(shares[there + child])
            continue
        for entry in range(index.lists[column], index.lists[column + 1]):
            slot = slots[index.holders[entry]]
            if slot >= 0:
                for child in range(index.starts[entry], index.starts[entry + 1]):
                    low[slot * CHILDREN + index.children[child]] += weight * index.shares[child]


@nb.njit(cache=True)
def _keep_blocks(low, kept, need, found):
    """The blocks that may hold a score needed, those with the highest bounds first (slot, number):
    what they hold raises the score to beat, and the rest need not be looked at; how many."""
    top = np.float32(0)
    for slot in range(len(kept) * CHILDREN):
        top = max(top, low[slot])
    width = max((top - need) / np.float32(STEPS - 1), np.float32(SLACK))
    places = np.zeros(STEPS + 1, np.int64)
    for slot in range(len(kept) * CHILDREN):
        if low[slot] >= need and low[slot] > 0:
            places[int((top - low[slot]) / width) + 1] += 1
    places = np.cumsum(places)
    for slot in range(len(kept) * CHILDREN):
        if low[slot] >= need and low[slot] > 0:
            step = int((top - low[slot]) / width)
            found[0, places[step]] = slot
            found[1, places[step]] = kept[slot // CHILDREN] * CHILDREN + slot % CHILDREN
            places[step] += 1
    return places[STEPS - 1]


@nb.njit(cache=True)
def _insert(others, scores, other, score):
    """Put a statement in its place: best first, the lower number first among equals."""
    k = len(others)
    last = k - 1
    if others[last] >= 0 and (
        scores[last] > score or (scores[last] == score and others[last] < other)
    ):
        return
    at = last
    while at > 0 and (
        others[at - 1] < 0
        or scores[at - 1] < score
        or (scores[at - 1] == score and others[at - 1] > other)
    ):
        others[at], scores[at] = others[at - 1], scores[at - 1]
        at -= 1
    others[at], scores[at] = other, score
