"""A floor first, then the most benefit: nobody stays below a staffing ratio that can be kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import polars as pl

from bianzhi.methods.allocation.caps import Cap, Level, levels, used
from bianzhi.methods.allocation.errors import AllocationError
from bianzhi.methods.allocation.ratios import staffing
from bianzhi.methods.allocation.requests import Numbers, Requests, Whole, read
from bianzhi.methods.allocation.result import Allocation
from bianzhi.methods.allocation.solve import allocate

SLACK = 1e-9  # a ratio of exactly the floor keeps it, whatever the last bit says


@dataclass(frozen=True, slots=True)
class Floored:
    """An allocation above a floor, and what the floor costs.

    Attributes:
        allocation: The one of most benefit that keeps the floor, with its certificate.
        floor: Staffing ratio kept. highest: The highest floor that can be kept.
        limit: The cap that stops it from going higher, in words; "" where all asked for is granted.
        before, after: (n,) staffing ratios.
        free: Benefit without any floor.
    """

    allocation: Allocation
    floor: float
    highest: float
    limit: str
    before: Numbers
    after: Numbers
    free: float

    @property
    def cost(self) -> float:
        """Benefit given up for the floor."""
        return max(self.free - self.allocation.value, 0.0)

    @property
    def share(self) -> float:
        """The cost as a share of the benefit without a floor."""
        return self.cost / self.free if self.free else 0.0

    @property
    def below(self) -> list[str]:
        """Requests that stay below the floor because they ask for too little."""
        ids = self.allocation.requests.ids
        return [ids[k] for k in np.flatnonzero(self.after < self.floor - SLACK)]

    @property
    def lowest(self) -> float:
        """The lowest ratio of those who do not get all they ask for; infinite if all do."""
        short = self.allocation.granted < self.allocation.requests.want
        return float(self.after[short].min(initial=np.inf))

    def to_frame(self) -> pl.DataFrame:
        """One row a request: as :meth:`Allocation.to_frame`, with before, after, below."""
        return self.allocation.to_frame().with_columns(
            before=pl.Series(self.before), after=pl.Series(self.after),
            below=pl.Series(self.after < self.floor - SLACK),
        )  # fmt: skip

    def summary(self) -> str:
        """The floor, its price, then the allocation."""
        text = f"保底 {self.floor:.1%}（最高可保到 {self.highest:.1%}"
        text += f"，再高则{self.limit}不够）" if self.limit else "）"
        text += f"，为此少得效益 {self.cost:.4f}（{self.share:.1%}）"
        if self.below:
            text += f"；申请补足也不到保底的：{'、'.join(self.below[:5])}"
        return f"{text}\n{self.allocation.summary()}"


def floor_first(
    requests: pl.DataFrame,
    vacant: Mapping[str, int],
    *,
    floor: float | None = None,
    caps: Sequence[Cap] = (),
    benefit: str = "shortage",
    seconds: float = 30.0,
    gap: float = 1e-3,
) -> Floored:
    """The allocation of most benefit in which every staffing ratio reaches a floor.

    Args:
        requests: As :func:`allocate`, with need (above 0) and have. A request is lifted to
            (have + granted) / need ≥ floor, or gets all it asks for.
        vacant, caps, benefit, seconds, gap: As :func:`allocate`.
        floor: The ratio, such as 0.85; default the highest that can be kept (maximin).

    Raises:
        AllocationError: As :func:`allocate`; either-or requests; a floor that cannot be kept, with
            the highest that can.

    Source: the ε-constraint method (Haimes, Lasdon & Wismer 1971, IEEE SMC 1:296—297): equity as
    a constraint, benefit as the aim, so the optimum and its proof are those of :func:`allocate`.
    """
    given = read(requests)
    if any(given.either):
        raise AllocationError("有二选一的申请时无法一一保底：请先定下选哪一个")
    need, have = staffing(given)
    found = levels(given, vacant, list(caps))
    highest, limit = _highest(given, found, need, have)
    kept = highest if floor is None else floor
    if not (np.isfinite(kept) and kept >= 0):
        raise AllocationError(f"保底比例为 {kept}：应为不小于 0 的数，85% 写 0.85")
    least = _least(given, need, have, kept)
    short = _over(given, found, least)
    if short:
        raise AllocationError(f"保底 {kept:.1%} 做不到，最高 {highest:.1%}：{short}")
    solve = partial(allocate, vacant=vacant, caps=caps, benefit=benefit, seconds=seconds, gap=gap)
    made = solve(requests.with_columns(least=pl.Series(least, dtype=pl.Int64)))
    after = (have + made.granted) / need
    return Floored(made, kept, highest, limit, have / need, after, solve(requests).value)


def _least(given: Requests, need: Numbers, have: Numbers, floor: float) -> Whole:
    """Posts each request must get: up to the floor, whole batches, never more than it asks."""
    lift = np.clip(np.ceil(floor * need - have - SLACK), 0, given.want).astype(np.int64)
    batch = np.where(lift > 0, np.minimum(np.maximum(lift, given.at_once), given.want), 0)
    return np.maximum(batch, given.least)


def _over(given: Requests, found: list[Level], least: Whole) -> str:
    """The first cap that minima exceed, in words; "" where all are kept."""
    for level in found:
        taken = used(level, least)
        over = np.flatnonzero(taken > level.most)
        if over.size:
            at = int(over[0])
            return f"{level.names[at]}要 {taken[at]} 名，只有 {level.most[at]} 名"
    return ""


def _highest(
    given: Requests, found: list[Level], need: Numbers, have: Numbers
) -> tuple[float, str]:
    """(the highest floor that can be kept, the cap beyond it); by halving the ratios possible."""
    request = np.repeat(np.arange(len(need)), given.want + 1)
    step = np.arange(len(request)) - (np.cumsum(given.want + 1) - given.want - 1)[request]
    ratios = np.unique((have[request] + step) / need[request])
    low, high = 0, len(ratios)  # the lowest ratio asks for nothing, so it can be kept
    while high - low > 1:
        middle = (low + high) // 2
        if _over(given, found, _least(given, need, have, float(ratios[middle]))):
            high = middle
        else:
            low = middle
    if not len(ratios):
        return 0.0, ""
    if high == len(ratios):
        return float(ratios[low]), ""
    beyond = _over(given, found, _least(given, need, have, float(ratios[high])))
    return float(ratios[low]), beyond.split("要")[0]


def trade_off(
    requests: pl.DataFrame,
    vacant: Mapping[str, int],
    *,
    steps: int = 10,
    caps: Sequence[Cap] = (),
    benefit: str = "shortage",
) -> pl.DataFrame:
    """What each floor costs, from none up to the highest: the office picks a row.

    Args:
        steps: How many floors above none, evenly between the lowest ratio the optimum leaves
            and the highest floor that can be kept.
        requests, vacant, caps, benefit: As :func:`floor_first`.

    Returns:
        Columns floor, lowest (as :attr:`Floored.lowest`), value, cost (share of the benefit
        without a floor); the cost never falls from row to row.

    Raises:
        AllocationError: As :func:`floor_first`; fewer than one step.

    Source: as :func:`floor_first`; the curve is the frontier of equity and benefit.
    """
    if steps < 1:
        raise AllocationError("至少要有一个保底比例")
    solve = partial(floor_first, requests, vacant, caps=caps, benefit=benefit)
    free = solve(floor=0.0)
    start = min(free.lowest, free.highest)
    floors = np.linspace(start, free.highest, steps + 1)[1:].tolist()
    made = [free, *(solve(floor=floor) for floor in floors)]
    rows = [(each.floor, each.lowest, each.allocation.value, each.share) for each in made]
    return pl.DataFrame(rows, schema=["floor", "lowest", "value", "cost"], orient="row")
