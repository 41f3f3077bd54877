"""The findings of a day: by rule, by weight, by unit, by how they stand."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bianzhi.office.access.rights import may
from bianzhi.office.access.roles import ANSWER
from bianzhi.office.checks import daily, packs, query
from bianzhi.office.checks.book import COLUMNS, cells
from bianzhi.office.checks.following import STANDINGS
from bianzhi.office.checks.judging import judged
from bianzhi.office.desk import sheets
from bianzhi.office.desk.asking import Asked, asked
from bianzhi.office.desk.sheets import Column
from bianzhi.office.desk.showing import page, part
from bianzhi.rules.finding import SEVERITIES
from bianzhi.rules.rule import FAMILIES

TITLES = {"rule": "规则", "severity": "轻重", "family": "谁的问题", "standing": "办理"}


@require_safe
def findings(request: HttpRequest) -> HttpResponse:
    """The findings asked for."""
    view = asked(request)
    outcome = judged(view.words)
    every = query.all_of(view.words)
    wish = query.read(view.others)
    found = query.answer(view.words, every, wish)
    if sheets.wanted(request):
        return exported(view, found)
    cut = part(request, view, found.height)
    whole = view.state.scope is None
    return page(
        request, "checks/findings", view,
        wish=wish, part=cut, rows=rows(found[cut.start : cut.end]),
        tally=query.tally(every), shown=query.tally(found),
        choices=[
            {"name": name, "title": TITLES[name], "options": known,
             "value": getattr(wish, name)}
            for name, known in query.CHOICES.items()
        ],
        crashes=outcome.crashes if whole else (), broken=packs.broken(view.state.trees),
        skipped=sorted({(entry.title, why) for entry, why in outcome.skipped}),
        excused=outcome.excused.height if whole else None,
        severities=SEVERITIES, families=FAMILIES,
        may_answer=may(request.user, ANSWER), last_look=daily.last(),
    )  # fmt: skip


def rows(found: pl.DataFrame) -> list[dict[str, Any]]:
    """The rows of a page in words."""
    return [
        {**row, "weight": SEVERITIES[row["severity"]], "whose": FAMILIES[row["family"]],
         "stands": STANDINGS[row["standing"]],
         "key": {name: row[name] for name in ("rule", "name", "unit", "about")}}
        for row in found.iter_rows(named=True)
    ]  # fmt: skip


def exported(view: Asked, found: pl.DataFrame) -> HttpResponse:
    """The findings as a workbook."""
    told = cells(found).with_columns(found["standing"].replace_strict(STANDINGS), found["due"])
    columns = [*COLUMNS, Column("办理", 12), Column("期限", 12)]
    return sheets.workbook(view, "检查发现", columns, told.iter_rows(), found.height)
