"""The people of a roster as personal files: what the record does not hold of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bianzhi.office.identity.columns import DATES, TEXTS
from bianzhi.office.identity.keeping import Details
from bianzhi.office.intake.plan.people import Roster
from bianzhi.office.intake.plan.rows import Row


def details(roster: Roster) -> Iterator[Details]:
    """One personal file a person, with the row it comes from."""
    for person, (row, _, _) in roster.placed.items():
        values: dict[str, str | date | None] = {
            field: row.text(column) for field, column in TEXTS.items()
        }
        values |= {field: _date(row, column) for field, column in DATES.items()}
        yield Details(person, values, row.origin)


def _date(row: Row, column: str) -> date | None:
    found = row.values.get(column) or row.values.get(f"{column}_vague")
    return found.value if found is not None and isinstance(found.value, date) else None
