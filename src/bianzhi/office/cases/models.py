"""Matters and what was done to them. Nothing here is establishment fact: that is posted when a
matter is issued."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from bianzhi.office.cases.flow import DRAFT, LEVELS, STATES


class Meeting(models.Model):
    """A meeting that decides matters."""

    level = models.CharField("会议", max_length=10, choices=list(LEVELS.items()))
    title = models.CharField("名称", max_length=120)
    held_on = models.IntegerField("日期")
    place = models.CharField("地点", max_length=120, blank=True, default="")
    closed = models.BooleanField("已结束", default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["-held_on", "-id"]


class Case(models.Model):
    """One matter (事项). ``version`` counts its steps: two people cannot take the same one."""

    type = models.CharField("事项类型", max_length=20)
    unit = models.CharField("提出单位", max_length=80)
    title = models.CharField("标题", max_length=250)
    given = models.JSONField("表单", default=dict)
    request = models.JSONField("请示", default=dict)  # doc_no, title, issuer, doc_date
    state = models.CharField("状态", max_length=12, choices=list(STATES.items()), default=DRAFT)
    before = models.CharField("中止前的状态", max_length=12, blank=True, default="")
    levels = models.JSONField("审议层级", default=list)
    version = models.IntegerField("步数", default=0)
    meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, related_name="cases")
    study = models.TextField("论证意见", blank=True, default="")
    decision = models.TextField("决定", blank=True, default="")
    approved = models.CharField("批准数", max_length=20, blank=True, default="")
    effective_on = models.IntegerField("生效日期", null=True)
    due = models.IntegerField("办理期限", null=True)
    held = models.IntegerField("锁编次数", default=0)
    holding = models.BooleanField("锁着编制", default=False)
    opened_by = models.CharField("提出人", max_length=40)
    opened_at = models.DateTimeField("提出时间")

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state"], name="case_by_state"),
            models.Index(fields=["unit"], name="case_by_unit"),
        ]

    @property
    def key(self) -> str:
        """What the record knows it by."""
        return f"SX{self.pk:06d}"


class CaseStep(models.Model):
    """What was done to a matter. Only ever added: triggers refuse UPDATE and DELETE."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    no = models.IntegerField("第几步")
    at = models.DateTimeField("时间")
    by = models.CharField("经办人", max_length=40)
    step = models.CharField("步骤", max_length=12)
    source = models.CharField("原状态", max_length=12, blank=True)
    target = models.CharField("新状态", max_length=12)
    words = models.TextField("意见", blank=True, default="")
    change = models.BigIntegerField("变更", null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["no"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "no"], name="case_step_once")
        ]


class Comment(models.Model):
    """What somebody had to say about a matter."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="comments")
    at = models.DateTimeField("时间")
    by = models.CharField("谁", max_length=40)
    words = models.TextField("内容")

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]


class Attachment(models.Model):
    """A paper handed in with a matter, locked at rest, known by its digest; never executed."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="attachments")
    name = models.CharField("文件名", max_length=200)
    kind = models.CharField("类型", max_length=10)
    size = models.IntegerField("字节")
    digest = models.CharField("摘要", max_length=64)
    locked = models.TextField("内容（密文）")
    by = models.CharField("谁", max_length=40)
    at = models.DateTimeField("时间")

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "digest"], name="attachment_once")
        ]


class Letterhead(models.Model):
    """How the office signs a kind of paper: head, 代字, who prints it, who gets a copy."""

    level = models.CharField("决定机关", max_length=10, unique=True)
    issuer = models.CharField("发文机关", max_length=60)
    word = models.CharField("代字", max_length=20)
    printed_by = models.CharField("印发机关", max_length=60, blank=True, default="")
    copies = models.CharField("抄送", max_length=250, blank=True, default="")


class Template(models.Model):
    """A Word template of the office's own for a kind of paper; the newest counts."""

    kind = models.CharField("公文种类", max_length=20)
    name = models.CharField("文件名", max_length=200)
    digest = models.CharField("摘要", max_length=64)
    content = models.BinaryField("内容")
    by = models.CharField("谁", max_length=40)
    at = models.DateTimeField("时间")

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]


class Number(models.Model):
    """A 文号 of the yearly register, without gaps; a void one stays with its reason."""

    word = models.CharField("代字", max_length=20)
    year = models.IntegerField("年")
    seq = models.IntegerField("序号")
    title = models.CharField("标题", max_length=250)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="numbers")
    at = models.DateTimeField("登记时间")
    by = models.CharField("谁", max_length=40)
    void = models.CharField("作废的原因", max_length=250, blank=True, default="")

    class Meta:
        ordering: ClassVar[list[str]] = ["word", "-year", "-seq"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["word", "year", "seq"], name="number_once")
        ]

    def __str__(self) -> str:
        return f"{self.word}〔{self.year}〕{self.seq}号"


class Issued(models.Model):
    """A paper that was issued: what it says, its files, and the change posted with it.

    One without a matter tells others what the record says already (入编通知, 核销回执): ``covers``
    names the entries.
    """

    case = models.OneToOneField(Case, models.PROTECT, null=True, related_name="issued")
    covers = models.JSONField("所告知的变动", default=list)
    number = models.OneToOneField(Number, models.PROTECT)
    paper = models.JSONField("公文")
    template = models.ForeignKey(Template, models.PROTECT, null=True)
    pdf = models.BinaryField("PDF")
    word = models.BinaryField("Word")
    pdf_digest = models.CharField("PDF 摘要", max_length=64)
    word_digest = models.CharField("Word 摘要", max_length=64)
    change = models.BigIntegerField("变更", null=True)  # null: the paper alone is the fact
    at = models.DateTimeField("印发时间")
    by = models.CharField("印发人", max_length=40)


class Ticket(models.Model):
    """A 用编号码 given out with a 通知单: one post of the record waits under it for a person.

    What has become of it is not kept here: the record says.
    """

    key = models.CharField("号码", max_length=20, unique=True)
    year = models.IntegerField("年")
    seq = models.IntegerField("序号")
    case = models.ForeignKey(Case, models.PROTECT, related_name="tickets")
    expires_on = models.IntegerField("有效期至")
    entry_form = models.CharField("进入形式", max_length=40, blank=True, default="")

    class Meta:
        ordering: ClassVar[list[str]] = ["-year", "-seq"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["year", "seq"], name="ticket_once")
        ]


class TicketEnd(models.Model):
    """Why a change gave the post of a ticket back: the record says that it did, not why."""

    key = models.CharField("号码", max_length=80)
    change = models.BigIntegerField("变更")
    why = models.CharField("原因", max_length=10)
    by = models.CharField("谁", max_length=40)
    at = models.DateTimeField("时间")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["key", "change"], name="ticket_end_once")
        ]


class Limit(models.Model):
    """A limit of the use of posts that the office has set for itself."""

    code = models.CharField("期限", max_length=20, unique=True)
    value = models.IntegerField("数")


class Holiday(models.Model):
    """A day that is off, or (``works``) a weekend day that is worked, for counting deadlines."""

    day = models.IntegerField("日期", unique=True)
    works = models.BooleanField("上班", default=False)
    name = models.CharField("说明", max_length=40, blank=True, default="")

    class Meta:
        ordering: ClassVar[list[str]] = ["day"]
