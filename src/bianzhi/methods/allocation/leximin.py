"""The fairest allocation: the worst-staffed first, then the next worst (leximin, so maximin)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from bianzhi.methods.allocation.benefit import Items
from bianzhi.methods.allocation.caps import Cap, levels, nested
from bianzhi.methods.allocation.errors import AllocationError
from bianzhi.methods.allocation.greedy import choose, ranked
from bianzhi.methods.allocation.requests import read


def leximin(
    requests: pl.DataFrame, vacant: Mapping[str, int], *, caps: Sequence[Cap] = ()
) -> pl.DataFrame:
    """Raise the lowest staffing ratio (have + granted) / need as far as it goes, then the next.

    Args:
        requests: id, kind, want, need, have (need above 0); optional least. Priorities and tiers
            play no part. vacant, caps: As :func:`allocate`; the caps must be nested.

    Returns:
        id, kind, want, granted, before, after (ratios).

    Raises:
        AllocationError: As :func:`allocate`; side rules or crossing caps; a need of 0.

    Posts go on to whoever still wants some, above a ratio of 1 too: ask for no more than the
    gap where that is not meant.

    Giving the next post to the lowest ratio (at equal ratios to the one it lifts highest) is
    greedy for Σ −exp(−K·ratio), K → ∞, which is separable and concave: so it is exact.
    """
    given = read(requests)
    if given.ruled:
        raise AllocationError("公平分配不能带整批或二选一的规则：请先定下这些申请")
    chain = nested(levels(given, vacant, list(caps)))
    if chain is None:
        raise AllocationError("上限互相交叉，不能逐名分配：请改用 allocate")
    missing = [name for name in ("need", "have") if name not in requests.columns]
    if missing:
        raise AllocationError(f"申请表缺少这些列：{'、'.join(missing)}")
    need = requests["need"].cast(pl.Float64).fill_null(0).to_numpy()
    have = requests["have"].cast(pl.Float64).fill_null(np.nan).to_numpy()
    wrong = ~((need > 0) & (have >= 0))
    if wrong.any():
        raise AllocationError(
            f"申请“{given.ids[int(wrong.argmax())]}”的应配须大于 0、实有不得缺失或为负"
        )
    request = np.repeat(np.arange(len(need)), given.want)
    step = np.arange(len(request)) - (np.cumsum(given.want) - given.want)[request] + 1
    before = (have[request] + step - 1) / need[request]
    posts = Items(request, step, np.ones(len(request)))
    forced = step <= given.least[request]
    order = ranked(forced, before, -(have[request] + step) / need[request])
    granted = np.bincount(request[choose(posts, chain, forced, order)], minlength=len(need))
    return requests.select("id", "kind", "want").with_columns(
        granted=pl.Series(granted),
        before=pl.Series(have / need),
        after=pl.Series((have + granted) / need),
    )
