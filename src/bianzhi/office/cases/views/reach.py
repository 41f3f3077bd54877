"""Which matters a user may see and act on: one place for all pages."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from bianzhi.office.access.rights import may, need
from bianzhi.office.access.roles import APPLY, HANDLE, READ
from bianzhi.office.cases.flow import BY_RULE, DRAFT, Step, steps_from
from bianzhi.office.cases.models import Case
from bianzhi.office.desk.asking import Asked, asked


def cases_for(request: HttpRequest, view: Asked) -> QuerySet[Case]:
    """The matters a user may see: all, or those of the own unit and all below; what somebody else
    is still drafting is nobody's business."""
    found = Case.objects.all()
    inside = view.state.inside
    if inside is not None:
        return found.filter(unit__in=list(inside))
    if not may(request.user, APPLY):
        return found.exclude(state=DRAFT)
    return found


def case_for(request: HttpRequest, number: int) -> tuple[Asked, Case]:
    """One matter and the viewpoint of its page.

    Raises:
        Http404: There is none.
        PermissionDenied: It is out of the user's reach.
    """
    need(request.user, READ)
    view = asked(request)
    case = Case.objects.filter(pk=number).first()
    if case is None:
        raise Http404("没有这件事项")
    if not view.may_see(case.unit):
        raise PermissionDenied("这件事项不在您的范围内")
    return view, case


def may_take(request: HttpRequest, view: Asked, case: Case, step: Step) -> bool:
    """Whether a user may take a step: the right, and the reach."""
    return may(request.user, step.right, case.unit, view.state)


def steps_for(request: HttpRequest, view: Asked, case: Case) -> list[Step]:
    """What a user may do with a matter now."""
    open_to_all = (step for step in steps_from(case.state) if step.code not in BY_RULE)
    return [step for step in open_to_all if may_take(request, view, case, step)]


def may_edit(request: HttpRequest, view: Asked, case: Case) -> bool:
    """Whether a user may change what the form says."""
    own = may(request.user, APPLY, case.unit, view.state)
    return own and case.state in ("draft", "returned")


def is_office(request: HttpRequest) -> bool:
    """Whether a user deals with matters for the office."""
    return may(request.user, HANDLE)
