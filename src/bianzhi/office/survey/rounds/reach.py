"""Who may see and fill which sheet: one place for all pages."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from bianzhi.office.access.rights import Visitor, may, need, reach
from bianzhi.office.access.roles import ANSWER, HANDLE
from bianzhi.office.desk.asking import Asked, asked
from bianzhi.office.survey.rounds.models import Round, Sheet


def may_fill(user: Visitor, sheet: Sheet) -> bool:
    """Whether a user answers for the unit of a sheet: its own clerk alone does, so that what a unit
    says of itself is its own word."""
    return may(user, ANSWER) and reach(user) == sheet.unit


def sheet_for(request: HttpRequest, number: int) -> tuple[Asked, Sheet]:
    """A sheet the user may read: the office all, others those of their unit and all below.

    Raises:
        Http404: There is none, or it is out of the user's reach: which units are asked is not told.
        PermissionDenied: The role has nothing to do with the survey.
    """
    view = reader(request)
    found = Sheet.objects.select_related("round").filter(pk=number).first()
    if found is None or not (may(request.user, HANDLE) or view.may_see(found.unit)):
        raise Http404("没有这份答卷")
    return view, found


def reader(request: HttpRequest) -> Asked:
    """The viewpoint of a page of the survey.

    Raises:
        PermissionDenied: The role has nothing to do with the survey.
    """
    need(request.user, ANSWER)
    view = asked(request)
    if reach(request.user) is None:
        need(request.user, HANDLE)
    return view


def own_sheet(request: HttpRequest, number: int) -> tuple[Asked, Sheet]:
    """A sheet the user may fill.

    Raises:
        Http404: As for :func:`sheet_for`.
        PermissionDenied: It is another unit's.
    """
    view, sheet = sheet_for(request, number)
    if not may_fill(request.user, sheet):
        raise PermissionDenied("答卷由本单位的经办人填写")
    return view, sheet


def round_for(request: HttpRequest, number: int) -> tuple[Asked, Round]:
    """A round, for the office.

    Raises:
        Http404: There is none.
        PermissionDenied: The role may not handle it.
    """
    need(request.user, HANDLE)
    view = asked(request)
    found = Round.objects.filter(pk=number).first()
    if found is None:
        raise Http404("没有这一轮调研")
    return view, found
