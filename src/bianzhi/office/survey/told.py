"""What the units told in rounds up to now, as the frames the diagnosis and the report read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl
from django.urls import reverse

from bianzhi.office.survey.rounds.content import Row, tables
from bianzhi.office.survey.rounds.models import RETURN, SUBMIT, Step, Version
from bianzhi.rules.diagnosis.told import EXECUTION, OUTSIDE, PROBLEMS, SERVED, WORKLOAD, Told

Line = dict[str, Any]


def told(until: int | None = None) -> Told:
    """The answers handed in (已提交、已接受), by unit and part the newest round that asked for it.

    A sheet sent back for correction does not count until it is handed in again.

    Args:
        until: The last step of a sheet that counts (see :func:`revision`); default all.
    """
    found: dict[str, list[Line]] = {kind: [] for kind in _LINES}
    asked = set[tuple[str, str]]()  # unit and kind of part that a newer round has answered
    for unit, version in answered(until):
        mine = [table for table in tables(version.content) if (unit, table.kind) not in asked]
        for table in mine:
            asked.add((unit, table.kind))
            for row in table.rows if table.kind in _LINES else ():
                head = {"unit": unit, "answer": answer_id(version.pk, table.key, row.id)}
                found[table.kind] += [{**head, **line} for line in _LINES[table.kind](row)]
    return Told(
        workload=pl.DataFrame(found["workload"], schema=WORKLOAD),
        execution=pl.DataFrame(found["duties"], schema=EXECUTION),
        outside=pl.DataFrame(found["outside"], schema=OUTSIDE),
        served=pl.DataFrame(found["served"], schema=SERVED),
        problems=pl.DataFrame(found["problems"], schema=PROBLEMS),
    )


def answered(until: int | None = None) -> Iterator[tuple[str, Version]]:
    """unit, the version handed in last, of every sheet that counts; the newest rounds first."""
    steps = Step.objects.filter(step__in=(SUBMIT, RETURN))
    if until is not None:
        steps = steps.filter(id__lte=until)
    seen = set[int]()
    for step in steps.select_related("version", "sheet").order_by("-sheet__round_id", "-id"):
        if step.sheet_id not in seen:
            seen.add(step.sheet_id)
            if step.version is not None:  # else it was sent back last
                yield step.sheet.unit, step.version


def revision() -> int:
    """Grows whenever :func:`told` may have changed, so that what was made of it is made anew."""
    return Step.objects.order_by("-id").values_list("id", flat=True).first() or 0


def answer_id(version: int, part: str, row: str) -> str:
    """What names one row of one version of a sheet."""
    return f"{version}:{part}:{row}"


def address(answer: str) -> str:
    """The page on which an answer is read in its sheet."""
    return reverse("survey:answer", args=[answer])


def _execution(row: Row) -> Iterator[Line]:
    own = row.id.startswith("+")  # a duty the unit added: the record does not know it
    if row["done"]:
        yield {"duty": "" if own else row.id, "text": row["text"], "done": row["done"],
               "reason": row["reason"]}  # fmt: skip


def _workload(row: Row) -> Iterator[Line]:
    for year, amount in row.years():
        yield {"item": row["item"], "measure": row["measure"], "year": year, "amount": amount}


def _served(row: Row) -> Iterator[Line]:
    for year, amount in row.years():
        yield {"measure": row["measure"], "year": year, "amount": amount}


def _outside(row: Row) -> Iterator[Line]:
    if row["people"]:
        yield {"kind": row.id, "people": float(row["people"])}


def _problems(row: Row) -> Iterator[Line]:
    if row["text"]:
        yield {"kind": row["kind"], "text": row["text"]}


_LINES = {
    "duties": _execution, "workload": _workload, "served": _served, "outside": _outside,
    "problems": _problems,
}  # fmt: skip
