"""Columns in leaves of neighbours, each with its box: what a plane cannot reach is not priced.

A k-d tree (Bentley 1975) cut at its leaves. Over a box the least product with a vector takes the
low side where the entry is positive and the high side where it is not; where even that is not
negative, no column inside prices out.
"""

from __future__ import annotations

import numpy as np

from bianzhi.methods.dea.technology import Ints
from bianzhi.methods.dea.units import Floats

LEAF = 32

Hull = tuple[Floats, Ints, Ints, Floats, Floats]


def leaves(columns: Floats) -> Hull:
    """Columns sorted into leaves of `LEAF`, the last one the rest.

    Args:
        columns: (d, N), N at least 1.

    Returns:
        (d, N) sorted columns; (N,) their numbers; (N,) the place of each number; (d, L) the low and
        (d, L) the high sides of the boxes.
    """
    names = _sorted(columns)
    places = np.empty_like(names)
    places[names] = np.arange(len(names))
    packed = np.ascontiguousarray(columns[:, names])
    starts = np.arange(0, len(names), LEAF)
    low = np.minimum.reduceat(packed, starts, axis=1)
    high = np.maximum.reduceat(packed, starts, axis=1)
    return packed, names, places, low, high


def _sorted(columns: Floats) -> Ints:
    """Column numbers so that each leaf holds neighbours: halves along the widest measure."""
    waiting, done = [np.arange(columns.shape[1])], []
    while waiting:
        part = waiting.pop()
        if len(part) <= LEAF:
            done.append(part)
            continue
        held = columns[:, part]
        row = int((held.max(axis=1) - held.min(axis=1)).argmax())
        half = -(-len(part) // (2 * LEAF)) * LEAF  # whole leaves, so that only the last is short
        order = np.argpartition(held[row], half) if half < len(part) else np.arange(len(part))
        waiting += [part[order[half:]], part[order[:half]]]
    names: Ints = np.concatenate(done)
    return names
