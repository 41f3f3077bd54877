"""The form of a matter: what the 请示 says and what it asks for."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bianzhi.core.errors import Refusal
from bianzhi.office.access.log import name_of
from bianzhi.office.access.models import User
from bianzhi.office.access.rights import need
from bianzhi.office.access.roles import APPLY
from bianzhi.office.cases import stepping, work
from bianzhi.office.cases.drafting import REQUEST
from bianzhi.office.cases.flow import LEVELS
from bianzhi.office.cases.matters import matters
from bianzhi.office.cases.matters.base import POSTS, SHARES, UNIT, Field
from bianzhi.office.cases.models import Case
from bianzhi.office.cases.views.reach import case_for, is_office, may_edit
from bianzhi.office.desk.asking import Asked, asked
from bianzhi.office.desk.showing import page


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new matter: choose the type, then fill in its form."""
    need(request.user, APPLY)
    view = asked(request)
    source = request.POST if request.method == "POST" else request.GET
    type_ = source.get("type", "")
    if type_ not in matters():
        return page(request, "cases/choose", view, types=matters().values())
    unit = _unit(request, view, source.get("unit", ""))
    case = work.open_case(type_, unit, by=name_of(request.user), now=timezone.now())
    if request.method == "GET":
        return _form(request, view, case)
    return _saved(request, view, case)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Change a draft, or one that was returned."""
    view, case = case_for(request, number)
    if not may_edit(request, view, case):
        raise PermissionDenied("只有提出的一方可以修改，且只在报送以前或退回以后")
    if request.method == "GET":
        return _form(request, view, case)
    return _saved(request, view, case)


def _saved(request: HttpRequest, view: Asked, case: Case) -> HttpResponse:
    given = work.read_form(matters()[case.type].fields, request.POST)
    told = {name: request.POST.get(f"request.{name}", "") for name in REQUEST}
    try:
        if is_office(request):
            case.levels = work.need_levels(request.POST.getlist("levels"))
        version = int(request.POST.get("version") or 0)
        levels = case.levels
        case = work.save(case, given, told, view.words.name, version)
        if is_office(request) and levels != case.levels:
            Case.objects.filter(pk=case.pk).update(levels=levels)
        if "submit" in request.POST:
            stepping.take(case.pk, case.version, "submit", by=name_of(request.user),
                          now=timezone.now())  # fmt: skip
    except Refusal as refusal:
        case.given, case.request = given, told
        return _form(request, view, case, refusal.problems)
    return redirect("case", case.pk)


def _unit(request: HttpRequest, view: Asked, given: str) -> str:
    """Who asks: one's own unit, or, for the office, the one it files for."""
    own = request.user.unit if isinstance(request.user, User) else ""
    unit = given.strip() or own
    if unit:
        need(request.user, APPLY, unit, view.state)
    return unit


def _form(
    request: HttpRequest, view: Asked, case: Case, problems: tuple[Any, ...] = ()
) -> HttpResponse:
    matter = matters()[case.type]
    wrong = {each.field for each in problems}
    answer = page(
        request, "cases/form", view, case=case, matter=matter, problems=problems,
        asks=[_asked(view, case, each, each.name in wrong) for each in matter.fields],
        papers=[(name, title, case.request.get(name, "")) for name, title in REQUEST.items()],
        units=options(view, UNIT), wrong=wrong, wishes=case.given.get("wishes", ""),
        levels=[(code, title, code in case.levels) for code, title in LEVELS.items()]
        if is_office(request) else (),
    )  # fmt: skip
    answer.status_code = 400 if problems else 200
    return answer


def _asked(view: Asked, case: Case, asked_for: Field, wrong: bool) -> dict[str, Any]:
    """A field as the page draws it."""
    value = case.given.get(asked_for.name, "")
    told: dict[str, Any] = {
        "field": asked_for, "value": value, "wrong": wrong,
        "options": options(view, asked_for.widget, asked_for.choices, case),
    }  # fmt: skip
    if asked_for.widget in (POSTS, SHARES):
        rows = [list(each) for each in value or ()]
        told["lines"] = rows + [["", "", ""]] * max(2, work.LINES - len(rows))
        kinds = view.state.tree("quota_kind")
        leaders = asked_for.name == "leaders"
        told["kinds"] = [each for each in kinds if not each.is_group
                         and view.words.is_leadership(each.code) == leaders]  # fmt: skip
        told["fundings"] = [each for each in view.state.tree("funding_form") if not each.is_group]
        told["with_funding"] = not leaders
    return told


def options(
    view: Asked, widget: str, choices: tuple[str, ...] = (), case: Case | None = None
) -> list[tuple[str, str]]:
    """Codes and names to choose from."""
    state, words = view.state, view.words
    if widget in (UNIT, "units", SHARES):
        return [
            (key, name) for key, name in state.orgs.select("key", "name").sort("key").iter_rows()
        ]
    if widget == "pool":
        pools = state.things("pool")
        return [(key, name) for key, name in pools.select("key", "name").sort("key").iter_rows()]
    if widget == "section":
        rows = state.things("section").select("key", "name").sort("key").iter_rows()
        return [(key, f"{name}（{key}）") for key, name in rows]
    if widget == "duties":
        rows = state.things("duty").select("key", "text").sort("key").iter_rows()
        return [(key, text or key) for key, text in rows]
    if widget == "quota":
        return [(each.code, each.name) for each in state.tree("quota_kind")
                if not each.is_group and not words.is_leadership(each.code)]  # fmt: skip
    if widget == "funding":
        return [(each.code, each.name) for each in state.tree("funding_form") if not each.is_group]
    if widget == "code":
        return [(each.code, each.name) for each in state.tree(choices[0]) if not each.is_group]
    return [(each, each) for each in choices]
