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

# The caller's threads run the kernels side by side: numba's own pool must not be entered twice, as
# the threads of a web server would.
njit_cached: Any = njit(cache=True, nogil=True)

Hull = tuple[Floats, Ints, Ints, Floats, Floats]


def leaves(columns: Floats) -> Hull:
    """Columns sorted into L leaves of `LEAF`; the last is filled up with one of its own.

    Args:
        columns: (d, N), N at least 1.

    Returns:
        (L, d, LEAF) the columns leaf by leaf; (L, LEAF) their numbers; (N,) the leaf of each;
        (d, L) the low and (d, L) the high sides of the boxes.
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
    return np.ascontiguousarray(packed.transpose(1, 0, 2)), names, homes, low, high


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
