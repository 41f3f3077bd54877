"""Rows as planning takes them, and whole districts as an office hands them over."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bianzhi.core.days import parse_day
from bianzhi.core.memory import MemoryRecord
from bianzhi.office.intake.plan.planning import Basis, Plan, plan
from bianzhi.office.intake.plan.rows import Given, Row, Value
from bianzhi.sample.folder import write_folder
from bianzhi.sample.make import make_world
from bianzhi.sample.truth import truth

DAY = "2020-12-31"


def person_key(number: str) -> str:
    """A key that hides nothing: for tests of planning alone."""
    return f"rn-{number}"


def rows(kind: str, *lines: dict[str, Any]) -> list[Row]:
    """Rows of a table; each value stands in the cell named after its field."""
    return [
        Row(
            kind, f"{kind}.xlsx!表!{at}",
            {name: Value(value, f"{kind}.xlsx!表!{name}{at}") for name, value in line.items()},
        )
        for at, line in enumerate(lines, start=2)
    ]  # fmt: skip


def event(day: str, doc_no: str, name: str, what: str, **more: Any) -> dict[str, Any]:
    """A line of a 沿革表."""
    told = {"doc_date": day, "doc_no": doc_no, "name": name, "event": what, "doc_title": what}
    return {key: value for key, value in {**told, **more}.items() if value != ""}


def planned(record: MemoryRecord, decisions: Any = None, **tables: list[Row]) -> Plan:
    """The plan of some tables on a record."""
    return planned_with(record, Given(tables, parse_day(DAY)), decisions)


def planned_with(record: MemoryRecord, given: Given, decisions: Any = None) -> Plan:
    """The plan of tables and papers on a record."""
    basis = Basis(record, record.columns(), person_key, "测试")
    return plan(given, decisions or {}, basis)


def codes(found: Plan) -> list[str]:
    """The codes of what planning found."""
    return [each.code for each in found.findings]


def handed_over(folder: Path, units: int, seed: int, mess: int = 2) -> dict[str, Any]:
    """Write a district's folder; its truth."""
    world = make_world(units=units, seed=seed, mess=mess)
    handed = write_folder(world, folder)
    found: dict[str, Any] = json.loads(json.dumps(truth(world, handed)))
    return found
