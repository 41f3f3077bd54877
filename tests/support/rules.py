"""A rule asked about a small ledger, as its tests put the question."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from bianzhi.core.days import parse_day
from bianzhi.core.memory import MemoryRecord
from bianzhi.core.state import State
from bianzhi.rules.beside import frame
from bianzhi.rules.catalogue import RULES
from bianzhi.rules.finding import Finding
from bianzhi.rules.material import BIRTHS, SERVED, Material
from bianzhi.rules.pack import Entry, Exemption, Origin, Scope
from bianzhi.rules.parameters import read_into
from bianzhi.rules.running import Outcome, run
from tests.support.ledger import ledger

DAY = "2022-01-01"
ORIGIN = Origin(title="测县机构编制规定", doc_no="测编发〔2020〕1号", grade="V")


def state(text: str, day: str = DAY, known: int | None = None) -> State:
    """The state of a small ledger on a day."""
    record = MemoryRecord()
    record.post(*ledger(text))
    return State(record.columns(), parse_day(day), known)


def entry(
    code: str, parameters: dict[str, Any] | None = None, *, scope: Scope = Scope(),  # noqa: B008
    exemptions: tuple[Exemption, ...] = (), severity: str = "warn", name: str = "",
) -> Entry:  # fmt: skip
    """An entry as a pack would give it: the parameters as TOML has them."""
    rule = RULES[code]
    return Entry(
        rule=rule, name=name, title=rule.title, origin=ORIGIN, severity=severity, enabled=True,
        parameters=read_into(rule.parameters, parameters or {}, {}), scope=scope,
        exemptions=exemptions, pack="test",
    )  # fmt: skip


def outcome(
    text: str, code: str, parameters: dict[str, Any] | None = None, *, day: str = DAY,
    known: int | None = None, births: list[tuple[str, str, str]] | None = None,
    served: list[tuple[str, str, float]] | None = None,
    beside: dict[str, list[tuple[Any, ...]]] | None = None, **more: Any,
) -> Outcome:  # fmt: skip
    """What a rule gives; it must not break."""
    born = served_frame = None
    if births is not None:
        rows = [(person, date.fromisoformat(day), category) for person, day, category in births]
        born = pl.DataFrame(rows, schema=BIRTHS, orient="row")
    if served is not None:
        served_frame = pl.DataFrame(served, schema=SERVED, orient="row")
    at = state(text, day, known)
    rest = besides(beside or {})
    looked = Material(at, born, served_frame, beside=rest)
    made = run(looked, [entry(code, parameters, **more)], at.on)
    assert made.crashes == ()
    assert made.skipped == ()
    return made


def besides(rows: dict[str, list[tuple[Any, ...]]]) -> dict[str, pl.DataFrame]:
    """What is known beside a state: rows by the name of the frame, days as texts."""
    return {
        name: frame(name, [tuple(map(_day, row)) for row in given]) for name, given in rows.items()
    }


def _day(cell: Any) -> Any:
    is_day = isinstance(cell, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", cell)
    return parse_day(cell) if is_day else cell


def findings(
    text: str, code: str, parameters: dict[str, Any] | None = None, **more: Any
) -> list[Finding]:
    """The findings of a rule on a small ledger."""
    return list(outcome(text, code, parameters, **more).findings())


def told(text: str, code: str, parameters: dict[str, Any] | None = None, **more: Any) -> list[Any]:
    """(unit, about, found, limit) of each finding, numbers as plain decimals."""
    return [
        (each.unit, each.about, _plain(each.found), _plain(each.limit))
        for each in findings(text, code, parameters, **more)
    ]


def _plain(value: Decimal | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)
