"""Taking a step: the one way a matter goes on. Who was quicker has taken it; the other is told."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from bianzhi.core.days import day_number
from bianzhi.core.errors import Refusal, refuse_if
from bianzhi.office.cases import drafting
from bianzhi.office.cases.deadlines import due_after
from bianzhi.office.cases.flow import (
    ENDED,
    RETURNED,
    STATES,
    STEPS,
    SUSPENDED,
    target_of,
)  # fmt: skip
from bianzhi.office.cases.models import Case, CaseStep
from bianzhi.office.cases.use import refusing
from bianzhi.office.desk.held import held
from bianzhi.record.post import Poster

LOOKED_AT = ("accept", "agree")  # the rules of use are asked then, and again with the paper
HANDLING_DAYS = 20  # working days from acceptance to the decision, unless the office says another


def day_of(at: datetime) -> date:
    """The day of a moment, where the office is."""
    return timezone.localtime(at).date()


def held_since(case: Case) -> int | None:
    """The day its posts were locked; None where it holds none."""
    step = case.steps.filter(step="accept").last() if case.holding else None
    return day_number(day_of(step.at)) if step else None


def locked(case_id: int, version: int, code: str) -> Case:
    """The matter, locked for a step that may be taken now.

    Raises:
        Refusal: Somebody has taken a step since the page was read, or the step does not fit.
    """
    case = Case.objects.select_for_update().filter(pk=case_id).first()
    if case is None:
        raise Refusal.of("unknown-case", f"没有第 {case_id} 号事项", "请核对编号")
    if case.version != version:
        last = case.steps.last()
        who = f"{last.by}刚刚办了“{STEPS[last.step].title}”" if last else "别人刚刚改过"
        raise Refusal.of(
            "stale-case", f"{who}，事项现在是“{STATES[case.state]}”", "请刷新页面，看过再办"
        )
    target_of(STEPS[code], case.state, tuple(case.levels), case.before)
    return case


def taken(
    case: Case, code: str, *, by: str, now: datetime, words: str = "", change: int | None = None
) -> CaseStep:
    """Write down a step of a locked matter and bring it to its new state."""
    step, source = STEPS[code], case.state
    case.state = target_of(step, source, tuple(case.levels), case.before)
    case.before = source if case.state == SUSPENDED else ""
    case.version += 1
    case.save()
    return CaseStep.objects.create(
        case=case, no=case.version, at=now, by=by, step=code, source=source, target=case.state,
        words=words, change=change,
    )  # fmt: skip


@transaction.atomic
def take(
    case_id: int, version: int, code: str, *, by: str, now: datetime, words: str = "",
    effective_on: int | None = None, approved: str = "",
) -> Case:  # fmt: skip
    """Take a step, with all that goes with it: locks, releases, deadlines.

    Args:
        case_id: Which matter.
        version: Its step count as the page showed it.
        code: One of ``STEPS``; ``issue`` has its own way (``issuing.issue``).
        by: The user name.
        now: The clock.
        words: What must be written with it.
        effective_on: With ``agree``: the day it takes effect; that of the paper where None.
        approved: With ``agree``: how many, where the matter lets the decision lower its number;
            as many as asked for where empty.

    Raises:
        Refusal: The step cannot be taken; nothing was done.
    """
    if code not in STEPS or code == "issue":
        raise Refusal.of("unknown-step", f"没有“{code}”这一步", "请刷新页面重试")
    case = locked(case_id, version, code)
    words = words.strip()
    if STEPS[code].reason and not words:
        raise Refusal.of("missing", f"缺少{STEPS[code].reason}", "请写明", field="words")
    if code in ("agree", "defer", "return"):
        case.approved = drafting.settled(case, approved) if code == "agree" else ""
    change = _effects(case, code, by, now, words, effective_on)
    taken(case, code, by=by, now=now, words=words, change=change)
    return case


def _effects(
    case: Case, code: str, by: str, now: datetime, words: str, effective_on: int | None
) -> int | None:
    """What a step does beside leading on; the number of the change it posts, if any."""
    today = day_number(day_of(now))
    if code in LOOKED_AT:
        given = drafting.given_of(case)
        refuse_if(refusing.problems(case, given, held().columns, today))
    if code == "submit":
        drafting.need_request(case.request)
        given = drafting.given_of(case)
        drafting.matter_of(case).need(given)
        refuse_if(refusing.problems(case, given, held().columns, today))
    elif code == "accept":
        case.due = due_after(today, HANDLING_DAYS)
        return _lock(case, today, by)
    elif code == "study":
        case.study = words
    elif code == "agree":
        case.decision, case.effective_on = words, effective_on
    target = target_of(STEPS[code], case.state, tuple(case.levels), case.before)
    if case.holding and (target in ENDED or target == RETURNED):
        return _release(case, today, by, words)
    return None


def _lock(case: Case, today: int, by: str) -> int | None:
    draft = drafting.lock(case, today, by)
    if draft is None:
        return None
    receipt = Poster().post([draft])[0]
    case.held += 1
    case.holding = True
    return receipt.no


def _release(case: Case, today: int, by: str, why: str) -> int:
    receipt = Poster().post([drafting.unlock(case, today, by, why)])[0]
    case.holding = False
    return receipt.no
