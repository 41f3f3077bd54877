"""Who came, who left and who moved between two states."""

from __future__ import annotations

from typing import Any

import polars as pl

from bianzhi.core.folding import latest
from bianzhi.core.ledger import FIGURES as USES
from bianzhi.core.state import State
from bianzhi.office.desk.words import Words

Row = dict[str, Any]


def staff(words: Words, before: State, after: State, units: frozenset[str] | None) -> list[Row]:
    """People whose post is with another unit than before, or as something else: who came, who left,
    who moved, by which paper."""
    sides = [_places(state, name) for state, name in ((before, "before"), (after, "after"))]
    both = sides[0].join(sides[1], on="key", how="full", coalesce=True)
    both = both.filter(
        pl.col("holder_before").ne_missing(pl.col("holder_after"))
        | pl.col("kind_before").ne_missing(pl.col("kind_after"))
        | pl.col("figure_before").ne_missing(pl.col("figure_after"))
    )
    if units is not None:
        keys = pl.Series(sorted(units)).implode()
        both = both.filter(pl.col("holder_before").is_in(keys) | pl.col("holder_after").is_in(keys))
    papers = words.papers({*both["no_before"].drop_nulls(), *both["no_after"].drop_nulls()})
    ordered = both.sort("holder_after", "holder_before", "key", nulls_last=True)
    return [_mover(words, papers, row) for row in ordered.iter_rows(named=True)]


def _places(state: State, side: str) -> pl.DataFrame:
    """key, holder, kind, figure, no: where each person's post is; holder is empty for one who
    left."""
    claims = latest(state.columns, "claims", state.on, state.known, pl.col("slot") == "post")
    subjects = state.columns.frame("subjects")
    accounts = state.columns.frame("accounts")
    at = claims["account"] - 1
    found = claims.select("figure", "no").with_columns(
        subjects["key"].gather(claims["subject"] - 1).alias("key"),
        subjects["cls"].gather(claims["subject"] - 1).alias("cls"),
        accounts["holder"].gather(at).alias("holder"),
        accounts["kind"].gather(at).alias("kind"),
        pl.when(claims["account"].is_not_null()).then(pl.col("figure")).alias("figure"),
    )
    found = found.filter(pl.col("cls") == "person").drop("cls")
    return found.rename({name: f"{name}_{side}" for name in ("holder", "kind", "figure", "no")})


def _mover(words: Words, papers: dict[int, Any], row: Row) -> Row:
    came, left = row["holder_before"] is None, row["holder_after"] is None
    same = row["holder_before"] == row["holder_after"]
    no = row["no_after"] if row["no_after"] is not None else row["no_before"]
    return {
        "name": words.name(row["key"]),
        "way": "进" if came else "出" if left else "改编" if same else "转",
        "before": row["holder_before"], "after": row["holder_after"],
        **{f"kind_{side}": words.kind(row[f"kind_{side}"]) if row[f"kind_{side}"] else ""
           for side in ("before", "after")},
        "figure": USES.get(row["figure_after"] or row["figure_before"] or "", ""),
        "paper": papers.get(no),
    }  # fmt: skip
