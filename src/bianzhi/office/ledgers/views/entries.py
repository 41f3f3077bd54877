"""The grounds of a number: the postings and uses behind it, each with its document."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Any

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bianzhi.core.columns import Columns
from bianzhi.core.folding import known_by, latest
from bianzhi.core.ledger import COUNTERS
from bianzhi.core.ledger import FIGURES as USES
from bianzhi.core.state import FIGURES, exact
from bianzhi.office.desk import sheets
from bianzhi.office.desk.asking import Asked, asked, need
from bianzhi.office.desk.sheets import Column
from bianzhi.office.desk.showing import FIGURES as TITLES
from bianzhi.office.desk.showing import page, part
from bianzhi.office.desk.words import is_counter
from bianzhi.office.ledgers.register.figures import SHOWN, by_kind
from bianzhi.office.ledgers.register.figures import kinds as kinds_in_use

_WHERE = ("holder", "kind", "funding")
UNSEEN = "（范围以外）"


@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """The entries behind a holder's posts; without a holder, the figures of each.

    ``kind`` may be a group, such as all leadership posts; without one, all kinds that count.
    """
    view = asked(request)
    kind, holder = request.GET.get("kind", ""), request.GET.get("holder", "")
    funding = request.GET.get("funding")
    if not kind and not holder:
        need("编制种类", None)
    if kind and view.state.tree("quota_kind").find(kind) is None:
        raise Http404(f"没有代码为“{kind}”的编制种类")
    if holder and not seen(view, holder):
        raise Http404(f"没有代码为“{holder}”的机构")
    about = {"kind": kind, "kind_name": view.words.kind(kind) if kind else "编制（计数的）",
             "holder": holder, "holder_name": view.words.name(holder)}  # fmt: skip
    if not holder:
        return by_holder(request, view, kind, about)
    return of_holder(request, view, chosen(view, holder, kind, funding), funding, about)


def seen(view: Asked, holder: str) -> bool:
    """Whether there is such a holder, as far as the user may know."""
    return holder in view.words.classes and view.may_see(holder)


def kinds(view: Asked, kind: str) -> list[str]:
    """The kinds meant: one and all under it; all that count where none is named."""
    if kind:
        return view.state.kinds_under(kind)
    used = kinds_in_use(view.words)
    return used.filter(pl.col("counts") & ~pl.col("leads"))["kind"].to_list()


def of_holder(
    request: HttpRequest, view: Asked, accounts: pl.DataFrame, funding: str | None,
    about: dict[str, Any],
) -> HttpResponse:  # fmt: skip
    """The entries of one holder."""
    postings = booked(view, accounts)
    due = [each for each in postings if each["day_number"] <= view.on]
    if sheets.wanted(request):
        return exported(view, f"{about['holder_name']} {about['kind_name']} 分录", due)
    cut = part(request, view, len(due))
    return page(
        request, "ledgers/entries", view, **about,
        counter=is_counter(about["holder"]),
        funding=funding, funding_name=view.words.funding(funding),
        figures=summed(view, accounts),
        postings=due[cut.start : cut.end], part=cut,
        ahead=[each for each in postings if each["day_number"] > view.on],
        uses=list(used(view, accounts)),
        many=accounts.height > 1,
        kinds_differ=accounts["kind"].n_unique() > 1,
    )  # fmt: skip


def exported(view: Asked, title: str, rows: list[dict[str, Any]]) -> HttpResponse:
    """The entries as a workbook."""
    columns = [Column("生效日期", 11), Column("事项"), Column("对方", 30), Column("种类", 16),
               Column("经费", 16), Column("增减", 9), Column("余额", 9), Column("依据", 28),
               Column("条款、出处", 18), Column("变更", 7)]  # fmt: skip
    cells = (
        [row["day"], row["verb"], "、".join(map(view.words.name, row["others"])), row["kind_name"],
         row["funding_name"], row["delta"], row["balance"],
         row["paper"].label if row["paper"] else "", row["source"], row["no"]]
        for row in ({**each, "day": _date(each["day_number"])} for each in rows)
    )  # fmt: skip
    return sheets.workbook(view, title, columns, cells, len(rows))


def _date(number: int) -> Any:
    from bianzhi.core.days import day_date

    return day_date(number)


def by_holder(request: HttpRequest, view: Asked, kind: str, about: dict[str, Any]) -> HttpResponse:
    """Which units and pools a total is made of."""
    cls = request.GET.get("cls", "")
    figures = view.words.recent.get(("holders", kind, cls), lambda: _holders(view, kind, cls))
    if sheets.wanted(request):
        columns = [Column("代码", 16), Column("单位", 36)]
        columns += [Column(title, 9) for title in TITLES.values()]
        names = view.words.names_of(figures["holder"]).to_list()
        rows = zip(figures.iter_rows(named=True), names, strict=True)
        cells = ([row["holder"], name, *(row[each] for each in SHOWN)] for row, name in rows)
        return sheets.workbook(view, about["kind_name"], columns, cells, figures.height)
    cut = part(request, view, figures.height)
    return page(
        request, "ledgers/holders", view, **about,
        rows=list(figures[cut.start : cut.end].iter_rows(named=True)), part=cut,
        total={name: figures[name].sum() for name in SHOWN} if figures.height else {},
    )  # fmt: skip


def _holders(view: Asked, kind: str, cls: str) -> pl.DataFrame:
    """Sums by holder: of pools (``pool``), of all others (``unit``), or of all."""
    mine = by_kind(view.words).filter(pl.col("kind").is_in(kinds(view, kind)))
    pools = pl.col("holder").is_in(view.state.orgs.filter(pl.col("cls") == "pool")["key"].implode())
    mine = mine.filter({"pool": pools, "unit": ~pools}.get(cls, pl.lit(True)))
    return mine.group_by("holder").agg(pl.col(name).sum() for name in SHOWN).sort("holder")


def chosen(view: Asked, holder: str, kind: str, funding: str | None) -> pl.DataFrame:
    """id, holder, kind, funding of the accounts asked for; without a funding form, of all."""
    accounts = view.columns.frame("accounts").with_row_index("id", offset=1)
    meant = view.state.kinds_under(kind) if is_counter(holder) and kind else kinds(view, kind)
    mine = accounts.filter((pl.col("holder") == holder) & pl.col("kind").is_in(meant))
    mine = mine if funding is None else mine.filter(pl.col("funding") == funding)
    return mine.select(pl.col("id").cast(pl.Int64), *_WHERE)


def summed(view: Asked, accounts: pl.DataFrame) -> dict[str, Any]:
    """The five figures of the accounts together, as the state has them."""
    holders = accounts["holder"].unique().implode()
    own = view.state.accounts.filter(pl.col("holder").is_in(holders))
    rows = own.join(accounts, on=_WHERE, how="semi")
    return {name: rows[name].sum() for name in FIGURES} if rows.height else {}


def booked(view: Asked, accounts: pl.DataFrame) -> list[dict[str, Any]]:
    """Every posting on the accounts, in order of days, with the balance after it and who stood on
    the other side."""
    known = known_by(view.columns, view.state.known)
    here = pl.col("account").is_in(accounts["id"].implode())
    postings = both(view.columns, "postings", here & known)
    mine = (
        postings.join(accounts.select("id", "funding", "kind"), left_on="account", right_on="id")
        .sort("day", "no", "line")
        .with_columns(exact("delta"), day_number="day")
    )
    others = _other_sides(view, accounts, mine)
    papers = view.words.papers(mine["no"])
    balances = accumulate(mine["delta"])
    return [
        {
            **row,
            "balance": balance,
            "paper": papers.get(row["no"]),
            "others": others.get((row["no"], row["act"]), []),
            "funding_name": view.words.funding(row["funding"]),
            "kind_name": view.words.kind(row["kind"]),
        }
        for row, balance in zip(mine.iter_rows(named=True), balances, strict=True)
    ]


def both(columns: Columns, table: str, wanted: pl.Expr) -> pl.DataFrame:
    """Some rows of a table, out of bulk and tail, without laying these together first."""
    return pl.concat([columns.base[table].filter(wanted), columns.tail[table].filter(wanted)])


def _other_sides(
    view: Asked, accounts: pl.DataFrame, mine: pl.DataFrame
) -> dict[tuple[int, int], list[str]]:
    """The holders on the other legs of the same acts; who is out of reach goes unnamed."""
    holders = view.columns.frame("accounts")["holder"]
    legs = both(view.columns, "postings", pl.col("no").is_in(mine["no"].unique().implode()))
    legs = legs.join(mine.select("no", "act").unique(), on=["no", "act"], how="semi")
    legs = legs.filter(~pl.col("account").is_in(accounts["id"].implode()))
    legs = legs.with_columns(holders.gather(legs["account"] - 1).alias("holder"))
    found: dict[tuple[int, int], list[str]] = {}
    for no, act, holder in legs.sort("no", "line").select("no", "act", "holder").iter_rows():
        sides = found.setdefault((no, act), [])
        named = holder if holder in COUNTERS or view.may_see(holder) else UNSEEN
        if named not in sides:
            sides.append(named)
    return found


def used(view: Asked, accounts: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """Every use of the accounts in force on the day: who, as what, since when, by which paper."""
    here = pl.col("account").is_in(accounts["id"].implode())
    users = both(view.columns, "claims", here)["subject"].unique()
    claims = latest(
        view.columns, "claims", view.on, view.state.known,
        pl.col("subject").is_in(users.implode()),
    )  # fmt: skip
    claims = claims.filter(here).sort("figure", "day", "no", "line").with_columns(exact("amount"))
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
