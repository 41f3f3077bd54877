"""Making a city as files, and a nation straight into the record.

(a) a city's folder of workbooks and documents with its truth, in a process of its own;
(b) a nation's bodies, posts and people, region by region through ``Poster``: acts a second, and
    whether the last tenth goes as fast as the first.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

from benchmarks.common import (
    Line,
    arguments,
    open_record,
    peak_megabytes,
    show,
    timed,
    workplace,
)

SIZES = (
    ("units", 3_000, 60, "institutions of the city"),
    ("bodies", 110_000, 800, "bodies of the nation"),
    ("people", 3_000_000, 4_000, "people of the nation"),
)
CITY_SECONDS = 60
PROGRAM = (sys.executable, "-c", "from bianzhi.site.cli import main; main()")
NATION = 1_100_000 + 30_000_000  # bodies and people of the whole


def main() -> None:
    given = arguments(__doc__, *SIZES)
    with workplace(given.folder) as folder:
        lines = [city(folder, given.units), *nation(folder, given.bodies, given.people)]
    show(f"a city of {given.units:,} institutions; a nation of {given.bodies:,} bodies", lines)


def city(folder: Path, units: int) -> Line:
    """The whole command, from cold."""
    command = [*PROGRAM, "sample", str(folder / "city"), "--units", str(units), "--json"]
    seconds, ran = timed(partial(subprocess.run, command, check=True, stdout=subprocess.PIPE))
    files = json.loads(ran.stdout)["files"]
    size = sum((folder / "city" / path).stat().st_size for path in files)
    return Line(
        "(a) a city's files", f"{seconds:.1f} s", f"{len(files)} files, {size / 1e6:.0f} MB",
        aim=f"{CITY_SECONDS} s",
    )  # fmt: skip


def nation(folder: Path, units: int, people: int) -> list[Line]:
    """Post it, noting when each region was in."""
    path = folder / "nation.sqlite3"
    path.unlink(missing_ok=True)
    open_record(path)
    from bianzhi.sample.nation import post_nation

    clock = [time.perf_counter()]
    made = post_nation(units, people, 1, lambda _: clock.append(time.perf_counter()))
    seconds = clock[-1] - clock[0]
    tenth = max(1, (len(clock) - 1) // 10)
    first, last = clock[tenth] - clock[0], clock[-1] - clock[-1 - tenth]
    rate = made.rows / seconds
    size = sum(each.stat().st_size for each in folder.glob("nation.sqlite3*"))
    whole = NATION / (made.units + made.people)
    return [
        Line(
            "(b) a nation, posted", f"{rate:,.0f} acts/s",
            f"{made.units:,} bodies, {made.people:,} people in {seconds:,.0f} s",
        ),
        Line("    the last tenth of it", f"{last:,.1f} s", f"first tenth {first:,.1f} s",
             f"{first / last:.2f}"),
        Line("    on disk", f"{size / 1e6:,.0f} MB",
             f"peak memory {peak_megabytes():,} MB"),
        Line("    1.1 million bodies, 30 million people at this rate",
             f"{seconds * whole / 60:,.0f} min", f"{size * whole / 1e9:,.1f} GB"),
    ]  # fmt: skip


if __name__ == "__main__":
    main()
