"""Making ready what the first person of a day would wait for."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from bianzhi.core.days import day_number
from bianzhi.office.checks.judging import judged
from bianzhi.office.desk.held import held
from bianzhi.office.desk.words import Words
from bianzhi.office.ledgers.cockpit import cockpit
from bianzhi.office.ledgers.register import query
from bianzhi.office.ledgers.register.names import names
from bianzhi.office.ledgers.register.query import FACETS, Query

AHEAD = timedelta(minutes=30)  # so long before midnight tomorrow is made ready


def warm(now: datetime | None = None) -> None:
    """The record in memory, with what the first page, the register and a search of today are made
    of, shortly before midnight also of tomorrow; little to do where it is all there.

    Args:
        now: The moment; that of the clock if not given.
    """
    moment = timezone.localtime(now)
    for day in sorted({moment.date(), (moment + AHEAD).date()}):
        record = held()
        if record.columns.head:
            _make(record.state(day_number(day), record.columns.head))


def _make(words: Words) -> None:
    cockpit(words)
    judged(words)
    names(words)
    words.name("")
    query.summed(words, Query())
    for facet in FACETS:
        query.options(words, facet)
