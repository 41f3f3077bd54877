"""Allocate: the greedy choice where it is exact, the integer program where rules need it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from bianzhi.methods.allocation import milp
from bianzhi.methods.allocation.benefit import Items, items
from bianzhi.methods.allocation.caps import Cap, Level, levels, nested
from bianzhi.methods.allocation.errors import AllocationError
from bianzhi.methods.allocation.greedy import Taken, choose, priced, ranked
from bianzhi.methods.allocation.requests import Numbers, Requests, Whole, read
from bianzhi.methods.allocation.result import Allocation, total


def allocate(
    requests: pl.DataFrame,
    vacant: Mapping[str, int],
    *,
    caps: Sequence[Cap] = (),
    benefit: str = "shortage",
    seconds: float = 30.0,
    gap: float = 1e-3,
    integer_program: bool = False,
) -> Allocation:
    """The allocation of most benefit.

    Args:
        requests: One row each: id, kind, want; optional least, at_once, priority, tier, either
            (see :func:`~bianzhi.methods.allocation.requests.read`) and what ``benefit`` needs.
        vacant: Vacant posts by kind; posts never change kind.
        caps: Further limits on any column.
        benefit: linear, harmonic, shortage or marginals (:func:`benefit.items`).
        seconds, gap: Limits of the integer program.
        integer_program: Use it even where the greedy choice is exact (to check the latter).

    Raises:
        AllocationError: Requests or caps that cannot be read or met; tiers with side rules.

    Source: Federgruen & Groenevelt (1986, Operations Research 34:909—918) for the greedy choice;
    Huangfu & Hall (2018, Mathematical Programming Computation 10:119—142) for HiGHS.

    Without side rules and with nested caps the answer is a proven optimum (gap 0); otherwise
    HiGHS, with the gap it proved.
    """
    given = read(requests)
    found = levels(given, vacant, list(caps))
    posts = items(given, benefit)
    chain = nested(found)
    if chain is not None and not given.ruled and not integer_program:
        return _greedy(given, posts, chain)
    if len(set(given.tier.tolist())) > 1:
        raise AllocationError("分级优先不能与二选一、整批或交叉的上限同用：请把级差写成优先权重")
    return _program(given, posts, found, seconds, gap)


def _greedy(given: Requests, posts: Items, chain: list[Level]) -> Allocation:
    forced = posts.step <= given.least[posts.request]
    order = ranked(forced, given.tier[posts.request], -posts.value)
    chosen = choose(posts, chain, forced, order)
    taken = priced(posts, chain, forced, chosen)
    granted = np.bincount(posts.request[chosen], minlength=len(given.want))
    value = float(posts.value[chosen].sum())
    tiers = len(set(given.tier.tolist())) > 1
    bound = value if tiers else max(value, taken.bound)
    prices = [np.zeros_like(each) for each in taken.prices] if tiers else taken.prices
    after, tight, beat = _next(given, posts, chain, granted, taken)
    method = "分级逐级取优" if tiers else "逐名取优，上界由对偶给出"
    return Allocation(
        given, granted, value, bound, (bound - value) / max(abs(bound), 1e-12), method,
        tuple(chain), tuple(prices), True, after, tight, beat,
    )  # fmt: skip


def _next(
    given: Requests, posts: Items, chain: list[Level], granted: Whole, taken: Taken
) -> tuple[Numbers, Whole, Numbers]:
    """(what the next post brings, the cap that stopped it, what it had to exceed) by request.

    To exceed: the least post of another request, for a higher priority lifts all one's own.
    """
    count = len(granted)
    after, stop = np.full(count, np.nan), np.full(count, -1)
    beat = np.full(count, np.nan)
    short = np.flatnonzero(granted < given.want)
    at = (np.cumsum(given.want) - given.want)[short] + granted[short]
    after[short], stop[short] = posts.value[at], taken.tight[at]
    for level, found in enumerate(chain):
        here = np.flatnonzero(stop == level)
        group = found.group[here]
        own = taken.owner[level][group] == here
        beat[here] = np.where(own, taken.second[level][group], taken.last[level][group])
    return after, stop, beat


def _program(
    given: Requests, posts: Items, found: list[Level], seconds: float, gap: float
) -> Allocation:
    solved = milp.solve(given, posts, found, seconds=seconds, gap=gap)
    value = total(posts.value, posts.request, posts.step, solved.granted)
    bound = max(solved.bound, value)
    after = np.full(len(given.want), np.nan)
    short = np.flatnonzero(solved.granted < given.want)
    first = np.cumsum(given.want) - given.want
    after[short] = posts.value[first[short] + solved.granted[short]]
    nothing = np.full(len(given.want), np.nan)
    return Allocation(
        given, solved.granted, value, bound, (bound - value) / max(abs(bound), 1e-12),
        "整数规划 HiGHS", tuple(found), tuple(solved.prices), False, after,
        np.full(len(given.want), -1), nothing,
    )  # fmt: skip
