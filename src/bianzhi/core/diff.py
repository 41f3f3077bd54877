"""The difference between two states, every post of it explained by the documents between them."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from bianzhi.core.folding import known_by, latest
from bianzhi.core.ledger import COUNTERS
from bianzhi.core.state import FIGURES, State, exact

_DOCUMENT = ("doc_no", "title", "issuer", "clause")


@dataclass(frozen=True)
class Difference:
    """What changed from one state to another of the same record.

    Attributes:
        figures: holder, kind, funding and, for each figure that differs, before, after, change.
        postings: Every posting that is in one state and not in the other, with its document; a
            posting that left (voided, or not yet due) stands with its sign turned. Summed by
            account they are exactly the change of ``approved``.
        facts: Every fact that differs: key, field, before, after, and the change behind it.
        succession: Successions of the later state that the earlier had not.
    """

    figures: pl.DataFrame
    postings: pl.DataFrame
    facts: pl.DataFrame
    succession: pl.DataFrame


def diff(before: State, after: State) -> Difference:
    """The difference between two states; ``after`` may be another day, another knowledge, or a
    scenario on top of the record of ``before``."""
    return Difference(
        figures=_figures(before, after),
        postings=_postings(before, after),
        facts=_facts(before, after),
        succession=after.succession.join(
            before.succession, on=["before", "after", "no"], how="anti"
        ),
    )


def _figures(before: State, after: State) -> pl.DataFrame:
    keys = ["holder", "kind", "funding"]
    long = [
        state.accounts.select(*keys, *FIGURES)
        .unpivot(on=FIGURES, index=keys, variable_name="figure", value_name=name)
        .cast({name: pl.Decimal(38, 4)})
        for state, name in ((before, "before"), (after, "after"))
    ]
    both = long[0].join(long[1], on=[*keys, "figure"], how="full", coalesce=True)
    return (
        both.with_columns(pl.col("before", "after").fill_null(0))
        .with_columns(change=pl.col("after") - pl.col("before"))
        .filter(pl.col("change") != 0)
        .sort(*keys, "figure")
    )


def _postings(before: State, after: State) -> pl.DataFrame:
    frame = after.columns.frame("postings")
    was, now = _counts(before), _counts(after)
    moved = (
        frame.with_columns(was=was, now=now)
        .filter(pl.col("was") != pl.col("now"))
        .with_columns(delta=pl.when("now").then(pl.col("delta")).otherwise(-pl.col("delta")))
    )
    accounts = after.columns.frame("accounts")
    moved = moved.with_columns(
        accounts[name].gather(moved["account"] - 1).alias(name)
        for name in ("holder", "kind", "funding")
    )
    for inside in (before.inside, after.inside):
        if inside is not None:
            moved = moved.filter(pl.col("holder").is_in(inside.implode()))
    return (
        moved.join(after.columns.frame("changes").select("no", *_DOCUMENT), on="no", how="left")
        .select(
            "holder", "kind", "funding", pl.col("day").cast(pl.Date), "no", "act", "verb",
            exact("delta"), "source", *_DOCUMENT,
        )
        .sort("holder", "kind", "funding", "day", "no")
    )  # fmt: skip


def _counts(state: State) -> pl.Expr:
    by_then = pl.col("no") <= state.known
    return (pl.col("day") <= state.on) & by_then & known_by(state.columns, state.known)


def _facts(before: State, after: State) -> pl.DataFrame:
    keys = after.columns.frame("subjects")["key"]
    sides = []
    for state, name in ((before, "before"), (after, "after")):
        facts = latest(state.columns, "facts", state.on, state.known)
        shown = pl.coalesce(keys.gather(facts["ref"] - 1).alias("ref"), "value").alias(name)
        sides.append(facts.select("subject", "field", shown, pl.col("no").alias(f"no_{name}")))
    both = sides[0].join(sides[1], on=["subject", "field"], how="full", coalesce=True)
    both = both.filter(pl.col("before").ne_missing(pl.col("after")))
    both = both.with_columns(
        keys.gather(both["subject"] - 1).alias("key"),
        no=pl.coalesce("no_after", "no_before"),
    )
    changes = after.columns.frame("changes").select("no", *_DOCUMENT)
    found = both.join(changes, on="no", how="left")
    return found.select("key", "field", "before", "after", "no", *_DOCUMENT).sort("key", "field")


def unexplained(difference: Difference) -> pl.DataFrame:
    """Accounts whose change of ``approved`` the postings do not add up to: always empty.

    Kept as a function because a report prints that it looked.
    """
    keys = ["holder", "kind", "funding"]
    told = difference.postings.group_by(keys).agg(pl.col("delta").sum())
    figures = difference.figures.filter(
        (pl.col("figure") == "approved") & ~pl.col("holder").is_in(list(COUNTERS))
    )
    both = figures.join(told, on=keys, how="left").with_columns(pl.col("delta").fill_null(0))
    return both.filter(pl.col("delta") != pl.col("change"))
