"""What every benchmark shares: a record of its own, clocks, memory, the machine, the table."""

from __future__ import annotations

import argparse
import os
import platform
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")


class Line(NamedTuple):
    """One measured thing; ``aim`` says what was promised, "" where nothing was."""

    what: str
    measured: str
    against: str = ""
    ratio: str = ""
    aim: str = ""


def arguments(about: str | None, *sizes: tuple[str, int, int, str]) -> argparse.Namespace:
    """The command line: every size as an option, ``--small`` for a run of seconds.

    Args:
        about: The script's docstring.
        sizes: (name, full size, small size, what it is).
    """
    parser = argparse.ArgumentParser(description=(about or "").partition("\n")[0])
    parser.add_argument("--small", action="store_true", help="a run of seconds, to see it works")
    parser.add_argument("--folder", type=Path, help="where to work (default: a new one, removed)")
    for name, full, small, what in sizes:
        parser.add_argument(f"--{name}", type=int, help=f"{what} (default {full:,}, {small:,})")
    given = parser.parse_args()
    for name, full, small, _ in sizes:
        if getattr(given, name) is None:
            setattr(given, name, small if given.small else full)
    return given


@contextmanager
def workplace(folder: Path | None) -> Iterator[Path]:
    """A folder to work in; a temporary one goes afterwards."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="bianzhi-bench-", dir=".") as made:
        yield Path(made)


def open_record(path: Path, url: str = "") -> None:
    """Make ``path``, or the database at ``url``, that of this process, with its tables, and its
    caches beside ``path``."""
    os.environ["BIANZHI_DATABASE"] = url or f"sqlite:///{path.resolve()}"
    os.environ["BIANZHI_CACHE"] = str(path.with_suffix(".columns").resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = "bianzhi.site.settings"
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    connection.close()
    if not url:
        connection.settings_dict["NAME"] = str(path.resolve())
    settings.CACHE_DIR = Path(os.environ["BIANZHI_CACHE"])
    call_command("migrate", verbosity=0)


def copy_record(source: Path, target: Path) -> None:
    """A copy of a database, whatever still stands in its write-ahead log."""
    target.unlink(missing_ok=True)
    with sqlite3.connect(source) as link, sqlite3.connect(target) as copy:
        link.backup(copy)
    link.close()
    copy.close()


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """(seconds by the wall clock, result)."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def best(work: Callable[[], Any], rounds: int = 3) -> float:
    """The shortest of some runs: what the work takes when nothing else is in its way."""
    return min(timed(work)[0] for _ in range(rounds))


def percentile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` of the values do not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def peak_megabytes() -> int:
    """The most memory this process ever held."""
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
        return int(status.partition("VmHWM:")[2].split()[0]) // 1024
    except OSError:  # not Linux; there a new process does not begin with its parent's peak
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return held // 1024 if sys.platform != "darwin" else held // 1024**2


def in_new_process(module: str, *words: object) -> tuple[float, str]:
    """(seconds from its start to its end, what it printed) of a script run from cold."""
    command = [sys.executable, "-m", module, *map(str, words)]
    return timed(
        lambda: subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    )


def show(title: str, lines: Sequence[Line]) -> None:
    """Print a table, in Markdown so that it can be kept."""
    rows = [("what", "measured", "against", "ratio", "aim"), *lines]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    print(f"\n{title}\n{machine()}\n")
    for number, row in enumerate(rows):
        cells = (text.ljust(wide) for text, wide in zip(row, widths, strict=True))
        print("| " + " | ".join(cells) + " |")
        if number == 0:
            print("| " + " | ".join("-" * wide for wide in widths) + " |")
    sys.stdout.flush()


def machine() -> str:
    """The machine and how busy it was, for the record."""
    pages = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    load = os.getloadavg()[0]
    return (
        f"{_processor()}, {os.cpu_count()} cores, {pages / 2**30:.0f} GB, load {load:.1f}; "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
