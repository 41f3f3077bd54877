"""The cheapest partitions of one connected part, for every number of institutions it leaves.

Dynamic program over sets of atoms (bits): the lowest atom not yet placed is placed next, so each
partition is met once. Exact; parts of up to ``BITS`` atoms.
"""

from __future__ import annotations

import numba as nb
import numpy as np
import numpy.typing as npt

BITS = 16


@nb.njit(cache=True)
def cheapest(size, masks, counts, costs, starts):
    """(best, choice): for each set of atoms and number of institutions the least cost and the
    candidate placed last; candidates sorted by their lowest atom, ``starts`` where each begins."""
    states = 1 << size
    best = np.full((states, size + 1), np.inf)
    choice = np.full((states, size + 1), -1, np.int32)
    best[0, 0] = 0.0
    for state in range(states - 1):
        lowest = 0
        while state >> lowest & 1:
            lowest += 1
        for candidate in range(starts[lowest], starts[lowest + 1]):
            if masks[candidate] & state:
                continue
            after = state | masks[candidate]
            step = counts[candidate]
            for count in range(size + 1 - step):
                cost = best[state, count] + costs[candidate]
                if cost < best[after, count + step]:
                    best[after, count + step] = cost
                    choice[after, count + step] = candidate
    return best, choice


def partitions(
    size: int, masks: npt.NDArray[np.int64], counts: npt.NDArray[np.int64],
    costs: npt.NDArray[np.float64],
) -> list[tuple[float, list[int]]]:  # fmt: skip
    """(cost, candidates) of the cheapest partition for each number of institutions there is."""
    lowest = np.array([(int(m) & -int(m)).bit_length() - 1 for m in masks])
    order = np.argsort(lowest, kind="stable")
    starts = np.searchsorted(lowest[order], np.arange(size + 1))
    best, choice = cheapest(size, masks[order], counts[order], costs[order], starts)
    whole = (1 << size) - 1
    found = []
    for count in np.flatnonzero(np.isfinite(best[whole])):
        state, left, picked = whole, int(count), []
        while state:
            candidate = int(choice[state, left])
            picked.append(int(order[candidate]))
            state &= ~int(masks[order][candidate])
            left -= int(counts[order][candidate])
        found.append((float(best[whole, count]), picked))
    return found
