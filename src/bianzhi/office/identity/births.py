"""Birth dates of people with the rule of retirement they fall under, and their kind of post; the
rules need no more."""

from __future__ import annotations

import polars as pl
from django.db.models import Max

from bianzhi.office.identity.models import PersonFile
from bianzhi.rules.beside import frame

WORKER = "工勤技能"


def category(sex: str, position_type: str) -> str | None:
    """Men by the rule for men; women in 工勤技能 posts by that for 50, others by that for 55."""
    if sex == "男":
        return "man"
    if sex == "女":
        return "woman-50" if position_type == WORKER else "woman-55"
    return None


def revision() -> tuple[int, str]:
    """Changes whenever a birth date or a kind of post may have."""
    files = PersonFile.objects.filter(birth_date__isnull=False)
    return files.count(), str(PersonFile.objects.aggregate(last=Max("changed_at"))["last"])


def births() -> pl.DataFrame | None:
    """person, born, category of everybody whose file tells; None where no file does."""
    files = PersonFile.objects.filter(birth_date__isnull=False).values_list(
        "person", "birth_date", "sex", "position_type"
    )
    rows = [(person, born, category(sex, post)) for person, born, sex, post in files.iterator()]
    return frame("births", rows) if rows else None


def positions() -> pl.DataFrame | None:
    """person, position of everybody whose file tells; None where no file does."""
    files = PersonFile.objects.exclude(position_type="").values_list("person", "position_type")
    rows = list(files.iterator())
    return frame("positions", rows) if rows else None
