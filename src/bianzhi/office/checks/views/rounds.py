"""How many findings there were: looks that were kept, and the ends of the last months."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from bianzhi.core.days import day_date, day_number
from bianzhi.core.state import State
from bianzhi.office.access import log
from bianzhi.office.access.rights import need
from bianzhi.office.access.roles import POST
from bianzhi.office.checks import daily, following
from bianzhi.office.checks.judging import judged, seen
from bianzhi.office.checks.models import Round
from bianzhi.office.desk import sheets
from bianzhi.office.desk.asking import Asked, asked
from bianzhi.office.desk.sheets import Column
from bianzhi.office.desk.showing import page
from bianzhi.office.desk.words import Words
from bianzhi.rules.catalogue import RULES

MONTHS = 6  # ends of months before the day; each is judged with the rules of its day
KEPT = 50


@require_safe
def trend(request: HttpRequest) -> HttpResponse:
    """A row a rule, a column a day: the ends of months, then the day itself."""
    view = asked(request)
    days = [*ends_of_months(day_date(view.on), MONTHS), day_date(view.on)]
    counts = [tally(view, each) for each in days]
    codes = [code for code in RULES if any(code in each for each in counts)]
    table = [
        {"code": code, "title": RULES[code].title, "counts": [each.get(code, 0) for each in counts]}
        for code in codes
    ]  # fmt: skip
    if sheets.wanted(request):
        columns = [
            Column("规则", 10),
            Column("名称", 24),
            *(Column(str(each), 12) for each in days),
        ]
        cells = [[row["code"], row["title"], *row["counts"]] for row in table]
        return sheets.workbook(view, "检查发现的变化", columns, cells, len(cells))
    whole = view.state.scope is None
    return page(
        request, "checks/trend", view,
        days=days, table=table, totals=[sum(each.values()) for each in counts],
        most=max([1, *(sum(each.values()) for each in counts)]),
        last_look=daily.last(),
        rounds=[_round(each) for each in Round.objects.order_by("-id")[:KEPT]] if whole else [],
    )  # fmt: skip


def ends_of_months(day: date, months: int) -> list[date]:
    """The last days of the months before the month of a day, the oldest first."""
    first = pl.Series([day.replace(day=1)])
    ends = [
        first.dt.offset_by(f"-{back}mo").dt.offset_by("-1d").item()
        for back in range(months - 1, -1, -1)
    ]
    return ends


def tally(view: Asked, day: date) -> dict[str, int]:
    """How many findings of each rule the page may show on a day, with everything known."""
    state = view.state
    on = day_number(day)
    words = view.words if on == state.on else Words(
        State(state.columns, on, state.known, state.scope), view.words.shared
    )  # fmt: skip
    counts = seen(words, judged(words)).group_by("rule").len()
    return dict(counts.iter_rows())


def _round(each: Round) -> dict[str, Any]:
    return {"round": each, "total": sum(each.counts.values())}


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep today's look: what went away is closed, what came back is told."""
    need(request.user, POST)
    view = asked(request)
    kept = following.keep(judged(view.words), log.name_of(request.user))
    log.note(request, "check", f"记下 {kept.on} 的检查，共 {sum(kept.counts.values())} 条")
    messages.success(request, f"已记下 {kept.on} 的检查：{sum(kept.counts.values())} 条")
    return redirect("findings-trend")
