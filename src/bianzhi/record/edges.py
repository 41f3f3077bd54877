"""What a digest cannot cover: rows outside every change, numbers given out, the file itself.

Each question is one statement, so what is posted meanwhile is either wholly in it or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator

from bianzhi.core.ledger import COUNTERS
from bianzhi.record.engine import Engine
from bianzhi.record.tables import COLUMNS

Found = Iterator[tuple[int, str]]  # change number, what is wrong

_LATER = "x.change_no > (SELECT COALESCE(MAX(no), 0) FROM record_change)"
# lines are counted when a change is read, so only what lies outside all changes is left to find
_OUTSIDE = f"x.change_no < 1 OR {_LATER}"
_STRAY = {
    "record_subject": f"x.change_no < 0 OR {_LATER}",
    "record_document": "NOT EXISTS (SELECT 1 FROM record_change c WHERE c.no = x.change_no)",
}


def edges(engine: Engine, last: int) -> Found:
    """Everything wrong beside a chain that is whole up to change ``last``."""
    yield from _strays(engine, last)
    yield from _subject_numbers(engine)
    yield from _account_numbers(engine, last)
    if engine.vendor == "sqlite":
        yield from _half_truths(engine)
        problems = engine.rows("PRAGMA integrity_check")
        if problems != [("ok",)]:
            yield last + 1, f"数据库文件损坏：{problems[0][0]}"


def counters(engine: Engine) -> Found:
    """The holders of the counter-accounts come first and stay as they are."""
    found = engine.rows(
        "SELECT id, key, cls, line FROM record_subject WHERE change_no = 0 ORDER BY line"
    )
    if found != [(line, key, "counter", line) for line, key in enumerate(COUNTERS, 1)]:
        yield 0, "对方科目（上级、核销、置换）的登记被改动"


def _strays(engine: Engine, last: int) -> Found:
    """Rows of no change; a number may be no whole one, as SQLite keeps anything anywhere."""
    row = engine.row("SELECT COUNT(*) - COALESCE(MAX(no), 0) FROM record_change")
    if row and row[0]:
        yield last + 1, "变更号不是从 1 起逐一相连"
    for table, columns in COLUMNS.items():
        if "change_no" in columns:
            row = engine.row(f"SELECT COUNT(*) FROM {table} x WHERE {_STRAY.get(table, _OUTSIDE)}")
            if row and row[0]:
                yield last + 1, f"{table} 有 {row[0]} 行不属于任何变更"


def _subject_numbers(engine: Engine) -> Found:
    """Subjects are numbered from 1 without gap, in the order in which they were entered."""
    row = engine.row(
        "SELECT MIN(change_no) FROM (SELECT id, change_no, "
        "ROW_NUMBER() OVER (ORDER BY change_no, line) AS place FROM record_subject) x "
        "WHERE id <> place"
    )
    if row and row[0] is not None:
        yield row[0], "事物的内部编号被改动"


def _account_numbers(engine: Engine, last: int) -> Found:
    """Accounts are numbered from 1 without gap, and each was used by some change."""
    row = engine.row("SELECT COUNT(*), MIN(id), MAX(id) FROM record_account")
    if row and row[0] and row != (row[0], 1, row[0]):
        yield last + 1, "账户的内部编号有缺或被改动"
    row = engine.row(
        "SELECT COUNT(*) FROM record_account a "
        "WHERE NOT EXISTS (SELECT 1 FROM record_posting p WHERE p.account_id = a.id) "
        "AND NOT EXISTS (SELECT 1 FROM record_claim c WHERE c.account_id = a.id)"
    )
    if row and row[0]:
        yield last + 1, f"有 {row[0]} 个账户不属于任何变更"


def _half_truths(engine: Engine) -> Found:
    """SQLite keeps any number in a yes-or-no column, and it is read as one of the two."""
    row = engine.row("SELECT MIN(change_no) FROM record_assertion WHERE at_change NOT IN (0, 1)")
    if row and row[0] is not None:
        yield row[0], "核对数的 at_change 既非是也非否"
