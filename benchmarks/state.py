"""How long a state takes: one unit by index, the whole record from columns, against DuckDB.

Fills a record with made-up postings and units by bulk (10 million postings would take minutes to
post), then measures, each against DuckDB summing the same postings from Parquet in the same run.
The operating system's file cache cannot be emptied from here: "cold" is a new process.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.common import (
    Line,
    arguments,
    best,
    in_new_process,
    open_record,
    peak_megabytes,
    percentile,
    show,
    timed,
    workplace,
)
from bianzhi.core.columns import SCHEMAS, Columns, empty
from bianzhi.core.ledger import COUNTERS

FIRST_DAY, DAYS = 14_610, 5_000  # from 2010-01-01
POSTINGS_A_CHANGE = 100
TRANSFERS = ("XZ", "SY", "SZ")
COLD = "cold"


def frames(postings: int, units: int) -> dict[str, pl.DataFrame]:
    """A made-up record as columns: units under departments, each with three accounts."""
    changes = postings // POSTINGS_A_CHANGE
    made = {name: empty(name) for name in SCHEMAS}
    keys = [*COUNTERS, *(f"U{number:07}" for number in range(units))]
    made["subjects"] = pl.DataFrame(
        {"key": keys, "cls": ["counter"] * 3 + ["org"] * units, "no": 1}, schema=SCHEMAS["subjects"]
    )
    holder = pl.int_range(3 * units, eager=True) % units + 4
    kind = pl.Series(TRANSFERS).gather(pl.int_range(3 * units, eager=True) // units)
    made["accounts"] = pl.DataFrame(
        {"holder_id": holder, "holder": pl.Series(keys).gather(holder - 1), "kind": kind,
         "funding": [""] * (3 * units)},
        schema=SCHEMAS["accounts"],
    )  # fmt: skip
    made["changes"] = _changes(changes)
    made["facts"] = _facts(units)
    made["postings"] = _postings(postings, 3 * units)
    return made


def _changes(count: int) -> pl.DataFrame:
    no = pl.int_range(1, count + 1, eager=True)
    return pl.select(
        no=no, recorded_at=pl.lit("2026-01-01"), by=pl.lit(""), kind=pl.lit("regular"),
        note=pl.lit(""), doc_no=pl.format("甲编发〔2020〕{}号", no), title=pl.lit("批复"),
        issuer=pl.lit("甲编办"), doc_date=_day_of(no, count), effective_on=_day_of(no, count),
        clause=pl.lit(""),
    ).cast(SCHEMAS["changes"])  # type: ignore[arg-type]  # fmt: skip


def _day_of(no: pl.Series, count: int) -> pl.Series:
    return FIRST_DAY + no * DAYS // max(count, 1)


def _facts(units: int) -> pl.DataFrame:
    subject = pl.int_range(4, units + 4, eager=True)
    parts = []
    for offset, (field, value) in enumerate(
        (("status", pl.lit("active")), ("name", pl.format("第{}号单位", subject)),
         ("rank", pl.lit("6F")), ("parent", pl.lit(None, pl.String)))
    ):  # fmt: skip
        ref = (subject % 1000 + 4) if field == "parent" else pl.lit(None, pl.Int64)
        parts.append(
            pl.select(
                no=pl.lit(1), line=subject - 3 + offset * units, act=pl.lit(1),
                verb=pl.lit("设立"), source=pl.lit(""), subject=subject, field=pl.lit(field),
                value=value, ref=ref, day=pl.lit(FIRST_DAY),
            ).cast(SCHEMAS["facts"])  # type: ignore[arg-type]
        )  # fmt: skip
    return pl.concat(parts)


def _postings(count: int, accounts: int) -> pl.DataFrame:
    row = pl.int_range(count, eager=True)
    account = (row.cast(pl.UInt64) * 2_654_435_761 % accounts).cast(pl.Int64) + 1
    no = row // POSTINGS_A_CHANGE + 1
    return pl.select(
        no=no, line=row % POSTINGS_A_CHANGE + 1, act=row % POSTINGS_A_CHANGE // 2 + 1,
        verb=pl.lit("划转"), source=pl.lit(""), account=account,
        delta=(row % 2 * 2 - 1) * 10_000, day=_day_of(no, count // POSTINGS_A_CHANGE),
    ).cast(SCHEMAS["postings"])  # type: ignore[arg-type]  # fmt: skip


def fill(path: Path, made: dict[str, pl.DataFrame]) -> None:
    """Write the frames into the tables; the index is made once at the end."""
    with sqlite3.connect(path) as link:
        link.execute("PRAGMA synchronous=OFF")
        indexes = link.execute(
            "SELECT name, sql FROM sqlite_master WHERE type='index' AND sql IS NOT NULL "
            "AND tbl_name IN ('record_posting', 'record_fact')"
        ).fetchall()
        for name, _ in indexes:
            link.execute(f'DROP INDEX "{name}"')
        for statement, rows in _tables(made):
            link.executemany(statement, rows)
        for _, sql in indexes:
            link.execute(sql)
        last = made["changes"].height
        link.execute("INSERT INTO record_head VALUES (1, ?, 'x')", [last])
    link.close()


def _tables(made: dict[str, pl.DataFrame]) -> Iterator[tuple[str, Iterator[tuple[Any, ...]]]]:
    changes = made["changes"]
    yield (
        'INSERT INTO record_change (no, recorded_at, "by", kind, note, digest) '
        "VALUES (?,?,?,?,?,'x')",
        changes.select("no", "recorded_at", "by", "kind", "note").iter_rows(),
    )
    subjects = made["subjects"].with_row_index("id", offset=1).slice(3)
    yield (
        "INSERT INTO record_subject (id, key, cls, change_no, line) VALUES (?,?,?,1,?)",
        subjects.select("id", "key", "cls", line="id").iter_rows(),
    )
    accounts = made["accounts"].with_row_index("id", offset=1)
    yield (
        "INSERT INTO record_account (id, holder_id, kind, funding) VALUES (?,?,?,?)",
        accounts.select("id", "holder_id", "kind", "funding").iter_rows(),
    )
    yield (
        "INSERT INTO record_fact (change_no, line, act, verb, source, subject_id, field, value, "
        "ref, day) VALUES (?,?,?,?,?,?,?,?,?,?)",
        made["facts"].iter_rows(),
    )
    yield (
        "INSERT INTO record_posting (change_no, line, act, verb, source, account_id, delta, day) "
        "VALUES (?,?,?,?,?,?,?,?)",
        made["postings"].iter_rows(),
    )


def build(folder: Path, postings: int, units: int) -> None:
    """The record, its columns in the cache, and the postings as Parquet."""
    from bianzhi.record.cache import Cache
    from bianzhi.record.engine import Engine

    made = frames(postings, units)
    fill(folder.resolve() / "record.sqlite3", made)
    Cache(Engine()).write(Columns.of(made["changes"].height, made))
    columns = ("account", "no", "day", "delta")
    made["postings"].select(columns).write_parquet(folder / "postings.parquet")


def cold(folder: Path) -> None:
    """In a process of its own: columns from the cache, then states; prints what it measured."""
    open_record(folder / "record.sqlite3")
    from bianzhi.core.state import State
    from bianzhi.record.cache import Cache
    from bianzhi.record.engine import Engine

    start = time.perf_counter()
    columns = Cache(Engine()).read()
    if columns is None:
        sys.exit("没有缓存")
    accounts = State(columns, FIRST_DAY + DAYS // 2).accounts
    measured = {"cold": time.perf_counter() - start}
    other = iter(range(1, 100))

    def warm() -> pl.DataFrame:
        return State(columns, FIRST_DAY + DAYS // 2 + next(other)).accounts

    measured["warm"] = best(warm, 5)
    measured["orgs"] = best(lambda: State(columns, FIRST_DAY + DAYS // 2 + next(other)).orgs, 2)
    measured["sum"] = float(accounts["approved"].sum())
    measured["megabytes"] = peak_megabytes()
    print(json.dumps(measured))


def duckdb_cold(folder: Path) -> None:
    """In a process of its own: the same sum by DuckDB over Parquet, then again."""
    import duckdb

    start = time.perf_counter()
    link = duckdb.connect()

    def sums(day: int) -> Any:
        return link.execute(
            f"SELECT account, SUM(delta) FROM '{folder / 'postings.parquet'}' "
            f"WHERE day <= {day} AND no <= 1000000000 GROUP BY account"
        ).fetchnumpy()

    sums(FIRST_DAY + DAYS // 2)
    measured = {"cold": time.perf_counter() - start}
    other = iter(range(1, 100))
    measured["warm"] = best(lambda: sums(FIRST_DAY + DAYS // 2 + next(other)), 5)
    measured["megabytes"] = peak_megabytes()
    print(json.dumps(measured))


def unit_times(units: int, rounds: int) -> list[float]:
    """Seconds for the state of single units, each from a fresh book."""
    from bianzhi.core.book import Book
    from bianzhi.core.unit import unit_state
    from bianzhi.record.engine import Engine
    from bianzhi.record.load import head
    from bianzhi.record.source import SqlSource

    chance = random.Random(1)
    engine = Engine()
    measured = []
    for _ in range(rounds):
        # the first thousand units have a thousand others under them: an office's own departments
        unit = f"U{chance.randrange(1000, units):07}"
        start = time.perf_counter()
        unit_state(Book(SqlSource(engine, head(engine)[0])), unit, FIRST_DAY + DAYS)
        measured.append(time.perf_counter() - start)
    return measured


def main() -> None:
    """Fill, measure, print."""
    given = arguments(
        __doc__,
        ("postings", 10_000_000, 100_000, "postings"),
        ("units", 1_100_000, 11_000, "units"),
    )
    with workplace(given.folder) as folder:
        path = folder.resolve() / "record.sqlite3"
        open_record(path)
        filling, _ = timed(partial(build, folder, given.postings, given.units))
        units = unit_times(given.units, 500)
        ours = json.loads(in_new_process("benchmarks.state", COLD, folder.resolve())[1])
        theirs = json.loads(in_new_process("benchmarks.state", "duckdb", folder.resolve())[1])
        size = os.path.getsize(path) // 2**20
    show(
        f"State: {given.postings:,} postings, {given.units:,} units "
        f"(filled in {filling:.0f} s, {size:,} MB)",
        [
            Line("one unit, median", f"{percentile(units, 0.5) * 1000:.2f} ms", aim="≤ 5 ms"),
            Line("one unit, 95th percentile", f"{percentile(units, 0.95) * 1000:.2f} ms",
                 aim="≤ 5 ms"),
            Line("all accounts, cold columns", f"{ours['cold']:.2f} s",
                 f"DuckDB over Parquet {theirs['cold']:.2f} s",
                 f"{theirs['cold'] / ours['cold']:.2f}", "≤ 2 s"),
            Line("all accounts, warm, another day", f"{ours['warm']:.2f} s",
                 f"DuckDB over Parquet {theirs['warm']:.2f} s",
                 f"{theirs['warm'] / ours['warm']:.2f}", "≤ 0.3 s"),
            Line("all units with their fields, warm", f"{ours['orgs']:.2f} s"),
            Line("peak memory", f"{ours['megabytes']:,} MB", f"DuckDB {theirs['megabytes']:,} MB"),
        ],
    )  # fmt: skip


if __name__ == "__main__":
    if sys.argv[1:2] == [COLD]:
        cold(Path(sys.argv[2]))
    elif sys.argv[1:2] == ["duckdb"]:
        duckdb_cold(Path(sys.argv[2]))
    else:
        main()
