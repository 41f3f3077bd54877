"""Notes of interviews: kept as written; a corrected one stands in the place of the earlier."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bianzhi.core.errors import Problem, refuse_if
from bianzhi.core.state import State
from bianzhi.office.survey.rounds.models import Interview, Round

SHORTEST = 4  # characters of a note


def note(
    round: Round, state: State, *, held_on: date, place: str, interviewers: str, interviewed: str,
    units: Sequence[str], text: str, by: str, now: datetime, replaces: Interview | None = None,
) -> Interview:  # fmt: skip
    """Keep a note.

    Args:
        round: The round it belongs to.
        state: Where the units are looked up.
        held_on, place, interviewers, interviewed, units, text: As written in the form.
        by, now: Who writes it, and when.
        replaces: The note it corrects, if any.

    Raises:
        Refusal: With everything that is missing or wrong.
    """
    known = set(state.orgs["key"])
    chosen = list(dict.fromkeys(each.strip() for each in units if each.strip()))
    found = [
        Problem("missing", f"没有写{title}", "请填写", name)
        for name, title, value in (("interviewers", "访谈人", interviewers),
                                   ("interviewed", "访谈对象", interviewed))
        if not value.strip()
    ]  # fmt: skip
    if len(text.strip()) < SHORTEST:
        found.append(Problem("missing", "没有写访谈记录", "请写明谈了什么", "text"))
    if held_on > now.date():
        found.append(Problem("future", f"访谈日期 {held_on} 还没有到", "请核对", "held_on"))
    strange = [each for each in chosen if each not in known]
    if strange:
        found.append(Problem("unknown-unit", f"台账上当日没有：{'、'.join(strange[:10])}",
                             "请写单位代码，用空格分开", "units"))  # fmt: skip
    refuse_if(found)
    return Interview.objects.create(
        round=round, held_on=held_on, place=place.strip()[:120],
        interviewers=interviewers.strip()[:200], interviewed=interviewed.strip()[:200],
        units=chosen, text=text.strip(), replaces=replaces, by=by, at=now,
    )  # fmt: skip


def standing(round: Round) -> list[Interview]:
    """The notes of a round that no later one replaces, by day."""
    return list(round.interviews.filter(replaced_by=None))


def about(unit: str) -> list[Interview]:
    """The notes about a unit that no later one replaces, by day."""
    held = Interview.objects.filter(replaced_by=None).select_related("round")
    return [each for each in held if unit in each.units]
