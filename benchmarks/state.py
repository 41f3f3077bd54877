"""States of a nation's size: one unit by index, everything from columns, against DuckDB.

The record is posted once (minutes) and kept where ``--folder`` says, for the next run. Whole
states are computed in new processes. The files were just written and lie in the memory of the
operating system: how long a slow disk would take is not measured.
"""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.common import (
    Line,
    arguments,
    in_new_process,
    open_record,
    percentile,
    show,
    timed,
    workplace,
)
from benchmarks.data import SPAN, START, Office

AREA = 20_000  # units of one area; what one poster keeps in memory holds some areas
ACTS = 50
BATCH = 20_000
SIZES = (
    ("rows", 10_000_000, 20_000, "postings in all"),
    ("units", 1_100_000, 2_000, "units"),
    ("asked", 500, 50, "units whose state is asked for"),
)
DAY, OTHER_DAY = START + SPAN // 2, START + SPAN * 3 // 4


def main() -> None:
    given = arguments(__doc__, *SIZES)
    with workplace(given.folder) as folder:
        record = folder / f"state-{given.rows}-{given.units}.sqlite3"
        if not record.exists():
            fill(record, given.rows, given.units)
        open_record(record)
        lines = one_unit(given.units, given.asked)
        lines += columns(folder)
        ours = json.loads(in_new_process("benchmarks.state_ours", record, DAY, OTHER_DAY)[1])
        duck = json.loads(in_new_process("benchmarks.state_duckdb", folder, DAY, OTHER_DAY)[1])
        assert ours["sums"] == duck["sums"], (ours, duck)
        lines += whole(ours, duck)
        lines.append(Line("file", f"{record.stat().st_size / 2**30:.2f} GB in SQLite"))
    show(f"{given.rows:,} postings, {given.units:,} units", lines)


def fill(path: Path, rows: int, units: int) -> None:
    """Post everything, area by area, into a file that takes its name when it is whole."""
    from bianzhi.record.post import Poster

    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    open_record(part)
    poster = Poster()
    areas = -(-units // AREA)
    for number in range(areas):
        documents = rows // 2 // ACTS // areas
        office = Office(units // areas, documents, f"{number:03}")
        poster.post(list(office.setting_up()))
        step = BATCH // 2 // ACTS
        for first in range(0, documents, step):
            poster.post([office.moving(ACTS) for _ in range(min(step, documents - first))])
    from django.db import connection

    connection.close()
    part.rename(path)


def one_unit(units: int, asked: int) -> list[Line]:
    """The state of units here and there, each from a fresh book."""
    import random

    from bianzhi.core.book import Book
    from bianzhi.core.unit import unit_state
    from bianzhi.record.engine import Engine
    from bianzhi.record.load import head
    from bianzhi.record.source import SqlSource

    chance, engine = random.Random(7), Engine()
    areas = -(-units // AREA)
    keys = [
        f"{chance.randrange(areas):03}U{chance.randrange(units // areas):06}" for _ in range(asked)
    ]

    def state(key: str) -> Any:
        return unit_state(Book(SqlSource(engine, head(engine)[0])), key, DAY)

    lines = []
    # the first time a unit's pages may have to come off the disk, the second time they do not
    for time in ("first asked", "asked again"):
        took = [timed(partial(state, key))[0] * 1000 for key in keys]
        half, most = percentile(took, 0.5), percentile(took, 0.95)
        figures = f"{half:.1f} ms, 95 of 100 within {most:.1f} ms, slowest {max(took):.1f} ms"
        lines.append(Line(f"state of one unit, {time}", figures, aim="5 ms"))
    return lines


def columns(folder: Path) -> list[Line]:
    """Columns made from the database, and the same postings as Parquet for DuckDB."""
    from bianzhi.record.load import rebuild

    took, made = timed(rebuild)
    made.base["postings"].select("account", "day", "delta").write_parquet(
        folder / "postings.parquet"
    )
    accounts = made.base["accounts"].with_row_index("account", offset=1)
    accounts.select("account", "holder", "kind", "funding").write_parquet(
        folder / "accounts.parquet"
    )
    return [Line("columns made from the database (bianzhi rebuild)", f"{took:.1f} s")]


def whole(ours: dict[str, Any], duck: dict[str, Any]) -> list[Line]:
    """The whole state, ours beside DuckDB's sum over the same postings."""

    def beside(what: str, name: str, against: str, aim: str = "") -> Line:
        mine, other = ours[name], duck[against]
        text = f"DuckDB, {against.replace('_', ' ')}: {other:.2f} s"
        return Line(what, f"{mine:.2f} s", text, f"{other / mine:.2f}", aim)

    return [
        beside("whole state, new process: columns read and folded", "cold", "first", "2 s"),
        Line("  of it reading the files", f"{ours['reading']:.2f} s"),
        beside("whole state, another day", "warm", "again_from_Parquet", "0.3 s"),
        beside("whole state, another day", "warm", "again_in_memory", "0.3 s"),
        Line("starting Python and importing", f"{ours['starting']:.2f} s",
             f"DuckDB: {duck['starting']:.2f} s"),
        Line("accounts in it", f"{ours['accounts']:,}"),
        Line("all units with their facts (State.orgs)", f"{ours['orgs']:.2f} s"),
        Line("most memory, accounts only", f"{ours['memory']:,} MB",
             f"DuckDB: {duck['memory']:,} MB"),
        Line("most memory, with State.orgs", f"{ours['memory_orgs']:,} MB"),
    ]  # fmt: skip


if __name__ == "__main__":
    main()
