"""What is known of a person beside the establishment: the personal file, and who changed it.

The record holds who fills which post; a personal file holds what may have to be corrected or
hidden, and is therefore kept apart. The ID number is never stored readable.
"""

from __future__ import annotations

from django.db import models


class KeyMark(models.Model):
    """Which key file this database belongs to (its fingerprint, not a key)."""

    id = models.SmallIntegerField(primary_key=True)
    fingerprint = models.CharField(max_length=64)


class PersonFile(models.Model):
    """The personal file of one person, by the person's key in the record."""

    person = models.CharField("人员代码", max_length=80, primary_key=True)
    name = models.CharField("姓名", max_length=80, blank=True, default="", db_index=True)
    initials = models.CharField("拼音首字母", max_length=80, blank=True, default="", db_index=True)
    locked_id = models.TextField("身份证号（密文）", blank=True, default="")
    id_index = models.CharField("身份证号（盲索引）", max_length=64, null=True, unique=True)
    masked_id = models.CharField("身份证号（遮盖）", max_length=18, blank=True, default="")
    sex = models.CharField("性别", max_length=4, blank=True, default="")
    birth_date = models.DateField("出生日期", null=True)
    ethnicity = models.CharField("民族", max_length=40, blank=True, default="")
    native_place = models.CharField("籍贯", max_length=80, blank=True, default="")
    political_status = models.CharField("政治面貌", max_length=40, blank=True, default="")
    work_start = models.DateField("参加工作时间", null=True)
    education = models.CharField("学历", max_length=40, blank=True, default="")
    degree = models.CharField("学位", max_length=40, blank=True, default="")
    school = models.CharField("毕业学校", max_length=120, blank=True, default="")
    major = models.CharField("所学专业", max_length=120, blank=True, default="")
    professional_title = models.CharField("职称", max_length=80, blank=True, default="")
    position_type = models.CharField("岗位类别", max_length=40, blank=True, default="")
    personnel_identity = models.CharField("人员身份", max_length=40, blank=True, default="")
    duty_status = models.CharField("人员状态", max_length=40, blank=True, default="")
    # as the roster has it, a code of its tree; the post's own stands in the record (CK-35)
    funding_form = models.CharField("经费形式（名册）", max_length=20, blank=True, default="")
    entry_form = models.CharField("进入形式", max_length=80, blank=True, default="")
    entry_source = models.CharField("进入来源", max_length=120, blank=True, default="")
    remark = models.TextField("备注", blank=True, default="")
    changed_at = models.DateTimeField("最后修改时间")
    changed_by = models.CharField("最后修改人", max_length=80)

    class Meta:
        verbose_name = verbose_name_plural = "人员档案"


class FileChange(models.Model):
    """One field of a personal file that got another value. Rows are only ever added."""

    id = models.BigAutoField(primary_key=True)
    person = models.CharField("人员代码", max_length=80, db_index=True)
    field = models.CharField("栏目", max_length=40)
    before = models.TextField("原值", blank=True, default="")
    after = models.TextField("新值", blank=True, default="")
    at = models.DateTimeField("时间")
    by = models.CharField("经办人", max_length=80)
    source = models.TextField("出处", blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "人员档案修改记录"


FIELDS = {
    field.name: str(field.verbose_name)
    for field in PersonFile._meta.fields
    if field.name
    not in ("person", "initials", "locked_id", "id_index", "masked_id", "changed_at", "changed_by")
}
DATES = ("birth_date", "work_start")
ID_NUMBER = "id_number"
