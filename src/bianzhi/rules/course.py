"""How posts and their use went: the rows of the record as steps from day to day."""

from __future__ import annotations

from functools import cached_property

import polars as pl

from bianzhi.core.days import day_date, day_number
from bianzhi.core.folding import known_by
from bianzhi.core.ledger import ACTUAL, COUNTERS, PENDING, RESERVED
from bianzhi.core.state import State, exact

PROMISED = (PENDING, RESERVED)
VALUES = ("approved", "actual", "promised")


def months_before(day: int, months: int) -> int:
    """The day so many months earlier (31 May less three months is the last of February)."""
    series = pl.Series([day_date(day)]).dt.offset_by(f"-{months}mo")
    return day_number(series.item())


def _changes(*columns: str, by: int) -> pl.Expr:
    """Whether a row of a sorted frame is the first (``by`` 1) or last (−1) of its group."""
    return pl.any_horizontal(
        [pl.col(name).ne_missing(pl.col(name).shift(by)) for name in columns]
    ) | (pl.int_range(pl.len()) == (0 if by > 0 else pl.len() - 1))


class Course:
    """The rows of the record that count for a state, up to its day."""

    def __init__(self, state: State) -> None:
        self.state = state

    def rows(self, table: str) -> pl.DataFrame:
        """The rows of a table, those of void changes and of later days left out."""
        columns = self.state.columns
        counts = known_by(columns, self.state.known) & (pl.col("day") <= self.state.on)
        return columns.frame(table).filter(counts)

    @cached_property
    def keys(self) -> pl.Series:
        """The key of every subject, by its number less one."""
        return self.state.columns.frame("subjects")["key"]

    @cached_property
    def _accounts(self) -> pl.DataFrame:
        return self.state.columns.frame("accounts")

    def placed(self, frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
        """The frame with unit and kind of its account columns (``account_before``:
        ``unit_before`` …)."""
        for column in columns:
            end = column.removeprefix("account")
            frame = frame.with_columns(
                self._accounts[name].gather(frame[column] - 1).alias(f"{title}{end}")
                for name, title in (("holder", "unit"), ("kind", "kind"))
            )
        return frame

    @cached_property
    def steps(self) -> pl.DataFrame:
        """A row a step of a person, ticket or matter: subject, slot, verb, no, day, account,
        figure, amount, and account, figure, amount ``_before``.

        Several rows of one day are one step: the last of them counts.
        """
        keys = ["slot", "subject"]
        rows = self.rows("claims")
        if self.state.columns.tail["claims"].height:  # the bulk is in this order already
            rows = rows.sort(*keys, "day", "no", "line")
        rows = rows.filter(_changes(*keys, "day", by=-1))  # the last of a day
        first = _changes(*keys, by=1)
        rows = rows.with_columns(
            pl.when(~first).then(pl.col(name).shift(1)).alias(f"{name}_before")
            for name in ("account", "figure", "amount")
        )
        return rows.select(
            "subject", "slot", "verb", "no", "day", "account", "figure", "amount",
            "account_before", "figure_before", "amount_before",
        )  # fmt: skip

    @cached_property
    def moves(self) -> pl.DataFrame:
        """unit, kind, day and the sums of the day: approved, actual, promised (待上编＋预留), by
        unit and kind over all funding forms, exact."""
        posted = self.rows("postings").select("account", "day", approved="delta")
        steps = self.steps
        taken = steps.select("account", "figure", "day", amount="amount")
        given = steps.select(
            account="account_before",
            figure="figure_before",
            day="day",
            amount=-pl.col("amount_before"),
        )
        used = pl.concat([taken, given]).filter(pl.col("account").is_not_null())
        amount = pl.col("amount")
        used = used.select(
            "account", "day",
            actual=pl.when(pl.col("figure") == ACTUAL).then(amount).otherwise(0),
            promised=pl.when(pl.col("figure").is_in(list(PROMISED))).then(amount).otherwise(0),
        )  # fmt: skip
        both = pl.concat([posted, used], how="diagonal").with_columns(
            pl.col(*VALUES).fill_null(0).cast(pl.Int64)
        )
        sums = both.group_by("account", "day").agg(pl.col(*VALUES).sum())
        placed = self.placed(sums, "account").filter(~pl.col("unit").is_in(list(COUNTERS)))
        by_kind = placed.group_by("unit", "kind", "day").agg(pl.col(*VALUES).sum())
        return by_kind.with_columns(exact(name) for name in VALUES)

    def values(self, lines: pl.DataFrame, since: int) -> pl.DataFrame:
        """The figures of some lines at the end of each day after ``since`` on which they moved.

        Args:
            lines: unit, kind.
            since: Day number.

        Returns:
            A row a day and line, the lines that did not move since left out:
            unit, kind, day; approved, actual, promised; the same ``_before`` that day.
        """
        keys = ["unit", "kind"]
        recent = self.moves.filter(pl.col("day") > since).select(keys).unique()
        wanted = recent.join(lines.select(keys), on=keys, how="semi")
        moves = self.moves.join(wanted, on=keys, how="semi").sort(*keys, "day")
        running = moves.with_columns(pl.col(*VALUES).cum_sum().over(keys)).with_columns(
            pl.col(name).shift(1, fill_value=0).over(keys).alias(f"{name}_before")
            for name in VALUES
        )
        return running.filter(pl.col("day") > since)
