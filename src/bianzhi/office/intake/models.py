"""Deliveries (资料批次) and what becomes of them. Nothing here is establishment fact."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

READING, READY, POSTED, VOID, FAILED = "reading", "ready", "posted", "void", "failed"
STATES = {
    READING: "读入中", READY: "待确认", POSTED: "已入账", VOID: "已作废", FAILED: "没有读成",
}  # fmt: skip


class KeptFile(models.Model):
    """A file as it was handed over, by its SHA-256; locked, as rosters hold ID numbers."""

    digest = models.CharField("摘要", max_length=64, primary_key=True)
    size = models.BigIntegerField("字节")
    locked = models.TextField("内容（密文）")


class Delivery(models.Model):
    """Files handed over together: read, settled and posted together, or not at all."""

    by = models.CharField("经办人", max_length=40)
    at = models.DateTimeField("时间")
    state = models.CharField("状态", max_length=10, choices=list(STATES.items()), default=READING)
    day = models.IntegerField("现表日期", null=True)
    trouble = models.TextField("没有读成的原因", default="", blank=True)
    summary = models.JSONField("摘要", default=dict)
    adopted = models.JSONField("采用的备注数", default=list)
    first_no = models.BigIntegerField("第一号变更", null=True)
    last_no = models.BigIntegerField("最后一号变更", null=True)
    posted_by = models.CharField("入账人", max_length=40, default="", blank=True)
    posted_at = models.DateTimeField("入账时间", null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-id"]
        verbose_name = verbose_name_plural = "资料批次"

    @property
    def title(self) -> str:
        """How pages name it."""
        names = [each.name for each in self.files.all()]
        return f"{names[0]}等 {len(names)} 个文件" if len(names) > 1 else "".join(names)


class DeliveredFile(models.Model):
    """A file of a delivery under the name it came with."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="files")
    kept = models.ForeignKey(KeptFile, models.PROTECT)
    name = models.CharField("文件名", max_length=250)
    said = models.TextField("说明", default="", blank=True)
    corrections = models.JSONField("更正", default=dict)  # of a paper: unit, day, doc_no

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]


class Sheet(models.Model):
    """A sheet and how it is understood; ``corrections`` are a person's, column -> field."""

    file = models.ForeignKey(DeliveredFile, models.CASCADE, related_name="sheets")
    name = models.CharField("工作表", max_length=100)
    kind = models.CharField("哪种表", max_length=20, blank=True, default="")
    rows = models.IntegerField("数据行", default=0)
    bad = models.IntegerField("有错误的行", default=0)
    columns = models.JSONField("各列的理解", default=list)
    corrections = models.JSONField("更正", default=dict)
    used = models.BooleanField("采用", default=True)
    said = models.CharField("说明", max_length=250, default="", blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]


class Lesson(models.Model):
    """A heading the office once corrected: understood at once ever after."""

    heading = models.CharField("表头", max_length=250, unique=True)
    field = models.CharField("栏目", max_length=40, blank=True)
    by = models.CharField("更正人", max_length=40)


class Found(models.Model):
    """A finding of a delivery at its cell."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="found")
    severity = models.CharField("程度", max_length=10)
    code = models.CharField("检查", max_length=40)
    what = models.TextField("情况")
    do = models.TextField("怎么办", default="", blank=True)
    file = models.CharField("文件", max_length=250, default="", blank=True)
    sheet = models.CharField("工作表", max_length=100, default="", blank=True)
    cell = models.CharField("单元格", max_length=20, default="", blank=True)
    key = models.CharField("可采用的数", max_length=300, default="", blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["delivery", "severity"], name="found_by_severity")
        ]


class Line(models.Model):
    """A line of the 差异清单, with the clerk's answer ("" until she gives one)."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="lines")
    key = models.CharField("键", max_length=200)
    kind = models.CharField("类别", max_length=20)
    unit = models.CharField("单位代码", max_length=80)
    unit_name = models.CharField("单位", max_length=200)
    figure = models.CharField("比什么", max_length=100)
    left = models.CharField("沿革或明细", max_length=200)
    left_origin = models.CharField("出处", max_length=400)
    right = models.CharField("现表", max_length=200)
    right_origin = models.CharField("现表出处", max_length=400)
    cause = models.CharField("可能的原因", max_length=300)
    proposal = models.CharField("建议", max_length=12)
    answers = models.JSONField("可选的处理", default=dict)
    answer = models.CharField("处理", max_length=12, default="", blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["delivery", "key"], name="line_once")
        ]


class Stated(models.Model):
    """A number a paper states, beside the ledger's; ``confirmed`` by whom, "" until somebody."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="stated")
    file = models.ForeignKey(DeliveredFile, models.CASCADE, related_name="stated")
    key = models.CharField("键", max_length=200)
    place = models.CharField("条款", max_length=100)
    words = models.TextField("条文")
    phrase = models.CharField("原文", max_length=400)
    unit = models.CharField("单位代码", max_length=80, blank=True)
    unit_name = models.CharField("单位", max_length=200, blank=True)
    title = models.CharField("什么数", max_length=100)
    said = models.CharField("文件的数", max_length=30)
    held = models.CharField("台账的数", max_length=30, blank=True)
    held_day = models.IntegerField("台账数的日期", null=True)
    held_origin = models.CharField("台账数的出处", max_length=400, blank=True)
    verdict = models.CharField("结论", max_length=10)
    confirmed = models.CharField("确认人", max_length=40, default="", blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["delivery", "key"], name="stated_once")
        ]
