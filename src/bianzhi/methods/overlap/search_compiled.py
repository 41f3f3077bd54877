"""The compiled search for the nearest statements; see :mod:`bianzhi.methods.overlap.search`."""

from __future__ import annotations

import numba as nb
import numpy as np
import numpy.typing as npt

from bianzhi.methods.overlap.search import Neighbours, transposed
from bianzhi.methods.overlap.vectors import Vectors

BLOCKS = 4  # shares of the work a core: one that meets harder statements is helped out
SLICE = 1 << 16  # statements looked through at a time: their sums stay in the processor's cache
SLACK = 1e-5  # single precision: a bound may be short of the sum it bounds by this much


def compiled_neighbours(
    rows: Vectors, k: int, owners: npt.NDArray[np.int64], least: float, size: int = SLICE
) -> Neighbours:
    """As :func:`~bianzhi.methods.overlap.search.neighbours`, on all cores.

    All statements are looked up in one slice of them after the other. What a statement found in
    earlier slices is the score to beat in later ones, so most of their lists are never walked, and
    a list's greatest weight is that of the slice, which bounds more closely.
    """
    others = np.full((len(rows), k), -1, np.int64)
    scores = np.zeros((len(rows), k), np.float32)
    for low in range(0, len(rows), size):
        part = rows.take(np.arange(low, min(low + size, len(rows))))
        starts, holders, values = transposed(part)
        tops = np.zeros(rows.width, np.float32)
        filled = np.diff(starts) > 0
        if len(values):
            tops[filled] = np.maximum.reduceat(values, starts[:-1][filled])
        _search(
            rows.starts, rows.columns, rows.values, starts, holders, values, tops, owners, low,
            len(part), np.float32(least), BLOCKS * nb.get_num_threads(), others, scores,
        )  # fmt: skip
    return Neighbours(others, scores)


@nb.njit(cache=True, parallel=True)
def _search(starts, columns, values, lists, holders, shares, tops, owners, low, size, least,
            blocks, others, scores):  # fmt: skip
    """Improve the first k of every statement by those of a slice that begins at ``low``."""
    count = len(starts) - 1
    for block in nb.prange(blocks):
        total = np.zeros(size, np.float32)
        met = np.empty(size, np.int32)
        query = np.zeros(len(tops), np.float32)
        for number in range(block, count, blocks):
            _nearest(
                number, starts, columns, values, lists, holders, shares, tops, owners, low, least,
                total, met, query, others[number], scores[number],
            )  # fmt: skip


@nb.njit(cache=True)
def _nearest(number, starts, columns, values, lists, holders, shares, tops, owners, low, least,
             total, met, query, others, scores):  # fmt: skip
    """Fill the first k of one statement. ``total`` and ``query`` come in and go out as zeros."""
    first, last = starts[number], starts[number + 1]
    size = last - first
    cost = np.empty(size, np.float32)
    rest, rest_squared = np.float32(0), np.float32(0)
    for i in range(size):
        column, weight = columns[first + i], values[first + i]
        query[column] = weight
        cost[i] = (lists[column + 1] - lists[column]) / (weight * weight)
        rest += weight * tops[column]
        rest_squared += weight * weight
    order = first + np.argsort(cost)
    least = max(least, scores[-1])  # that of the k-th so far
    done, count_met, floor, bound, rest, rest_squared = _gather(
        number, order, starts, columns, values, lists, holders, shares, tops, owners, low, least,
        rest, rest_squared, total, met, query, len(others),
    )  # fmt: skip
    left = _narrow(
        order, done, columns, lists, holders, shares, tops, rest, rest_squared, floor, bound,
        total, met, count_met, query,
    )  # fmt: skip
    for j in range(count_met):
        other = low + met[j]
        total[met[j]] = 0
        if j < left and owners[other] != owners[number]:
            score = _score(other, starts, columns, values, query)
            if score > 0 and score >= least:
                _insert(others, scores, other, score)
    for i in range(first, last):
        query[columns[i]] = 0


@nb.njit(cache=True)
def _gather(number, order, starts, columns, values, lists, holders, shares, tops, owners, low,
            least, rest, rest_squared, total, met, query, k):  # fmt: skip
    """Walk the lists that may bring in new candidates: (how many were walked, statements met, the
    score to beat, what the lists not walked can add at most, and that in its two parts)."""
    count_met, looked, done = 0, 0, 0
    floor, bound = least, min(rest, np.sqrt(rest_squared)) + SLACK
    while done < len(order):
        column = columns[order[done]]
        length = lists[column + 1] - lists[column]
        # a look for the floor pays where it may spare lists longer than itself
        if count_met > 0 and looked + length > count_met:
            floor = max(floor, _kth(number, total, met, count_met, owners, low, k,
                                    starts, columns, values, query))  # fmt: skip
            looked = 0
        if bound < floor:
            break
        weight = query[column]
        for at in range(lists[column], lists[column + 1]):
            other = holders[at]
            if total[other] == 0:
                met[count_met] = other
                count_met += 1
            total[other] += weight * shares[at]
        looked += length
        rest = max(rest - weight * tops[column], np.float32(0))
        rest_squared = max(rest_squared - weight * weight, np.float32(0))
        bound = min(rest, np.sqrt(rest_squared)) + SLACK
        done += 1
    return done, count_met, floor, bound, rest, rest_squared


@nb.njit(cache=True)
def _narrow(order, done, columns, lists, holders, shares, tops, rest, rest_squared, floor, bound,
            total, met, count_met, query):  # fmt: skip
    """Walk the other lists, which can only raise those met, while that is cheaper than scoring all
    that may still pass; how many may."""
    left = _passing(total, met, count_met, floor - bound)
    while done < len(order):
        column = columns[order[done]]
        if left * len(order) < lists[column + 1] - lists[column]:
            break
        weight = query[column]
        for at in range(lists[column], lists[column + 1]):
            other = holders[at]
            if total[other] != 0:
                total[other] += weight * shares[at]
        rest = max(rest - weight * tops[column], np.float32(0))
        rest_squared = max(rest_squared - weight * weight, np.float32(0))
        bound = min(rest, np.sqrt(rest_squared)) + SLACK
        left = _passing(total, met, left, floor - bound)
        done += 1
    return left


@nb.njit(cache=True)
def _passing(total, met, count, need):
    """Move those of the first ``count`` met that have ``need`` to the front; how many have."""
    front = 0
    for j in range(count):
        other = met[j]
        if total[other] >= need:
            met[j] = met[front]
            met[front] = other
            front += 1
    return front


@nb.njit(cache=True)
def _score(other, starts, columns, values, query):
    """The whole cosine of a statement and the query."""
    score = np.float32(0)
    for at in range(starts[other], starts[other + 1]):
        score += query[columns[at]] * values[at]
    return score


@nb.njit(cache=True)
def _kth(number, total, met, count_met, owners, low, k, starts, columns, values, query):
    """The worst whole score of the k best so far: the k-th best of all is no worse."""
    best = np.zeros(k, np.float32)
    who = np.full(k, -1, np.int64)
    worst, at = np.float32(0), 0
    for j in range(count_met):
        score = total[met[j]]
        if score > worst and owners[low + met[j]] != owners[number]:
            best[at], who[at] = score, low + met[j]
            at = np.argmin(best)
            worst = best[at]
    worst = np.float32(2)
    for i in range(k):
        if who[i] < 0:
            return np.float32(0)
        worst = min(worst, _score(who[i], starts, columns, values, query))
    return worst


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
