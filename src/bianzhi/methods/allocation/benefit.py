"""What each further post brings: never more than the one before (concave)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from bianzhi.methods.allocation.errors import AllocationError
from bianzhi.methods.allocation.requests import Numbers, Requests, Whole

NAMES = ("linear", "harmonic", "shortage", "marginals")


@dataclass(frozen=True, slots=True)
class Items:
    """Every single post asked for, request by request, first post first; shape (m,) each.

    Attributes:
        request: Which request (index). step: Which post of it, from 1. value: What it brings.
    """

    request: Whole
    step: Whole
    value: Numbers


def items(given: Requests, benefit: str) -> Items:
    """The posts asked for, with what each brings: priority × marginal(step).

    ``linear``: 1 each. ``harmonic``: 1/step. ``shortage``: falls with the gap that is left; the
    gap s = need − have brings (s² − (s−1)²)/(2·need), nothing once it is closed; takes columns
    need and have. ``marginals``: a column of lists, given by the office.

    Raises:
        AllocationError: Unknown benefit, missing columns, marginals that rise.
    """
    request = np.repeat(np.arange(len(given.want)), given.want)
    first = np.cumsum(given.want) - given.want
    step = np.arange(len(request)) - first[request] + 1
    value = given.priority[request] * _marginal(given, benefit, request, step)
    return Items(request, step, value)


def _marginal(given: Requests, benefit: str, request: Whole, step: Whole) -> Numbers:
    if benefit == "linear":
        return np.ones(len(step))
    if benefit == "harmonic":
        return np.asarray(1 / step)
    if benefit == "shortage":
        need, have = (_column(given.frame, name)[request] for name in ("need", "have"))
        gap, base = need - have - step + 1, np.where(need > 0, need, 1.0)
        closed = np.maximum(gap, 0) ** 2 - np.maximum(gap - 1, 0) ** 2
        return np.asarray(closed / (2 * base))
    if benefit == "marginals":
        return _given(given, request, step)
    raise AllocationError(f"没有“{benefit}”这种效益：可用的有 {'、'.join(NAMES)}")


def _column(frame: pl.DataFrame, name: str) -> Numbers:
    if name not in frame.columns:
        raise AllocationError(f"按缺口计效益，申请表要有 {name} 一列")
    values = frame[name].cast(pl.Float64).fill_null(np.nan).to_numpy()
    wrong = ~(np.isfinite(values) & (values >= 0))
    if wrong.any():
        raise AllocationError(f"{name} 第 {int(wrong.argmax()) + 1} 行不是非负的数：请核对")
    return values


def _given(given: Requests, request: Whole, step: Whole) -> Numbers:
    if "marginals" not in given.frame.columns:
        raise AllocationError("申请表要有 marginals 一列：每名带来的效益，由大到小")
    lists = given.frame["marginals"].to_list()
    short = [k for k, each in enumerate(lists) if len(each or []) < given.want[k]]
    if short:
        raise AllocationError(f"申请“{given.ids[short[0]]}”的效益少于申请的名数")
    parts = [np.asarray(each[:n], float) for each, n in zip(lists, given.want, strict=True)]
    values = np.concatenate(parts) if parts else np.zeros(0)
    rising = np.flatnonzero((np.diff(values) > 0) & (np.diff(request) == 0))
    if rising.size or not np.isfinite(values).all():
        at = int(request[rising[0]]) if rising.size else int(request[~np.isfinite(values)][0])
        raise AllocationError(
            f"申请“{given.ids[at]}”的效益不是由大到小的数：后一名不应多于前一名；"
            "要整批配备请用 at_once"
        )
    return values
