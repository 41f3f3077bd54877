"""The personal file and the columns of the office's roster: read in and handed out by one list."""

from __future__ import annotations

from bianzhi.office.identity.models import ID_NUMBER

# Field of the personal file -> column of the roster.
TEXTS = {
    "name": "person", "sex": "sex", "ethnicity": "nation", "native_place": "native_place",
    "political_status": "party", "education": "education", "degree": "degree", "school": "school",
    "major": "major", "professional_title": "professional_title", "position_type": "post_class",
    "duty_status": "person_status", "funding_form": "funding_form",
    "entry_form": "entry_mode", "entry_source": "entry_source",
    "remark": "note", ID_NUMBER: "id_number",
}  # fmt: skip
DATES = {"birth_date": "birth_date", "work_start": "work_started_on"}
