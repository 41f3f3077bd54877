"""All matters one may see, and what one has to do."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from bianzhi.core.days import day_date, day_number
from bianzhi.office.access.rights import may
from bianzhi.office.access.roles import APPLY, HANDLE
from bianzhi.office.cases import expiring
from bianzhi.office.cases.deadlines import calendar, working_days_left
from bianzhi.office.cases.flow import BY_RULE, ENDED, ISSUED, STATES, STEPS
from bianzhi.office.cases.matters import matters
from bianzhi.office.cases.models import Case
from bianzhi.office.cases.views.reach import cases_for
from bianzhi.office.cases.views.tickets import reminders
from bianzhi.office.desk.asking import Asked, asked
from bianzhi.office.desk.sheets import Column, wanted, workbook
from bianzhi.office.desk.showing import page, part

SOON = 3  # working days: how near a limit is shown as near
NO_DUTY = ("withdraw", "suspend", "drop", *BY_RULE)  # may be done; nobody waits for it
COLUMNS = (Column("编号", 12), Column("事项", 40), Column("类型", 16), Column("提出单位", 24),
           Column("状态", 14), Column("文号", 24), Column("期限", 12))  # fmt: skip


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """The list with its filters; ``todo`` shows what waits for the user."""
    view = asked(request)
    seen = cases_for(request, view)
    wanted_now = {
        name: request.GET.get(name, "").strip() for name in ("state", "type", "q", "todo")
    }
    found = _filtered(seen, wanted_now, mine(request))
    if wanted(request):
        rows = [_exported(view, each) for each in found.select_related("issued__number")]
        return workbook(view, "事项清单", COLUMNS, rows, len(rows))
    cut = part(request, view, found.count())
    listed = found.select_related("issued__number")[cut.start : cut.end]
    today = day_number(timezone.localdate())
    special = calendar()
    return page(
        request, "cases/cases", view, part=cut, wanted=wanted_now, states=STATES,
        types=matters().values(), may_apply=may(request.user, APPLY),
        rows=[_row(view, each, today, special) for each in listed],
        todo=seen.filter(state__in=mine(request)).count(),
        reminders=reminders(view),
        lapsed=len(expiring.overdue(today)) if may(request.user, HANDLE) else 0,
        counts=seen.values("state").annotate(n=Count("pk")).order_by("state"),
    )  # fmt: skip


def mine(request: HttpRequest) -> list[str]:
    """The states in which a matter waits for somebody with the user's rights."""
    waiting = {
        state for step in STEPS.values() for state in step.sources
        if may(request.user, step.right) and step.code not in NO_DUTY
    }  # fmt: skip
    return sorted(waiting - set(ENDED) | ({ISSUED} if may(request.user, "handle") else set()))


def _filtered(found: Any, wanted_now: dict[str, str], waiting: list[str]) -> Any:
    if wanted_now["todo"]:
        found = found.filter(state__in=waiting)
    if wanted_now["state"] in STATES:
        found = found.filter(state=wanted_now["state"])
    if wanted_now["type"]:
        found = found.filter(type=wanted_now["type"])
    if q := wanted_now["q"].replace("\0", ""):
        found = found.filter(
            Q(title__icontains=q) | Q(unit=q) | Q(issued__number__title__icontains=q)
        )
    return found


def _row(view: Asked, case: Case, today: int, special: dict[int, bool]) -> dict[str, Any]:
    is_open = case.state not in ENDED
    left = working_days_left(today, case.due, special) if case.due and is_open else None
    return {
        "case": case, "type": matters()[case.type].title, "unit": view.words.name(case.unit),
        "state": STATES[case.state], "number": _number(case), "left": left,
        "late": left is not None and left < 0, "near": left is not None and 0 <= left <= SOON,
        "over": -left if left is not None and left < 0 else 0,
    }  # fmt: skip


def _number(case: Case) -> str:
    issued = getattr(case, "issued", None)
    return str(issued.number) if issued else ""


def _exported(view: Asked, case: Case) -> tuple[Any, ...]:
    due = day_date(case.due) if case.due else None
    names = (matters()[case.type].title, view.words.name(case.unit), STATES[case.state])
    return (case.key, case.title, *names, _number(case), due)
