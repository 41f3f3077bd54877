"""How a unit stands when it asks to use posts: what the rules of use look at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from bianzhi.core.columns import Columns
from bianzhi.core.days import day_date, day_number
from bianzhi.core.ledger import ACTUAL
from bianzhi.core.quantity import UNIT, parse_quantity
from bianzhi.core.state import State
from bianzhi.office.cases.deadlines import due_after
from bianzhi.office.cases.flow import ARCHIVED, HOLDING, ISSUED
from bianzhi.office.cases.models import Case
from bianzhi.office.cases.use.limits import WRITE_OFF, limit
from bianzhi.office.cases.use.tickets import CREATED, USED, tickets
from bianzhi.office.desk.words import Words
from bianzhi.office.identity.models import PersonFile
from bianzhi.office.identity.retiring import with_retirement

PLAN, REQUEST = "use_plan", "use_request"
LATER = "延迟"  # a 人员状态 that says the retirement was put off


@dataclass(frozen=True)
class Standing:
    """A unit on a day.

    Attributes:
        columns: The record.
        unit: Key of the unit.
        today: The day.
        own: Number of the matter itself: it does not count against itself; 0 for none.
    """

    columns: Columns
    unit: str
    today: int
    own: int = 0

    @cached_property
    def state(self) -> State:
        """Everything on the day."""
        return State(self.columns, self.today)

    @cached_property
    def words(self) -> Words:
        """Names of the day."""
        return Words(self.state)

    @property
    def name(self) -> str:
        """The unit's name."""
        return self.words.name(self.unit)

    @property
    def year(self) -> int:
        """The year of the day."""
        return day_date(self.today).year

    @cached_property
    def holders(self) -> list[str]:
        """The unit and its sections."""
        inner = self.state.orgs.filter(
            (pl.col("cls") == "section") & (pl.col("parent") == self.unit)
        )
        return [self.unit, *inner["key"]]

    def figures(self, kind: str) -> dict[str, Any]:
        """approved, actual, pending, reserved of a kind, unit and sections together."""
        rows = self.state.figures("holder", "kind").filter(
            pl.col("holder").is_in(self.holders) & (pl.col("kind") == kind)
        )
        names = ("approved", "actual", "pending", "reserved")
        return {name: rows[name].sum() for name in names}

    # -- people ------------------------------------------------------------------------------

    @cached_property
    def retiring(self) -> pl.DataFrame:
        """The people in posts whose month of retirement is known: kind, ``retires``, and
        ``late``, whether the retirement was put off."""
        people = self.state.people.filter(
            pl.col("holder").is_in(self.holders) & (pl.col("figure") == ACTUAL)
        ).select("key", "name", "kind")
        fields = ("person", "birth_date", "sex", "position_type", "duty_status")
        files = PersonFile.objects.filter(person__in=people["key"].to_list()).values_list(*fields)
        schema = {"key": pl.String, "birth_date": pl.Date, "sex": pl.String,
                  "position_type": pl.String, "duty_status": pl.String}  # fmt: skip
        frame = pl.DataFrame(list(files), schema=schema, orient="row")
        return with_retirement(people.join(frame, on="key"))

    def leavers(self, kind: str, until: date) -> int:
        """How many of a kind reach the statutory month by a day, those overdue included."""
        rows = self.retiring
        return rows.filter((pl.col("kind") == kind) & (pl.col("retires") <= until)).height

    def overdue(self) -> list[tuple[str, date]]:
        """People still in a post although the limit for writing them off is over: name, month."""
        days = limit(WRITE_OFF)
        rows = self.retiring.filter(~pl.col("duty_status").str.contains(LATER))
        months = dict.fromkeys(rows["retires"])
        over = {month for month in months
                if due_after(_last_of(month), days) < self.today}  # fmt: skip
        return [(name, month) for name, month in rows.select("name", "retires").iter_rows()
                if month in over]  # fmt: skip

    # -- the year's plan -----------------------------------------------------------------------

    def planned(self, kind: str, year: int) -> int | None:
        """How many posts of a kind the plans of a year have; None where there is no plan."""
        found = Case.objects.filter(
            type=PLAN, state__in=(ISSUED, ARCHIVED), given__org=self.unit,
            given__year=str(year),
        )  # fmt: skip
        plans = [each.given.get("posts") or () for each in found]
        return _sum(kind, (line for lines in plans for line in lines)) if plans else None

    def promised(self, kind: str, year: int) -> int:
        """How many of a year's plans are not used yet."""
        return max((self.planned(kind, year) or 0) - self.used(kind, year), 0)

    def used(self, kind: str, year: int) -> int:
        """How many of a year's plan are used: tickets that wait or were used, and requests that
        are under way."""
        start = f"N{year}"
        given_out: int = UNIT * sum(
            each.unit in self.holders and each.kind == kind and each.state in (CREATED, USED)
            for each in tickets(self.columns) if each.key.startswith(start)
        )  # fmt: skip
        under_way = Case.objects.filter(
            type=REQUEST, state__in=HOLDING, given__org=self.unit, given__kind=kind
        ).exclude(pk=self.own)
        asked = sum(parse_quantity(each.approved or each.given["n"]) for each in under_way)
        return given_out + asked


def _sum(kind: str, lines: Iterable[Any]) -> int:
    return sum(parse_quantity(n) for each, _, n in lines if each == kind)


def _last_of(month: date) -> int:
    """The last day of a month."""
    after = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return day_number(after) - 1
