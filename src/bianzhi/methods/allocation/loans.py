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
from bianzhi.methods.allocation.posts import Posts, possible, terms
from bianzhi.methods.allocation.requests import Numbers, Whole


@dataclass(frozen=True, slots=True)
class Loans:
    """Posts lent.

    Attributes:
        ids: Requests. lent: (n,) posts. refused: (n,) posts asked for that could not come back
            in time. value: Benefit. stock: (t,) posts left in the pool each month.
        prices: (t,) what one more post in that month would bring.
        back: (n,) month in which the last lent post is back, −1 where none is lent.
        renewed: (n,) renewals the last lent post takes, 0 where it needs none.
        posts: The lent posts, (m,) each: request, start, back, term; a post that comes back
            after the months forecast has its month all the same.
    """

    ids: list[str]
    lent: Whole
    refused: Whole
    value: float
    stock: Whole
    prices: Numbers
    back: Whole
    renewed: Whole
    posts: Posts

    def to_frame(self) -> pl.DataFrame:
        """One row a request."""
        return pl.DataFrame(
            {"id": self.ids, "lent": self.lent, "refused": self.refused, "back": self.back,
             "renewed": self.renewed}
        )  # fmt: skip

    def calendar(self) -> pl.DataFrame:
        """What falls due: id, month, returned, renewed (posts), by month; the sum of ``returned``
        is all that was lent."""
        rows = [(self.ids[at], int(back), 1, 0)
                for at, back in zip(self.posts.request, self.posts.back, strict=True)]  # fmt: skip
        for at, start, back, term in zip(
            self.posts.request, self.posts.start, self.posts.back, self.posts.term, strict=True
        ):
            rows += [(self.ids[at], int(due), 0, 1) for due in range(start + term, back, term)]
        schema = {"id": pl.String, "month": pl.Int64, "returned": pl.Int64, "renewed": pl.Int64}
        frame = pl.DataFrame(rows, schema=schema, orient="row")
        return frame.group_by("id", "month").sum().sort("month", "id")

    def summary(self) -> str:
        """Two sentences."""
        low = int(self.stock.argmin()) if len(self.stock) else 0
        text = (
            f"借出 {self.lent.sum()} 名，效益 {self.value:.4f}；库存最低在第 {low + 1} 个月，"
            f"为 {self.stock.min(initial=10**9)} 名"
        )
        if self.renewed.any():
            most = int(self.renewed.argmax())
            text += f"；{int((self.renewed > 0).sum())} 项须续借，最多的是“{self.ids[most]}”"
            text += f"续 {self.renewed[most]} 次"
        dear = int(self.prices.argmax()) if len(self.prices) else 0
        if len(self.prices) and self.prices[dear] > 1e-9:
            text += f"；第 {dear + 1} 个月最紧，多一名可增加效益 {self.prices[dear]:.4g}"
        return text


def lend(requests: pl.DataFrame, leavers: ArrayLike, stock: Sequence[int], *, term: int) -> Loans:
    """Lend posts of one kind from a pool.

    Args:
        requests: id, start (month, 0-based), marginals (list: benefit of each post, falling);
            optional term (months, instead of the common one), renewals (how often the loan may
            be renewed for as long again, 0) and returns: ``leaving`` (随减随收, as people leave;
            the default) or ``due`` (到期归还, in full on the day it is due).
        leavers: (n, t) leavers of the requesting unit **by the end of** each month since month
            0; the low end of a forecast band is the careful choice.
        stock: (t,) posts the pool has in each month if nothing is lent (earlier loans returned
            and posts taken in are already counted).
        term: Months a loan lasts; a post whose leaver comes later still, after the renewals
            allowed, is not lent.

    Returns:
        The loans of most benefit with which the pool is not negative in any month.

    Raises:
        AllocationError: Shapes that do not fit, a negative stock, rising marginals, terms,
            renewals or returns that cannot be read.

    Source: Fulkerson & Gross (1965, Pacific Journal of Mathematics 15:835—855): a matrix of
    consecutive ones makes the linear program integral; the loan rule is 遂昌's, as published.

    Post k of a request can come back from the unit's k-th leaver since its start on (遂昌: no more
    is lent than will leave). It is out until then, or until the end of the term in which that
    falls, so each post occupies consecutive months, and later posts, out longer for less, never go
    first.
    """
    months = np.asarray(stock, dtype=np.int64)
    left = np.asarray(leavers, dtype=float)
    _checked(requests, left, months, term)
    all_posts, refused = possible(terms(requests, term), left)
    out = np.minimum(all_posts.back, len(months))
    taken, prices = _program(all_posts.start, out, all_posts.value, months)
    count = np.bincount(all_posts.request[taken], minlength=requests.height)
    # Of posts worth the same the program may take the later one: the first ones are as good.
    first = all_posts.take(all_posts.step <= count[all_posts.request])
    return _loans(requests, first, refused, months, prices)


def _loans(
    requests: pl.DataFrame, posts: Posts, refused: Whole, months: Whole, prices: Numbers
) -> Loans:
    out = np.zeros(len(months) + 1, dtype=np.int64)
    np.add.at(out, posts.start, 1)
    np.add.at(out, np.minimum(posts.back, len(months)), -1)
    back = np.full(requests.height, -1)
    np.maximum.at(back, posts.request, posts.back)
    renewed = np.zeros(requests.height, dtype=np.int64)
    np.maximum.at(renewed, posts.request, posts.renewals)
    return Loans(
        [str(each) for each in requests["id"].to_list()],
        np.bincount(posts.request, minlength=requests.height), refused,
        float(posts.value.sum()), months - np.cumsum(out)[:-1], prices, back, renewed, posts,
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
