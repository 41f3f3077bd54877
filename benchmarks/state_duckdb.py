"""The same sums by DuckDB in a process of its own: FOLDER DAY OTHER_DAY. Prints JSON."""

from __future__ import annotations

import json
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

START = time.perf_counter()
SQL = """
    SELECT a.holder, a.kind, a.funding, COALESCE(p.total, 0) AS approved
    FROM {accounts} a LEFT JOIN (
        SELECT account, SUM(delta)::BIGINT AS total FROM {postings}
        WHERE day <= {day} GROUP BY account
    ) p ON p.account = a.account
"""


def main() -> None:
    import duckdb

    from benchmarks.common import peak_megabytes, timed

    folder, day, other_day = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    files = {name: f"'{folder / f'{name}.parquet'}'" for name in ("accounts", "postings")}
    link = duckdb.connect()
    starting = time.perf_counter() - START

    def fold(day: int, **tables: str) -> Any:
        return link.sql(SQL.format(day=day, **tables)).to_arrow_table()

    first, found = timed(lambda: fold(day, **files))
    again = min(timed(lambda: fold(other_day, **files))[0] for _ in range(3))
    memory = peak_megabytes()
    for name, file in files.items():
        link.execute(f"CREATE TABLE {name} AS FROM {file}")
    tables = {name: name for name in files}
    in_memory = min(timed(lambda: fold(other_day, **tables))[0] for _ in range(3))
    link.register("found", found)
    sums = link.execute(
        "SELECT kind, SUM(greatest(approved, 0)) FROM found GROUP BY kind ORDER BY kind"
    ).fetchall()
    print(
        json.dumps(
            {
                "starting": starting,
                "first": first,
                "again_from_Parquet": again,
                "again_in_memory": in_memory,
                "memory": memory,
                "sums": {kind: f"{Decimal(int(total)).scaleb(-4):.4f}" for kind, total in sums},
            }
        )
    )


if __name__ == "__main__":
    main()
