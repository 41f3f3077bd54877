"""The fairest allocation: the worst-staffed first, then the next worst (leximin, so maximin)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from bianzhi.methods.allocation.benefit import Items
from bianzhi.methods.allocation.caps import Cap, levels, nested
from bianzhi.methods.allocation.errors import AllocationError
from bianzhi.methods.allocation.greedy import choose, ranked
from bianzhi.methods.allocation.ratios import staffing
from bianzhi.methods.allocation.requests import Numbers, Requests, Whole, read


@dataclass(frozen=True, slots=True)
class Fair:
    """A fair division.

    Attributes:
        requests: The requests. granted: (n,) posts. before, after: (n,) staffing ratios.
    """

    requests: Requests
    granted: Whole
    before: Numbers
    after: Numbers

    def to_frame(self) -> pl.DataFrame:
        """One row a request: id, kind, want, granted, before, after."""
        return self.requests.frame.select("id", "kind", "want").with_columns(
            granted=pl.Series(self.granted),
            before=pl.Series(self.before),
            after=pl.Series(self.after),
        )

    def summary(self) -> str:
        """The worst-staffed before and after."""
        if not len(self.granted):
            return "没有申请"
        worst = self.requests.ids[int(self.after.argmin())]
        return (
            f"{len(self.granted)} 项申请共配 {self.granted.sum()} 名；最低配备率由 "
            f"{self.before.min():.1%} 提到 {self.after.min():.1%}（{worst}）"
        )


def leximin(requests: pl.DataFrame, vacant: Mapping[str, int], *, caps: Sequence[Cap] = ()) -> Fair:
    """Raise the lowest staffing ratio (have + granted) / need as far as it goes, then the next.

    Args:
        requests: id, kind, want, need, have (need above 0); optional least. Priorities and tiers
            play no part. vacant, caps: As :func:`allocate`; the caps must be nested.

    Raises:
        AllocationError: As :func:`allocate`; side rules or crossing caps; a need of 0.

    Posts go on to whoever still wants some, above a ratio of 1 too: ask for no more than the
    gap where that is not meant.

    Source: Sen (1970), Collective Choice and Social Welfare, ch. 9 (leximin); greedy as below.

    Giving the next post to the lowest ratio (at equal ratios to the one it lifts highest) is
    greedy for Σ −exp(−K·ratio), K → ∞, which is separable and concave: so it is exact.
    """
    given = read(requests)
    if given.ruled:
        raise AllocationError("公平分配不能带整批或二选一的规则：请先定下这些申请")
    chain = nested(levels(given, vacant, list(caps)))
    if chain is None:
        raise AllocationError("上限互相交叉，不能逐名分配：请改用 allocate")
    need, have = staffing(given)
    request = np.repeat(np.arange(len(need)), given.want)
    step = np.arange(len(request)) - (np.cumsum(given.want) - given.want)[request] + 1
    before = (have[request] + step - 1) / need[request]
    posts = Items(request, step, np.ones(len(request)))
    forced = step <= given.least[request]
    order = ranked(forced, before, -(have[request] + step) / need[request])
    granted = np.bincount(request[choose(posts, chain, forced, order)], minlength=len(need))
    return Fair(given, granted, have / need, (have + granted) / need)
