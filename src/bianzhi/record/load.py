"""Loading: the record as columns — all of it (from a cache that is never truth), or one unit's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

import polars as pl

from bianzhi.core.columns import SCHEMAS, Columns, Entry, empty
from bianzhi.core.documents import Document
from bianzhi.core.errors import Refusal, cause
from bianzhi.core.rows import Rows
from bianzhi.record.cache import Cache
from bianzhi.record.engine import Engine
from bianzhi.record.tables import READINGS, collect

WORTH_CACHING = 200_000  # rows: below this, reading the database is quick enough
CHUNK = 250_000
Progress = Callable[[int], object]

_ROW = "change_no AS no, line, act, verb, source"
_SELECT = {
    "subjects": "key, cls, change_no FROM record_subject WHERE change_no <= %s ORDER BY id",
    "accounts": "a.holder_id, s.key, a.kind, a.funding FROM record_account a "
    "JOIN record_subject s ON s.id = a.holder_id ORDER BY a.id",
    "changes": "c.no, c.recorded_at, c.by, c.kind, c.note, d.doc_no, d.title, d.issuer, "
    "d.doc_date, d.effective_on, d.clause FROM record_change c "
    "LEFT JOIN record_document d ON d.change_no = c.no WHERE c.no <= %s",
    "facts": f"{_ROW}, subject_id, field, value, ref, day FROM record_fact WHERE change_no <= %s",
    "postings": f"{_ROW}, account_id, delta, day FROM record_posting WHERE change_no <= %s",
    "claims": f"{_ROW}, subject_id, slot, account_id, figure, amount, day FROM record_claim "
    "WHERE change_no <= %s",
    "links": f"{_ROW}, before_id, after_id, day FROM record_link WHERE change_no <= %s",
    "assertions": f"{_ROW}, scope, holder_id, kind, funding, figure, expected, tolerance, day, "
    "at_change FROM record_assertion WHERE change_no <= %s",
    "amendments": f"{_ROW}, target, target_line FROM record_amendment WHERE change_no <= %s",
}


def head(engine: Engine) -> tuple[int, str]:
    """Number and digest of the last change; (0, "") for an empty record."""
    row = engine.row("SELECT no, digest FROM record_change ORDER BY no DESC LIMIT 1")
    return (row[0], row[1]) if row else (0, "")


def known_change(engine: Engine, no: int | None) -> int:
    """The change up to which to read: ``no``, or the last one where none is given.

    Raises:
        Refusal: There is no such change.
    """
    last, _ = head(engine)
    if no is None:
        return last
    if not 0 <= no <= last:
        raise Refusal.of("unknown-change", f"没有第 {no} 号变更，最后一号是 {last}", "请核对 known")
    return no


def load(using: str = "default", progress: Progress | None = None) -> Columns:
    """All rows of the record as columns, up to its last change.

    A large record is kept in Arrow files under ``CACHE_DIR`` and only what was posted since is
    read from the database; the files are checked against the digest of the change they end at
    and made anew when missing or stale.
    """
    engine = Engine(using)
    last, _ = head(engine)
    cache = Cache(engine)
    columns = cache.read() or Columns.start()
    if last - columns.head > 0 and _rows_since(engine, columns.head) > WORTH_CACHING:
        columns = read_all(engine, last, progress)
        with suppress(OSError, pl.exceptions.PolarsError):  # it costs time, next time, not truth
            cache.write(columns)
    return columns.extended(list(entries(engine, columns.head, last)))


def rebuild(using: str = "default", progress: Progress | None = None) -> Columns:
    """Make the cache anew from the database, whatever its size.

    Raises:
        Refusal: It cannot be written.
    """
    engine = Engine(using)
    cache = Cache(engine)
    columns = read_all(engine, head(engine)[0], progress)
    try:
        cache.write(columns)
    except OSError as error:
        raise Refusal.of(
            "cannot-write", f"写不了 {cache.folder}：{cause(error)}", "请检查文件夹和磁盘"
        ) from error
    return columns


def _rows_since(engine: Engine, no: int) -> int:
    counts = (
        engine.row(f"SELECT COUNT(*) FROM {table} WHERE change_no > %s", [no])
        for table in ("record_posting", "record_fact", "record_claim")
    )
    return sum(int(count[0]) for count in counts if count)


def read_all(engine: Engine, last: int, progress: Progress | None = None) -> Columns:
    """Every row up to change ``last``, sorted into columns."""
    frames = {}
    for name, sql in _SELECT.items():
        values = [last] if "%s" in sql else []
        rows = engine.stream(f"SELECT {sql}", values)
        frames[name] = _frame(name, rows, progress)
    # accounts are numbered by first use: those of changes posted since this began come last
    used = pl.concat([frames[name]["account"] for name in ("postings", "claims")]).max()
    frames["accounts"] = frames["accounts"].head(used or 0)  # type: ignore[arg-type]
    return Columns.of(last, frames)


def _frame(name: str, rows: Iterator[Any], progress: Progress | None) -> pl.DataFrame:
    parts = [empty(name)]
    while chunk := list(islice(rows, CHUNK)):
        parts.append(pl.DataFrame(chunk, schema=SCHEMAS[name], orient="row"))
        if progress is not None:
            progress(len(chunk))
    return pl.concat(parts)


def entries(engine: Engine, after: int, last: int) -> Iterator[Entry]:
    """The changes after one number up to another, with their rows."""
    if after >= last:
        return
    rows = {no: Rows() for no in range(after + 1, last + 1)}
    for reading in READINGS:
        sql = f"{reading.select} WHERE x.change_no > %s AND x.change_no <= %s ORDER BY 1, 2"
        found = collect(iter(engine.rows(sql, [after, last])), reading)
        for no, _, row in found:
            getattr(rows[no], reading.name).append(row)
    for head_row in heads(engine, "c.no > %s AND c.no <= %s", [after, last]):
        yield head_row._replace(rows=rows[head_row.no])


def heads(engine: Engine, condition: str, values: list[Any]) -> Iterator[Entry]:
    """Changes with their documents, their rows left empty."""
    for no, recorded_at, by, kind, note, *paper in engine.rows(
        "SELECT c.no, c.recorded_at, c.by, c.kind, c.note, d.title, d.doc_no, d.issuer, "
        "d.doc_date, d.effective_on, d.clause, d.file_digest FROM record_change c "
        f"LEFT JOIN record_document d ON d.change_no = c.no WHERE {condition} ORDER BY c.no",
        values,
    ):
        document = None if paper[0] is None else Document(*paper)
        yield Entry(no, recorded_at, by, kind, note, document, Rows())
