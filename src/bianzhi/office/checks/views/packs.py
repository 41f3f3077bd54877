"""Packs: which are used, what stands in them, and the office's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from bianzhi.core.days import day_text
from bianzhi.core.errors import Refusal
from bianzhi.core.facts import HOLDERS
from bianzhi.office.access import log
from bianzhi.office.access.downloads import saved
from bianzhi.office.access.rights import may, need
from bianzhi.office.access.roles import PACKS
from bianzhi.office.checks import packs as kept
from bianzhi.office.checks import thresholds as limits
from bianzhi.office.checks.starting import START
from bianzhi.office.desk.asking import Asked, asked
from bianzhi.office.desk.handed import text_of
from bianzhi.office.desk.showing import page
from bianzhi.rules import shipped
from bianzhi.rules.finding import SEVERITIES
from bianzhi.rules.pack import GRADES, LEVELS, Entry, gathered
from bianzhi.rules.saying import said


@require_safe
def packs(request: HttpRequest) -> HttpResponse:
    """All packs with their rules, and which of these hold on the day; ``edit`` names the one whose
    text is put into the form."""
    view = asked(request)
    key = view.others.get("edit", "")
    return _page(request, view, **({"typed": kept.text_of(key), "key": key} if key else {}))


def _page(request: HttpRequest, view: Asked, **more: Any) -> HttpResponse:
    listed = kept.listed(view.state.trees)
    running = {
        (entry.pack, *entry.key): entry for entry in gathered(
            [each.pack for each in listed if each.used and each.pack is not None], view.on
        )
    }  # fmt: skip
    return page(
        request, "checks/packs", view,
        packs=[{"listed": each, "level": LEVELS[each.pack.level] if each.pack else "",
                "shipped": each.key in shipped.names(),
                "rules": [_row(entry, running, view) for entry in
                          (each.pack.entries if each.pack else ())]}
               for each in listed],
        thresholds=_thresholds(view), grades=GRADES, may_change=may(request.user, PACKS),
        **{"typed": kept.text_of(kept.OWN) or START, "key": kept.OWN, **more},
    )  # fmt: skip


def _thresholds(view: Asked) -> dict[str, Any]:
    """The thresholds of the diagnosis: which hold on the day, the office's own, what is wrong."""
    given = limits.thresholds_on(view.on)
    return {
        "key": limits.KEY, "title": given.title, "text": limits.text(),
        "signs": [
            {"sign": sign, "numbers": _plain(sign.numbers), "weights": _plain(sign.weights)}
            for sign in given.signs.values()
        ],
        "own": [
            {"version": version, "from": _day(each.valid_from), "until": _day(each.valid_until),
             "holds": each == given}
            for version, each in limits.own()
        ],
        "faults": limits.faults(),
    }  # fmt: skip


def _plain(numbers: Mapping[str, float]) -> list[tuple[str, str]]:
    return [(name, f"{value:g}") for name, value in numbers.items()]


def _day(day: int | None) -> str:
    return "" if day is None else day_text(day)


def _row(entry: Entry, running: dict[Any, Entry], view: Asked) -> dict[str, Any]:
    used = running.get((entry.pack, *entry.key))
    if used is not None:
        state = f"采用（{used.confirmed}）" if used.confirmed else "采用"
    elif not entry.in_force(view.on):
        state = "当日不适用"
    else:
        state = "停用" if not entry.enabled else "未采用"
    return {
        "entry": entry, "weight": SEVERITIES[entry.severity], "state": state,
        "said": said(entry, view.state.trees),
        "from": _day(entry.valid_from), "until": _day(entry.valid_until),
    }  # fmt: skip


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take an office's own pack in: a file, or the text from the form."""
    need(request.user, PACKS)
    view = asked(request)
    key = request.POST.get("key", "").strip() or kept.OWN
    typed = request.POST.get("text", "")
    classes = view.words.classes
    units = {code for code in classes if classes[code] in HOLDERS}
    try:
        sent = request.FILES.get("file")
        typed = text_of(sent.read()) if sent is not None else typed
        if request.POST.get("only"):
            pack = kept.checked(key, typed, view.state.trees, units)
            rows = [_row(entry, {}, view) for entry in pack.entries]
            return _page(request, view, sound=pack, sound_rows=rows, typed=typed, key=key)
        version = kept.keep(key, typed, log.name_of(request.user), view.state.trees, units)
    except Refusal as refusal:
        answer = _page(request, view, problems=refusal.problems, typed=typed, key=key)
        answer.status_code = 400
        return answer
    log.note(request, "check", f"采用规则包 {key}（{version.digest[:12]}）")
    then = "诊断" if key == limits.KEY else "检查"
    messages.success(request, f"“{version.title}”已采用，马上按它{then}")
    return redirect("packs")


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Put a pack to use, or lay it aside."""
    need(request.user, PACKS)
    used = request.POST.get("used") == "yes"
    version = kept.choose(request.POST.get("key", ""), used, log.name_of(request.user))
    log.note(request, "check", f"{'采用' if used else '停用'}规则包 {version.key}")
    messages.success(request, f"“{version.title}”已{'采用' if used else '停用'}")
    return redirect("packs")


@require_safe
def text(request: HttpRequest) -> HttpResponse:
    """The text of a pack, to read or to start one's own from."""
    need(request.user, PACKS)
    key = request.GET.get("key", "")
    content = limits.text() if key == limits.KEY else kept.text_of(key)
    if not content:
        raise Http404("没有这个规则包")
    return saved(content.encode(), f"{key}.toml", "text/plain; charset=utf-8")
