"""A posted change survives, a half-posted one does not exist: whenever the poster is killed."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import pytest

from bianzhi.record.engine import Engine
from bianzhi.record.post import Poster
from bianzhi.record.verify import verify
from tests.support import postgres
from tests.support.databases import new_postgres, new_sqlite, opened
from tests.support.ledger import draft
from tests.support.poster_child import Child

pytestmark = pytest.mark.crash

ROUNDS, KILLS = 6, 40  # databases, and kills of a child on each
LONGEST = 0.12  # seconds a child is left alone at most once it posts: some dozen changes
SERVER_KILLS = 16


@pytest.fixture(autouse=True)
def connecting(django_db_blocker):
    """These databases are real ones: nothing is rolled back after the test."""
    with django_db_blocker.unblock():
        yield


@contextmanager
def sqlite(folder: Path):
    yield new_sqlite(folder / "record.sqlite3")


class Watch:
    """What was acknowledged so far, and how the kills fell."""

    def __init__(self, url: str, folder: Path, chance: random.Random) -> None:
        self.url, self.folder, self.chance = url, folder, chance
        self.receipts: dict[int, str] = {}
        self.fell: Counter[str] = Counter()
        self.born = 0

    def child(self) -> Child:
        """The next poster."""
        self.born += 1
        return Child(self.url, self.folder, f"{self.folder.name}-{self.born}")

    def kill_one(self) -> None:
        """Start a poster, kill it at some moment, and look what it left."""
        child = self.child()
        if self.chance.random() < 0.05:
            time.sleep(self.chance.uniform(0, 0.05))  # perhaps before it is even connected
        else:
            child.await_first_try()
            time.sleep(self.chance.uniform(0, LONGEST))
        child.kill()
        self.look(child)

    def look(self, child: Child) -> None:
        """Every acknowledged change is there as it was, no half change, no gap."""
        new = child.receipts()
        assert not new.keys() & self.receipts.keys()
        self.receipts |= new
        with opened(self.url) as alias:
            report = verify(alias, receipts=tuple(self.receipts.items()))
            assert report.faults == ()
            engine = Engine(alias)
            numbers = [no for (no,) in engine.rows("SELECT no FROM record_change ORDER BY no")]
            # the server may have finished a commit of the dead meanwhile
            assert numbers == list(range(1, len(numbers) + 1))
            assert len(numbers) >= report.changes
            self._whole_batches(engine)
        self._count(child, len(numbers))

    def _whole_batches(self, engine: Engine) -> None:
        batches = Counter(note for (note,) in engine.rows("SELECT note FROM record_change"))
        batches.pop("", None)
        assert all(found == int(note.partition("/")[2]) for note, found in batches.items())

    def _count(self, child: Child, head: int) -> None:
        committed = head > max(self.receipts, default=0)
        if not child.was_posting():
            self.fell["between posts"] += 1
        elif committed:
            self.fell["after the commit, before the word of it"] += 1
        else:
            self.fell["inside a post"] += 1

    def go_on(self) -> None:
        """Posting goes on, and verifies with what was acknowledged before."""
        with opened(self.url) as alias:
            (receipt,) = Poster(alias).post([draft(f"设立 org={self.folder.name} name=乙局")])
            self.receipts[receipt.no] = receipt.digest
            assert verify(alias, receipts=tuple(self.receipts.items())).sound


def kill_many(url: str, folder: Path, seed: str) -> Counter[str]:
    watch = Watch(url, folder, random.Random(seed))
    for _ in range(KILLS):
        watch.kill_one()
    watch.go_on()
    return watch.fell


def hit_while_posting(fell: Counter[str]) -> int:
    return fell["inside a post"] + fell["after the commit, before the word of it"]


def test_killed_posters_lose_nothing_and_leave_no_half_change_in_sqlite(tmp_path, record_property):
    fell: Counter[str] = Counter()
    for number in range(ROUNDS):
        folder = tmp_path / f"s{number}"
        folder.mkdir()
        with sqlite(folder) as url:
            fell += kill_many(url, folder, folder.name)
    record_property("kills", dict(fell))
    assert fell.total() == ROUNDS * KILLS
    assert hit_while_posting(fell) > fell.total() / 4


def test_killed_posters_lose_nothing_and_leave_no_half_change_in_postgresql(
    tmp_path, postgres_url, record_property
):
    fell: Counter[str] = Counter()
    for number in range(ROUNDS):
        folder = tmp_path / f"p{number}"
        folder.mkdir()
        with new_postgres(postgres_url) as url:
            fell += kill_many(url, folder, folder.name)
    record_property("kills", dict(fell))
    assert fell.total() == ROUNDS * KILLS
    assert hit_while_posting(fell) > fell.total() / 4


@pytest.mark.parametrize("how", ["SIGQUIT", "SIGKILL"])
def test_a_server_that_dies_keeps_every_acknowledged_change(tmp_path, how, record_property):
    if postgres.binaries() is None:
        pytest.skip(postgres.MISSING)
    chance = random.Random(how)
    with postgres.own(fsync=True) as server, new_postgres(server.url) as url:
        watch = Watch(url, tmp_path, chance)
        for _ in range(SERVER_KILLS):
            child = watch.child()
            child.await_first_try()
            time.sleep(chance.uniform(0, 4 * LONGEST))
            server.kill(signal.Signals[how])
            child.process.join()  # its server is gone: it ends by itself
            restart(server)
            watch.look(child)
        watch.go_on()
    record_property("kills", dict(watch.fell))
    assert hit_while_posting(watch.fell) == SERVER_KILLS


def restart(server: postgres.Server) -> None:
    """Start a server again; helpers of a killed one hold its data until they notice."""
    deadline = time.monotonic() + postgres.PATIENCE
    while True:
        try:
            return server.start()
        except RuntimeError:
            assert time.monotonic() < deadline
            time.sleep(0.2)
