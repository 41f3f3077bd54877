"""A batch that is killed half-way is begun again with the rest; nothing is issued twice.

Number, paper, change and step of a matter go in together: whenever the server is killed, each
matter is either issued with all of them or waits with none.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from bianzhi.office.cases.flow import APPROVED, ISSUED
from bianzhi.office.cases.models import Case, CaseStep, Issued, Number
from bianzhi.record.engine import Engine
from bianzhi.record.verify import verify
from tests.support.databases import new_postgres, new_sqlite, opened

pytestmark = pytest.mark.crash
MATTERS, KILLS, SEED = 12, 5, 7
BEFORE = 1  # the change that opened the ledger
PATIENCE = 120  # seconds to wait for what takes far less
CHILD = (sys.executable, "-m", "tests.support.issuing_child")


@pytest.fixture(autouse=True)
def connecting(django_db_blocker):
    """These databases are real ones: nothing is rolled back after the test."""
    with django_db_blocker.unblock():
        yield


class Batch:
    """Decided matters in a database, and processes that issue them."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.folder, self.born = url, folder, 0
        self.environment = {
            **os.environ, "BIANZHI_DATABASE": url, "BIANZHI_SECRET_FILE": str(folder / "keys"),
            "BIANZHI_CACHE": str(folder / "columns"),
        }  # fmt: skip
        subprocess.run([*CHILD, "decide", str(MATTERS)], env=self.environment, check=True)

    def begin(self) -> tuple[subprocess.Popen[bytes], Path]:
        """A process at work, and the file in which it tells how far it is."""
        self.born += 1
        told = self.folder / f"told{self.born}"
        return subprocess.Popen([*CHILD, "issue", str(told)], env=self.environment), told

    def killed(self, lines: int, then: float) -> int:
        """Kill a process ``then`` seconds after so many lines; how many matters are out."""
        process, told = self.begin()
        deadline = time.monotonic() + PATIENCE
        while not told.exists() or told.read_bytes().count(b"\n") < lines:
            assert process.poll() is None, "it ended before it could be killed"
            assert time.monotonic() < deadline
            time.sleep(0.002)
        time.sleep(then)
        process.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
        process.wait()
        return self.look()

    def look(self) -> int:
        """How many matters are out; all that belongs to each is there, to the others nothing."""
        with opened(self.url) as alias:
            states = Counter(Case.objects.using(alias).values_list("state", flat=True))
            out = states[ISSUED]
            assert states == Counter({ISSUED: out, APPROVED: MATTERS - out}) - Counter()
            numbers = Number.objects.using(alias).order_by("seq")
            assert [each.seq for each in numbers] == list(range(1, out + 1))
            papers = Issued.objects.using(alias).select_related("number").order_by("number__seq")
            assert [each.number.seq for each in papers] == list(range(1, out + 1))
            changes = [each.change for each in papers]
            assert changes == list(range(BEFORE + 1, BEFORE + 1 + out))
            assert CaseStep.objects.using(alias).filter(step="issue").count() == out
            ((head,),) = Engine(alias).rows("SELECT max(no) FROM record_change")
            assert head == BEFORE + out
            assert verify(alias).sound
        return out


def kill_and_go_on(url: str, folder: Path) -> list[int]:
    """Kill issuing at many moments, look each time, then let it end."""
    batch, chance, out = Batch(url, folder), random.Random(SEED), [0]
    for _ in range(KILLS):
        out.append(batch.killed(chance.randint(1, 2), chance.uniform(0, 0.4)))
    assert out == sorted(out)
    assert 0 < out[-1] < MATTERS
    process, _ = batch.begin()
    assert process.wait(PATIENCE) == 0
    assert batch.look() == MATTERS
    return out


def test_a_batch_killed_half_way_is_continued_and_nothing_is_issued_twice_in_sqlite(
    tmp_path, record_property
):
    record_property("out", kill_and_go_on(new_sqlite(tmp_path / "record.sqlite3"), tmp_path))


def test_a_batch_killed_half_way_is_continued_and_nothing_is_issued_twice_in_postgresql(
    tmp_path, postgres_url, record_property
):
    with new_postgres(postgres_url) as url:
        record_property("out", kill_and_go_on(url, tmp_path))
