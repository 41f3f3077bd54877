"""What the office decided about themes of problems."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from bianzhi.methods.themes import VERBS, Decision


class ThemeDecision(models.Model):
    """A quote moved, a theme made, renamed, joined or split, or an earlier decision taken back.

    Rows are only ever added; ``of`` is the decision taken back. ``words`` are parted by “、”.
    """

    verb = models.CharField("怎么办", max_length=10, choices=list(VERBS.items()))
    theme = models.CharField("主题", max_length=80, blank=True, default="")
    to = models.CharField("归到", max_length=80, blank=True, default="")
    title = models.CharField("名称", max_length=40, blank=True, default="")
    words = models.CharField("词", max_length=400, blank=True, default="")
    answer = models.CharField("答卷", max_length=200, blank=True, default="")
    quote = models.TextField("原话", blank=True, default="")
    of = models.BigIntegerField("撤回的决定", default=0)
    reason = models.TextField("理由")
    by = models.CharField("决定人", max_length=80)
    at = models.DateTimeField("时间")

    class Meta:
        app_label = "survey"
        ordering: ClassVar[list[str]] = ["id"]
        verbose_name = verbose_name_plural = "对问题主题的决定"

    def decision(self) -> Decision:
        """As the method takes it."""
        words = tuple(word for word in self.words.split("、") if word)
        return Decision(
            self.pk or 0, self.verb, self.theme, self.to, self.title, words, self.answer,
            self.quote, self.of, self.reason,
        )  # fmt: skip
