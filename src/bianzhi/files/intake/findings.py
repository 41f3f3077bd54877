"""Findings of intake: what is wrong with a value or a row, where, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from bianzhi.files.workbook import Cell

ERROR, WARN = "error", "warn"
DIRTY = "CK-40"  # 数据质量


class Note(NamedTuple):
    """A remark on one raw value, before it is known where the value stands.

    ``kind`` is a stable word for scripts and tests: "text-date", "unknown-value" …
    """

    kind: str
    severity: str
    what: str
    do: str
    code: str = DIRTY


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found at the door.

    Attributes:
        code: The check: CK-16, CK-17, CK-18, CK-35, CK-39, CK-40.
        kind: What exactly, a stable word.
        severity: ``error``: the row cannot go in; ``warn``: it can, somebody should look.
        what: The sentence for people.
        do: What to do about it.
        cell: Where it stands.
        field: The field, "" for the row as a whole.
    """

    code: str
    kind: str
    severity: str
    what: str
    do: str
    cell: Cell
    field: str = ""

    def __str__(self) -> str:
        advice = f" → {self.do}" if self.do else ""
        return f"{self.cell}　{self.what}{advice}"


def warn(kind: str, what: str, do: str, code: str = DIRTY) -> Note:
    """A note that does not keep the row out."""
    return Note(kind, WARN, what, do, code)


def error(kind: str, what: str, do: str, code: str = DIRTY) -> Note:
    """A note that keeps the row out."""
    return Note(kind, ERROR, what, do, code)
