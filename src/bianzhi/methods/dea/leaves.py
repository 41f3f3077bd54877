# mypy: disable-error-code="no-untyped-def"
"""Columns in leaves of neighbours, each with its box: what a plane cannot reach is not priced.

A k-d tree (Bentley 1975) cut at its leaves. Over a box the least product with a vector takes the
low side where the entry is positive and the high side where it is not; where even that is not
negative, no column inside prices out.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from bianzhi.methods.dea.technology import Ints
from bianzhi.methods.dea.units import Floats

LEAF = 32
ABSENT = -1

# The caller's threads run the kernels side by side: numba's own pool must not be entered twice, as
# the threads of a web server would.
QUICK = {"contract", "nnan", "nsz", "reassoc"}  # no figure here is missing; infinite ones are
njit_cached: Any = njit(cache=True, nogil=True, fastmath=QUICK)
njit_inlined: Any = njit(cache=True, nogil=True, fastmath=QUICK, inline="always")
"""For what runs a million times a second: to hand over a dozen arrays costs more than the work."""

Hull = tuple[Floats, Ints, Ints, Floats, Floats, Ints]


def leaves(columns: Floats) -> Hull:
    """Columns sorted into L leaves of `LEAF`; the last is filled up with one of its own.

    Args:
        columns: (d, N), N at least 1.

    Returns:
        (L, d, LEAF) the columns leaf by leaf; (L, LEAF) their numbers; (N,) the leaf of each;
        (d, L) the low and (d, L) the high sides of the boxes; (2,) how many leaves and columns.
    """
    n = columns.shape[1]
    names: Ints = np.arange(n)
    _halve(np.ascontiguousarray(columns), names)
    count = -(-n // LEAF)
    homes = np.empty(n, dtype=np.int64)
    homes[names] = np.arange(n) // LEAF
    filled: Ints = np.concatenate([names, np.full(count * LEAF - n, names[-1])])
    names = filled.reshape(count, LEAF)
    packed = columns[:, names]
    low, high = packed.min(axis=2), packed.max(axis=2)
    packed = np.ascontiguousarray(packed.transpose(1, 0, 2))
    return packed, names, homes, low, high, np.array([count, n])


@njit_cached
def _bare(hull):
    """Room for as many columns, none of them there yet."""
    packed, names, homes, low, _, _ = hull
    return (
        np.empty_like(packed),
        np.empty_like(names),
        np.full_like(homes, ABSENT),
        np.empty_like(low),
        np.empty_like(low),
        np.zeros(2, dtype=np.int64),
    )


@njit_cached
def _join(hull, columns, q):
    """One more column in the last leaf, or in a new one; what is left of the leaf repeats it."""
    packed, names, homes, low, high, filled = hull
    leaf, place = filled[1] // LEAF, filled[1] % LEAF
    for k in range(columns.shape[0]):
        value = columns[k, q]
        for j in range(place, LEAF):
            packed[leaf, k, j] = value
        low[k, leaf] = value if place == 0 else min(low[k, leaf], value)
        high[k, leaf] = value if place == 0 else max(high[k, leaf], value)
    names[leaf, place:] = q
    homes[q] = leaf
    filled[0], filled[1] = leaf + 1, filled[1] + 1


@njit_cached
def _halve(columns, names):
    """Sort column numbers so that each leaf holds neighbours: halves along the widest measure."""
    waiting = [(0, len(names))]
    while waiting:
        start, stop = waiting.pop()
        if stop - start <= LEAF:
            continue
        row, widest = 0, -1.0
        for k in range(columns.shape[0]):
            low, high = np.inf, -np.inf
            for j in range(start, stop):
                low, high = min(low, columns[k, names[j]]), max(high, columns[k, names[j]])
            if high - low > widest:
                row, widest = k, high - low
        # whole leaves, so that only the last is short
        half = start + (stop - start + 2 * LEAF - 1) // (2 * LEAF) * LEAF
        if half < stop:
            _part(columns[row], names, start, stop - 1, half)
        waiting.append((start, half))
        waiting.append((half, stop))


@njit_cached
def _part(values, names, low, high, place):
    """Hoare's selection: the numbers before `place` have values no larger than those after it."""
    while low < high:
        middle = values[names[(low + high) // 2]]
        i, j = low, high
        while i <= j:
            while values[names[i]] < middle:
                i += 1
            while values[names[j]] > middle:
                j -= 1
            if i <= j:
                names[i], names[j] = names[j], names[i]
                i += 1
                j -= 1
        if place <= j:
            high = j
        elif place >= i:
            low = i
        else:
            return
