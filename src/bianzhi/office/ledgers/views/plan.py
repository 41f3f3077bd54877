"""三定核对: what the newest 三定 of a unit says, clause by clause, against the ledger of a day."""

from __future__ import annotations

from collections import Counter

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bianzhi.core.facts import HOLDERS
from bianzhi.office.desk.asking import asked, need
from bianzhi.office.desk.sheets import Column, wanted, workbook
from bianzhi.office.desk.showing import page
from bianzhi.office.ledgers.reading.plan import (
    CANNOT,
    DIFFERS,
    SAME,
    Compared,
    Comparing,
    names_of,
    newest,
)
from bianzhi.office.ledgers.reading.sight import seen

COLUMNS = (
    Column("条款", 14), Column("文件原文", 60), Column("核对什么", 24), Column("文件", 8),
    Column("台账", 8), Column("台账的账户", 40), Column("结果", 10), Column("说明", 40),
)  # fmt: skip
LOOKS = {DIFFERS: "flag bad", CANNOT: "flag", SAME: "tag"}


@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """The comparison; a unit whose 三定 is not kept is told how to hand it over."""
    view = asked(request)
    code = need("单位代码", request.GET.get("code"))
    if view.words.classes.get(code) not in HOLDERS:
        raise Http404(f"没有代码为“{code}”的机构")
    seen(view, code)
    found = newest(names_of(view.state, code), view.on)
    lines = list(Comparing(view.words, code).lines(found[1])) if found else []
    name = view.words.name(code)
    if wanted(request):
        return workbook(view, f"{name}三定核对", COLUMNS, map(_cells, lines), len(lines))
    counts = Counter(each.verdict for each in lines)
    return page(
        request, "ledgers/plan", view, code=code, name=name,
        kept=found[0] if found else None, paper=found[1] if found else None,
        lines=[(each, LOOKS[each.verdict]) for each in lines],
        counts=[(verdict, counts[verdict]) for verdict in LOOKS if counts[verdict]],
    )  # fmt: skip


def _cells(each: Compared) -> tuple[object, ...]:
    told = "；".join(f"{one['label']}{one['n'] or ''}" for one in each.told)
    return (each.place, each.words, each.title, each.said, each.held, told, each.verdict, each.why)
