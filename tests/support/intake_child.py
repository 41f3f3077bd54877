"""A process that takes in a folder or posts a delivery, and can be killed at any moment.

``python -m tests.support.intake_child read FOLDER`` reads and plans; ``post FILE`` posts the one
delivery there is and writes a line to FILE before, for every change made, and after.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

START, MADE, DONE = "start", "made", "done"
PATIENCE = 120  # seconds to wait for what takes far less


def read(folder: Path) -> None:
    """Read a folder as a delivery and accept every proposal."""
    from bianzhi.office.intake import keeping, work

    delivery = work.receive(keeping.folder([folder]), "测试").delivery
    work.prepare(delivery)
    work.decide(delivery, "proposal")


def post(told: Path) -> None:
    """Post the delivery, telling how far it is."""
    from bianzhi.office.intake import work
    from bianzhi.office.intake.models import Delivery

    with told.open("ab", buffering=0) as out:

        def tell(word: str) -> None:
            out.write(f"{word}\n".encode())

        tell(START)
        work.post(Delivery.objects.get(), "测试", advance=lambda n: tell(MADE))
        tell(DONE)


class Child:
    """Such a process under the eyes of its parent."""

    def __init__(self, url: str, keys: Path, *words: str | Path) -> None:
        self.told = Path(words[-1])
        env = {**os.environ, "BIANZHI_DATABASE": url, "BIANZHI_SECRET_FILE": str(keys)}
        env |= {"BIANZHI_CACHE": str(keys.parent / "columns")}
        command = [sys.executable, "-m", __name__, *map(str, words)]
        self.process = subprocess.Popen(command, env=env, stderr=subprocess.PIPE)

    def lines(self) -> int:
        """How many lines it told so far."""
        return self.told.read_bytes().count(b"\n") if self.told.exists() else 0

    def kill_after(self, lines: int, then: float) -> None:
        """SIGKILL so many seconds after so many lines, unless it ends before."""
        deadline = time.monotonic() + PATIENCE
        while self.lines() < lines and self.process.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.001)
        time.sleep(then)
        self.process.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
        self.process.communicate()

    def finish(self) -> str:
        """Wait for its end; what it complained of, "" where it went well."""
        _, trouble = self.process.communicate(timeout=PATIENCE)
        return "" if self.process.returncode == 0 else trouble.decode()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bianzhi.site.settings")
    import django

    django.setup()
    {"read": read, "post": post}[sys.argv[1]](Path(sys.argv[2]))
