"""上编, 下编, 转隶, 任职, 免职: fill in, see the five figures before and after, post."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bianzhi.core.errors import Refusal
from bianzhi.core.state import State
from bianzhi.office.access import log
from bianzhi.office.access.log import name_of
from bianzhi.office.access.rights import need
from bianzhi.office.access.roles import POST
from bianzhi.office.desk.asking import Asked, asked, number_of
from bianzhi.office.desk.entering import need_open
from bianzhi.office.desk.held import held
from bianzhi.office.desk.previewing import figures, preview
from bianzhi.office.desk.showing import FIGURES, page
from bianzhi.office.people import drafting
from bianzhi.office.people.drafting import FIELDS, LEADING, VERBS, Move

REASONS = ("退休", "退职", "调出", "辞职", "自动离职", "解聘", "辞退", "开除", "死亡",
           "转隶划出", "转企", "其他")  # fmt: skip
POSITIONS = ("管理", "专业技术", "工勤技能")


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest) -> HttpResponse:
    """The form; with a preview once it is filled in."""
    need(request.user, POST)
    view = asked(request)
    source = request.POST if request.method == "POST" else request.GET
    given = {name: source.get(name, "").replace("\0", "").strip() for name in FIELDS}
    given["do"] = given["do"] or VERBS[0]
    if request.method == "GET":
        return _form(request, view, given)
    try:
        asked_for = drafting.read_move(given, getattr(request.user, "name", ""))
        need_open(asked_for.draft.acts, State(held().columns, asked_for.draft.day or 0))
        if "post" in request.POST:
            return _posted(request, asked_for, number_of(request.POST.get("baseline", ""), 0))
        columns = held().columns
        before, after = preview(asked_for.draft, columns)
    except Refusal as refusal:
        return _form(request, view, given, status=400, problems=refusal.problems)
    return _form(
        request, view, given, baseline=columns.head, previewed=True,
        figures=_told(view, before, after), move=asked_for,
        warnings=list(drafting.warnings(asked_for, after)),
    )  # fmt: skip


def _posted(request: HttpRequest, asked_for: Move, baseline: int) -> HttpResponse:
    with transaction.atomic():
        by = name_of(request.user)
        receipt = drafting.post(asked_for, baseline, by=by, now=timezone.now())
        told = f"{asked_for.draft.acts[0].verb}，第 {receipt.no} 号变更，{receipt.label}"
        log.note(request, "post", told, subject=asked_for.person)
    messages.success(request, f"已入账：第 {receipt.no} 号变更，{receipt.label}。")
    left = asked_for.draft.acts[0].verb == drafting.LEAVE
    target = "people" if left else "person"
    return redirect(reverse(target) + ("" if left else f"?code={asked_for.person}"))


def _told(view: Asked, before: State, after: State) -> list[dict[str, Any]]:
    return [
        {
            "unit": view.words.name(each.unit), "kind": view.words.kind(each.kind),
            "funding": view.words.funding(each.funding),
            "cells": [(each.before[name], each.after[name]) for name in FIGURES],
        }
        for each in figures(before, after)
    ]  # fmt: skip


def _kinds(view: Asked, verb: str) -> list[tuple[str, str]]:
    """Code and name of the kinds a form offers: posts, or the leadership posts units have."""
    words = view.words
    if verb in LEADING:
        codes = view.state.leadership["kind"].unique().to_list()
        return [(code, words.kind(code)) for code in sorted(codes, key=words.place)]
    tree = view.state.tree("quota_kind")
    return [(code.code, code.name) for code in tree if not words.is_leadership(code.code)]


def _form(
    request: HttpRequest, view: Asked, given: dict[str, str], *, status: int = 200, **more: Any
) -> HttpResponse:
    units = view.state.orgs.select("key", "name").sort("key").iter_rows()
    answer = page(
        request, "people/move", view, given=given, verbs=VERBS, reasons=REASONS,
        positions=POSITIONS, units=list(units), kinds=_kinds(view, given["do"]),
        fundings=list(view.state.tree("funding_form")), heads=FIGURES.values(),
        person_name=view.words.name(given["person"]) if given["person"] else "", **more,
    )  # fmt: skip
    answer.status_code = status
    answer["Cache-Control"] = "no-store"  # an ID number typed here must not stay in a cache
    return answer
