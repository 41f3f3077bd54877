"""Up to where what people said counts: a report printed earlier stays what it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from bianzhi.office.desk.asking import number_of
from bianzhi.office.survey import told
from bianzhi.office.survey.models import Judgement, ThemeDecision


class Until(NamedTuple):
    """The last judgement of a sign, the last step of a sheet of a survey, and the last decision
    about a theme that count; as in an address."""

    said: int
    told: int
    themed: int


def newest() -> Until:
    """Everything up to now."""
    last = (
        model.objects.order_by("-id").values_list("id", flat=True).first() or 0
        for model in (Judgement, ThemeDecision)
    )
    judged, themed = last
    return Until(judged, told.revision(), themed)


def read(given: Mapping[str, str]) -> Until:
    """What an address says, up to now where it says nothing.

    Raises:
        Refusal: A number that is none.
    """
    now = newest()
    return Until(*(number_of(given.get(name, ""), getattr(now, name)) for name in Until._fields))
