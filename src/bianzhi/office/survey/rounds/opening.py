"""Opening and closing a round."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from bianzhi.core.days import day_date
from bianzhi.core.errors import Problem, Refusal, refuse_if
from bianzhi.core.state import State
from bianzhi.office.survey.rounds.models import Round, Sheet
from bianzhi.office.survey.rounds.questions import library
from bianzhi.office.survey.rounds.questions.reading import read_questionnaire

MOST = 5000  # units of a round


@transaction.atomic
def open_round(
    title: str, key: str, units: Sequence[str], state: State, due: date, *,
    chosen: str, by: str, now: datetime,
) -> Round:  # fmt: skip
    """Open a round: the questions and the state are those of now and stay so.

    Args:
        title: What people call it.
        key: The questionnaire.
        units: Keys of the units asked.
        state: Whose figures are prefilled.
        due: Until when units are to answer.
        chosen: How the units were chosen, in words.
        by, now: Who opens it, and when.

    Raises:
        Refusal: With everything that is missing.
    """
    text = library.text(key)
    read = read_questionnaire(text)
    refuse_if(_wrong(title, units, state, due, now.date()))
    round = Round.objects.create(
        title=title.strip()[:120], questions=text, digest=read.digest, chosen=chosen[:250],
        on=day_date(state.on), known=state.known, due=due, opened_by=by, opened_at=now,
    )  # fmt: skip
    Sheet.objects.bulk_create(Sheet(round=round, unit=unit) for unit in dict.fromkeys(units))
    return round


def _wrong(
    title: str, units: Sequence[str], state: State, due: date, today: date
) -> list[Problem]:  # fmt: skip
    found = []
    if not title.strip():
        found.append(Problem("no-title", "没有写名称", "如“2026 年事业单位机构编制调研”", "title"))
    if not units:
        found.append(Problem("no-units", "一个单位也没有选", "请勾选要调研的单位", "units"))
    if len(units) > MOST:
        found.append(Problem("too-many", f"选了 {len(units)} 个单位，超过 {MOST} 个", "请分几轮",
                             "units"))  # fmt: skip
    there = set(state.orgs["key"])
    strange = [unit for unit in units if unit not in there]
    if strange:
        found.append(Problem("unknown-unit", f"台账上当日没有：{'、'.join(strange[:10])}",
                             "请核对日期和代码", "units"))  # fmt: skip
    if due < today:
        found.append(Problem("past-due", f"填报期限 {due} 已经过去", "请另定期限", "due"))
    return found


@transaction.atomic
def close(round: Round, by: str, now: datetime) -> Round:
    """Close a round: units can no longer answer; what they said stays.

    Raises:
        Refusal: It is closed already.
    """
    held = _open(round)
    held.closed_by, held.closed_at = by, now
    held.save(update_fields=["closed_by", "closed_at"])
    return held


@transaction.atomic
def postpone(round: Round, due: date, today: date) -> Round:
    """Give the units more time.

    Raises:
        Refusal: The round is closed, or the day is past.
    """
    held = _open(round)
    if due < today:
        raise Refusal.of("past-due", f"填报期限 {due} 已经过去", "请另定期限", field="due")
    held.due = due
    held.save(update_fields=["due"])
    return held


def _open(round: Round) -> Round:
    held = Round.objects.select_for_update().get(pk=round.pk)
    if not held.is_open:
        raise Refusal.of("round-closed", f"“{held.title}”已经结束", "页面可能已经旧了，请刷新")
    return held
