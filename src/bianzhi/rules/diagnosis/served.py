"""Whom the institutions serve, and how many: from documents, else as the units told."""

from __future__ import annotations

from typing import Any

import polars as pl

from bianzhi.core.days import day_date
from bianzhi.rules.diagnosis.ground import Ground

SERVED: dict[str, Any] = {
    "unit": pl.String, "measure": pl.String, "amount": pl.Float64, "answers": pl.String,
}  # fmt: skip


def served(ground: Ground) -> pl.DataFrame:
    """unit, measure, amount (above 0), answers: each once. A figure from a document goes before
    what a unit told; of the years told the last one not after the day."""
    year = day_date(ground.material.on).year
    told = ground.told.served.filter(
        (pl.col("amount") > 0) & pl.col("amount").is_finite() & (pl.col("year") <= year)
    ).sort("year", descending=True, maintain_order=True)  # fmt: skip
    rows = told.select("unit", "measure", "amount", answers="answer").cast(pl.Schema(SERVED))
    known = ground.material.served
    if known is not None:
        known = known.filter(pl.col("amount") > 0).with_columns(answers=pl.lit(""))
        rows = pl.concat([known.select(list(SERVED)).cast(pl.Schema(SERVED)), rows])
    return rows.unique(["unit", "measure"], keep="first", maintain_order=True)
