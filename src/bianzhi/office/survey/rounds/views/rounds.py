"""The office's pages of rounds: the list, a new one, how far one is, what is done to it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bianzhi.core.days import day_date, parse_day
from bianzhi.core.errors import Refusal
from bianzhi.office.access import log
from bianzhi.office.access.rights import need
from bianzhi.office.access.roles import HANDLE
from bianzhi.office.desk.asking import Asked, asked
from bianzhi.office.desk.showing import page
from bianzhi.office.survey.rounds import choosing, keeping, opening, progress
from bianzhi.office.survey.rounds.interviewing import standing
from bianzhi.office.survey.rounds.models import STATUSES, Round, Sheet, TakenBack, Version
from bianzhi.office.survey.rounds.prefill import words_of
from bianzhi.office.survey.rounds.questions import library
from bianzhi.office.survey.rounds.reach import round_for
from bianzhi.office.survey.rounds.taking import ENDINGS, has_copy

WEEKS = 3  # until when a new round is due, if nobody says otherwise
TAKEN = 20  # workbooks taken back that the page lists


@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """All rounds, with how far each is."""
    need(request.user, HANDLE)
    view = asked(request)
    today = timezone.localdate()
    listed = Round.objects.prefetch_related("sheets")
    return page(request, "survey/rounds/rounds", view, rows=[
        {"round": each, "tally": progress.tally(list(each.sheets.all()), each, today)}
        for each in listed
    ])  # fmt: skip


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Choose units and questions, and open a round."""
    need(request.user, HANDLE)
    view = asked(request)
    if request.method == "GET":
        return _new(request, view)
    given = request.POST
    wish = choosing.read({**given.dict(), "q": given.get("sought", "")})
    units = given.getlist("units")
    try:
        due = day_date(parse_day(given.get("due", "")))
        chosen = choosing.told(
            view.words, wish, len(units), choosing.choose(view.words, wish).height
        )
        made = opening.open_round(
            given.get("title", ""), given.get("questionnaire", ""), units, view.state, due,
            chosen=chosen, by=log.name_of(request.user), now=timezone.localtime(),
        )  # fmt: skip
    except Refusal as refusal:
        answer = _new(request, view, refusal.problems, wish)
        answer.status_code = 400
        return answer
    log.note(request, "survey", f"发起调研：{made.title}，{chosen}")
    messages.success(request, f"已发起“{made.title}”，{len(units)} 个单位")
    return redirect("survey:round", made.pk)


def _new(
    request: HttpRequest, view: Asked, problems: tuple[Any, ...] = (),
    wish: choosing.Wish | None = None,
) -> HttpResponse:  # fmt: skip
    wish = wish or choosing.read(view.others)
    words, frame = view.words, choosing.candidates(view.words)
    found = choosing.choose(words, wish)
    today = timezone.localdate()
    given = request.POST
    ticked = set(given.getlist("units")) if request.method == "POST" else (
        set() if view.others.get("tick") == "none" else set(found["unit"])
    )  # fmt: skip
    return page(
        request, "survey/rounds/new", view, wish=wish, kinds=choosing.KINDS, problems=problems,
        departments=[(key, words.name(key)) for key in
                     frame["supervisor"].drop_nulls().unique(maintain_order=True)],
        peers=sorted(frame["peers"].drop_nulls().unique()),
        welfares=[(code, words.code("welfare_class", code)) for code in
                  sorted(frame["welfare"].drop_nulls().unique())],
        rows=[{**row, "above": words.name(row["supervisor"] or ""), "on": row["unit"] in ticked}
              for row in found.iter_rows(named=True)],
        questionnaires=library.listed(), key=given.get("questionnaire", library.USUAL),
        none="?" + urlencode({**view.same, "tick": "none"}),
        title=given.get("title", f"{today.year} 年机构编制调研"),
        due=given.get("due", (today + timedelta(weeks=WEEKS)).isoformat()),
    )  # fmt: skip


@require_safe
def round(request: HttpRequest, number: int) -> HttpResponse:
    """How far a round is, and what can be done to it."""
    view, found = round_for(request, number)
    words, today = words_of(found), timezone.localdate()
    light = Prefetch("versions", Version.objects.defer("content"))  # who and when is enough here
    sheets = list(found.sheets.prefetch_related("reminders", light))
    status, under = view.others.get("status", ""), view.others.get("under", "")
    kept = progress.wanted(words, found, sheets, status, under, today)
    return page(
        request, "survey/rounds/round", view, round=found, status=status, under=under,
        tally=progress.tally(sheets, found, today),
        statuses={**STATUSES, progress.LATE: "逾期未交"},
        counts=_counts(sheets, found, today),
        departments=progress.departments(words, found, sheets, today),
        rows=progress.shown(words, kept, found, today), endings=",".join((*ENDINGS, ".zip")),
        taken=_taken(found), taken_left=found.taken.count() > TAKEN,
        interviews=len(standing(found)), files=found.files.filter(sheet=None).defer("locked"),
        today=today,
    )  # fmt: skip


def _taken(found: Round) -> list[tuple[TakenBack, bool]]:
    """The workbooks that came back last, those that were not taken first."""
    last = list(found.taken.select_related("sheet", "version").defer("locked")[:TAKEN])
    return [(each, has_copy(each)) for each in sorted(last, key=lambda each: not each.problems)]


def _counts(sheets: list[Sheet], found: Round, today: date) -> list[tuple[str, str, int]]:
    tally = progress.tally(sheets, found, today)
    rows = [(code, title, tally.by_status.get(code, 0)) for code, title in STATUSES.items()]
    return [*rows, (progress.LATE, "逾期未交", tally.late)]


@require_POST
def remind(request: HttpRequest, number: int) -> HttpResponse:
    """Remind the units ticked."""
    _, found = round_for(request, number)
    sheets = found.sheets.select_related("round").filter(pk__in=_ticked(request))
    by = log.name_of(request.user)
    count = keeping.remind(list(sheets), request.POST.get("words", ""), by, timezone.now())
    if count:
        log.note(request, "survey", f"催办 {count} 个单位：{found.title}")
        messages.success(request, f"已催办 {count} 个单位，经办人登录后会看到")
    else:
        messages.warning(request, "没有勾选还没交的单位，没有催办")
    return redirect("survey:round", number)


def _ticked(request: HttpRequest) -> list[int]:
    return [int(each) for each in request.POST.getlist("sheets") if each.isdecimal()]


@require_POST
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Close a round, or give the units more time."""
    _, found = round_for(request, number)
    try:
        if request.POST.get("what") == "close":
            opening.close(found, log.name_of(request.user), timezone.now())
            said = f"“{found.title}”已结束，单位不能再填"
        else:
            due = day_date(parse_day(request.POST.get("due", "")))
            opening.postpone(found, due, timezone.localdate())
            said = f"填报期限改为 {due}"
    except Refusal as refusal:
        for problem in refusal.problems:
            messages.error(request, str(problem))
        return redirect("survey:round", number)
    log.note(request, "survey", f"{found.title}：{said}")
    messages.success(request, said)
    return redirect("survey:round", number)
