"""Posting into SQLite with every promise on, against what SQLite itself can take.

(a) batches through ``Poster.post``, against a plain ``executemany`` of the very same rows into a
    copy of the same file (same tables, indexes, triggers, WAL, synchronous=FULL): the limit;
(b) the same from an exchange file: reading and posting;
(c) one change a call, each safe on the disk before the next, against the disk's own pace.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.common import Line, arguments, copy_record, open_record, show, timed, workplace
from benchmarks.data import Office
from bianzhi.core.changes import Draft
from bianzhi.core.exchange import read_drafts, write_drafts
from bianzhi.site.database import database

BATCH = 20_000  # postings in a batch
SIZES = (
    ("rows", 1_000_000, 20_000, "postings in all"),
    ("units", 20_000, 500, "units they lie in"),
    ("acts", 50, 50, "acts in a document, two postings each"),
    ("singles", 2_000, 100, "changes posted one by one"),
)
Batches = list[tuple[str, list[tuple[Any, ...]]]]  # (table, rows) in the order of entry


def main() -> None:
    given = arguments(__doc__, *SIZES)
    with workplace(given.folder) as folder:
        office = Office(given.units, given.rows // given.acts // 2)
        empty = set_up(folder / "empty.sqlite3", office)
        lines = batched(folder, empty, office, given.rows, given.acts)
        lines += from_file(folder, empty, given)
        lines += singly(folder, empty, given)
    show(f"{given.rows:,} postings, {given.units:,} units, documents of {given.acts} acts", lines)


def set_up(path: Path, office: Office) -> Path:
    """A record with the units and pools only."""
    from bianzhi.record.post import Poster

    path.unlink(missing_ok=True)
    open_record(path)
    Poster().post(list(office.setting_up()))
    return path


def another(units: int, documents: int) -> Office:
    """One that stands where the empty record stands."""
    office = Office(units, documents)
    list(office.setting_up())
    return office


def batches(office: Office, rows: int, acts: int) -> Iterator[list[Draft]]:
    """Documents of so many acts, in batches of BATCH postings."""
    documents = rows // 2 // acts
    a_batch = max(1, BATCH // 2 // acts)
    for first in range(0, documents, a_batch):
        yield [office.moving(acts) for _ in range(min(a_batch, documents - first))]


# -- (a) batches ------------------------------------------------------------------------------


def batched(folder: Path, empty: Path, office: Office, rows: int, acts: int) -> list[Line]:
    """Batch by batch, ours and the limit in turns, so that a busy moment hits both."""
    from bianzhi.record.post import Poster

    ours, plain = folder / "ours.sqlite3", folder / "plain.sqlite3"
    copy_record(empty, ours)
    copy_record(empty, plain)
    open_record(ours)
    poster, limit = Poster(), connect(plain)
    took = took_plain = 0.0
    accounts = size(plain, "record_account")
    for drafts in batches(office, rows, acts):
        seconds, receipts = timed(partial(poster.post, drafts))
        took += seconds
        stored = stored_rows(ours, receipts[0].no, receipts[-1].no, accounts)
        accounts += sum(len(found) for table, found in stored if table == "record_account")
        took_plain += timed(partial(insert, limit, stored))[0]
    limit.close()
    for table in ("record_posting", "record_account", "record_document"):
        assert size(ours, table) == size(plain, table)
    return [
        Line(
            "(a) batches, all promises on",
            f"{rows / took:,.0f} postings/s",
            f"plain executemany of the same rows: {rows / took_plain:,.0f}/s",
            f"{took_plain / took:.2f}",
            "100,000/s; 0.5",
        )
    ]


def connect(path: Path) -> sqlite3.Connection:
    """Opened as the record opens it."""
    link = sqlite3.connect(path, isolation_level=None)
    link.executescript(database(f"sqlite:///{path}")["OPTIONS"]["init_command"])
    return link


def stored_rows(path: Path, first: int, last: int, accounts: int) -> Batches:
    """What the record holds of some changes, as entered; so many accounts were there before."""
    with sqlite3.connect(path) as link:
        found = [
            (table, link.execute(f"SELECT * FROM {table} WHERE {where} ORDER BY rowid").fetchall())
            for table, where in (
                ("record_change", f"no BETWEEN {first} AND {last}"),
                ("record_document", f"change_no BETWEEN {first} AND {last}"),
                ("record_account", f"id > {accounts}"),
                ("record_posting", f"change_no BETWEEN {first} AND {last}"),
            )
        ]
    link.close()
    return [(table, rows) for table, rows in found if rows]


def insert(link: sqlite3.Connection, batch: Batches) -> None:
    """One transaction of plain inserts."""
    link.execute("BEGIN IMMEDIATE")
    for table, rows in batch:
        marks = ",".join("?" * len(rows[0]))
        link.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
    link.execute("COMMIT")


def size(path: Path, table: str) -> int:
    """The rows of a table."""
    with sqlite3.connect(path) as link:
        found = link.execute(f"SELECT COUNT(*) FROM {table}").fetchone()
    link.close()
    return int(found[0])


# -- (b) from a file --------------------------------------------------------------------------


def from_file(folder: Path, empty: Path, given: Any) -> list[Line]:
    """An exchange file with some of the postings, read and posted."""
    from bianzhi.record.post import Poster

    rows = min(given.rows, 200_000)
    office = another(given.units, rows // given.acts // 2)
    drafts = [draft for batch in batches(office, rows, given.acts) for draft in batch]
    path, record = folder / "exchange.jsonl", folder / "from_file.sqlite3"
    path.write_text("".join(f"{line}\n" for line in write_drafts(drafts)), encoding="utf-8")
    copy_record(empty, record)
    open_record(record)
    with path.open(encoding="utf-8") as lines:
        reading, read = timed(lambda: read_drafts(lines, path.name))
    posting, _ = timed(lambda: Poster().post(read))
    whole = reading + posting
    return [
        Line("(b) from a file: reading", f"{rows / reading:,.0f} postings/s"),
        Line("(b) from a file: posting, one batch", f"{rows / posting:,.0f} postings/s"),
        Line("(b) from a file: both", f"{rows / whole:,.0f} postings/s"),
    ]


# -- (c) one by one ---------------------------------------------------------------------------


def singly(folder: Path, empty: Path, given: Any) -> list[Line]:
    """One small change a call, against commits and fsyncs of the same disk."""
    from bianzhi.record.post import Poster

    changes: int = given.singles
    office = another(given.units, changes)
    ours, plain = folder / "singly.sqlite3", folder / "singly-plain.sqlite3"
    copy_record(empty, ours)
    copy_record(empty, plain)
    open_record(ours)
    poster, drafts = Poster(), [office.moving(1) for _ in range(changes)]
    took, receipts = timed(lambda: [poster.post([draft])[0] for draft in drafts])
    rates = {
        "plain commits of the same rows": same_commits(plain, ours, [each.no for each in receipts]),
        "plain commits of one row": plain_commits(folder / "commits.sqlite3", changes),
        "os.fsync of an append": appends(folder / "appended", changes),
    }
    own = changes / took
    return [
        Line("(c) one change a call", f"{own:,.0f} changes/s", f"{what}: {rate:,.0f}/s",
             f"{own / rate:.2f}", "near it")
        for what, rate in rates.items()
    ]  # fmt: skip


def same_commits(path: Path, posted: Path, numbers: list[int]) -> float:
    """Commits a second of the very same rows, new accounts left out."""
    every = size(posted, "record_account")
    batches = [stored_rows(posted, no, no, every) for no in numbers]
    link = connect(path)
    took = sum(timed(partial(insert, link, batch))[0] for batch in batches)
    link.close()
    return len(numbers) / took


def plain_commits(path: Path, times: int) -> float:
    """Commits a second of a bare table with one row each."""
    path.unlink(missing_ok=True)
    link = connect(path)
    link.execute("CREATE TABLE row (no INTEGER PRIMARY KEY, text TEXT)")
    values = [(number, "x" * 100) for number in range(times)]
    took = timed(lambda: each(link.execute, "INSERT INTO row VALUES (?, ?)", values))[0]
    link.close()
    return times / took


def each(execute: Callable[..., Any], sql: str, values: Sequence[Any]) -> None:
    """One statement, and so one commit, a value."""
    for value in values:
        execute(sql, value)


def appends(path: Path, times: int) -> float:
    """Appends of a page a second, each forced to the disk."""
    with path.open("wb", buffering=0) as file:

        def work() -> None:
            for _ in range(times):
                file.write(b"x" * 4096)
                os.fsync(file.fileno())

        return times / timed(work)[0]


if __name__ == "__main__":
    main()
