"""The grounds of a number: the postings and uses behind an account, each with its document."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Any

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bianzhi.core.folding import known_by, latest
from bianzhi.core.ledger import FIGURES as USES
from bianzhi.core.state import FIGURES, exact
from bianzhi.office.desk.asking import Asked, asked, need
from bianzhi.office.desk.showing import page, part
from bianzhi.office.desk.words import is_counter

_WHERE = ("holder", "kind", "funding")


@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """The entries behind a holder's posts of a kind; without a holder, the figures of each."""
    view = asked(request)
    kind = need("编制种类", request.GET.get("kind"))
    holder, funding = request.GET.get("holder", ""), request.GET.get("funding")
    if view.state.tree("quota_kind").find(kind) is None:
        raise Http404(f"没有代码为“{kind}”的编制种类")
    if holder and holder not in view.words.classes:
        raise Http404(f"没有代码为“{holder}”的机构")
    about = {"kind": kind, "kind_name": view.words.kind(kind), "holder": holder,
             "holder_name": view.words.name(holder)}  # fmt: skip
    if not holder:
        return by_holder(request, view, kind, about)
    accounts = chosen(view, holder, kind, funding)
    postings = booked(view, accounts)
    due = [each for each in postings if each["day_number"] <= view.on]
    cut = part(request, view, len(due))
    return page(
        request, "ledgers/entries", view, **about,
        counter=is_counter(holder),
        funding=funding, funding_name=view.words.funding(funding),
        figures=summed(view, accounts),
        postings=due[cut.start : cut.end], part=cut,
        ahead=[each for each in postings if each["day_number"] > view.on],
        uses=list(used(view, accounts)),
        many=accounts.height > 1,
    )  # fmt: skip


def by_holder(request: HttpRequest, view: Asked, kind: str, about: dict[str, Any]) -> HttpResponse:
    """Which units and pools a total is made of."""
    figures = view.state.figures("holder", "kind").filter(pl.col("kind") == kind)
    cut = part(request, view, figures.height)
    return page(
        request, "ledgers/holders", view, **about,
        rows=list(figures[cut.start : cut.end].iter_rows(named=True)), part=cut,
        total={name: figures[name].sum() for name in FIGURES} if figures.height else {},
    )  # fmt: skip


def chosen(view: Asked, holder: str, kind: str, funding: str | None) -> pl.DataFrame:
    """id, holder, kind, funding of the accounts asked for; without a funding form, of all."""
    accounts = view.columns.frame("accounts").with_row_index("id", offset=1)
    mine = accounts.filter((pl.col("holder") == holder) & (pl.col("kind") == kind))
    mine = mine if funding is None else mine.filter(pl.col("funding") == funding)
    return mine.select(pl.col("id").cast(pl.Int64), *_WHERE)


def summed(view: Asked, accounts: pl.DataFrame) -> dict[str, Any]:
    """The five figures of the accounts together, as the state has them."""
    rows = view.state.accounts.join(accounts, on=_WHERE, how="semi")
    return {name: rows[name].sum() for name in FIGURES} if rows.height else {}


def booked(view: Asked, accounts: pl.DataFrame) -> list[dict[str, Any]]:
    """Every posting on the accounts, in order of days, with the balance after it and who stood on
    the other side."""
    known = known_by(view.columns, view.state.known)
    postings = view.columns.frame("postings").filter(known)
    mine = (
        postings.join(accounts.select("id", "funding"), left_on="account", right_on="id")
        .sort("day", "no", "line")
        .with_columns(exact("delta"), day_number="day")
    )
    others = _other_sides(view, postings, accounts, mine)
    papers = view.words.papers(mine["no"])
    balances = accumulate(mine["delta"])
    return [
        {
            **row,
            "balance": balance,
            "paper": papers.get(row["no"]),
            "others": others.get((row["no"], row["act"]), []),
            "funding_name": view.words.funding(row["funding"]),
        }
        for row, balance in zip(mine.iter_rows(named=True), balances, strict=True)
    ]


def _other_sides(
    view: Asked, postings: pl.DataFrame, accounts: pl.DataFrame, mine: pl.DataFrame
) -> dict[tuple[int, int], list[str]]:
    """The holders on the other legs of the same acts."""
    holders = view.columns.frame("accounts")["holder"]
    legs = postings.join(mine.select("no", "act").unique(), on=["no", "act"], how="semi")
    legs = legs.filter(~pl.col("account").is_in(accounts["id"].implode()))
    legs = legs.with_columns(holders.gather(legs["account"] - 1).alias("holder"))
    found: dict[tuple[int, int], list[str]] = {}
    for no, act, holder in legs.sort("no", "line").select("no", "act", "holder").iter_rows():
        sides = found.setdefault((no, act), [])
        if holder not in sides:
            sides.append(holder)
    return found


def used(view: Asked, accounts: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """Every use of the accounts in force on the day: who, as what, since when, by which paper."""
    claims = latest(view.columns, "claims", view.on, view.state.known)
    claims = claims.filter(pl.col("account").is_in(accounts["id"].implode()))
    claims = claims.sort("figure", "day", "no", "line").with_columns(exact("amount"))
    keys = view.columns.frame("subjects")["key"]
    papers = view.words.papers(claims["no"])
    for row in claims.iter_rows(named=True):
        key = keys[row["subject"] - 1]
        yield {
            **row,
            "key": key,
            "name": view.words.name(key),
            "figure_name": USES[row["figure"]],
            "paper": papers.get(row["no"]),
        }
