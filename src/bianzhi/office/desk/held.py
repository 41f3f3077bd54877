"""The record in memory: read once, shared by all pages, grown by what somebody posted since."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock

from bianzhi.core.columns import Columns
from bianzhi.core.state import State
from bianzhi.office.desk.kept import Kept
from bianzhi.office.desk.words import Words
from bianzhi.record.engine import Engine
from bianzhi.record.load import entries, head, load

KEPT = 16  # states kept for one reading of the record; people look at few days at a time
KEPT_ROWS = 40_000_000  # … and at fewer where the record is large: rows of the record times states
TAIL = 200_000  # rows posted since the bulk was sorted, beyond which it is sorted anew


@dataclass
class Held:
    """One reading of the record, and the states people have asked of it.

    Attributes:
        digest: Digest of its last change.
        columns: The record.
        shared: What is the same on every day, such as the index of names.
    """

    digest: str
    columns: Columns
    shared: Kept = field(default_factory=Kept)

    def __post_init__(self) -> None:
        rows = max(1, sum(frame.height for frame in self.columns.base.values()))
        self.words = Kept(max(2, min(KEPT, KEPT_ROWS // rows)))

    def state(self, on: int, known: int, scope: str | None = None) -> Words:
        """The state of a day as known at a change, of everything or of a unit and all below it,
        with its words."""
        return self.words.get(
            (on, known, scope), lambda: Words(State(self.columns, on, known, scope), self.shared)
        )


_lock = Lock()
_held: list[Held] = []


def held() -> Held:
    """The record as it stands: the digest of its last change tells whether it is still the same."""
    engine = Engine()
    digest = head(engine)[1]
    with _lock:
        if not _held or _held[0].digest != digest:
            _held[:] = [_grown(engine, digest) or Held(digest, load())]
        return _held[0]


def _grown(engine: Engine, digest: str) -> Held | None:
    """The reading at hand with the changes posted since; None where it is none of this record."""
    if not _held or not _held[0].digest:
        return None
    old = _held[0]
    last = old.columns.head
    row = engine.row("SELECT digest FROM record_change WHERE no = %s", [last])
    newest = engine.row("SELECT no FROM record_change WHERE digest = %s", [digest])
    if row is None or row[0] != old.digest or newest is None:
        return None
    columns = old.columns.extended(list(entries(engine, last, int(newest[0]))))
    return Held(digest, columns.compacted() if columns.tail_rows > TAIL else columns)
