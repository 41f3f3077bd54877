"""Personal files as a frame beside the people of a state; read again when one has changed."""

from __future__ import annotations

from threading import Lock

import polars as pl
from django.db.models import Max

from bianzhi.office.identity.models import FileChange, PersonFile

SCHEMA = {
    "key": pl.String, "sex": pl.String, "birth_date": pl.Date, "ethnicity": pl.String,
    "political_status": pl.String, "work_start": pl.Date, "education": pl.String,
    "degree": pl.String, "professional_title": pl.String, "position_type": pl.String,
    "personnel_identity": pl.String, "duty_status": pl.String, "funding_form": pl.String,
    "masked_id": pl.String,
}  # fmt: skip

_lock = Lock()
_kept: list[tuple[tuple[object, ...], pl.DataFrame]] = []


def personal_files() -> pl.DataFrame:
    """One row a personal file, by ``SCHEMA``; nothing that opens an ID number."""
    mark = (
        PersonFile.objects.count(),
        FileChange.objects.aggregate(last=Max("id"))["last"],
        PersonFile.objects.aggregate(last=Max("changed_at"))["last"],
    )
    with _lock:
        if _kept and _kept[0][0] == mark:
            return _kept[0][1]
    names = ["person", *list(SCHEMA)[1:]]
    rows = list(PersonFile.objects.order_by("person").values_list(*names))
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    with _lock:
        _kept[:] = [(mark, frame)]
    return frame
