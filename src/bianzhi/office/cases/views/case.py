"""One matter: what it asks, what it would do, what was done, and the next step."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from bianzhi.core.days import day_number, parse_day
from bianzhi.core.errors import Refusal
from bianzhi.office.access import log
from bianzhi.office.access.downloads import saved
from bianzhi.office.access.log import name_of
from bianzhi.office.cases import stepping
from bianzhi.office.cases.attaching import attach
from bianzhi.office.cases.deadlines import working_days_left
from bianzhi.office.cases.drafting import REQUEST, asked_for, matter_of
from bianzhi.office.cases.flow import BY_RULE, DRAFT, ENDED, LEVELS, STATES, STEPS
from bianzhi.office.cases.models import Case, Meeting
from bianzhi.office.cases.studying import Study, past, peers, study, units_of
from bianzhi.office.cases.views.filling import options
from bianzhi.office.cases.views.reach import case_for, is_office, may_edit, may_take, steps_for
from bianzhi.office.desk.asking import Asked
from bianzhi.office.desk.held import held
from bianzhi.office.desk.showing import FIGURES, page
from bianzhi.office.desk.words import Words
from bianzhi.office.identity.locking import open_file

MOST_WORDS = 4000


@require_safe
def case(request: HttpRequest, number: int) -> HttpResponse:
    """The page of a matter."""
    view, found = case_for(request, number)
    today = timezone.localdate()
    looked = study(found, held().columns, today) if found.state not in ENDED else None
    left = None
    if found.due and found.state not in ENDED:
        left = working_days_left(day_number(today), found.due)
    return page(
        request, "cases/case", view, case=found, matter=matter_of(found),
        state=STATES[found.state], unit=view.words.name(found.unit),
        told=list(_told(view, found)), papers=_papers(found), left=left,
        steps=steps_for(request, view, found), done=[_done(each) for each in found.steps.all()],
        may_edit=may_edit(request, view, found), office=is_office(request),
        comments=found.comments.all(), attachments=found.attachments.all(),
        may_attach=_may_attach(request, view, found), study=looked,
        figures=_figures(view, looked), totals=_totals(view, looked), heads=FIGURES.values(),
        compared=_compared(view, looked, found, today) if is_office(request) else (),
        asked_for=asked_for(found),
        levels="、".join(LEVELS[each] for each in found.levels), meetings=_meetings(found),
        issued=getattr(found, "issued", None),
    )  # fmt: skip


@require_POST
def step(request: HttpRequest, number: int) -> HttpResponse:
    """Take a step; whoever was too late is told who was quicker."""
    view, found = case_for(request, number)
    code = request.POST.get("step", "")
    if code not in STEPS or code in ("issue", *BY_RULE):
        raise Http404("没有这一步")
    if not may_take(request, view, found, STEPS[code]):
        raise PermissionDenied(f"您的角色不能“{STEPS[code].title}”")
    given = request.POST.get("effective_on", "").strip()
    taken = stepping.take(
        found.pk, int(request.POST.get("version") or -1), code, by=name_of(request.user),
        now=timezone.now(), words=request.POST.get("words", "")[:MOST_WORDS].replace("\0", ""),
        effective_on=parse_day(given) if given else None,
        approved=request.POST.get("approved", ""),
    )  # fmt: skip
    if code == "refer" and (meeting := request.POST.get("meeting", "")):
        Case.objects.filter(pk=found.pk).update(
            meeting=Meeting.objects.filter(pk=int(meeting), closed=False).first()
        )
    log.note(request, "case", f"{found.key} {STEPS[code].title}", subject=found.unit)
    messages.success(request, f"已{STEPS[code].title}：现在是“{STATES[taken.state]}”。")
    return redirect("case", number)


@require_POST
def comment(request: HttpRequest, number: int) -> HttpResponse:
    """Say something about a matter."""
    _, found = case_for(request, number)
    words = request.POST.get("words", "").replace("\0", "").strip()[:MOST_WORDS]
    if words:
        found.comments.create(at=timezone.now(), by=name_of(request.user), words=words)
    return redirect("case", number)


@require_POST
def attachment_new(request: HttpRequest, number: int) -> HttpResponse:
    """Hand in papers with a matter."""
    view, found = case_for(request, number)
    if not _may_attach(request, view, found):
        raise PermissionDenied("这件事项不能再附文件")
    for each in request.FILES.getlist("files"):
        attach(found, each.name or "", each.read(), by=name_of(request.user), now=timezone.now())
    return redirect("case", number)


@require_safe
def attachment(request: HttpRequest, number: int, file: int) -> HttpResponse:
    """An attachment, to be saved: never shown by the browser, never run."""
    _, found = case_for(request, number)
    kept = found.attachments.filter(pk=file).first()
    if kept is None:
        raise Http404("没有这个附件")
    log.note(request, "export", f"{found.key} 附件 {kept.name}", subject=found.unit)
    return saved(open_file(kept), kept.name)


def _may_attach(request: HttpRequest, view: Asked, found: Case) -> bool:
    return found.state not in ENDED and (is_office(request) or may_edit(request, view, found))


def _told(view: Asked, found: Case) -> Any:
    """What the form says, in words."""
    for each in matter_of(found).fields:
        value = found.given.get(each.name)
        if value:
            yield each.title, _in_words(view, each.widget, each.choices, value)


def _in_words(view: Asked, widget: str, choices: tuple[str, ...], value: Any) -> str:
    words = view.words
    if widget == "posts":
        return "；".join(f"{words.kind(kind)}{words.funding(form)}{n}名" for kind, form, n in value)
    if widget == "shares":
        return "；".join(f"{words.name(to)}：{words.kind(kind)}{n}名" for to, kind, n in value)
    if widget in ("unit", "units", "pool", "section"):
        keys = value if isinstance(value, list) else [value]
        return "、".join(words.name(key) for key in keys)
    if widget in ("quota", "funding", "code", "duties"):
        names = dict(options(view, widget, choices))
        keys = value if isinstance(value, list) else [value]
        return "、".join(names.get(str(key), str(key)) for key in keys)
    return str(value)


def _papers(found: Case) -> list[tuple[str, str]]:
    return [(title, str(found.request.get(name, ""))) for name, title in REQUEST.items()]


def _done(each: Any) -> dict[str, Any]:
    return {"step": STEPS[each.step].title, "each": each, "target": STATES[each.target]}


def _figures(view: Asked, looked: Study | None) -> list[dict[str, Any]]:
    if looked is None or looked.after is None:
        return []
    after = Words(looked.after)
    return [
        {
            "unit": after.name(each.unit), "kind": after.kind(each.kind),
            "funding": after.funding(each.funding),
            "cells": [(each.before[name], each.after[name]) for name in FIGURES],
        }
        for each in looked.figures
    ]  # fmt: skip


def _totals(view: Asked, looked: Study | None) -> list[tuple[str, Any, Any, Any]]:
    totals = looked.totals if looked else ()
    return [(view.words.kind(kind), was, will, will - was) for kind, was, will in totals]


def _compared(view: Asked, looked: Study | None, found: Case, today: Any) -> list[dict[str, Any]]:
    if found.state in (*ENDED, DRAFT):
        return []
    try:
        return [
            {"unit": key, "name": view.words.name(key), "peers": peers(view.state, key),
             "past": past(view.columns, key, today)}
            for key in units_of(found)[:4]
        ]  # fmt: skip
    except Refusal:
        return []


def _meetings(found: Case) -> list[Meeting]:
    return list(Meeting.objects.filter(closed=False)) if found.state == "studied" else []
