"""Making the diagnosis of today ready, so that nobody waits for the first look."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from bianzhi.core.days import day_number
from bianzhi.office.desk.held import held
from bianzhi.office.survey.diagnosed import diagnosed

MOST = 1_000  # orgs and sections: of a city it takes seconds, too long to repeat after every change


def warm(now: datetime | None = None) -> None:
    """The diagnosis of today, where the area is small enough; nothing where it is there already.

    Args:
        now: The moment; that of the clock if not given.
    """
    record = held()
    if not record.columns.head:
        return
    words = record.state(day_number(timezone.localtime(now).date()), record.columns.head)
    if words.state.orgs.height <= MOST:
        diagnosed(words)
