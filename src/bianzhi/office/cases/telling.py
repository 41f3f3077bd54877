"""What the rules are told of matters: plans and loans that were issued, how long tickets hold,
which papers there are, the calendar. Read from what was decided, never kept for the rules."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import date
from typing import Any

import polars as pl
from django.db.models import Max
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone

from bianzhi.core.days import day_date, day_number
from bianzhi.core.quantity import UNIT, quantity
from bianzhi.office.cases.deadlines import calendar
from bianzhi.office.cases.flow import ARCHIVED, ISSUED
from bianzhi.office.cases.matters.base import Given
from bianzhi.office.cases.models import Case, CaseStep, Holiday, Number, Ticket
from bianzhi.office.cases.use.refusing import LOAN
from bianzhi.office.cases.use.standing import PLAN
from bianzhi.office.papers.models import KeptText
from bianzhi.rules.beside import frame


def frames() -> dict[str, pl.DataFrame | None]:
    """plans, loans, tickets, papers, calendar; None for those of which nothing is known."""
    rows: dict[str, list[tuple[Any, ...]]] = {
        "plans": list(_plans()),
        "loans": list(_loans()),
        "tickets": list(Ticket.objects.values_list("key", "expires_on")),
        "papers": list(_papers()),
        "calendar": list(calendar().items()),
    }
    return {name: frame(name, given) if given else None for name, given in rows.items()}


def revision() -> Hashable:
    """Another value whenever a frame may be another: steps, tickets and texts are only added."""
    numbers = Number.objects.exclude(void="").count(), _last(Number)
    days = tuple(Holiday.objects.values_list("day", "works"))
    return _last(CaseStep), _last(Ticket), *numbers, KeptText.objects.count(), days


def _last(model: Any) -> int:
    return model.objects.aggregate(last=Max("id"))["last"] or 0


def _issued(type_: str) -> Iterator[tuple[str, Given, int]]:
    """Key, form and the day it took effect of each matter of a type that was issued."""
    found = Case.objects.filter(type=type_, state__in=(ISSUED, ARCHIVED), issued__isnull=False)
    for case in found.annotate(signed=KeyTextTransform("signed_on", "issued__paper")).order_by(
        "id"
    ):
        signed = day_number(date.fromisoformat(case.signed))
        day = signed if case.effective_on is None else case.effective_on
        yield case.key, Given(case.given, case.key), day


def _plans() -> Iterator[tuple[str, str, int, Any, int]]:
    for _, given, day in _issued(PLAN):
        for kind, _form, n in given.posts("posts"):
            yield given.text("org"), kind, int(given.text("year")), quantity(n), day


def _loans() -> Iterator[tuple[str, str, str, Any, int, int]]:
    for key, given, day in _issued(LOAN):
        years = given.number("years") // UNIT
        due = pl.Series([day_date(day)]).dt.offset_by(f"{years}y").item()
        n = quantity(given.number("n"))
        yield key, given.text("org"), given.text("kind"), n, day, day_number(due)


def _papers() -> Iterator[tuple[str, int | None]]:
    for title, at in Number.objects.filter(void="").values_list("title", "at"):
        yield title, day_number(timezone.localtime(at).date())
    for title in KeptText.objects.exclude(title="").values_list("title", flat=True):
        yield title, None
