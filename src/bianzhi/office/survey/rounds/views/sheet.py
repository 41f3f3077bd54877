"""One unit's sheet: its answers beside the record, its versions, what was done to it."""

from __future__ import annotations

import polars as pl
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from bianzhi.core.errors import Refusal
from bianzhi.office.access import log
from bianzhi.office.access.rights import may, need
from bianzhi.office.access.roles import HANDLE
from bianzhi.office.desk.asking import Asked
from bianzhi.office.desk.held import held
from bianzhi.office.desk.showing import page
from bianzhi.office.survey.rounds import keeping
from bianzhi.office.survey.rounds.choosing import INSTITUTIONS, candidates
from bianzhi.office.survey.rounds.interviewing import about
from bianzhi.office.survey.rounds.models import STATUSES, STEPS, SUBMITTED, VIAS, Sheet, Version
from bianzhi.office.survey.rounds.reach import may_fill, sheet_for
from bianzhi.office.survey.rounds.showing import shown
from bianzhi.office.survey.rounds.taking import has_copy


@require_safe
def sheet(request: HttpRequest, number: int) -> HttpResponse:
    """A sheet: the version asked for, else the last one."""
    view, found = sheet_for(request, number)
    wanted = view.others.get("version", "")
    versions = found.versions.all()
    version = versions.filter(no=int(wanted)).first() if wanted.isdecimal() else versions.last()
    if wanted and version is None:
        raise Http404("答卷没有这一版")
    return _page(request, view, found, version)


@require_safe
def answer(request: HttpRequest, answer: str) -> HttpResponse:
    """The version of a sheet an answer stands in, its row marked."""
    pk, part, row = (*answer.split(":", 2), "", "")[:3]
    version = Version.objects.filter(pk=int(pk)).first() if pk.isdecimal() else None
    view, found = sheet_for(request, version.sheet_id if version else 0)
    if version is None or not _holds(version, part, row):
        raise Http404("没有这条答案")
    return _page(request, view, found, version, marked=(part, row))


def _holds(version: Version, part: str, row: str) -> bool:
    rows = version.content.get(part, {}).get("rows", [])
    return any(each["id"] == row for each in rows)


def _page(
    request: HttpRequest, view: Asked, found: Sheet, version: Version | None,
    marked: tuple[str, str] = ("", ""),
) -> HttpResponse:  # fmt: skip
    office = may(request.user, HANDLE)
    whole = held().state(view.on, view.state.known)  # shared by all, whatever each may see
    parts = shown(found, version, whole) if version else []
    return page(
        request, "survey/rounds/sheet", view, sheet=found, round=found.round, version=version,
        institution=office and _is_institution(view, found.unit), parts=parts, marked=marked,
        differences=sum(part.differences for part in parts), status=STATUSES[found.status],
        versions=[(each, VIAS[each.via]) for each in found.versions.defer("content")],
        steps=[(each, STEPS[each.step]) for each in found.steps.select_related("version")],
        reminders=found.reminders.all(), files=found.files.defer("locked"), office=office,
        taken=[(each, has_copy(each)) for each in found.taken.defer("locked")],
        interviews=about(found.unit) if office else (),
        may_fill=may_fill(request.user, found) and found.may_write,
        may_accept=office and found.status == SUBMITTED,
        may_return=office and found.round.is_open and not found.may_write,
    )  # fmt: skip


def _is_institution(view: Asked, unit: str) -> bool:
    kinds = candidates(view.words).filter(pl.col("unit") == unit)["kind"]
    return INSTITUTIONS in kinds.to_list()


@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Accept a sheet, or send it back with the reason."""
    need(request.user, HANDLE)
    _, found = sheet_for(request, number)
    by, now = log.name_of(request.user), timezone.now()
    reason = request.POST.get("reason", "")
    try:
        if request.POST.get("what") == "accept":
            keeping.accept(found, by, now)
            said = "已接受"
        else:
            keeping.send_back(found, reason, by, now)
            said = "已退回，单位登录后会看到原因"
    except Refusal as refusal:
        _complain(request, refusal)
        return redirect("survey:sheet", number)
    log.note(request, "survey", f"调研答卷{said}", subject=found.unit, reason=reason.strip())
    messages.success(request, said)
    return redirect("survey:sheet", number)


def _complain(request: HttpRequest, refusal: Refusal) -> None:
    for problem in refusal.problems:
        messages.error(request, str(problem))
