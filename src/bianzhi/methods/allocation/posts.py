"""The single posts of loans: when each is out, and when it comes back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bianzhi.methods.allocation.errors import AllocationError
from bianzhi.methods.allocation.requests import Numbers, Whole

RETURNS = {"leaving": "随减随收", "due": "到期归还"}


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a request borrows.

    Attributes:
        start: First month. term: Months. renewals: How often for as long again.
        returns: ``leaving`` or ``due``. marginals: Benefit of each post, falling.
    """

    start: int
    term: int
    renewals: int
    returns: str
    marginals: list[float]


@dataclass(frozen=True, slots=True)
class Posts:
    """Posts that may be lent, (m,) each.

    Attributes:
        request: Index of the request. step: Which post of it, from 1. start: First month out.
        back: Month in which it is in the pool again. term: Months. renewals: It takes so many.
        value: Benefit.
    """

    request: Whole
    step: Whole
    start: Whole
    back: Whole
    term: Whole
    renewals: Whole
    value: Numbers

    def take(self, which: NDArray[np.bool_]) -> Posts:
        """Only these."""
        return Posts(
            self.request[which], self.step[which], self.start[which], self.back[which],
            self.term[which], self.renewals[which], self.value[which],
        )  # fmt: skip


def terms(requests: pl.DataFrame, term: int) -> list[Terms]:
    """The terms of each request; columns not given have their defaults.

    Raises:
        AllocationError: A term below one month, negative renewals, another way of returning.
    """
    defaults = {"term": term, "renewals": 0, "returns": "leaving"}
    full = requests.with_columns(
        pl.lit(value).alias(name) for name, value in defaults.items()
        if name not in requests.columns
    )  # fmt: skip
    found = []
    for name, start, months, renewals, returns, marginals in full.select(
        "id", "start", "term", "renewals", "returns", "marginals"
    ).iter_rows():
        if months is None or months < 1:
            raise AllocationError(f"申请“{name}”的借用期限为 {months}：至少一个月")
        if renewals is None or renewals < 0:
            raise AllocationError(f"申请“{name}”的续借次数为 {renewals}：应为 0 或正整数")
        if returns not in RETURNS:
            known = "、".join(f"{code}（{word}）" for code, word in RETURNS.items())
            raise AllocationError(f"申请“{name}”的归还方式为“{returns}”：可用的有 {known}")
        found.append(Terms(int(start), int(months), int(renewals), returns, list(marginals)))
    return found


def possible(asked: list[Terms], left: Numbers) -> tuple[Posts, Whole]:
    """(the posts that come back in time, posts refused by request); ``left`` as :func:`lend`."""
    rows: list[tuple[float, ...]] = []
    refused = np.zeros(len(asked), dtype=np.int64)
    for at, one in enumerate(asked):
        already = left[at, one.start - 1] if one.start else 0.0
        gone = np.floor(left[at, one.start :] - already + 1e-9)
        for step, value in enumerate(one.marginals, 1):
            wait = int(np.searchsorted(gone, step)) + 1  # back the month after its leaver
            turns = -(-wait // one.term)
            if wait > len(gone) or turns > one.renewals + 1:
                refused[at] += 1
            elif value > 0:
                back = one.start + (wait if one.returns == "leaving" else turns * one.term)
                rows.append((at, step, one.start, back, one.term, turns - 1, value))
    table = np.array(rows, dtype=float).reshape(-1, 7)
    request, step, start, back, term, renewals = table[:, :6].astype(np.int64).T
    return Posts(request, step, start, back, term, renewals, table[:, 6]), refused
