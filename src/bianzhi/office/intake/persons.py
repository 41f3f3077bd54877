"""The people of a roster as personal files: what the record does not hold of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bianzhi.office.identity.keeping import Details
from bianzhi.office.identity.models import ID_NUMBER
from bianzhi.office.intake.plan.people import Roster
from bianzhi.office.intake.plan.rows import Row

# Field of the personal file -> column of the roster.
TEXTS = {
    "name": "person", "sex": "sex", "ethnicity": "nation", "native_place": "native_place",
    "political_status": "party", "education": "education", "degree": "degree", "school": "school",
    "major": "major", "professional_title": "professional_title", "position_type": "post_class",
    "duty_status": "person_status", "entry_form": "entry_mode", "entry_source": "entry_source",
    "remark": "note", ID_NUMBER: "id_number",
}  # fmt: skip
DATES = {"birth_date": "birth_date", "work_start": "work_started_on"}


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
