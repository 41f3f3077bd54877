"""The roll as the office's own 实名制人员名册, so that it can be read in again without a change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from bianzhi.core.state import State
from bianzhi.files.layouts import layout, write_layout
from bianzhi.office.identity.columns import DATES, TEXTS
from bianzhi.office.identity.models import ID_NUMBER, PersonFile
from bianzhi.office.people.whole import whole_numbers

# 人员分类 by the leadership post held, its rank aside.
CLASSES = {"LD1": "单位正职", "LD2": "单位副职", "LN1": "内设正职", "LN2": "内设副职"}
_FILED = {**{field: column for field, column in TEXTS.items() if field != ID_NUMBER}, **DATES}


def roster(state: State, people: pl.DataFrame, basis: str) -> tuple[str, bytes]:
    """Title and workbook of the people of a roll who are in a post, with whole ID numbers.

    Whoever calls has asked for the right to open numbers and logged the reason.

    Args:
        state: The state the roll is of.
        people: Rows of ``roll``.
        basis: 口径, written above the headings.
    """
    placed = people.filter(pl.col("holder").is_not_null())
    shape = layout("people")
    return shape.title, write_layout(shape, _rows(state, placed), basis=basis)


def _rows(state: State, people: pl.DataFrame) -> list[dict[str, Any]]:
    orgs = {row["key"]: row for row in state.orgs.iter_rows(named=True)}
    files = {row["person"]: row for row in PersonFile.objects.values("person", *_FILED)}
    numbers = whole_numbers(people["key"])
    kinds, fundings = _names(state, "quota_kind"), _names(state, "funding_form")
    found = []
    for at, (number, person) in enumerate(
        zip(numbers, people.iter_rows(named=True), strict=True), start=1
    ):
        unit = orgs.get(person["holder"], {})
        row = _filed(files.get(person["key"], {}))
        row |= {"seq": at, "id_number": number, "org": unit.get("name")}
        row["person"] = person["name"] or row.get("person")
        row["supervisor"] = orgs.get(unit.get("supervisor") or "", {}).get("name")
        if person["works_at"] and person["works_at"] != person["holder"]:
            row["works_at"] = orgs.get(person["works_at"], {}).get("name")
        row["quota_kind"] = kinds.get(person["kind"], person["kind"])
        row["funding_form"] = fundings.get(row.get("funding_form", ""))
        row["person_class"] = CLASSES.get((person["leads_as"] or "").partition("@")[0])
        row["title"] = person["title"]
        if (leads := orgs.get(person["leads"] or "")) and leads["cls"] == "section":
            row["section"] = leads["name"]
        found.append(row)
    return found


def _filed(file: Mapping[str, Any]) -> dict[str, Any]:
    return {column: file[field] for field, column in _FILED.items() if file.get(field)}


def _names(state: State, tree: str) -> dict[str, str]:
    return {code.code: code.name for code in state.tree(tree)}
