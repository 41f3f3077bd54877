"""What pages of people read of the record: units within reach, a person's posts over time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import polars as pl
from django.http import Http404

from bianzhi.core.folding import known_by
from bianzhi.core.ledger import FIGURES
from bianzhi.office.desk.asking import Asked

OUTSIDE = "范围以外的单位"
SLOTS = {"post": "编制", "leadership": "职数"}


class Step(NamedTuple):
    """One step of a person's way: from a day in a unit's post, or in none.

    ``unit`` is "" where the person left, and where the unit is not the reader's to see; then
    ``place`` says so and there is no paper.
    """

    day: int
    slot: str
    unit: str
    place: str
    kind: str
    figure: str
    no: int
    seen: bool


def need_unit(view: Asked, unit: str) -> str:
    """A unit the user may see; "" for none.

    Raises:
        Http404: It does not exist, or is not the user's to see: which one is not told.
    """
    if unit and (view.words.classes.get(unit) not in ("org", "section", "pool")
                 or not view.may_see(unit)):  # fmt: skip
        raise Http404(f"您的范围内没有代码为“{unit}”的单位")
    return unit


def need_person(view: Asked, person: str) -> dict[str, Any]:
    """A person placed within the user's reach on the day.

    Raises:
        Http404: There is no such person, or none the user may see.
    """
    found = view.state.people.filter(pl.col("key") == person)
    if found.is_empty():
        raise Http404(f"您的范围内没有代码为“{person}”的人员")
    return found.row(0, named=True)


def way(view: Asked, person: str) -> list[Step]:
    """A person's posts and leadership posts over time, in order of days; void changes left out."""
    return list(_steps(view, person))


def _steps(view: Asked, person: str) -> Iterator[Step]:
    columns = view.columns
    number = columns.frame("subjects")["key"].index_of(person)
    if number is None:
        return
    claims = columns.frame("claims").filter(
        (pl.col("subject") == number + 1) & known_by(columns, view.state.known)
    )
    accounts = columns.frame("accounts")
    for row in claims.sort("day", "no", "line").iter_rows(named=True):
        holder = kind = ""
        if row["account"] is not None:
            holder, kind, _ = accounts.select("holder", "kind", "funding").row(row["account"] - 1)
        yield _step(view, row, holder, kind)


def _step(view: Asked, row: dict[str, Any], holder: str, kind: str) -> Step:
    seen = not holder or view.may_see(holder)
    slot = SLOTS.get(row["slot"], row["slot"])
    if not holder:
        left = "下编" if row["slot"] == "post" else "免职"
        return Step(row["day"], slot, "", left, "", "", row["no"], seen=view.state.inside is None)
    figure = FIGURES.get(row["figure"], row["figure"])
    if not seen:
        return Step(row["day"], slot, "", OUTSIDE, "", "", 0, seen=False)
    place = view.words.name(holder)
    return Step(row["day"], slot, holder, place, view.words.kind(kind), figure, row["no"], True)
