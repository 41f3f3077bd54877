"""The record in memory: read once, shared by all pages, read again when somebody has posted."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock

from bianzhi.core.columns import Columns
from bianzhi.core.state import State
from bianzhi.office.desk.words import Words
from bianzhi.record.engine import Engine
from bianzhi.record.load import head, load

KEPT = 16  # states kept for one reading of the record; people look at few days at a time


@dataclass
class Held:
    """One reading of the record, and the states people have asked of it."""

    digest: str
    columns: Columns
    words: dict[tuple[int, int, str | None], Words] = field(default_factory=dict)

    def state(self, on: int, known: int, scope: str | None = None) -> Words:
        """The state of a day as known at a change, of everything or of a unit and all below it,
        with its words."""
        found = self.words.get((on, known, scope))
        if found is None:
            found = Words(State(self.columns, on, known, scope))
            if len(self.words) >= KEPT:
                self.words.clear()
            self.words[on, known, scope] = found
        return found


_lock = Lock()
_held: list[Held] = []


def held() -> Held:
    """The record as it stands: the digest of its last change tells whether it is still the same."""
    digest = head(Engine())[1]
    with _lock:
        if not _held or _held[0].digest != digest:
            _held[:] = [Held(digest, load())]
        return _held[0]
