"""Institutions by size: the bands in which 宿迁 told its 265 (2022)."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

BANDS = ((0, 5), (6, 10), (11, 20), (21, 30), (31, 50), (51, None))


def bands() -> tuple[tuple[int, int], ...]:
    """The bands with an upper end each; half a post more than it belongs to the next."""
    return tuple((low, 10**9 if high is None else high) for low, high in BANDS)


def banded(units: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    """The name of each band with its units, by ``approved``; every unit is in one band."""
    beyond = -1
    for (low, high), (_, end) in zip(BANDS, bands(), strict=True):
        name = f"{low}–{high} 名" if high else f"{low} 名以上"
        yield name, units.filter((pl.col("approved") > beyond) & (pl.col("approved") <= end))
        beyond = end
