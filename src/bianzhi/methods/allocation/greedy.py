"""The exact optimum for concave benefits under nested caps, with its proof.

The sets of posts that nested caps allow are a laminar matroid, so taking the best post that still
fits is optimal (Edmonds 1971; Federgruen & Groenevelt 1986, Operations Research 34:909—918). A
post is refused by the innermost cap that is full; that is the same as keeping, from the inside
out, the best posts of each group up to its cap, which sorts instead of looping.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bianzhi.methods.allocation.benefit import Items
from bianzhi.methods.allocation.caps import Level
from bianzhi.methods.allocation.requests import Numbers, Whole

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Taken:
    """The posts taken.

    Attributes:
        chosen: (m,) by item.
        tight: (m,) innermost full level on the item's way out, −1 where none is.
        prices: By level (g,): what one more post of this cap would bring.
        last: By level (g,): what the least of the posts taken brings; infinite where none is.
        owner: By level (g,): the request that least post belongs to, −1 where none is.
        second: By level (g,): the least of the posts taken that belong to other requests.
        bound: Upper bound of the benefit by linear duality: equals the benefit reached.
    """

    chosen: Flags
    tight: Whole
    prices: list[Numbers]
    last: list[Numbers]
    owner: list[Whole]
    second: list[Numbers]
    bound: float


def ranked(forced: Flags, *keys: NDArray[np.generic]) -> NDArray[np.intp]:
    """Item order: forced first, then by the keys (the most important first), then as given."""
    return np.lexsort((*reversed(keys), ~forced))


def choose(items: Items, chain: list[Level], forced: Flags, order: NDArray[np.intp]) -> Flags:
    """The items kept by every level, from the inside out; ``order`` is best first."""
    alive = order[forced[order] | (items.value[order] > 0)]
    for level in chain:
        group = level.group[items.request[alive]]
        by_group = np.argsort(group, kind="stable")
        sizes = np.bincount(group + 1, minlength=len(level.most) + 1)
        starts = np.cumsum(sizes) - sizes
        place = np.arange(len(alive)) - np.repeat(starts, sizes)
        keep = np.empty(len(alive), dtype=bool)
        limited = group[by_group] >= 0
        most = level.most[np.maximum(group[by_group], 0)] if len(level.most) else place
        keep[by_group] = ~limited | (place < most)
        alive = alive[keep]
    chosen = np.zeros(len(items.value), dtype=bool)
    chosen[alive] = True
    return chosen


def priced(items: Items, chain: list[Level], forced: Flags, chosen: Flags) -> Taken:
    """Prices and the dual bound of a choice (``chain`` from the inside out)."""
    tight = np.full(len(items.value), -1)
    groups = [level.group[items.request] for level in chain]
    full = [_full(level, group, chosen) for level, group in zip(chain, groups, strict=True)]
    for at in reversed(range(len(chain))):
        tight[(groups[at] >= 0) & full[at][np.maximum(groups[at], 0)]] = at
    lasts = [_lasts(items, group, chosen & ~forced, len(level.most))
             for level, group in zip(chain, groups, strict=True)]  # fmt: skip
    last = [each[0] for each in lasts]
    best = [_best(items.value, group, ~chosen & (tight == at), len(level.most))
            for at, (level, group) in enumerate(zip(chain, groups, strict=True))]  # fmt: skip
    prices = _prices(chain, full, best, last)
    bound = _bound(items, chain, groups, forced, full, best)
    owner, second = [each[1] for each in lasts], [each[2] for each in lasts]
    return Taken(chosen, tight, prices, last, owner, second, bound)


def _full(level: Level, group: Whole, chosen: Flags) -> Flags:
    taken = np.bincount(group[chosen & (group >= 0)], minlength=len(level.most))
    return np.asarray(taken >= level.most)


def _lasts(items: Items, group: Whole, which: Flags, count: int) -> tuple[Numbers, Whole, Numbers]:
    """(least value, its request, least value of another request) of each group."""
    at = np.flatnonzero(which & (group >= 0))
    least, second = np.full(count, np.inf), np.full(count, np.inf)
    np.minimum.at(least, group[at], items.value[at])
    owner = np.full(count, -1)
    lowest = at[items.value[at] == least[group[at]]]
    owner[group[lowest]] = items.request[lowest]
    other = at[items.request[at] != owner[group[at]]]
    np.minimum.at(second, group[other], items.value[other])
    return least, owner, second


def _best(value: Numbers, group: Whole, which: Flags, count: int) -> Numbers:
    found = np.zeros(count)
    np.maximum.at(found, group[which], value[which])
    return found


def _outer(chain: list[Level], at: int) -> list[Whole]:
    """For each group of a level its group on each level further out, −1 where none."""
    found = []
    for level in chain[at + 1 :]:
        outer = np.full(len(chain[at].most), -1)
        inside = chain[at].group >= 0
        outer[chain[at].group[inside]] = level.group[inside]
        found.append(outer)
    return found


def _prices(
    chain: list[Level], full: list[Flags], best: list[Numbers], last: list[Numbers]
) -> list[Numbers]:
    """One more post of a full cap takes its best refused item, and puts out, where a cap further
    out is full, the least item taken there (the one exchange of a matroid)."""
    prices = []
    for at in range(len(chain)):
        out = np.zeros(len(best[at]))
        settled = np.zeros(len(best[at]), dtype=bool)
        for beyond, outer in zip(range(at + 1, len(chain)), _outer(chain, at), strict=True):
            here = ~settled & (outer >= 0) & full[beyond][np.maximum(outer, 0)]
            out[here] = last[beyond][outer[here]]
            settled |= here
        prices.append(np.where(full[at], np.maximum(best[at] - out, 0), 0.0))
    return prices


def _bound(
    items: Items, chain: list[Level], groups: list[Whole], forced: Flags,
    full: list[Flags], best: list[Numbers],
) -> float:  # fmt: skip
    """The dual value: Σ λ·cap + Σ max(0, value − λ's on its way out), forced items aside."""
    threshold = [np.zeros(0)] * len(chain)
    total = np.zeros(len(items.value))
    value = 0.0
    for at in reversed(range(len(chain))):
        level, outside = chain[at], np.zeros(len(best[at]))
        for beyond, outer in zip(range(at + 1, len(chain)), _outer(chain, at), strict=True):
            known = outer >= 0
            outside[known] = np.maximum(outside[known], threshold[beyond][outer[known]])
        threshold[at] = np.where(full[at], np.maximum(best[at], outside), outside)
        price = threshold[at] - outside
        held = np.bincount(groups[at][forced & (groups[at] >= 0)], minlength=len(level.most))
        value += float(price @ (level.most - held))
        inside = groups[at] >= 0
        total[inside] += price[groups[at][inside]]
    free = ~forced
    value += float(np.maximum(items.value[free] - total[free], 0).sum())
    return value + float(items.value[forced].sum())
