"""Verifying: every change against its digest and the one before it, first bad change named."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import DatabaseError

from bianzhi.core.columns import Entry
from bianzhi.core.digest import START, Head, digest
from bianzhi.core.rows import Rows
from bianzhi.record.edges import counters, edges
from bianzhi.record.engine import Engine
from bianzhi.record.load import heads
from bianzhi.record.tables import READINGS, Damaged, Reading

SPAN = 5_000  # changes read at a time


class Fault(NamedTuple):
    """Something that posting cannot have left: the change it was found at, and what."""

    no: int
    what: str


@dataclass(frozen=True)
class Report:
    """What a verification found.

    Attributes:
        changes: How many changes were read.
        digest: The digest of the last of them: the receipt of the whole record.
        faults: In order of changes; empty when all is well.
    """

    changes: int
    digest: str
    faults: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        """Nothing was found."""
        return not self.faults


def verify(
    using: str = "default",
    *,
    receipts: tuple[tuple[int, str], ...] = (),
    progress: Callable[[int], object] | None = None,
) -> Report:
    """Read the whole record and compare it with what was digested when it was posted.

    Finds any edited, dropped, added or swapped row or change. The chain proves the record whole up
    to its last change; ``receipts`` (number and digest, from posting or from a backup's name)
    prove that it is still the same chain.

    Args:
        using: The database.
        receipts: Changes that must be there with these digests.
        progress: Called with the number of changes read since the last call.
    """
    return _Verifying(Engine(using), dict(receipts), progress).report()


class _Verifying:
    def __init__(
        self, engine: Engine, receipts: dict[int, str], progress: Callable[[int], object] | None
    ) -> None:
        self.engine = engine
        self.receipts = receipts
        self.progress = progress
        self.faults: list[Fault] = []
        self.before = START
        self.read = 0

    def report(self) -> Report:
        try:
            self._record()
        except (DatabaseError, UnicodeDecodeError) as error:
            # SQLite quotes a damaged schema in what it says, and that may be no text at all
            self.faults.append(Fault(self.read + 1, f"读不出来，数据库已损坏：{error}"))
        return Report(self.read, self.before, tuple(sorted(self.faults)))

    def _record(self) -> None:
        last, head = self._ends()
        self._found(counters(self.engine))
        self._chain(last)
        if not self.faults:
            self._head(last, head)
            self._found(edges(self.engine, last))
        lost = (no for no in self.receipts if not 1 <= no <= last)
        self._found((no, "回执上有这一号变更，台账里没有") for no in lost)

    def _found(self, found: Iterable[tuple[int, str]]) -> None:
        self.faults += [Fault(no, what) for no, what in found]

    def _ends(self) -> tuple[int, list[tuple[Any, ...]]]:
        """The last change and the rows of the head, read at one moment: others may be posting."""
        rows = self.engine.rows(
            "SELECT c.last, c.changes, h.id, h.no, h.digest FROM (SELECT "
            "COALESCE(MAX(no), 0) AS last, COUNT(*) AS changes FROM record_change) c "
            "LEFT JOIN record_head h ON 1 = 1"
        )
        last, changes = rows[0][:2]
        # a number that is none (SQLite keeps anything anywhere) leaves a gap, found below
        return last if isinstance(last, int) else changes, [
            row[2:] for row in rows if row[2] is not None
        ]

    def _chain(self, last: int) -> None:
        """Span by span; where something cannot be read, ever shorter ones, to name the change."""
        span = SPAN
        while self.read < last and not self.faults:
            try:
                self._span(self.read, min(self.read + span, last))
            except DatabaseError:
                if span == 1:
                    raise
                span = max(1, span // 8)

    def _span(self, start: int, end: int) -> None:
        rows, damages = self._rows(start, end)
        condition, values = "c.no > %s AND c.no <= %s", [start, end]
        stored = dict(
            self.engine.rows(f"SELECT no, digest FROM record_change c WHERE {condition}", values)
        )
        keys = dict(
            self.engine.rows(
                "SELECT change_no, key FROM record_document "
                "WHERE change_no > %s AND change_no <= %s",
                values,
            )
        )
        entries = {entry.no: entry for entry in heads(self.engine, condition, values)}
        for no in range(start + 1, end + 1):
            if no not in entries:
                self.faults.append(Fault(no, f"缺少第 {no} 号变更"))
            elif damages and damages[0].no <= no:
                self.faults += damages
            else:
                self._change(entries[no]._replace(rows=rows[no]), stored.get(no), keys)
            if self.faults:
                return
        if self.progress is not None:
            self.progress(end - start)

    def _rows(self, start: int, end: int) -> tuple[dict[int, Rows], list[Fault]]:
        rows = {no: Rows() for no in range(start + 1, end + 1)}
        damages = []
        for reading in READINGS:
            try:
                self._table(reading, start, end, rows)
            except Damaged as damage:
                damages.append(Fault(damage.no, damage.what))
        return rows, sorted(damages)

    def _table(self, reading: Reading, start: int, end: int, rows: dict[int, Rows]) -> None:
        sql = f"{reading.select} WHERE x.change_no > %s AND x.change_no <= %s ORDER BY 1, 2"
        stray = False
        with closing(self.engine.stream(sql, [start, end])) as stream:
            for row in stream:
                if row[0] not in rows:  # no whole number, or another than its index says
                    stray = True
                    continue
                table: list[Any] = getattr(rows[row[0]], reading.name)
                if row[1] != len(table) + 1:
                    raise Damaged(row[0], f"{reading.name} 第 {len(table) + 1} 行缺失或错号")
                table.append(reading.make(row))
        if stray:
            raise Damaged(end, f"{reading.name} 有一行不属于任何变更")

    def _change(self, entry: Entry, stored: str | None, keys: dict[int, str]) -> None:
        computed = self._digest(entry)
        if computed is None or computed != stored:
            self.faults.append(
                Fault(entry.no, "内容与入账时的摘要不符：有行被改动、增删，或变更被调换")
            )
            return
        if entry.document is not None and keys.get(entry.no) != entry.document.key:
            self.faults.append(Fault(entry.no, "文件的查重索引被改动"))
        elif self.receipts.get(entry.no, computed) != computed:
            self.faults.append(Fault(entry.no, "与回执上的摘要不符：这一号之前（含）被整体改写过"))
        self.before = computed
        self.read += 1

    def _digest(self, entry: Entry) -> str | None:
        head = Head(entry.no, entry.recorded_at, entry.by, entry.kind, entry.note)
        try:
            return digest(self.before, head, entry.document, entry.rows)
        except TypeError:
            return None  # bytes where the writer puts text: SQLite keeps anything anywhere

    def _head(self, last: int, head: list[tuple[Any, ...]]) -> None:
        """The last change is noted apart, so that a missing tail is noticed."""
        expected = [(1, last, self.before)] if last else []
        if head == expected:
            return
        if not head:
            self.faults.append(Fault(last, "缺少末号登记"))
        elif len(head) > 1 or head[0][1] == last:
            self.faults.append(Fault(last, "末号登记被改动"))
        else:
            what = f"末号登记是第 {head[0][1]} 号，台账只到第 {last} 号"
            self.faults.append(Fault(last + 1, what))
