"""A whole state in a process of its own: RECORD DAY OTHER_DAY. Prints what it took as JSON."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

START = time.perf_counter()


def main() -> None:
    import polars as pl

    from benchmarks.common import open_record, peak_megabytes, timed

    record, day, other_day = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    open_record(record)
    from bianzhi.core.state import State
    from bianzhi.record.load import load

    starting = time.perf_counter() - START
    reading, columns = timed(load)
    folding, accounts = timed(lambda: State(columns, day).accounts)
    warm = min(timed(lambda: State(columns, other_day).accounts)[0] for _ in range(3))
    memory = peak_megabytes()
    orgs, _ = timed(lambda: State(columns, day).orgs)
    held = accounts.filter(pl.col("approved") > 0)
    sums = held.group_by("kind").agg(pl.col("approved").sum()).sort("kind")
    print(
        json.dumps(
            {
                "starting": starting,
                "reading": reading,
                "cold": reading + folding,
                "warm": warm,
                "accounts": accounts.height,
                "orgs": orgs,
                "memory": memory,
                "memory_orgs": peak_megabytes(),
                "sums": {kind: str(total) for kind, total in sums.iter_rows()},
            }
        )
    )


if __name__ == "__main__":
    main()
