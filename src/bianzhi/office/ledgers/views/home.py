"""The first page (台账首页): how the establishment stands on the day, and what to look after."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bianzhi.office.checks import query
from bianzhi.office.desk import sheets
from bianzhi.office.desk.asking import Asked, asked
from bianzhi.office.desk.sheets import Column
from bianzhi.office.desk.showing import FIGURES, page
from bianzhi.office.ledgers.cockpit import LATEST, cockpit
from bianzhi.office.ledgers.register.sight import own_changes
from bianzhi.rules.catalogue import RULES

HEADS = {"granted": "下达总量", "units": "单位核定", "pools": "资源库", **FIGURES,
         "abolished": "核销", "converted": "置换"}  # fmt: skip


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Totals, alarms, the last documents, units by kind, of a day."""
    view = asked(request)
    found = cockpit(view.words)
    if sheets.wanted(request):
        return exported(view, found)
    return page(
        request, "ledgers/home", view, **found,
        whole=view.state.scope is None, latest=latest(view), **told(view),
    )  # fmt: skip


def told(view: Asked) -> dict[str, Any]:
    """The rules that found something, the heaviest first, and how often posts are over-used."""
    alarms = query.tally(query.all_of(view.words))
    return {
        "alarms": [{**each, "why": RULES[each["rule"]].meaning} for each in alarms],
        "over": sum(each["times"] for each in alarms if each["rule"] == "CK-01"),
    }


def latest(view: Asked) -> list[dict[str, Any]]:
    """The last changes posted that the user may see."""
    changes = view.columns.frame("changes").filter(pl.col("no") <= view.state.known)
    own = own_changes(view.words)
    if own is not None:
        changes = changes.filter(pl.col("no").is_in(own.implode()))
    rows = changes.top_k(LATEST, by="no").sort("no", descending=True)
    papers = view.words.papers(rows["no"])
    return [{**row, "paper": papers[row["no"]]} for row in rows.iter_rows(named=True)]


def exported(view: Asked, found: dict[str, Any]) -> HttpResponse:
    """The totals as a workbook."""
    columns = [
        Column("代码", 10),
        Column("种类", 28),
        *(Column(each, 10) for each in HEADS.values()),
    ]
    rows = [*found["totals"], {**found["total"], "kind": "", "name": "合计（计数编制）"}]
    rows += found["leadership"]
    cells = [[row["kind"], row["name"], *(row[name] for name in HEADS)] for row in rows]
    return sheets.workbook(view, "编制和职数总量", columns, cells, len(cells))
