"""What units told in a survey, as tests write it: rows of plain values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import polars as pl

from bianzhi.rules.diagnosis.told import EXECUTION, OUTSIDE, SERVED, WORKLOAD, Told

Rows = Iterable[tuple[Any, ...]]


def told(workload: Rows = (), execution: Rows = (), outside: Rows = (), served: Rows = ()) -> Told:
    """A :class:`Told`; every row as its schema has it."""
    given = (workload, execution, outside, served)
    schemas = (WORKLOAD, EXECUTION, OUTSIDE, SERVED)
    frames = [
        pl.DataFrame(list(rows), schema=schema, orient="row")
        for rows, schema in zip(given, schemas, strict=True)
    ]
    return Told(workload=frames[0], execution=frames[1], outside=frames[2], served=frames[3])


def years(
    unit: str, amounts: Iterable[float | None], item: str = "受理登记", first: int = 2017,
    measure: str = "件",
) -> list[tuple[Any, ...]]:  # fmt: skip
    """Rows of workload of following years; a year of None left out. The answer is “a” + unit."""
    return [
        (unit, item, measure, year, float(amount), f"a{unit}")
        for year, amount in enumerate(amounts, first) if amount is not None
    ]  # fmt: skip
