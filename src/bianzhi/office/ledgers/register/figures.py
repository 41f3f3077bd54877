"""The figures of a state by unit and kind."""

from __future__ import annotations

import polars as pl

from bianzhi.core.ledger import COUNTERS
from bianzhi.core.state import FIGURES
from bianzhi.office.desk.words import Words

SHOWN = ("approved", "actual", "pending", "reserved", "vacant", "gross_vacant")


def by_kind(words: Words) -> pl.DataFrame:
    """A row a holder and kind that has anything: the figures, ``counts``, ``leads``."""
    return words.kept.get("by-kind", lambda: _by_kind(words))


def _by_kind(words: Words) -> pl.DataFrame:
    nonzero = pl.any_horizontal([pl.col(name) != 0 for name in FIGURES])
    accounts = words.state.accounts.filter(~pl.col("holder").is_in(list(COUNTERS)) & nonzero)
    sums = accounts.group_by("holder", "kind").agg(pl.col(name).sum() for name in FIGURES)
    return sums.join(kinds(words), on="kind", how="left")


def kinds(words: Words) -> pl.DataFrame:
    """kind, counts, leads: what each kind in use is, in the order of the code tree."""
    used = sorted(words.state.accounts["kind"].unique(), key=words.place)
    return pl.DataFrame(
        {
            "kind": used,
            "counts": [words.counts(kind) for kind in used],
            "leads": [words.is_leadership(kind) for kind in used],
        },
        schema={"kind": pl.String, "counts": pl.Boolean, "leads": pl.Boolean},
    )


def meant(words: Words, kind: str) -> list[str]:
    """The kinds a sum is over: one and all under it; all that count where none is named."""
    if kind:
        return words.state.kinds_under(kind)
    used = kinds(words)
    return used.filter(pl.col("counts") & ~pl.col("leads"))["kind"].to_list()
