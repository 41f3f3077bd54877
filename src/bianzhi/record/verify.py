"""Verifying: every change against its digest and the one before it, first bad change named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from bianzhi.core.columns import Entry
from bianzhi.core.digest import START, Head, digest
from bianzhi.core.ledger import COUNTERS
from bianzhi.core.rows import Rows
from bianzhi.record.engine import Engine
from bianzhi.record.load import heads
from bianzhi.record.tables import COLUMNS, READINGS, Damaged, Reading

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
        last = self._last()
        self._counters()
        start = 0
        while start < last and not self.faults:
            self._span(start, min(start + SPAN, last))
            start += SPAN
        if not self.faults:
            self._edges(last)
        for no in sorted(set(self.receipts) - set(range(1, last + 1))):
            self.faults.append(Fault(no, "回执上有这一号变更，台账里没有"))
        return Report(self.read, self.before, tuple(sorted(self.faults)))

    def _last(self) -> int:
        row = self.engine.row("SELECT COALESCE(MAX(no), 0) FROM record_change")
        return int(row[0]) if row else 0

    def _counters(self) -> None:
        found = self.engine.rows(
            "SELECT key, cls, line FROM record_subject WHERE change_no = 0 ORDER BY line"
        )
        if found != [(key, "counter", line) for line, key in enumerate(COUNTERS, 1)]:
            self.faults.append(Fault(0, "对方科目（上级、核销、置换）的登记被改动"))

    def _span(self, start: int, end: int) -> None:
        rows = self._rows(start, end)
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
        expected = start
        for entry in heads(self.engine, condition, values):
            expected += 1
            if self.faults and self.faults[0].no <= expected:
                return
            if entry.no != expected:
                self.faults.append(Fault(expected, f"缺少第 {expected} 号变更"))
                return
            self._change(entry._replace(rows=rows[entry.no]), stored[entry.no], keys)
        if self.progress is not None:
            self.progress(end - start)

    def _rows(self, start: int, end: int) -> dict[int, Rows]:
        rows = {no: Rows() for no in range(start + 1, end + 1)}
        for reading in READINGS:
            try:
                self._table(reading, start, end, rows)
            except Damaged as damage:
                self.faults.append(Fault(damage.no, damage.what))
        self.faults.sort()
        return rows

    def _table(self, reading: Reading, start: int, end: int, rows: dict[int, Rows]) -> None:
        sql = f"{reading.select} WHERE x.change_no > %s AND x.change_no <= %s ORDER BY 1, 2"
        for row in self.engine.stream(sql, [start, end]):
            table: list[Any] = getattr(rows[row[0]], reading.name)
            made = reading.make(row)
            if row[1] != len(table) + 1:
                raise Damaged(row[0], f"{reading.name} 第 {len(table) + 1} 行缺失或错号")
            table.append(made)

    def _change(self, entry: Entry, stored: str, keys: dict[int, str]) -> None:
        head = Head(entry.no, entry.recorded_at, entry.by, entry.kind, entry.note)
        computed = digest(self.before, head, entry.document, entry.rows)
        if computed != stored:
            self.faults.append(
                Fault(entry.no, "内容与入账时的摘要不符：有行被改动、增删，或变更被调换")
            )
        elif entry.document is not None and keys.get(entry.no) != entry.document.key:
            self.faults.append(Fault(entry.no, "文件的查重索引被改动"))
        elif self.receipts.get(entry.no, computed) != computed:
            self.faults.append(Fault(entry.no, "与回执上的摘要不符：这一号之前（含）被整体改写过"))
        self.before = computed
        self.read += 1

    def _edges(self, last: int) -> None:
        """Rows outside the chain, and a tail that is missing."""
        row = self.engine.row("SELECT no, digest FROM record_head WHERE id = 1")
        if row is None and last:
            self.faults.append(Fault(last, "缺少末号登记"))
        elif row is not None and (row[0] != last or row[1] != self.before):
            self.faults.append(Fault(last + 1, f"末号登记是第 {row[0]} 号，台账只到第 {last} 号"))
        self.faults += list(self._strays(last))
        if self.engine.vendor == "sqlite":
            problems = self.engine.rows("PRAGMA integrity_check")
            if problems != [("ok",)]:
                self.faults.append(Fault(last + 1, f"数据库文件损坏：{problems[0][0]}"))

    def _strays(self, last: int) -> Iterator[Fault]:
        for table, columns in COLUMNS.items():
            if "change_no" in columns:
                lowest = 0 if table == "record_subject" else 1
                row = self.engine.row(
                    f"SELECT COUNT(*) FROM {table} WHERE change_no < %s OR change_no > %s",
                    [lowest, last],
                )
                if row and row[0]:
                    yield Fault(last + 1, f"{table} 有 {row[0]} 行不属于任何变更")
