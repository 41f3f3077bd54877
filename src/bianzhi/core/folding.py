"""Folding columns into what holds on a day, as known at a change."""

from __future__ import annotations

import polars as pl

from bianzhi.core.columns import GROUPS, Columns

VOID = "作废"


def voided(columns: Columns, known: int) -> list[int]:
    """The changes that are void as known at a change."""
    amendments = columns.frame("amendments")
    return (
        amendments.filter((pl.col("verb") == VOID) & (pl.col("no") <= known))["target"]
        .unique()
        .to_list()
    )


def known_by(columns: Columns, known: int) -> pl.Expr:
    """Rows that count as known at a change: posted by then, and not voided by then."""
    gone = voided(columns, known)
    by_then = pl.col("no") <= known if known < columns.head else pl.lit(True)
    return by_then & ~pl.col("no").is_in(gone) if gone else by_then


def balances(columns: Columns, on: int, known: int) -> pl.Series:
    """The balance of every account at the end of a day, in order of account numbers."""
    counts = (pl.col("day") <= on) & known_by(columns, known)
    base, ends = columns.base["postings"], columns.ends["postings"]
    count = columns.frame("accounts").height
    running = base.select(
        pl.when(counts).then(pl.col("delta")).otherwise(0).cum_sum().gather(ends["end"])
    ).to_series()
    sums = running.diff()
    sums = sums.set(sums.is_null(), running[0]) if len(running) else sums
    if ends.height < count:
        sums = _spread(ends["account"], sums, count)
    tail = columns.tail["postings"].filter(counts)
    if tail.height:
        sums = _add_tail(sums, tail)
    return sums.alias("approved")


def _spread(numbers: pl.Series, values: pl.Series, count: int) -> pl.Series:
    """Values by number, zero for numbers that have none."""
    zeros = pl.zeros(count, dtype=pl.Int64, eager=True)
    return zeros.scatter(numbers - 1, values)


def _add_tail(sums: pl.Series, tail: pl.DataFrame) -> pl.Series:
    moved = tail.group_by("account").agg(pl.col("delta").sum())
    positions = moved["account"] - 1
    return sums.clone().scatter(positions, sums.gather(positions) + moved["delta"])


def latest(
    columns: Columns, table: str, on: int, known: int, only: pl.Expr | None = None
) -> pl.DataFrame:
    """The row in force of each group (field of a subject, slot of a claimant) on a day.

    Args:
        columns: The record's columns.
        table: facts or claims.
        on: The day.
        known: The change.
        only: Restrict to some groups (a condition on the group's columns).
    """
    counts = (pl.col("day") <= on) & known_by(columns, known)
    keys = list(GROUPS[table])
    base = _latest_in_base(columns, table, counts, only)
    tail = columns.tail[table].filter(counts if only is None else counts & only)
    if tail.is_empty():
        return base
    both = pl.concat([base.join(tail.select(keys).unique(), on=keys, how="semi"), tail])
    newest = both.sort("day", "no", "line").unique(keys, keep="last")
    return pl.concat([base.join(newest.select(keys), on=keys, how="anti"), newest])


def _latest_in_base(
    columns: Columns, table: str, counts: pl.Expr, only: pl.Expr | None
) -> pl.DataFrame:
    base, ends = columns.base[table], columns.ends[table]
    starts = ends.with_columns(start=pl.col("end").shift(1, fill_value=-1) + 1)
    if only is not None:
        starts = starts.filter(only)
    if starts.is_empty():
        return base.clear()
    first, last = int(starts["start"].min() or 0), int(starts["end"].max() or 0)  # type: ignore[arg-type]
    part = base.slice(first, last - first + 1)
    # the position of the last counting row at or before each group's end …
    at = part.select(
        pl.when(counts).then(pl.int_range(pl.len(), dtype=pl.Int64)).otherwise(-1).cum_max()
    ).to_series()
    found = starts.select(
        at.gather(starts["end"] - first).alias("at"), (pl.col("start") - first).alias("start")
    )
    # … belongs to the group only if it does not lie before its start
    return part[found.filter(pl.col("at") >= pl.col("start"))["at"]]
