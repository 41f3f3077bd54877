"""The figures of the first page: totals against what was granted, shares, pictures by facet."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import polars as pl

from bianzhi.office.desk.words import Words
from bianzhi.office.ledgers.register import query
from bianzhi.office.ledgers.register.figures import SHOWN, by_kind
from bianzhi.office.ledgers.register.table import table

SIDES = ("granted", "abolished", "converted")
PICTURES = ("rank", "category", "welfare_class", "funding_form")
LATEST = 8  # documents the first page tells of
Row = dict[str, Any]


def cockpit(words: Words) -> Row:
    """Everything the first page shows of a state."""
    return words.kept.get("cockpit", lambda: _cockpit(words))


def _cockpit(words: Words) -> Row:
    rows = totals(words)
    posts = [row for row in rows if not row["leads"]]
    counted = [row for row in posts if row["counts"]]
    total = {name: _sum(counted, name) for name in (*SHOWN, *SIDES, "units", "pools")}
    return {
        "totals": posts,
        "total": total,
        "leadership": [row for row in rows if row["leads"]],
        "share": share(total["vacant"], total["approved"]),
        "sizes": sizes(words),
        "pictures": [picture(words, name) for name in PICTURES],
    }


def _sum(rows: list[Row], name: str) -> Decimal:
    return sum((row[name] for row in rows), Decimal(0))


def totals(words: Words) -> list[Row]:
    """A row a kind in the order of the code tree: granted; of it in units and in pools, abolished,
    converted; the figures."""
    state = words.state
    pools = state.orgs.filter(pl.col("cls") == "pool")["key"].implode()
    in_pools = pl.col("approved").filter(pl.col("holder").is_in(pools)).sum()
    sums = by_kind(words).group_by("kind", "counts", "leads").agg(
        *(pl.col(name).sum() for name in SHOWN), in_pools.alias("pools")
    )  # fmt: skip
    sums = sums.join(state.totals.select("kind", *SIDES), on="kind", how="full", coalesce=True)
    rows = [
        {**row, **{name: row[name] or Decimal(0) for name in (*SHOWN, *SIDES, "pools")}}
        for row in sums.iter_rows(named=True)
    ]
    found = [
        {**row, "name": words.kind(row["kind"]), "units": row["approved"] - row["pools"],
         "leads": words.is_leadership(row["kind"]), "counts": words.counts(row["kind"]),
         "share": share(row["vacant"], row["approved"])}
        for row in rows if any(row[name] for name in (*SHOWN, *SIDES))
    ]  # fmt: skip
    return sorted(found, key=lambda row: words.place(row["kind"]))


def share(part: Decimal, whole: Decimal) -> str:
    """A share in percent with one digit, half a digit up; "" of nothing."""
    if not whole:
        return ""
    percent = (part / whole * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{percent}%".replace("-", "−")


def sizes(words: Words) -> Row:
    """How many orgs, sections and pools are in being."""
    counts = dict(table(words).group_by("cls").len().iter_rows())
    return {cls: counts.get(cls, 0) for cls in ("org", "section", "pool")}


def picture(words: Words, name: str) -> Row:
    """Orgs by a facet: how many, their posts, each row's part of the longest."""
    orgs = table(words).filter(pl.col("cls") == "org")
    value = pl.col(name).fill_null(query.NONE).alias("value")
    found = orgs.group_by(value).agg(
        pl.len().alias("units"), pl.col("approved").sum(), pl.col("actual").sum(),
        pl.col("vacant").sum(),
    )  # fmt: skip
    by_value = {row["value"]: row for row in found.iter_rows(named=True)}
    order = [each for each in query.in_order(words, name, orgs) if each in by_value]
    rows = [
        {
            **by_value[each],
            "name": query.shown(words, name, each),
            "where": {name: each, "cls": "org"},
        }
        for each in order
    ]
    return {
        "facet": name, "title": query.FACETS[name], "rows": rows,
        "most": max((row["units"] for row in rows), default=1),
    }  # fmt: skip
