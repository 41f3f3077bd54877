"""States and columns as plain values, so that two of them can be compared."""

from __future__ import annotations

from typing import Any

import polars as pl

from bianzhi.core.columns import SCHEMAS, Columns
from bianzhi.core.state import State

FRAMES = ("orgs", "accounts", "totals", "leadership", "people", "duties", "succession")
INNER = ("subject",)  # a thing's place in its own columns


def rows(frame: pl.DataFrame) -> list[tuple[Any, ...]]:
    """The rows of a frame in one order, whatever order it came in."""
    plain = frame.select(sorted(set(frame.columns) - set(INNER)))
    return sorted(plain.iter_rows(), key=repr)


def shown(columns: Columns, on: int, known: int | None = None) -> dict[str, Any]:
    """Everything a state shows."""
    state = State(columns, on, known)
    return {name: rows(getattr(state, name)) for name in FRAMES} | {
        "figures": rows(state.figures("holder", "kind", "funding")),
        "codes": {name: sorted(tree._codes) for name, tree in state.trees.items()},
    }


def said(columns: Columns) -> dict[str, list[tuple[Any, ...]]]:
    """All rows with keys for numbers, without the clock."""
    keys = columns.frame("subjects")["key"]
    accounts = columns.frame("accounts")
    names = (accounts["holder"] + "/" + accounts["kind"] + "/" + accounts["funding"]).alias("name")
    found = {}
    for table in SCHEMAS:
        frame = columns.frame(table)
        for column in ("subject", "ref", "before", "after"):
            if column in frame.columns:
                frame = frame.with_columns(keys.gather(frame[column] - 1).alias(column))
        if table == "assertions":
            frame = frame.with_columns(keys.gather(frame["holder"] - 1).alias("holder"))
        if "account" in frame.columns:
            frame = frame.with_columns(names.gather(frame["account"] - 1).alias("account"))
        found[table] = rows(frame.drop("recorded_at", "holder_id", strict=False))
    return found
