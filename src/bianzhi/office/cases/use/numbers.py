"""用编号码: ``N``, the year, five digits; counted without gaps, unique by the database."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from django.db import connection
from django.db.models import Max

from bianzhi.core.days import day_number, parse_day
from bianzhi.core.errors import Refusal
from bianzhi.office.cases.matters.base import Given
from bianzhi.office.cases.models import Case, Ticket
from bianzhi.office.cases.use.limits import TICKET, limit
from bianzhi.record.engine import Engine

LOCK = 0x6E_62  # the advisory lock of whoever takes numbers
LAST = 99_999


def number(year: int, seq: int) -> str:
    """A number as it is written.

    >>> number(2026, 7)
    'N202600007'
    """
    return f"N{year}{seq:05d}"


def foreseen(given: Given, count: int, signed_on: date) -> Given:
    """The form with the numbers that would be next; none is taken."""
    if not count:
        return given
    first = following(signed_on.year)
    numbers = tuple(number(signed_on.year, first + place) for place in range(count))
    return replace(given, tickets=numbers, until=_until(given, signed_on))


def take(case: Case, given: Given, count: int, signed_on: date) -> Given:
    """The form with the next numbers, written down. In the transaction of the paper that gives
    them out: taken back with it, so that no gap is left.

    Raises:
        Refusal: The last day of the tickets is over before they are given out, or the year has no
            numbers left.
        RuntimeError: Not in a transaction.
    """
    if not count:
        return given
    if not connection.in_atomic_block:
        raise RuntimeError("numbers are taken in the transaction of the paper that gives them out")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    made = foreseen(given, count, signed_on)
    until = made.until or 0
    if until < day_number(signed_on):
        raise Refusal.of("already-over", "有效期在印发以前就过了", "请退回补正有效期",
                         field="expires_on")  # fmt: skip
    first = following(signed_on.year)
    if first + count - 1 > LAST:
        raise Refusal.of("no-numbers", f"{signed_on.year} 年的用编号码用完了", "请核对印发日期")
    Ticket.objects.bulk_create(
        Ticket(key=key, year=signed_on.year, seq=first + place, case=case, expires_on=until,
               entry_form=given.text("entry_form")[:40])
        for place, key in enumerate(made.tickets)
    )  # fmt: skip
    return made


def following(year: int) -> int:
    """The number that is next in a year; numbers brought in with an older ledger count too."""
    own = Ticket.objects.filter(year=year).aggregate(last=Max("seq"))["last"] or 0
    sql = "SELECT key FROM record_subject WHERE cls = %s AND key >= %s AND key <= %s"
    rows = Engine().rows(sql, ["ticket", number(year, 0), number(year, LAST)])
    brought = [int(key[5:]) for (key,) in rows if re.fullmatch(rf"N{year}\d{{5}}", key)]
    return max(own, *brought, 0) + 1


def _until(given: Given, signed_on: date) -> int:
    """The last day on which the tickets can be used."""
    if written := given.text("expires_on"):
        return parse_day(written)
    return day_number(signed_on) + limit(TICKET)
