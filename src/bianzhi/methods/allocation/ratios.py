"""Staffing ratios: need and have of each request, checked."""

from __future__ import annotations

import numpy as np
import polars as pl

from bianzhi.methods.allocation.errors import AllocationError
from bianzhi.methods.allocation.requests import Numbers, Requests


def staffing(given: Requests) -> tuple[Numbers, Numbers]:
    """(need, have), shape (n,) each.

    Raises:
        AllocationError: Missing columns; a need that is not above 0, a have missing or negative.
    """
    missing = [name for name in ("need", "have") if name not in given.frame.columns]
    if missing:
        raise AllocationError(f"申请表缺少这些列：{'、'.join(missing)}")
    need = given.frame["need"].cast(pl.Float64).fill_null(0).to_numpy()
    have = given.frame["have"].cast(pl.Float64).fill_null(np.nan).to_numpy()
    wrong = ~((need > 0) & np.isfinite(need) & (have >= 0) & np.isfinite(have))
    if wrong.any():
        raise AllocationError(
            f"申请“{given.ids[int(wrong.argmax())]}”的应配须大于 0、实有不得缺失或为负"
        )
    return need, have
