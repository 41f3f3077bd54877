"""Checks on rosters: CK-16 the same person twice, CK-17 identity, CK-35 funding."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bianzhi.files.intake.findings import error, warn
from bianzhi.files.intake.identity import born, sex_of
from bianzhi.files.intake.lists import titles
from bianzhi.files.intake.table import Column, Table

_VAGUE = ("month-only", "ambiguous-month")


def check_identity(table: Table) -> None:
    """CK-17: birth date and sex against the identity number; a missing number is said too."""
    numbers = table.columns.get("id_number")
    if numbers is None:
        return
    births, sexes = table.columns.get("birth_date"), table.columns.get("sex")
    for index, number in enumerate(numbers.values):
        if number is None:
            if index not in numbers.noted:
                what, do = "没有身份证号，无法核对是否重复", "请补填"
                table.find(index, "id_number", warn("no-id", what, do, "CK-17"))
            continue
        if births is not None and births.values[index] is not None:
            _check_birth(table, births, index, born(number))
        said = sexes.values[index] if sexes is not None else None
        if said is not None and said != (sex := sex_of(number)):
            what = f"性别写的是{said}，身份证号为{sex}"
            table.find(index, "sex", error("sex-differs", what, "请按证件核对", "CK-17"))


def _check_birth(table: Table, births: Column, index: int, by_number: date | None) -> None:
    said = births.values[index]
    if by_number is None or said == by_number:
        return
    noted = births.noted.get(index)
    if noted is not None:
        if births.has_note(index, "year-only") and said.year == by_number.year:
            return
        if (
            births.has_note(index, *_VAGUE)
            and said.year == by_number.year
            and (said.month == by_number.month or births.has_note(index, "ambiguous-month"))
        ):
            return
    what = f"出生日期写的是 {said}，身份证号里是 {by_number}"
    do = "请核对；档案认定与证件不一致的，请在备注注明"
    table.find(index, "birth_date", warn("birth-differs", what, do, "CK-17"))


def check_same_person(tables: Sequence[Table], *, across: bool = False) -> None:
    """CK-16: one identity number on two rows that hold a post.

    Args:
        tables: Rosters.
        across: Only pairs from different tables (those within one were found before).
    """
    first: dict[str, tuple[int, int]] = {}
    for at, table in enumerate(tables):
        left = table.values("left_on")
        reasons = table.values("exit_reason")
        for index, number in enumerate(table.values("id_number")):
            if number is None or left[index] is not None or reasons[index] is not None:
                continue
            place = first.setdefault(number, (at, index))
            if place == (at, index) or (place[0] == at) == across:
                continue
            other = tables[place[0]].cell(place[1], "id_number")
            what = f"同一身份证号已在 {other} 出现"
            do = "一人只能占一个编制：请删去一处，或写明另一处已出编"
            table.find(index, "id_number", error("same-person", what, do, "CK-16"))


def check_funding(people: Sequence[Table], ledgers: Sequence[Table]) -> None:
    """CK-35: a person's funding form unlike that of the unit in the ledger at hand."""
    forms: dict[str, str] = {}
    for table in ledgers:
        for name, form in zip(table.values("name"), table.values("funding_form"), strict=True):
            if name and form:
                forms.setdefault(name, form)
    if not forms:
        return
    names = titles("funding_form")
    for table in people:
        orgs, own = table.values("org"), table.values("funding_form")
        for index, (org, form) in enumerate(zip(orgs, own, strict=True)):
            if form is None or (of_unit := forms.get(org)) is None or form == of_unit:
                continue
            what = f"人员经费为{names[form]}，{org}在一览表中为{names[of_unit]}"
            do = "请核对人员的编制经费形式"
            table.find(index, "funding_form", warn("funding-differs", what, do, "CK-35"))
