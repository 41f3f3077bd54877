"""Notes: what a row says beyond the facts and balances that the register has a place for.

The register reads a post's title from its name, its grade from the kind of its balance, and so
on. Whatever the published row says differently (an FTE that is no number, an odd spelling) or in
addition (salary, occupational group) stays in the holder's note, as JSON, so that the row can be
given back word for word.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any, TypeVar

from bianzhi.files.organograms.rows import JuniorPosts, Row, SeniorPost, plain

R = TypeVar("R", SeniorPost, JuniorPosts)  # a row of one kind or the other
Read = Mapping[str, str]


def read_common(*, title: str, unit: str, grade: str, amount: Decimal, body: Read) -> Read:
    """What the register says of any row; a holder without posts does not show a grade."""
    return {
        "title": title,
        "unit": unit,
        "grade": grade if amount else "",
        "fte": plain(amount),
        **body,
    }


def note_of(row: Row, read: Read) -> str:
    """What the row says and the register does not, "" if nothing."""
    said = {name: getattr(row, name) for name in _names(type(row))}
    more = {name: text for name, text in said.items() if text != read.get(name, "")}
    return _json(more)


def body_note(department: str) -> str:
    """The note of a body: the department over it, which is a name here and no holder."""
    return _json({"department": department} if department else {})


def row_of(row_type: type[R], read: Read, note: str) -> R:
    """The published row: what the register says, corrected by the note."""
    said: dict[str, Any] = {**dict.fromkeys(_names(row_type), ""), **read, **read_note(note)}
    return row_type(**said)


def read_note(note: str) -> dict[str, str]:
    """The entries of a note."""
    entries: dict[str, str] = json.loads(note) if note else {}
    return entries


def _names(row_type: type[Row]) -> list[str]:
    return [each.name for each in fields(row_type) if each.compare]


def _json(entries: Mapping[str, str]) -> str:
    if not entries:
        return ""
    return json.dumps(entries, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
