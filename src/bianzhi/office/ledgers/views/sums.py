"""The grounds of a sum over many units: by unit, posting by posting, use by use."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse

from bianzhi.core.days import day_date
from bianzhi.core.ledger import COUNTERS
from bianzhi.office.desk import sheets
from bianzhi.office.desk.asking import Asked
from bianzhi.office.desk.sheets import Column
from bianzhi.office.desk.showing import FIGURES, page, part
from bianzhi.office.ledgers.reading import booked
from bianzhi.office.ledgers.register import query
from bianzhi.office.ledgers.register.figures import SHOWN, by_kind, meant
from bianzhi.office.ledgers.register.query import ALL, LEADS_OF, Query
from bianzhi.office.ledgers.views.entry_sheet import entry_sheet

LEADS = "L"  # all leadership posts in the code tree
BY = {"": "按单位", "posting": "逐笔分录", "use": "逐项用编"}
_WHOLE = {ALL, "unit", "pool"}  # classes that need no look at the register


def of_many(request: HttpRequest, view: Asked) -> HttpResponse:
    """The units a question to the register means (see ``query.Query``), and what their sum is made
    of; ``leads=1``: their leadership posts; ``by``: one of ``BY``."""
    wish, leads = query.read(view.others, view.words), LEADS_OF in view.others
    kind = LEADS if leads else wish.kind
    by = query.one_of("by", view.others.get("by", ""), BY)
    figures = view.words.recent.get(("sums", wish, leads), lambda: _sums(view, wish, kind))
    about = {
        "kind": kind, "kind_name": view.words.kind(kind) if kind else "编制合计",
        "said": query.said(view.words, wish._replace(kind=wish.kind if leads else "")),
        "by": by, "ways": [(key, title, _way(view, key)) for key, title in BY.items()],
        "total": total(figures), "units": figures.height,
    }  # fmt: skip
    if not by:
        return by_holder(request, view, wish, figures, about)
    found = booked.accounts(view, _meant(view, wish, kind))
    return (by_use if by == "use" else by_posting)(request, view, found, about)


def _way(view: Asked, by: str) -> dict[str, str]:
    return {**{name: value for name, value in view.others.items() if name != "by"}, "by": by}


def _meant(view: Asked, wish: Query, kind: str) -> pl.Expr:
    """The accounts whose sum is asked for, among all that have ``holder`` and ``kind``."""
    return pl.col("kind").is_in(meant(view.words, kind)) & _within(view, wish)


def _within(view: Asked, wish: Query) -> pl.Expr:
    holder, state = pl.col("holder"), view.state
    if not wish.of_all or wish.cls not in _WHOLE:
        return holder.is_in(query.answer(view.words, wish.units)["key"].implode())
    pool = holder.is_in(state.orgs.filter(pl.col("cls") == "pool")["key"].implode())
    found = {"pool": pool, "unit": ~pool}.get(wish.cls, pl.lit(True))
    found &= ~holder.is_in(list(COUNTERS))
    return found if state.inside is None else found & holder.is_in(state.inside.implode())


def _sums(view: Asked, wish: Query, kind: str) -> pl.DataFrame:
    """The figures by holder."""
    mine = by_kind(view.words).filter(_meant(view, wish, kind))
    found = mine.group_by("holder").agg(pl.col(name).sum() for name in SHOWN).sort("holder")
    by = wish.sort.removeprefix("-")
    return found.sort(by, descending=by != wish.sort, maintain_order=True) if by in SHOWN else found


def total(figures: pl.DataFrame) -> dict[str, Any]:
    """All together; nothing of nobody."""
    return {name: figures[name].sum() for name in SHOWN} if figures.height else {}


def by_holder(
    request: HttpRequest, view: Asked, wish: Query, figures: pl.DataFrame, about: dict[str, Any]
) -> HttpResponse:
    """Which units the sum is made of."""
    if sheets.wanted(request):
        return _holder_sheet(view, about["kind_name"], figures)
    cut = part(request, view, figures.height)
    return page(
        request, "ledgers/sum", view, **about, part=cut,
        rows=list(figures[cut.start : cut.end].iter_rows(named=True)),
        heads=[_head(view, wish, name) for name in SHOWN],
    )  # fmt: skip


def _head(view: Asked, wish: Query, name: str) -> dict[str, Any]:
    """The head of a column: what a press on it sorts by."""
    turned = name if wish.sort == f"-{name}" else f"-{name}"
    state = {name: "ascending", f"-{name}": "descending"}.get(wish.sort, "")
    return {"title": FIGURES[name], "where": {**view.others, "sort": turned}, "sorted": state}


def _holder_sheet(view: Asked, title: str, figures: pl.DataFrame) -> HttpResponse:
    columns = [Column("代码", 16), Column("单位", 36)]
    columns += [Column(each, 9) for each in FIGURES.values()]
    names = view.words.names_of(figures["holder"]).to_list()
    rows = zip(figures.iter_rows(named=True), names, strict=True)
    cells = ([row["holder"], name, *(row[each] for each in SHOWN)] for row, name in rows)
    return sheets.workbook(view, title, columns, cells, figures.height)


def by_posting(
    request: HttpRequest, view: Asked, found: pl.DataFrame, about: dict[str, Any]
) -> HttpResponse:
    """Every posting behind the approved posts: what they add up to is the sum."""
    postings = booked.booked(view, found)
    due = postings.filter(pl.col("day") <= view.on)
    if sheets.wanted(request):
        return entry_sheet(view, f"{about['kind_name']} 分录", due)
    cut = part(request, view, due.height)
    return page(
        request, "ledgers/sum", view, **about, part=cut,
        postings=booked.told(view, due[cut.start : cut.end]), many=True, kinds_differ=True,
        holders_differ=True,
    )  # fmt: skip


def by_use(
    request: HttpRequest, view: Asked, found: pl.DataFrame, about: dict[str, Any]
) -> HttpResponse:
    """Every use of the posts: 实有, 待上编 and 预留, one by one."""
    uses = booked.used(view, found)
    if sheets.wanted(request):
        return _use_sheet(view, f"{about['kind_name']} 用编", uses)
    cut = part(request, view, uses.height)
    return page(
        request, "ledgers/sum", view, **about, part=cut,
        uses=booked.told_uses(view, uses[cut.start : cut.end]),
    )  # fmt: skip


def _use_sheet(view: Asked, title: str, uses: pl.DataFrame) -> HttpResponse:
    columns = [Column("姓名、事项", 16), Column("单位", 36), Column("种类", 16), Column("用途"),
               Column("数量", 9), Column("自", 11), Column("依据", 28)]  # fmt: skip
    sheets.refuse_more(uses.height)
    cells = (
        [row["name"], view.words.name(row["holder"]), row["kind_name"], row["figure_name"],
         row["amount"], day_date(row["day"]), row["paper"].label if row["paper"] else ""]
        for row in booked.told_uses(view, uses)
    )  # fmt: skip
    return sheets.workbook(view, title, columns, cells, uses.height)
