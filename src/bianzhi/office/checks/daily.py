"""The look of every day, kept by itself: deadlines, what went away, what is back, the trend.

Whatever process of the server is first keeps it; a row that can be there only once a day is the
lock. On a day on which nothing ran there is none: ``bianzhi check --keep`` from a timer does it.
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError
from django.utils import timezone

from bianzhi.core.days import day_number
from bianzhi.office.checks import following
from bianzhi.office.checks.judging import judged
from bianzhi.office.checks.models import Round
from bianzhi.office.desk.held import held

ITSELF = "系统"  # who kept it


def look(now: datetime | None = None) -> Round | None:
    """Keep today's look if it has not been kept by itself yet; None where there is nothing to do.

    Args:
        now: The moment; that of the clock if not given.
    """
    day = timezone.localtime(now).date()
    if Round.objects.filter(daily=day).exists():
        return None
    record = held()
    if not record.columns.head:
        return None
    # judged before the row is taken: nobody waits for a lock while rules run
    outcome = judged(record.state(day_number(day), record.columns.head))
    try:
        return following.keep(outcome, ITSELF, daily=True)
    except IntegrityError:  # another process was quicker, and has kept the same
        return None


def last() -> Round | None:
    """The look that was kept last."""
    return Round.objects.last()
