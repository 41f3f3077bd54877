"""A delivery is posted whole or not at all, whenever the server is killed; then it is posted once.

Changes, personal files and the state of the delivery go in together: a kill between them must
leave none of them behind, and pressing 入账 again must do all of it, once.
"""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from bianzhi.office.identity.models import PersonFile
from bianzhi.office.intake.models import POSTED, READY, Delivery
from bianzhi.record.engine import Engine
from bianzhi.record.verify import verify
from tests.support.databases import new_postgres, new_sqlite, opened
from tests.support.intake import handed_over
from tests.support.intake_child import Child

pytestmark = pytest.mark.crash
UNITS, SEED = 8, 5
INSIDE = 5  # kills while changes are made
AFTER = 2  # kills when all are made: personal files, state and the commit itself are left


@pytest.fixture(autouse=True)
def connecting(django_db_blocker):
    """These databases are real ones: nothing is rolled back after the test."""
    with django_db_blocker.unblock():
        yield


class Office:
    """A database with one delivery that waits to be posted."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.folder, self.born = url, folder, 0
        handed_over(folder / "材料", UNITS, SEED)
        assert self.child("read", folder / "材料").finish() == ""
        with opened(url) as alias:
            found = Delivery.objects.using(alias).get()
            self.changes = int(found.summary["changes"])
            self.people = int(found.summary["people"])

    def child(self, what: str, where: Path) -> Child:
        """A process at work on the database."""
        return Child(self.url, self.folder / "keys", what, where)

    def poster(self) -> Child:
        """A process that posts the delivery."""
        self.born += 1
        return self.child("post", self.folder / f"told{self.born}")

    def look(self) -> str:
        """What is there: everything or nothing, and never an unsound record."""
        with opened(self.url) as alias:
            assert verify(alias).sound
            ((head,),) = Engine(alias).rows("SELECT coalesce(max(no), 0) FROM record_change")
            delivery = Delivery.objects.using(alias).get()
            there = (
                delivery.state,
                head,
                delivery.last_no or 0,
                PersonFile.objects.using(alias).count(),
            )
        whole = (POSTED, self.changes, self.changes, self.people)
        assert there in (whole, (READY, 0, 0, 0)), there
        return str(delivery.state)

    def killed(self, lines: int, then: float) -> str:
        """Post, and kill the process ``then`` seconds after so many lines."""
        self.poster().kill_after(lines, then)
        return self.look()


def kill_and_go_on(url: str, folder: Path) -> Counter[str]:
    """Kill posting at many moments, look each time, then let it end and try once more."""
    office, chance = Office(url, folder), random.Random(SEED)
    assert office.changes > 20 < office.people
    fell: Counter[str] = Counter()
    moments = [chance.randrange(1, office.changes) for _ in range(INSIDE)]
    for made in moments:
        assert office.killed(made, chance.uniform(0, 0.01)) == READY
        fell["inside"] += 1
    for _ in range(AFTER):
        # 1 line for the start, one for each change
        fell[office.killed(1 + office.changes, chance.uniform(0, 0.2))] += 1
    trouble = office.poster().finish()
    assert (trouble == "") == (fell[POSTED] == 0), trouble
    assert office.look() == POSTED
    assert "已入账" in office.poster().finish(), "a second time is refused"
    assert office.look() == POSTED
    return fell


def test_a_delivery_killed_while_posting_goes_in_whole_and_once_in_sqlite(
    tmp_path, record_property
):
    fell = kill_and_go_on(new_sqlite(tmp_path / "record.sqlite3"), tmp_path)
    record_property("kills", dict(fell))
    assert fell["inside"] == INSIDE


def test_a_delivery_killed_while_posting_goes_in_whole_and_once_in_postgresql(
    tmp_path, postgres_url, record_property
):
    with new_postgres(postgres_url) as url:
        fell = kill_and_go_on(url, tmp_path)
    record_property("kills", dict(fell))
    assert fell["inside"] == INSIDE
