"""Locks that ran out: a matter nobody decided in time gives its posts back and is handed back."""

from __future__ import annotations

from datetime import datetime

from bianzhi.core.days import day_number
from bianzhi.core.errors import Refusal
from bianzhi.office.cases import stepping
from bianzhi.office.cases.models import Case
from bianzhi.office.cases.use.limits import HOLD, limit


def overdue(today: int) -> list[Case]:
    """Matters whose posts have been locked longer than the office allows."""
    days = limit(HOLD)
    found = []
    for case in Case.objects.filter(holding=True):
        since = stepping.held_since(case)
        if since is not None and since + days < today:
            found.append(case)
    return found


def expire(*, by: str, now: datetime) -> tuple[list[Case], list[tuple[Case, Refusal]]]:
    """Release every overdue lock, each with its matter's own step; one that cannot stops no other.

    Returns:
        The matters handed back, and those that could not be, with the reason.
    """
    today = day_number(stepping.day_of(now))
    done: list[Case] = []
    failed: list[tuple[Case, Refusal]] = []
    for case in overdue(today):
        words = f"锁编已超过 {limit(HOLD)} 天，编制退回；要继续办理请重新报送"
        try:
            done.append(stepping.take(case.pk, case.version, "lapse", by=by, now=now, words=words))
        except Refusal as refusal:
            failed.append((case, refusal))
    return done, failed
