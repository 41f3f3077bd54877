"""Lending posts over time: what is lent comes back as people leave; the stock never runs out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import highspy
import numpy as np
import polars as pl
from numpy.typing import ArrayLike

from bianzhi.methods.allocation.errors import AllocationError
from bianzhi.methods.allocation.highs import solver
from bianzhi.methods.allocation.requests import Numbers, Whole


@dataclass(frozen=True, slots=True)
class Loans:
    """Posts lent.

    Attributes:
        ids: Requests. lent: (n,) posts. refused: (n,) posts asked for that could not come back
            in time. value: Benefit. stock: (t,) posts left in the pool each month.
        prices: (t,) what one more post in that month would bring.
        back: (n,) month in which the last lent post is back, −1 where none is lent.
    """

    ids: list[str]
    lent: Whole
    refused: Whole
    value: float
    stock: Whole
    prices: Numbers
    back: Whole

    def to_frame(self) -> pl.DataFrame:
        """One row a request."""
        return pl.DataFrame(
            {"id": self.ids, "lent": self.lent, "refused": self.refused, "back": self.back}
        )

    def summary(self) -> str:
        """Two sentences."""
        low = int(self.stock.argmin()) if len(self.stock) else 0
        text = (
            f"借出 {self.lent.sum()} 名，效益 {self.value:.4f}；库存最低在第 {low + 1} 个月，"
            f"为 {self.stock.min(initial=10**9)} 名"
        )
        dear = int(self.prices.argmax()) if len(self.prices) else 0
        if len(self.prices) and self.prices[dear] > 1e-9:
            text += f"；第 {dear + 1} 个月最紧，多一名可增加效益 {self.prices[dear]:.4g}"
        return text


def lend(requests: pl.DataFrame, leavers: ArrayLike, stock: Sequence[int], *, term: int) -> Loans:
    """Lend posts of one kind from a pool, 人走编收.

    Args:
        requests: id, start (month, 0-based), marginals (list: benefit of each post, falling).
        leavers: (n, t) leavers of the requesting unit **by the end of** each month since month
            0; the low end of a forecast band is the careful choice.
        stock: (t,) posts the pool has in each month if nothing is lent (earlier loans returned
            and posts taken in are already counted).
        term: Months a loan may last; a post that would come back later is not lent.

    Returns:
        The loans of most benefit with which the pool is not negative in any month.

    Raises:
        AllocationError: Shapes that do not fit, a negative stock, rising marginals.

    Post k of a request is out from its start until the unit's k-th leaver since then, so each
    post occupies consecutive months: the matrix has consecutive ones, the linear program is
    integral (Fulkerson & Gross 1965), and later posts, out longer for less, never go first.
    """
    months = np.asarray(stock, dtype=np.int64)
    left = np.asarray(leavers, dtype=float)
    _checked(requests, left, months, term)
    request, start, end, value, refused = _posts(requests, left, len(months), term)
    taken, prices = _program(start, end, value, months)
    lent = np.bincount(request[taken], minlength=requests.height)
    out = np.zeros(len(months) + 1, dtype=np.int64)
    np.add.at(out, start[taken], 1)
    np.add.at(out, end[taken], -1)
    back = np.full(requests.height, -1)
    np.maximum.at(back, request[taken], end[taken])
    return Loans(
        [str(each) for each in requests["id"].to_list()], lent, refused,
        float(value[taken].sum()), months - np.cumsum(out)[:-1], prices, back,
    )  # fmt: skip


def _checked(requests: pl.DataFrame, left: Numbers, months: Whole, term: int) -> None:
    missing = [name for name in ("id", "start", "marginals") if name not in requests.columns]
    if missing:
        raise AllocationError(f"借编申请缺少这些列：{'、'.join(missing)}")
    if left.shape != (requests.height, len(months)):
        raise AllocationError(
            f"减员预测应为 {requests.height} 项申请 × {len(months)} 个月，现为 {left.shape}"
        )
    if (months < 0).any():
        raise AllocationError(
            f"编制池第 {int((months < 0).argmax()) + 1} 个月本身已为负：请先核对库存"
        )
    if not np.isfinite(left).all() or (np.diff(left, axis=1) < -1e-9).any() or (left < 0).any():
        raise AllocationError("减员预测应当是逐月累计、不会减少的数")
    if term < 1:
        raise AllocationError("借用期限至少一个月")
    for name, begin, each in requests.select("id", "start", "marginals").iter_rows():
        if begin is None or not 0 <= begin < len(months):
            raise AllocationError(f"申请“{name}”的起借月不在预测期内")
        if each is None or any(b > a for a, b in pairwise(each)):
            raise AllocationError(f"申请“{name}”的效益缺失或不是由大到小")


def _posts(
    requests: pl.DataFrame, left: Numbers, months: int, term: int
) -> tuple[Whole, Whole, Whole, Numbers, Whole]:
    """(request, first month out, month back, benefit) of each post that may be lent; refused."""
    rows, refused = [], np.zeros(requests.height, dtype=np.int64)
    for at, (begin, values) in enumerate(requests.select("start", "marginals").iter_rows()):
        already = left[at, begin - 1] if begin else 0.0
        gone = np.floor(left[at] - already + 1e-9)
        for k, value in enumerate(values, 1):
            found = np.searchsorted(gone[begin:], k) + begin + 1  # back the month after
            if found - begin > term or found > months:
                refused[at] += 1
            elif value > 0:
                rows.append((at, begin, found, value))
    table = np.array(rows, dtype=float).reshape(-1, 4)
    whole = table[:, :3].astype(np.int64)
    return whole[:, 0], whole[:, 1], whole[:, 2], table[:, 3], refused


def _program(start: Whole, end: Whole, value: Numbers, stock: Whole) -> tuple[Whole, Numbers]:
    """(indices of the posts lent, price of each month)."""
    if not len(value):
        return np.zeros(0, dtype=np.int64), np.zeros(len(stock))
    scale = float(value.max())
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(value), len(stock)
    lp.col_cost_, lp.col_lower_ = -value / scale, np.zeros(len(value))
    lp.col_upper_ = np.ones(len(value))
    lp.row_lower_ = np.full(len(stock), -highspy.kHighsInf)
    lp.row_upper_ = stock.astype(float)
    length = end - start
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(length)]).astype(np.int32)
    lp.a_matrix_.index_ = np.concatenate(
        [np.arange(a, b) for a, b in zip(start, end, strict=True)]
    ).astype(np.int32)
    lp.a_matrix_.value_ = np.ones(int(length.sum()))
    program = solver(solver="simplex")  # a vertex, which is whole numbers here
    program.passModel(lp)
    program.run()
    found = program.getSolution()
    shares = np.asarray(found.col_value)
    if np.abs(shares - np.rint(shares)).max() > 1e-6:
        raise AllocationError("求解没有得到整数的借用方案：请缩短预测期或减少申请后再试")
    return np.flatnonzero(shares > 0.5), np.maximum(-np.asarray(found.row_dual) * scale, 0)
