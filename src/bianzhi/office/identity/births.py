"""Birth dates of people with the rule of retirement they fall under; the rules need no more."""

from __future__ import annotations

import polars as pl
from django.db.models import Max

from bianzhi.office.identity.models import PersonFile

WORKER = "工勤技能"
SCHEMA = {"person": pl.String, "born": pl.Date, "category": pl.String}


def category(sex: str, position_type: str) -> str | None:
    """Men by the rule for men; women in 工勤技能 posts by that for 50, others by that for 55."""
    if sex == "男":
        return "man"
    if sex == "女":
        return "woman-50" if position_type == WORKER else "woman-55"
    return None


def revision() -> tuple[int, str]:
    """Changes whenever a birth date may have."""
    files = PersonFile.objects.filter(birth_date__isnull=False)
    return files.count(), str(PersonFile.objects.aggregate(last=Max("changed_at"))["last"])


def births() -> pl.DataFrame | None:
    """person, born, category of everybody whose file tells; None where no file does."""
    files = PersonFile.objects.filter(birth_date__isnull=False).values_list(
        "person", "birth_date", "sex", "position_type"
    )
    rows = [(person, born, category(sex, post)) for person, born, sex, post in files.iterator()]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row") if rows else None
