"""A unit's clerk fills in the sheet: saved as a draft, handed in when nothing is wrong."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bianzhi.core.errors import Refusal
from bianzhi.office.access import log
from bianzhi.office.access.downloads import saved
from bianzhi.office.access.rights import may, reach
from bianzhi.office.access.roles import HANDLE
from bianzhi.office.desk.asking import Asked
from bianzhi.office.desk.handed import LARGEST
from bianzhi.office.desk.showing import page
from bianzhi.office.identity.locking import open_file
from bianzhi.office.survey.rounds import keeping
from bianzhi.office.survey.rounds.attaching import attach
from bianzhi.office.survey.rounds.checking import Fault
from bianzhi.office.survey.rounds.content import Table
from bianzhi.office.survey.rounds.fields import drawn
from bianzhi.office.survey.rounds.form import Form, form_of, told_by
from bianzhi.office.survey.rounds.models import RETURN, STATUSES, WEB, Sheet, Version
from bianzhi.office.survey.rounds.reach import may_fill, own_sheet, reader, sheet_for


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The sheets of a clerk's unit and of all below it; of one unit, for the office too."""
    view = reader(request)
    unit = view.others.get("unit", "")
    if reach(request.user) is None and not unit:
        return redirect("survey:rounds")
    sheets = Sheet.objects.select_related("round").order_by("-round_id", "unit")
    if unit:
        sheets = sheets.filter(unit=unit)
    inside = view.state.inside
    if inside is not None:
        sheets = sheets.filter(unit__in=list(inside))
    return page(request, "survey/rounds/mine", view, rows=[
        {"sheet": each, "status": STATUSES[each.status], "reminder": each.reminders.last(),
         "fill": may_fill(request.user, each) and each.may_write,
         "late": each.may_write and each.round.due < timezone.localdate()}
        for each in sheets
    ])  # fmt: skip


@require_http_methods(["GET", "POST"])
def fill(request: HttpRequest, number: int) -> HttpResponse:
    """The form of a sheet."""
    view, sheet = own_sheet(request, number)
    if request.method == "GET" and not sheet.may_write:
        return redirect("survey:sheet", number)
    form = form_of(sheet)
    if request.method == "GET":
        last = sheet.versions.last()
        told = told_by(last.content if last else {})
        return _form(request, view, sheet, form, form.filled(told), [])
    told_now = request.POST
    filled = form.filled(lambda *cell: told_now.get("/".join(cell), ""))
    return _kept(request, view, sheet, form, filled)


def _kept(
    request: HttpRequest, view: Asked, sheet: Sheet, form: Form, filled: list[Table]
) -> HttpResponse:
    by, now = log.name_of(request.user), timezone.now()
    before = sheet.versions.last()
    if "submit" not in request.POST:
        version = keeping.save(sheet, filled, WEB, by, now)
        messages.success(request, f"已存草稿（第 {version.no} 版），还没有提交")
        _warn(request, before)
        return redirect("survey:fill", sheet.pk)
    faults = keeping.submit(sheet, form, filled, WEB, by, now)
    _warn(request, before)
    if faults:
        answer = _form(request, view, sheet, form, filled, faults)
        answer.status_code = 400
        return answer
    log.note(request, "survey", f"提交调研答卷：{sheet.round.title}", subject=sheet.unit)
    messages.success(request, "已提交。要改的，请编办退回")
    return redirect("survey:sheet", sheet.pk)


def _warn(request: HttpRequest, before: Version | None) -> None:
    """Say so where somebody saved the sheet since the page was opened."""
    seen = request.POST.get("seen", "")
    if before is not None and seen != str(before.no):
        messages.warning(
            request, f"这期间 {before.by} 存过第 {before.no} 版；两版都在，可从答卷页对看"
        )


def _form(
    request: HttpRequest, view: Asked, sheet: Sheet, form: Form, filled: list[Table],
    faults: list[Fault],
) -> HttpResponse:  # fmt: skip
    last = sheet.versions.last()
    return page(
        request, "survey/rounds/fill", view, sheet=sheet, round=sheet.round,
        hint=form.questionnaire.hint, parts=drawn(form, filled, faults), faults=faults,
        status=STATUSES[sheet.status], last=last, seen=last.no if last else 0,
        returned=sheet.steps.filter(step=RETURN).last(), reminder=sheet.reminders.last(),
    )  # fmt: skip


# -- files ---------------------------------------------------------------------------------


@require_POST
def attach_file(request: HttpRequest, number: int) -> HttpResponse:
    """Keep files with a sheet: by its clerk while it may be written, by the office always."""
    _, sheet = sheet_for(request, number)
    own = may_fill(request.user, sheet) and sheet.may_write
    if not (own or may(request.user, HANDLE)):
        raise PermissionDenied("附件由本单位经办人在提交以前附上，或由编办附上")
    for each in request.FILES.getlist("file"):
        try:
            attach(sheet.round, sheet, each.name or "", each.read(LARGEST + 1),
                   by=log.name_of(request.user), now=timezone.now())  # fmt: skip
        except Refusal as refusal:
            for problem in refusal.problems:
                messages.error(request, str(problem))
    return redirect("survey:sheet", number)


@require_safe
def file(request: HttpRequest, number: int, file: int) -> HttpResponse:
    """A file kept with a sheet."""
    _, sheet = sheet_for(request, number)
    kept = sheet.files.filter(pk=file).first()
    if kept is None:
        raise Http404("没有这个附件")
    log.note(request, "export", f"调研附件 {kept.name}", subject=sheet.unit)
    return saved(open_file(kept), kept.name)
