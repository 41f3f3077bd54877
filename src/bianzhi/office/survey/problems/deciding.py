"""Keeping what the office decides about themes, always with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.utils import timezone

from bianzhi.core.errors import Problem, Refusal, refuse_if
from bianzhi.methods.themes import MOVE, UNDO, VERBS, Decision, ThemeError, shipped, standing
from bianzhi.methods.themes.deciding import teach
from bianzhi.office.survey.judging import SHORTEST
from bianzhi.office.survey.problems.models import ThemeDecision

FIELDS = ("verb", "theme", "to", "title", "words", "answer", "quote", "reason")


def decide(given: Mapping[str, str], by: str) -> ThemeDecision:
    """Keep a decision as written in a form.

    Args:
        given: FIELDS, and ``of`` where an earlier one is taken back.
        by: Who decides.

    Raises:
        Refusal: There is no reason to speak of, or it cannot be: said in words.
    """
    made = ThemeDecision(
        **{name: given.get(name, "").strip() for name in FIELDS}, of=_number(given.get("of", "")),
        by=by, at=timezone.now(),
    )  # fmt: skip
    made.words = "、".join(made.words.replace("，", "、").replace(" ", "、").split("、"))
    found = []
    if len(made.reason) < SHORTEST:
        found.append(Problem(
            "no-reason", "没有写清理由", f"请至少写 {SHORTEST} 个字，日后靠它说明为什么", "reason"
        ))  # fmt: skip
    found += _too_long(made)
    refuse_if(found)
    _check(made, [each.decision() for each in ThemeDecision.objects.all()])
    made.save()
    return made


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() else 0


def _check(made: ThemeDecision, before: list[Decision]) -> None:
    """Whether everything decided still holds with the new one."""
    number = max((each.no for each in before), default=0) + 1
    if made.verb == UNDO and made.of not in {each.no for each in standing(before)}:
        raise Refusal.of("gone", f"没有第 {made.of} 条决定，或者已经撤回", "请刷新页面再看")
    if made.verb == MOVE and not (made.answer and made.quote):
        raise Refusal.of("no-quote", "没有说改归哪一条", "请在原话旁边选改归到哪里")
    try:
        teach([*before, replace(made.decision(), no=number)], shipped())
    except ThemeError as error:
        raise Refusal.of("bad-decision", str(error), "请检查后再提交") from error


def _too_long(made: ThemeDecision) -> list[Problem]:
    found = []
    for field in made._meta.concrete_fields:
        most = getattr(field, "max_length", None)
        if most and len(str(getattr(made, field.name))) > most:
            words = f"{field.verbose_name}太长"
            found.append(Problem("too-long", words, f"最多 {most} 个字", field.name))
    return found


def told(made: ThemeDecision, titles: Mapping[str, str]) -> str:
    """A decision in words.

    >>> told(ThemeDecision(verb="merge", theme="a", to="b"), {"a": "甲", "b": "乙"})
    '并入：“甲” → “乙”'
    """
    ends = {
        "move": f"“{made.quote}” → “{titles.get(made.to, made.to)}”",
        "merge": f"“{titles.get(made.theme, made.theme)}” → “{titles.get(made.to, made.to)}”",
        "rename": f"“{titles.get(made.theme, made.theme)}” → “{made.title}”",
        "split": f"“{titles.get(made.theme, made.theme)}”里有“{made.words}”的 → “{made.title}”",
        "add": f"“{made.title}”" + (f"（{made.words}）" if made.words else ""),
        "undo": f"第 {made.of} 条",
    }
    return f"{VERBS[made.verb]}：{ends[made.verb]}"
