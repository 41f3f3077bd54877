"""Notes of interviews: read and written by the office alone."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bianzhi.core.days import day_date, parse_day
from bianzhi.core.errors import Refusal
from bianzhi.office.access import log
from bianzhi.office.desk.asking import Asked
from bianzhi.office.desk.showing import page
from bianzhi.office.survey.rounds.interviewing import note, standing
from bianzhi.office.survey.rounds.models import Round
from bianzhi.office.survey.rounds.reach import round_for

FIELDS = ("held_on", "place", "interviewers", "interviewed", "units", "text", "replaces")


@require_http_methods(["GET", "POST"])
def interviews(request: HttpRequest, number: int) -> HttpResponse:
    """The notes of a round, and a new one."""
    view, found = round_for(request, number)
    if request.method == "GET":
        return _page(request, view, found, _start(view, found))
    given = {name: request.POST.get(name, "").replace("\0", "") for name in FIELDS}
    try:
        kept = note(
            found, view.state, held_on=day_date(parse_day(given["held_on"])), place=given["place"],
            interviewers=given["interviewers"], interviewed=given["interviewed"],
            units=given["units"].replace("、", " ").replace("，", " ").split(),
            text=given["text"], by=log.name_of(request.user), now=timezone.localtime(),
            replaces=_replaced(found, given["replaces"]),
        )  # fmt: skip
    except Refusal as refusal:
        answer = _page(request, view, found, given, refusal.problems)
        answer.status_code = 400
        return answer
    log.note(request, "survey", f"访谈记录：{kept.interviewed}，{kept.held_on}")
    return redirect("survey:interviews", number)


def _replaced(found: Round, given: str) -> Any:
    return found.interviews.filter(pk=int(given)).first() if given.isdecimal() else None


def _start(view: Asked, found: Round) -> dict[str, str]:
    """The form at first: blank, or the note that is to be corrected."""
    earlier = _replaced(found, view.others.get("correct", ""))
    if earlier is None:
        return {"held_on": timezone.localdate().isoformat(), "units": view.others.get("unit", "")}
    return {
        "held_on": earlier.held_on.isoformat(), "place": earlier.place,
        "interviewers": earlier.interviewers, "interviewed": earlier.interviewed,
        "units": " ".join(earlier.units), "text": earlier.text, "replaces": str(earlier.pk),
    }  # fmt: skip


def _page(
    request: HttpRequest, view: Asked, found: Round, given: dict[str, str],
    problems: tuple[Any, ...] = (),
) -> HttpResponse:  # fmt: skip
    earlier = found.interviews.exclude(replaced_by=None)
    return page(request, "survey/rounds/interviews", view, round=found, given=given,
                problems=problems, notes=standing(found), earlier=earlier)  # fmt: skip
