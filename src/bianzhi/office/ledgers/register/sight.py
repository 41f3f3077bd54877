"""Which changes somebody confined to a unit may see: those that did something to it or below it."""

from __future__ import annotations

import polars as pl

from bianzhi.office.desk.words import Words


def own_changes(words: Words) -> pl.Series | None:
    """The numbers of the changes that touch what is in reach; None where everything is."""
    inside = words.state.inside
    return None if inside is None else words.kept.get("own-changes", lambda: _own(words, inside))


def _own(words: Words, inside: pl.Series) -> pl.Series:
    columns = words.state.columns
    things = words.things.frame
    numbers = things.filter(pl.col("key").is_in(inside.implode()))["number"] + 1
    accounts = columns.frame("accounts").with_row_index("id", offset=1)
    mine = accounts.filter(pl.col("holder").is_in(inside.implode()))["id"].cast(pl.Int64).implode()
    found = [
        columns.frame("facts").filter(pl.col("subject").is_in(numbers.implode()))["no"],
        columns.frame("postings").filter(pl.col("account").is_in(mine))["no"],
        columns.frame("claims").filter(pl.col("account").is_in(mine))["no"],
        columns.frame("links").filter(
            pl.col("before").is_in(numbers.implode()) | pl.col("after").is_in(numbers.implode())
        )["no"],
        columns.frame("assertions").filter(pl.col("holder").is_in(numbers.implode()))["no"],
    ]
    numbers_seen = pl.concat([each.cast(pl.Int64) for each in found]).unique().sort()
    return numbers_seen.filter(numbers_seen <= words.state.known)


def own_subjects(words: Words) -> frozenset[str] | None:
    """Keys of everything in reach: units, and their people, duties, matters; None: all."""
    inside = words.state.inside
    return None if inside is None else words.kept.get("own", lambda: _subjects(words, inside))


def _subjects(words: Words, inside: pl.Series) -> frozenset[str]:
    columns, things = words.state.columns, words.things.frame
    accounts = columns.frame("accounts").with_row_index("id", offset=1)
    mine = accounts.filter(pl.col("holder").is_in(inside.implode()))["id"].cast(pl.Int64).implode()
    users = columns.frame("claims").filter(pl.col("account").is_in(mine))["subject"].unique()
    # who once used posts here and uses posts elsewhere now is not ours to tell of: only the uses
    # here are shown, and of the person the name
    keys = things.filter((pl.col("number") + 1).is_in(users.implode()))["key"]
    duties = words.state.duties["key"]
    return frozenset(inside) | frozenset(keys) | frozenset(duties)
