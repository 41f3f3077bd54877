"""Checks at the door: CK-16, 17, 18, 35, 39, 40, sums and cross-footing."""

from __future__ import annotations

from collections.abc import Sequence

from bianzhi.files.intake.checks.documents import check_doc_nos
from bianzhi.files.intake.checks.ledger import check_ledger
from bianzhi.files.intake.checks.people import check_funding, check_identity, check_same_person
from bianzhi.files.intake.checks.sums import check_subtotals
from bianzhi.files.intake.findings import error
from bianzhi.files.intake.shifts import Shift
from bianzhi.files.intake.table import Table


def check_table(table: Table, shift: Shift | None = None) -> None:
    """Every check that one sheet alone allows; findings go to the table.

    Args:
        table: The sheet's columns.
        shift: A shifted block that nobody has agreed to put right: its rows cannot go in.
    """
    _check_must(table)
    check_subtotals(table)
    if table.kind == "ledger":
        check_ledger(table, shift)
    if table.kind == "people":
        check_identity(table)
        check_same_person([table])
    if table.kind in ("documents", "history"):
        check_doc_nos(table)


def check_files(tables: Sequence[Table]) -> None:
    """Checks across sheets and files."""
    people = [table for table in tables if table.kind == "people"]
    if len(people) > 1:
        check_same_person(people, across=True)
    check_funding(people, [table for table in tables if table.kind == "ledger"])


def _check_must(table: Table) -> None:
    """A row without what it is about; where the value was unreadable, that is said already."""
    for field in table.understanding.kind.must:
        column = table.columns.get(field)
        if column is None:
            continue
        for index, value in enumerate(column.values):
            if value is None and index not in column.noted:
                what = f"没有填{column.title}"
                note = error(f"no-{field.replace('_', '-')}", what, "请补填，或删去这一行")
                table.find(index, field, note)
