"""Who retires when, as far as personal files tell."""

from __future__ import annotations

import polars as pl

from bianzhi.methods import retirement
from bianzhi.office.identity.births import category


def with_retirement(people: pl.DataFrame) -> pl.DataFrame:
    """The people whose month of retirement can be told, with ``retires`` (first of the month).

    Left out: no birth date or no sex filled in.

    Args:
        people: key, birth_date, sex, position_type, and whatever else is to be kept.
    """
    known = people.filter(pl.col("birth_date").is_not_null() & pl.col("sex").is_in(["男", "女"]))
    codes = [category(*row) or "" for row in known.select("sex", "position_type").iter_rows()]
    births = [retirement.month_number(born) for born in known["birth_date"]]
    months = retirement.timetable(births, codes).statutory.tolist() if births else []
    texts = [f"{retirement.month_text(month)}-01" for month in months]
    retires = pl.Series("retires", texts, dtype=pl.String).str.to_date("%Y-%m-%d")
    return known.with_columns(retires).sort("retires", "key")
