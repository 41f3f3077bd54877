"""The register in the office's own layouts: the units asked for, as 一览表, 职数表, 内设机构表."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, NamedTuple

from bianzhi.core.state import State
from bianzhi.files.layouts import (
    layout,
    leadership_rows,
    ledger_rows,
    section_rows,
    write_layout,
)
from bianzhi.office.desk.words import Words
from bianzhi.office.ledgers.register import query
from bianzhi.office.ledgers.register.query import Query

MOST = 20_000  # rows of a sheet: an office prints and mails it; a nation is asked for by region


class Official(NamedTuple):
    """One of the office's tables: what the button says, and how a state fills it."""

    button: str
    rows: Callable[[State, Collection[str] | None], list[dict[str, Any]]]


OFFICIAL = {
    "ledger": Official("一览表（56 列）", ledger_rows),
    "leadership": Official("领导职数表", leadership_rows),
    "sections": Official("内设机构表", section_rows),
}


def filled(words: Words, wish: Query, name: str, basis: str) -> bytes:
    """The workbook of a layout with the units a question means, in the order of the office's book.

    Sections have no line of their own in the tables of units: their posts stand with the unit, and
    the table of sections has those of the units asked for.
    """
    found = query.answer(words, wish.units)
    units = set(found.filter(found["cls"] == "org")["key"])
    rows = OFFICIAL[name].rows(words.state, units)
    said = query.said(words, wish)
    asked = f"；范围：{'，'.join(said)}" if said else ""
    return write_layout(layout(name), rows, basis=f"{basis}{asked}")
