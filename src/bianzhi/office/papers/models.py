"""Texts of papers. They prove nothing by themselves: the record says what was decided."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class KeptText(models.Model):
    """The text of one file, known by the SHA-256 of the file; ``doc_no`` is the paper's own 文号
    in its one spelling, "" where none was found."""

    digest = models.CharField("摘要", max_length=64, primary_key=True)
    name = models.CharField("文件名", max_length=250)
    title = models.CharField("标题", max_length=250, default="", blank=True)
    doc_no = models.CharField("文号", max_length=100, default="", blank=True, db_index=True)
    text = models.TextField("全文")

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]
        verbose_name = verbose_name_plural = "文件全文"
