"""Every benchmark, one after the other; ``--small`` runs them all in half a minute."""

from __future__ import annotations

import subprocess
import sys

SCRIPTS = (
    "posting", "state", "beancount", "sample", "intake", "pages", "crowd", "dea", "leavers",
    "allocation", "overlap", "merging", "rules", "diagnosis", "themes",
)  # fmt: skip


def main() -> None:
    for script in SCRIPTS:
        command = [sys.executable, "-m", f"benchmarks.{script}", *sys.argv[1:]]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
