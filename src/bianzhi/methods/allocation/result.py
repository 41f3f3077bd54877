"""The answer: who gets what, how good it is and can be, what one more post would bring, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from bianzhi.methods.allocation.caps import Level, used
from bianzhi.methods.allocation.errors import AllocationError
from bianzhi.methods.allocation.requests import Numbers, Requests, Whole


@dataclass(frozen=True, slots=True)
class Allocation:
    """An allocation with its certificate.

    Attributes:
        requests: The requests. granted: (n,) posts.
        value: Benefit reached. bound: No allocation brings more.
        gap: (bound − value) / bound; 0 is a proven optimum.
        method: How it was found, in words.
        levels: The caps, and by level (g,): prices, what one more post would bring.
        exact_prices: False where prices come from a linear relaxation.
        next_value: (n,) what the next post would bring; NaN where all asked for is granted.
        tight: (n,) index in ``levels`` of the innermost full cap that stopped it, −1 if none.
        to_beat: (n,) what the next post had to exceed: the least post of another request there.
    """

    requests: Requests
    granted: Whole
    value: float
    bound: float
    gap: float
    method: str
    levels: tuple[Level, ...]
    prices: tuple[Numbers, ...]
    exact_prices: bool
    next_value: Numbers
    tight: Whole
    to_beat: Numbers

    def to_frame(self) -> pl.DataFrame:
        """One row a request: id, kind, want, granted, next_value, to_beat, reason."""
        return self.requests.frame.select("id", "kind", "want").with_columns(
            granted=pl.Series(self.granted),
            next_value=pl.Series(self.next_value),
            to_beat=pl.Series(self.to_beat),
            reason=pl.Series(map(self._reason, range(len(self.granted))), dtype=pl.String),
        )

    def caps(self) -> pl.DataFrame:
        """One row a cap: name, most, used, price."""
        parts = [
            pl.DataFrame({"cap": level.names, "most": level.most,
                          "used": used(level, self.granted), "price": price},
                         schema={"cap": pl.String, "most": pl.Int64, "used": pl.Int64,
                                 "price": pl.Float64})
            for level, price in zip(self.levels, self.prices, strict=True)
        ]  # fmt: skip
        return pl.concat(parts)

    def reason(self, name: str) -> str:
        """Why a request got what it got, and what would change that.

        Raises:
            AllocationError: No such request.
        """
        ids = self.requests.ids
        if name not in ids:
            raise AllocationError(f"没有申请“{name}”")
        return self._reason(ids.index(name))

    def _reason(self, at: int) -> str:
        got, want = int(self.granted[at]), int(self.requests.want[at])
        head = f"申请 {want}，配 {got}"
        if got == want:
            return f"{head}：全部满足"
        if self.next_value[at] <= 0:
            return f"{head}：再配一名没有效益（缺口已补足或优先权重为 0）"
        if not self.exact_prices:
            return f"{head}：{self._rules(at, got)}"
        level = self.levels[self.tight[at]]
        name = level.names[level.group[at]]
        beat = self.to_beat[at]
        if not np.isfinite(beat):
            return f"{head}：{name}已满，别的申请没有可以让出的；增加该项名额才能再配"
        if self.requests.tier.max() > 1:
            return f"{head}：{name}已满，名额先给了级别更靠前或效益更高的申请"
        ratio = beat / self.next_value[at]
        return (
            f"{head}：{name}已满；再配一名的效益 {self.next_value[at]:.4g}，"
            f"不高于别的申请已配的最后一名 {beat:.4g}；优先权重提高到现在的 {ratio:.3g} 倍以上，"
            f"或增加该项名额，才会改变"
        )

    def _rules(self, at: int, got: int) -> str:
        group = self.requests.either[at]
        mates = [k for k, name in enumerate(self.requests.either) if name == group and k != at]
        chosen = [self.requests.ids[k] for k in mates if self.granted[k] > 0]
        if group and got == 0 and chosen:
            return f"与“{chosen[0]}”只能配一个，整体效益以配后者为高"
        full = [
            level.names[level.group[at]]
            for level in self.levels
            if level.group[at] >= 0
            and used(level, self.granted)[level.group[at]] >= level.most[level.group[at]]
        ]
        if full:
            return f"{'、'.join(full)}已满，名额用在别处的整体效益更高；增加名额才会改变"
        batch = int(self.requests.at_once[at])
        if got == 0 and batch > 1:
            return f"一次至少要 {batch} 名，余下的名额不够"
        return "在求解允许的差距之内，没有配给"

    def summary(self) -> str:
        """The whole in a few lines; prices of the full caps, the highest first."""
        asked, got = int(self.requests.want.sum()), int(self.granted.sum())
        proof = "已证明最优" if self.gap <= 1e-9 else f"距上界 {self.gap:.3%}"
        lines = [
            f"{len(self.granted)} 项申请共 {asked} 名，配 {got} 名，效益 {self.value:.4f}，"
            f"上界 {self.bound:.4f}（{proof}；{self.method}）"
        ]
        dear = self.caps().filter(pl.col("price") > 0).sort("price", descending=True)
        about = "" if self.exact_prices else "约"
        lines += [f"{cap}再多一名，效益{about}增加 {price:.4g}"
                  for cap, price in dear.select("cap", "price").head(5).iter_rows()]  # fmt: skip
        return "\n".join(lines)


def total(value: Numbers, request: Whole, step: Whole, granted: Sequence[int] | Whole) -> float:
    """Benefit of an allocation: the first ``granted`` posts of each request."""
    return float(value[step <= np.asarray(granted)[request]].sum())
