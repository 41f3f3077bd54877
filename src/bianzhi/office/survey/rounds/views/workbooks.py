"""Workbooks sent out and taken back, all answers in one, files kept with a round."""

from __future__ import annotations

import io
import zipfile

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from bianzhi.core.errors import Refusal
from bianzhi.office.access import log
from bianzhi.office.access.downloads import saved
from bianzhi.office.access.rights import may
from bianzhi.office.access.roles import HANDLE
from bianzhi.office.desk.handed import LARGEST, plain_name
from bianzhi.office.identity.locking import open_file
from bianzhi.office.survey.rounds import progress
from bianzhi.office.survey.rounds.attaching import attach
from bianzhi.office.survey.rounds.exporting import export
from bianzhi.office.survey.rounds.form import Form, Forms, form_of, told_by
from bianzhi.office.survey.rounds.models import Sheet, TakenBack
from bianzhi.office.survey.rounds.prefill import words_of
from bianzhi.office.survey.rounds.reach import may_fill, reader, round_for, sheet_for
from bianzhi.office.survey.rounds.taking import marked, take_back
from bianzhi.office.survey.rounds.workbook.writing import write_workbook


@require_safe
def workbook(request: HttpRequest, number: int) -> HttpResponse:
    """The workbook of one sheet, with what was answered so far."""
    _, sheet = sheet_for(request, number)
    name = words_of(sheet.round).name(sheet.unit)
    log.note(request, "export", f"调研工作簿：{sheet.round.title}", subject=sheet.unit)
    return saved(_written(sheet, name, form_of(sheet)), _file(sheet, name))


def _written(sheet: Sheet, name: str, form: Form) -> bytes:
    last = sheet.versions.last()
    filled = form.filled(told_by(last.content if last else {}))
    return write_workbook(sheet.round, sheet.unit, name, form, filled)


def _file(sheet: Sheet, name: str) -> str:
    return plain_name(f"{sheet.unit} {name}.xlsx")


@require_safe
def workbooks(request: HttpRequest, number: int) -> HttpResponse:
    """The workbooks of all units that have not handed in, in one zip."""
    _, found = round_for(request, number)
    words, forms = words_of(found), Forms(found)
    made = io.BytesIO()
    count = 0
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for sheet in found.sheets.select_related("round"):
            if sheet.may_write:
                name = words.name(sheet.unit)
                packed.writestr(_file(sheet, name), _written(sheet, name, forms.of(sheet.unit)))
                count += 1
    log.note(request, "export", f"调研工作簿 {count} 个：{found.title}")
    return saved(made.getvalue(), plain_name(f"{found.title}（{count} 个单位）.zip"))


@require_POST
def take(request: HttpRequest, number: int) -> HttpResponse:
    """Take workbooks back for the office."""
    _, found = round_for(request, number)
    taken = take_back(found, _sent(request), log.name_of(request.user), timezone.now())
    _said(request, taken)
    return redirect("survey:round", number)


@require_POST
def take_own(request: HttpRequest, number: int) -> HttpResponse:
    """Take the workbook of one's own unit back."""
    _, sheet = sheet_for(request, number)
    if not may_fill(request.user, sheet):
        raise PermissionDenied("答卷由本单位的经办人交回")
    taken = take_back(sheet.round, _sent(request), log.name_of(request.user), timezone.now(),
                      only=sheet.unit)  # fmt: skip
    _said(request, taken)
    return redirect("survey:sheet", number)


def _sent(request: HttpRequest) -> list[tuple[str, bytes]]:
    sent = [(each.name or "", each.read()) for each in request.FILES.getlist("files")]
    if not sent:
        raise Refusal.of("no-files", "没有选文件", "请选填好的工作簿，可以一次选多个或选 zip")
    return sent


def _said(request: HttpRequest, taken: list[TakenBack]) -> None:
    good = sum(not each.problems for each in taken)
    log.note(request, "survey", f"收回调研工作簿 {len(taken)} 个，收下 {good} 个")
    if good:
        messages.success(request, f"收下 {good} 个")
    if good < len(taken):
        messages.error(
            request, f"{len(taken) - good} 个没有收下，原因和标注的工作簿见“收回的工作簿”"
        )


@require_safe
def taken(request: HttpRequest, number: int) -> HttpResponse:
    """A workbook as it came, marked; to the office, and to who handed it in."""
    view = reader(request)
    found = TakenBack.objects.select_related("sheet").filter(pk=number).first()
    own = found is not None and (
        (found.sheet is not None and view.may_see(found.sheet.unit))
        or found.by == log.name_of(request.user)
    )  # fmt: skip
    if found is None or not (may(request.user, HANDLE) or own):
        raise Http404("没有这个工作簿")
    copy = marked(found)
    return saved(copy.data, copy.name)


@require_safe
def answers(request: HttpRequest, number: int) -> HttpResponse:
    """All answers of a round as a workbook."""
    _, found = round_for(request, number)
    words = words_of(found)
    sheets = list(found.sheets.prefetch_related("reminders", "versions"))
    rows = progress.shown(words, sheets, found, timezone.localdate())
    log.note(request, "export", f"调研答案：{found.title}")
    return saved(export(found, rows, words), plain_name(f"{found.title} 答案.xlsx"))


@require_POST
def attach_file(request: HttpRequest, number: int) -> HttpResponse:
    """Keep files with a round."""
    _, found = round_for(request, number)
    for each in request.FILES.getlist("file"):
        attach(found, None, each.name or "", each.read(LARGEST + 1),
               by=log.name_of(request.user), now=timezone.now())  # fmt: skip
    return redirect("survey:round", number)


@require_safe
def file(request: HttpRequest, number: int, file: int) -> HttpResponse:
    """A file kept with a round."""
    _, found = round_for(request, number)
    kept = found.files.filter(pk=file, sheet=None).first()
    if kept is None:
        raise Http404("没有这个附件")
    log.note(request, "export", f"调研附件 {kept.name}")
    return saved(open_file(kept), kept.name)
