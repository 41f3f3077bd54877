"""Reading requests: one row each, checked whole before anything is worked out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bianzhi.methods.allocation.errors import AllocationError

Whole = NDArray[np.int64]
Numbers = NDArray[np.float64]
MOST_ITEMS = 50_000_000


@dataclass(frozen=True, slots=True)
class Requests:
    """Requests as arrays, shape (n,) each, in the order given.

    Attributes:
        frame: As given. want: Most posts. least: Posts it must get. at_once: Smallest useful
            number: gets 0 or at least this. priority: Weight. tier: 1 goes before 2 …
        either: Group of which one at most is granted; "" for none.
    """

    frame: pl.DataFrame
    want: Whole
    least: Whole
    at_once: Whole
    priority: Numbers
    tier: Whole
    either: list[str]

    @property
    def ids(self) -> list[str]:
        """Names of the requests."""
        return [str(each) for each in self.frame["id"].to_list()]

    @property
    def ruled(self) -> bool:
        """Whether there are side rules that a greedy choice cannot keep."""
        return bool((self.at_once > 1).any()) or any(self.either)


def read(frame: pl.DataFrame) -> Requests:
    """Requests from columns id, kind, want and the optional least, at_once, priority, tier, either.

    Raises:
        AllocationError: Missing columns, repeated ids, empty or impossible numbers.
    """
    missing = [name for name in ("id", "kind", "want") if name not in frame.columns]
    if missing:
        raise AllocationError(f"申请表缺少这些列：{'、'.join(missing)}")
    twice = frame["id"].filter(frame["id"].is_duplicated())
    if len(twice):
        raise AllocationError(f"申请“{twice[0]}”出现了不止一次：请合并或分别编号")
    count = frame.height
    want, least = _whole(frame, "want", 0), _whole(frame, "least", 0)
    at_once = np.maximum(_whole(frame, "at_once", 1), 1)
    priority, tier = _numbers(frame, "priority"), _whole(frame, "tier", 1)
    either = [""] * count
    if "either" in frame.columns:
        either = [str(each or "") for each in frame["either"].to_list()]
    made = Requests(frame, want, least, at_once, priority, tier, either)
    _possible(made)
    return made


def _possible(given: Requests) -> None:
    names = given.ids
    tests = (
        (given.least > given.want, "最少的数比申请的数还大"),
        ((given.least > 0) & (given.least < given.at_once), "最少的数小于一次起配数"),
        ((given.at_once > given.want) & (given.want > 0), "一次起配数比申请的数还大"),
        (np.array([bool(each) for each in given.either], dtype=bool) & (given.least > 0),
         "既要求保底，又在二选一之列"),
    )  # fmt: skip
    for wrong, what in tests:
        if wrong.any():
            raise AllocationError(f"申请“{names[int(wrong.argmax())]}”{what}：请核对")
    if given.want.sum() > MOST_ITEMS:
        raise AllocationError(f"申请合计 {given.want.sum()} 名，超出一次能算的 {MOST_ITEMS} 名")


def _whole(frame: pl.DataFrame, name: str, default: int) -> Whole:
    if name not in frame.columns:
        return np.full(frame.height, default, dtype=np.int64)
    column = _present(frame, name)
    if not column.dtype.is_integer():
        raise AllocationError(f"{name} 一列应当是整数")
    values = column.to_numpy().astype(np.int64)
    if (values < 0).any():
        raise AllocationError(f"{name} 第 {int((values < 0).argmax()) + 1} 行为负：请核对")
    return values


def _numbers(frame: pl.DataFrame, name: str) -> Numbers:
    if name not in frame.columns:
        return np.ones(frame.height)
    values = _present(frame, name).cast(pl.Float64).to_numpy()
    wrong = ~(np.isfinite(values) & (values >= 0))
    if wrong.any():
        raise AllocationError(f"{name} 第 {int(wrong.argmax()) + 1} 行不是非负的数：请核对")
    return values


def _present(frame: pl.DataFrame, name: str) -> pl.Series:
    column = frame[name]
    empty = column.is_null()
    if empty.any():
        raise AllocationError(f"{name} 第 {int(empty.arg_true()[0]) + 1} 行是空的：请补齐")
    return column
