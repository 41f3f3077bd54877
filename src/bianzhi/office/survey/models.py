"""What people say to the signs of the diagnosis; the rounds of the survey."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from bianzhi.office.survey.problems.models import ThemeDecision
from bianzhi.office.survey.rounds.models import (
    Attached,
    Interview,
    QuestionnaireVersion,
    Reminder,
    Round,
    Sheet,
    Step,
    TakenBack,
    Version,
)

CONFIRM, DISMISS, REOPEN = "confirm", "dismiss", "reopen"
__all__ = [
    "CONFIRM", "DISMISS", "REOPEN", "VERDICTS", "Attached", "Interview", "Judgement",
    "QuestionnaireVersion", "Reminder", "Round", "Sheet", "Step", "TakenBack", "ThemeDecision",
    "Version",
]  # fmt: skip
VERDICTS = {CONFIRM: "确认", DISMISS: "不算问题", REOPEN: "重新看"}


class Judgement(models.Model):
    """What the office said to a sign, with the reason. Rows are only ever added; the last counts.

    ``unit`` is empty for an overlap, which is one matter of two units: ``about`` names the pair.
    """

    unit = models.CharField("单位", max_length=80, blank=True, default="", db_index=True)
    kind = models.CharField("问题", max_length=20)
    about = models.CharField("事项", max_length=200, blank=True, default="")
    verdict = models.CharField("判断", max_length=10, choices=list(VERDICTS.items()))
    reason = models.TextField("理由")
    told = models.TextField("当时的诊断")
    score = models.FloatField("当时的得分")
    on = models.DateField("所看的日期")
    known = models.BigIntegerField("截至变更")
    by = models.CharField("判断人", max_length=80)
    at = models.DateTimeField("时间")

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        verbose_name = verbose_name_plural = "对诊断的判断"

    @property
    def key(self) -> tuple[str, str, str]:
        """The sign it is about."""
        return self.unit, self.kind, self.about
