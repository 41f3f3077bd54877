"""Questionnaires: the shipped one and the office's own, written on the page or from a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from bianzhi.core.errors import Refusal
from bianzhi.office.access import log
from bianzhi.office.access.downloads import saved
from bianzhi.office.access.rights import need
from bianzhi.office.access.roles import HANDLE
from bianzhi.office.desk.asking import asked
from bianzhi.office.desk.handed import text_of
from bianzhi.office.desk.showing import page
from bianzhi.office.survey.rounds.form import questionnaire
from bianzhi.office.survey.rounds.questions import library


@require_http_methods(["GET", "POST"])
def questionnaires(request: HttpRequest) -> HttpResponse:
    """All questionnaires with their parts; keep one of the office's own."""
    need(request.user, HANDLE)
    if request.method == "GET":
        start = request.GET.get("from", "")
        typed = library.text(start) if start else ""
        return _page(request, typed, "own" if start in library.shipped() else start)
    key = request.POST.get("key", "").strip()
    sent = request.FILES.get("file")
    typed = request.POST.get("text", "")
    try:
        typed = text_of(sent.read(library.LARGEST_BYTES)) if sent is not None else typed
        kept, _ = library.keep(key, typed, log.name_of(request.user))
    except Refusal as refusal:
        answer = _page(request, typed, key, refusal.problems)
        answer.status_code = 400
        return answer
    log.note(request, "survey", f"采用问卷 {key}（{kept.digest[:12]}）")
    messages.success(request, f"“{kept.title}”已存，发起调研时可选")
    return redirect("survey:questionnaires")


def _page(
    request: HttpRequest, typed: str = "", key: str = "own", problems: tuple[Any, ...] = ()
) -> HttpResponse:
    listed = [(each, questionnaire(library.text(each.key))) for each in library.listed()]
    return page(request, "survey/rounds/questionnaires", asked(request), listed=listed,
                typed=typed, key=key, problems=problems)  # fmt: skip


@require_safe
def text(request: HttpRequest) -> HttpResponse:
    """The text of a questionnaire, to read or to start one's own from."""
    need(request.user, HANDLE)
    key = request.GET.get("key", library.USUAL)
    return saved(library.text(key).encode(), f"{key}.toml", "text/plain; charset=utf-8")
