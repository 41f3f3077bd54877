"""The postings and uses behind numbers: of one holder's accounts, or of those of many."""

from __future__ import annotations

from typing import Any

import polars as pl

from bianzhi.core.columns import Columns
from bianzhi.core.folding import known_by, latest
from bianzhi.core.ledger import COUNTERS
from bianzhi.core.ledger import FIGURES as USES
from bianzhi.core.state import FIGURES, exact
from bianzhi.office.desk.asking import Asked

WHERE = ("holder", "kind", "funding")
UNSEEN = "（范围以外）"
Row = dict[str, Any]


def accounts(view: Asked, meant: pl.Expr) -> pl.DataFrame:
    """id, holder, kind, funding of the accounts meant."""
    found = view.columns.frame("accounts").with_row_index("id", offset=1)
    return found.filter(meant).select(pl.col("id").cast(pl.Int64), *WHERE)


def summed(view: Asked, found: pl.DataFrame) -> Row:
    """The figures of some accounts together, as the state has them; nothing of no account."""
    holders = found["holder"].unique().implode()
    own = view.state.accounts.filter(pl.col("holder").is_in(holders))
    rows = own.join(found, on=WHERE, how="semi")
    return {name: rows[name].sum() for name in FIGURES} if rows.height else {}


def booked(view: Asked, found: pl.DataFrame) -> pl.DataFrame:
    """Every posting on some accounts in order of days: the columns of the record, with holder,
    kind, funding, ``delta`` and the ``balance`` after it."""
    here = pl.col("account").is_in(found["id"].implode())
    postings = both(view.columns, "postings", here & known_by(view.columns, view.state.known))
    postings = postings.join(found, left_on="account", right_on="id").sort("day", "no", "line")
    balance = pl.col("delta").cum_sum().alias("balance")
    return postings.with_columns(balance).with_columns(exact("delta"), exact("balance"))


def both(columns: Columns, table: str, wanted: pl.Expr) -> pl.DataFrame:
    """Some rows of a table, out of bulk and tail, without laying these together first."""
    return pl.concat([columns.base[table].filter(wanted), columns.tail[table].filter(wanted)])


def told(view: Asked, postings: pl.DataFrame) -> list[Row]:
    """Postings as people read them: with their document and who stood on the other side."""
    sides = _sides(view, postings)
    papers = view.words.papers(postings["no"])
    return [
        {
            **row,
            "paper": papers.get(row["no"]),
            "others": [each for each in sides[row["no"], row["act"]] if each != row["holder"]],
            "funding_name": view.words.funding(row["funding"]),
            "kind_name": view.words.kind(row["kind"]),
        }
        for row in postings.iter_rows(named=True)
    ]


def _sides(view: Asked, postings: pl.DataFrame) -> dict[tuple[int, int], list[str]]:
    """The holders in each act, each once; who is out of reach goes unnamed."""
    holders = view.columns.frame("accounts")["holder"]
    legs = both(view.columns, "postings", pl.col("no").is_in(postings["no"].unique().implode()))
    legs = legs.join(postings.select("no", "act").unique(), on=["no", "act"], how="semi")
    legs = legs.with_columns(holders.gather(legs["account"] - 1).alias("holder"))
    found: dict[tuple[int, int], list[str]] = {}
    for no, act, holder in legs.sort("no", "line").select("no", "act", "holder").iter_rows():
        sides = found.setdefault((no, act), [])
        named = holder if holder in COUNTERS or view.may_see(holder) else UNSEEN
        if named not in sides:
            sides.append(named)
    return found


def used(view: Asked, found: pl.DataFrame) -> pl.DataFrame:
    """Every use of some accounts in force on the day, as the record has them, with its account's
    holder and kind and ``key``: who or what uses the post."""
    here = pl.col("account").is_in(found["id"].implode())
    users = both(view.columns, "claims", here)["subject"].unique()
    claims = latest(
        view.columns, "claims", view.on, view.state.known,
        pl.col("subject").is_in(users.implode()),
    )  # fmt: skip
    keys = view.columns.frame("subjects")["key"]
    claims = claims.filter(here).join(found, left_on="account", right_on="id")
    claims = claims.with_columns(exact("amount"), keys.gather(claims["subject"] - 1).alias("key"))
    return claims.sort("figure", "day", "no", "line")


def told_uses(view: Asked, uses: pl.DataFrame) -> list[Row]:
    """Uses as people read them: who, as what, since when, by which document."""
    papers = view.words.papers(uses["no"])
    return [
        {
            **row,
            "name": view.words.name(row["key"]),
            "figure_name": USES[row["figure"]],
            "kind_name": view.words.kind(row["kind"]),
            "paper": papers.get(row["no"]),
        }
        for row in uses.iter_rows(named=True)
    ]
