"""A survey round and what came back. Nothing here is establishment fact: what a unit says of itself
stands beside the record and never in it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

FRESH, DRAFT, SUBMITTED, RETURNED, ACCEPTED = "fresh", "draft", "submitted", "returned", "accepted"
STATUSES = {
    FRESH: "未填", DRAFT: "填写中", SUBMITTED: "已提交", RETURNED: "退回修改", ACCEPTED: "已接受",
}  # fmt: skip
ANSWERED = (SUBMITTED, ACCEPTED)  # what counts as an answer
SAVE, SUBMIT, RETURN, ACCEPT = "save", "submit", "return", "accept"
STEPS = {SAVE: "存草稿", SUBMIT: "提交", RETURN: "退回修改", ACCEPT: "接受"}
WEB, EXCEL = "web", "excel"
VIAS = {WEB: "网页", EXCEL: "Excel"}


class QuestionnaireVersion(models.Model):
    """A questionnaire of the office's own, as it was put to use; the last row of a key counts."""

    key = models.CharField("代号", max_length=40, db_index=True)
    title = models.CharField("名称", max_length=120)
    text = models.TextField("内容")
    digest = models.CharField("摘要", max_length=64)
    by = models.CharField("经办人", max_length=80)
    at = models.DateTimeField("时间")

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        verbose_name = verbose_name_plural = "调研问卷"


class Round(models.Model):
    """A round: the questions as they were at its opening, the state the prefilled figures are of
    (``on`` as known at change ``known``), the units asked, until when."""

    title = models.CharField("名称", max_length=120)
    questions = models.TextField("问卷")
    digest = models.CharField("问卷摘要", max_length=64)
    chosen = models.CharField("调研范围", max_length=250)
    on = models.DateField("台账日期")
    known = models.BigIntegerField("截至变更")
    due = models.DateField("填报期限")
    opened_by = models.CharField("发起人", max_length=80)
    opened_at = models.DateTimeField("发起时间")
    closed_by = models.CharField("结束人", max_length=80, blank=True, default="")
    closed_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        verbose_name = verbose_name_plural = "调研轮次"

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether units may still answer."""
        return self.closed_at is None


class Sheet(models.Model):
    """The questionnaire of one unit in a round (答卷), and where it stands."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="sheets")
    unit = models.CharField("单位", max_length=80, db_index=True)
    status = models.CharField("状态", max_length=10, choices=list(STATUSES.items()), default=FRESH)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        verbose_name = verbose_name_plural = "调研答卷"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "unit"], name="survey_sheet_once")
        ]

    def __str__(self) -> str:
        return f"{self.unit} {STATUSES[self.status]}"

    @property
    def may_write(self) -> bool:
        """Whether the unit may change its answers: the round is open, nothing is handed in."""
        return self.round.is_open and self.status not in ANSWERED


class Version(models.Model):
    """The answers of a sheet as they were saved once; rows are only ever added.

    ``content`` is part -> {kind, rows: [{id, given: column -> shown, told: column -> written}]}:
    what was asked stands beside what was answered, so it can be read without anything else.
    """

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="versions")
    no = models.IntegerField("第几版")
    content = models.JSONField("答案")
    via = models.CharField("途径", max_length=10, choices=list(VIAS.items()))
    by = models.CharField("填写人", max_length=80)
    at = models.DateTimeField("时间")

    class Meta:
        ordering: ClassVar[list[str]] = ["no"]
        verbose_name = verbose_name_plural = "答卷的各版"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sheet", "no"], name="survey_version_once")
        ]


class Step(models.Model):
    """What was done to a sheet, by whom, with what words; rows are only ever added."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="steps")
    step = models.CharField("步骤", max_length=10, choices=list(STEPS.items()))
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="steps")
    words = models.TextField("理由", blank=True, default="")
    by = models.CharField("谁", max_length=80)
    at = models.DateTimeField("时间")

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        verbose_name = verbose_name_plural = "答卷的经过"


class Reminder(models.Model):
    """A unit was reminded of its sheet; rows are only ever added."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="reminders")
    words = models.TextField("内容")
    by = models.CharField("谁", max_length=80)
    at = models.DateTimeField("时间")

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        verbose_name = verbose_name_plural = "催办记录"


class Interview(models.Model):
    """A note of an interview (访谈记录); a corrected one is a new row that replaces the earlier."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="interviews")
    held_on = models.DateField("访谈日期")
    place = models.CharField("地点", max_length=120, blank=True, default="")
    interviewers = models.CharField("访谈人", max_length=200)
    interviewed = models.CharField("访谈对象", max_length=200)
    units = models.JSONField("涉及单位", default=list)
    text = models.TextField("记录")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    by = models.CharField("记录人", max_length=80)
    at = models.DateTimeField("时间")

    class Meta:
        ordering: ClassVar[list[str]] = ["held_on", "id"]
        verbose_name = verbose_name_plural = "访谈记录"


class Attached(models.Model):
    """A file handed in with a sheet or kept with a round, locked at rest, known by its digest."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="files")
    sheet = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="files")
    name = models.CharField("文件名", max_length=200)
    kind = models.CharField("类型", max_length=10)
    size = models.IntegerField("字节")
    digest = models.CharField("摘要", max_length=64)
    locked = models.TextField("内容（密文）")
    by = models.CharField("谁", max_length=80)
    at = models.DateTimeField("时间")

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        verbose_name = verbose_name_plural = "调研附件"


class TakenBack(models.Model):
    """A workbook that came back: what it was, and what was wrong with it; rows are only added.

    The workbook itself is kept, locked, so that it can be handed back marked at any time.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="taken")
    sheet = models.ForeignKey(Sheet, models.PROTECT, null=True, related_name="taken")
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="taken")
    name = models.CharField("文件名", max_length=200)
    digest = models.CharField("摘要", max_length=64)
    locked = models.TextField("内容（密文）")
    problems = models.JSONField("问题", default=list)
    by = models.CharField("谁", max_length=80)
    at = models.DateTimeField("时间")

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        verbose_name = verbose_name_plural = "收回的工作簿"
