"""What the office adds to the findings: its own packs, its answers, how many there were."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

RECTIFY, EXPLAIN, EXCEPT = "rectify", "explain", "except"
KINDS = {RECTIFY: "整改", EXPLAIN: "说明", EXCEPT: "例外"}


class PackVersion(models.Model):
    """A pack as it was put to use or laid aside; the last row of a key is what counts.

    ``text`` is empty for a shipped pack. Rows are only ever added, so that every past run can be
    made again with the rules it had.
    """

    key = models.CharField("代号", max_length=40, db_index=True)
    title = models.CharField("名称", max_length=200)
    text = models.TextField("内容", blank=True, default="")
    digest = models.CharField("摘要", max_length=64, blank=True, default="")
    used = models.BooleanField("采用")
    by = models.CharField("经办人", max_length=80)
    at = models.DateTimeField("时间")

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        verbose_name = verbose_name_plural = "规则包"


class Answer(models.Model):
    """What somebody said to a finding. Rows are only ever added; the last one counts."""

    rule = models.CharField("规则", max_length=10)
    name = models.CharField("参数组", max_length=40, blank=True, default="")
    unit = models.CharField("单位", max_length=80, blank=True, default="", db_index=True)
    about = models.CharField("事项", max_length=200, blank=True, default="")
    kind = models.CharField("答复", max_length=10, choices=list(KINDS.items()))
    words = models.TextField("内容")
    document = models.CharField("文号", max_length=120, blank=True, default="")
    due = models.DateField("期限", null=True)
    until = models.DateField("例外到哪天", null=True)
    most = models.DecimalField("例外至多", max_digits=14, decimal_places=4, null=True)
    told = models.TextField("当时的发现")
    on = models.DateField("所看的日期")
    known = models.BigIntegerField("截至变更")
    by = models.CharField("答复人", max_length=80)
    at = models.DateTimeField("时间")

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        verbose_name = verbose_name_plural = "对检查发现的答复"

    @property
    def key(self) -> tuple[str, str, str, str]:
        """The finding it answers."""
        return self.rule, self.name, self.unit, self.about


class Round(models.Model):
    """A look at everything, kept: how many findings of each rule there were.

    ``daily`` is the day of a look that was kept by itself, null for others: one a day.
    """

    on = models.DateField("所看的日期")
    known = models.BigIntegerField("截至变更")
    by = models.CharField("经办人", max_length=80)
    at = models.DateTimeField("时间")
    counts = models.JSONField("各规则的发现数")
    daily = models.DateField("自动检查的日期", null=True, unique=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        verbose_name = verbose_name_plural = "检查记录"


class Followed(models.Model):
    """An answered finding as the rounds since met it."""

    rule = models.CharField("规则", max_length=10)
    name = models.CharField("参数组", max_length=40, blank=True, default="")
    unit = models.CharField("单位", max_length=80, blank=True, default="")
    about = models.CharField("事项", max_length=200, blank=True, default="")
    answer = models.BigIntegerField("最后的答复")
    gone_on = models.DateField("哪天起没有了", null=True)
    back_on = models.DateField("哪天又有了", null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["rule", "name", "unit", "about"], name="checks_followed_once"
            )
        ]

    @property
    def key(self) -> tuple[str, str, str, str]:
        """The finding."""
        return self.rule, self.name, self.unit, self.about
