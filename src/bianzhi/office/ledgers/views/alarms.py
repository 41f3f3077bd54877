"""What is behind an alarm: every line of it, each number with its grounds."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bianzhi.office.desk import sheets
from bianzhi.office.desk.asking import Asked, asked
from bianzhi.office.desk.sheets import Column
from bianzhi.office.desk.showing import FIGURES, page, part
from bianzhi.office.ledgers import alarms as told
from bianzhi.office.ledgers.register.figures import SHOWN

SCOPES = {"unit": "本单位", "subtree": "本单位及其下属", "area": "全区"}
LINES, CHANGES, TOTALS, USES = "lines", "changes", "totals", "uses"  # the tables there are
TABLES = {told.BARE: CHANGES, told.TOTALS: TOTALS, told.LATE: USES}


@require_safe
def alarms(request: HttpRequest) -> HttpResponse:
    """The lines of one alarm (``what``), and how many each of the others has."""
    view = asked(request)
    what = request.GET.get("what") or next(iter(told.TITLES))
    if what not in told.TITLES:
        raise Http404(f"没有名为“{what}”的提醒")
    found = told.rows(view.words, what)
    if sheets.wanted(request):
        return exported(view, what, found)
    cut = part(request, view, found.height)
    return page(
        request, "ledgers/alarms", view,
        what=what, title=told.TITLES[what], why=told.WHY[what],
        alarms=told.alarms(view.words), table=TABLES.get(what, LINES),
        rows=lines(view, what, found[cut.start : cut.end]), part=cut,
    )  # fmt: skip


def lines(view: Asked, what: str, found: pl.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table in words."""
    words = view.words
    papers = words.papers(found["no"]) if "no" in found.columns else {}
    rows = []
    for row in found.iter_rows(named=True):
        more: dict[str, Any] = {"paper": papers.get(row.get("no", 0))}
        if TABLES.get(what, LINES) != CHANGES:
            more["kind_name"] = words.kind(row["kind"])
            more["funding_name"] = words.funding(row.get("funding"))
        if what == told.TOTALS:
            more["scope_name"] = SCOPES[row["scope"]]
            more["figure_name"] = FIGURES[row["figure"]]
        if what == told.LATE:
            more["user"] = words.name(row["key"])
        rows.append({**row, **more})
    return rows


def exported(view: Asked, what: str, found: pl.DataFrame) -> HttpResponse:
    """The lines as a workbook."""
    words, rows = view.words, lines(view, what, found)
    table = TABLES.get(what, LINES)
    if table == LINES:
        heads = ["代码", "单位", "种类", *FIGURES.values()]
        cells = [[r["holder"], words.name(r["holder"]), r["kind_name"], *(r[n] for n in SHOWN)]
                 for r in rows]  # fmt: skip
    elif table == CHANGES:
        heads = ["变更", "说明", "经办", "入账时间"]
        cells = [[r["no"], r["paper"].label, r["by"], r["recorded_at"]] for r in rows]
    elif table == TOTALS:
        heads = ["单位", "范围", "种类", "口径", "日期", "公布", "台账", "相差", "允差", "依据"]
        cells = [
            [words.name(r["holder"]) if r["holder"] else "全区", r["scope_name"], r["kind_name"],
             r["figure_name"], r["day"], r["expected"], r["found"], r["difference"],
             r["tolerance"], r["paper"].label if r["paper"] else ""] for r in rows
        ]  # fmt: skip
    else:
        heads = ["号码、事项", "单位", "种类", "数量", "自", "依据"]
        cells = [[r["user"], words.name(r["holder"]), r["kind_name"], r["amount"],
                  r["day"], r["paper"].label if r["paper"] else ""] for r in rows]  # fmt: skip
    columns = [Column(head, 30 if head in ("单位", "依据", "说明") else 12) for head in heads]
    return sheets.workbook(view, told.TITLES[what], columns, cells, found.height)
