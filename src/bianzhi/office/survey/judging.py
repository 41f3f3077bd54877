"""Saying something to a sign: confirmed, no trouble, look again; always with a reason."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from bianzhi.core.days import day_date
from bianzhi.core.errors import Problem, refuse_if
from bianzhi.core.state import State
from bianzhi.office.survey.diagnosed import key_of
from bianzhi.office.survey.models import VERDICTS, Judgement

SHORTEST = 4  # characters of a reason: “同意” says nothing to who reads it in a year


def judge(sign: dict[str, Any], verdict: str, reason: str, by: str, state: State) -> Judgement:
    """Keep a judgement of a sign that is there.

    Args:
        sign: The sign, as the diagnosis has it.
        verdict, reason: As written in the form.
        by: Who judges.
        state: The state it was seen in.

    Raises:
        Refusal: No verdict chosen, or no reason to speak of.
    """
    found = []
    if verdict not in VERDICTS:
        known = "、".join(VERDICTS.values())
        found.append(Problem("bad-verdict", "没有选怎么判断", f"可选的有：{known}", "verdict"))
    if len(reason.strip()) < SHORTEST:
        found.append(Problem(
            "no-reason", "没有写清理由", f"请至少写 {SHORTEST} 个字，日后靠它说明为什么", "reason"
        ))  # fmt: skip
    refuse_if(found)
    unit, kind, about = key_of(sign["unit"], sign["kind"], sign["about"])
    return Judgement.objects.create(
        unit=unit, kind=kind, about=about, verdict=verdict, reason=reason.strip(),
        told=sign["words"], score=sign["score"], on=day_date(state.on), known=state.known,
        by=by, at=timezone.now(),
    )  # fmt: skip
