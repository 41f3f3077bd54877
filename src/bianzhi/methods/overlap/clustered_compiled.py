"""An order of statements in which those alike stand together: k-means within k-means.

Unit vectors go to the centre with the greatest cosine (Dhillon & Modha 2001), and each cluster is
taken apart again until it is no larger than asked. Nothing is drawn: centres begin at evenly spaced
statements and sums are added in one order, so the same statements give the same order whatever the
number of threads. The order decides how fast a search is; what it finds is the same in any order.
"""

from __future__ import annotations

import numba as nb
import numpy as np

from bianzhi.methods.overlap.vectors import Ints, Vectors

BRANCHES = 64  # centres at a time: a statement's cosines with all of them fit the registers
LEVELS = 8  # 64 ** 8 statements; ends the taking apart of statements that are all the same
ROUNDS = 4  # of k-means
LEARNT = 200  # statements a centre that k-means moves it by; all statements are then assigned
SHARES = 16  # of the work; more than cores, for clusters differ


def clustered(rows: Vectors, size: int) -> Ints:
    """(n,) the numbers of all rows, those alike together, in clusters of about ``size``."""
    found = np.arange(len(rows))
    starts = np.array([0, len(rows)])
    for _ in range(LEVELS):
        sizes = np.diff(starts)
        if sizes.max(initial=0) <= 2 * size:
            break
        parts = np.where(sizes > 2 * size, np.clip(-(-sizes // size), 1, BRANCHES), 1)
        labels = np.zeros(len(rows), np.int64)
        take_apart = _whole if len(sizes) == 1 else _clusters
        take_apart(rows.starts, rows.columns, rows.values, found, starts, parts, rows.width, labels)
        label = np.repeat(np.cumsum(parts) - parts, sizes) + labels
        counts = np.bincount(label)
        found = found[np.argsort(label, kind="stable")]
        starts = np.concatenate([[0], np.cumsum(counts[counts > 0])])
    return found


@nb.njit(cache=True, parallel=True)
def _whole(starts, columns, values, found, bounds, parts, width, labels):
    """Label all rows as one cluster: the centres by one core, the rows by all."""
    local = np.full(width, -1, np.int32)
    centres = _centres(starts, columns, values, found, parts[0], local, labels)
    count = len(found)
    for share in nb.prange(SHARES):
        low, high = share * count // SHARES, (share + 1) * count // SHARES
        _assign(starts, columns, values, found[low:high], centres, local, labels[low:high], 1)


@nb.njit(cache=True, parallel=True)
def _clusters(starts, columns, values, found, bounds, parts, width, labels):
    """Label the rows of each cluster that is to be taken apart, a cluster a core."""
    for share in nb.prange(SHARES):
        local = np.full(width, -1, np.int32)
        for cluster in range(share, len(parts), SHARES):
            if parts[cluster] > 1:
                low, high = bounds[cluster], bounds[cluster + 1]
                members, own = found[low:high], labels[low:high]
                centres = _centres(starts, columns, values, members, parts[cluster], local, own)
                _assign(starts, columns, values, members, centres, local, own, 1)
                for row in members:
                    for at in range(starts[row], starts[row + 1]):
                        local[columns[at]] = -1


@nb.njit(cache=True)
def _centres(starts, columns, values, members, count, local, labels):
    """(columns met, count) centres of unit length after some rounds of k-means; ``local`` comes in
    all −1 and goes out with the numbers of the columns met."""
    step = max(1, len(members) // (count * LEARNT))
    met = 0
    for i in range(0, len(members), step):
        for at in range(starts[members[i]], starts[members[i] + 1]):
            if local[columns[at]] < 0:
                local[columns[at]] = met
                met += 1
    centres = np.zeros((met, count), np.float32)
    for centre in range(count):
        row = members[centre * len(members) // count // step * step]
        for at in range(starts[row], starts[row + 1]):
            centres[local[columns[at]], centre] = values[at]
    for _ in range(ROUNDS):
        _assign(starts, columns, values, members, centres, local, labels, step)
        centres[:] = 0
        for i in range(0, len(members), step):
            for at in range(starts[members[i]], starts[members[i] + 1]):
                centres[local[columns[at]], labels[i]] += values[at]
        _to_unit_length(centres)
    return centres


@nb.njit(cache=True, fastmath={"contract", "nnan", "ninf", "nsz"})
def _assign(starts, columns, values, members, centres, local, labels, step):
    """Label every ``step``-th row with the centre nearest to it, the first among equals."""
    count = centres.shape[1]
    cosines = np.empty(count, np.float32)
    for i in range(0, len(members), step):
        cosines[:] = 0
        for at in range(starts[members[i]], starts[members[i] + 1]):
            place = local[columns[at]]
            if place >= 0:
                weight, centre = values[at], centres[place]
                for j in range(count):
                    cosines[j] += weight * centre[j]
        labels[i] = np.argmax(cosines)


@nb.njit(cache=True)
def _to_unit_length(centres):
    squares = np.zeros(centres.shape[1], np.float32)
    for row in centres:
        squares += row * row
    for j in range(len(squares)):
        squares[j] = 1 / np.sqrt(squares[j]) if squares[j] > 0 else 0
    for row in centres:
        row *= squares
