"""The figures of a state by unit and kind, and what is out of order in them."""

from __future__ import annotations

import polars as pl

from bianzhi.core.ledger import COUNTERS
from bianzhi.core.state import FIGURES
from bianzhi.office.desk.words import Words

SHOWN = ("approved", "actual", "pending", "reserved", "vacant", "gross_vacant")
# What is out of order in a unit's posts of one kind; each line of figures has at most one of them.
OVER, AHEAD, SHORT = "over", "ahead", "short"
DISORDERS = {OVER: "超编", AHEAD: "预超编", SHORT: "负空编"}
MEANINGS = {
    OVER: "实有 > 核定",
    AHEAD: "实有未超，加上待上编就超",
    SHORT: "连预留在内超过核定，空编为负",
}


def by_kind(words: Words) -> pl.DataFrame:
    """A row a holder and kind that has anything: the figures, ``counts``, ``leads``, ``disorder``.

    ``disorder`` is null where all is in order; it is told of leadership posts too.
    """
    return words.kept.get("by-kind", lambda: _by_kind(words))


def _by_kind(words: Words) -> pl.DataFrame:
    nonzero = pl.any_horizontal([pl.col(name) != 0 for name in FIGURES])
    accounts = words.state.accounts.filter(~pl.col("holder").is_in(list(COUNTERS)) & nonzero)
    sums = accounts.group_by("holder", "kind").agg(pl.col(name).sum() for name in FIGURES)
    return sums.join(kinds(words), on="kind", how="left").with_columns(disorder=disorder())


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


def disorder() -> pl.Expr:
    """Which of the disorders a line of figures has."""
    approved, actual, pending = (pl.col(name) for name in ("approved", "actual", "pending"))
    return (
        pl.when(actual > approved).then(pl.lit(OVER))
        .when(actual + pending > approved).then(pl.lit(AHEAD))
        .when(pl.col("vacant") < 0).then(pl.lit(SHORT))
    )  # fmt: skip
