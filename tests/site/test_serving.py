"""While nobody waits, the server makes ready what the first person of a day would wait for."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime

import pytest

from bianzhi.core.days import day_number
from bianzhi.office.desk.held import held
from bianzhi.office.ledgers import warming
from bianzhi.site.serving import stay_warm
from tests.support.console import environment
from tests.support.county import COUNTY
from tests.support.records import SQLITE, fresh

pytestmark = pytest.mark.django_db
MORNING = datetime(2022, 1, 1, 1, tzinfo=UTC)  # nine o'clock in China
LATE = datetime(2022, 1, 1, 15, 45, tzinfo=UTC)


@pytest.fixture
def county():
    with fresh(SQLITE) as record:
        record.write(COUNTY)
        yield record


def ready(day: str) -> bool:
    """Whether the first page of a day is made."""
    record = held()
    on = day_number(date.fromisoformat(day))
    made: list[str] = []
    words = record.state(on, record.columns.head)
    words.kept.get("cockpit", lambda: made.append(day))
    return not made


def test_the_first_page_is_made_before_anybody_asks(county):
    warming.warm(MORNING)
    assert ready("2022-01-01")
    assert not ready("2022-01-02")


def test_shortly_before_midnight_tomorrow_is_made_ready(county):
    warming.warm(LATE)
    assert ready("2022-01-01")
    assert ready("2022-01-02")


def test_what_somebody_posts_is_in_what_is_made_next(county):
    warming.warm(MORNING)
    county.write("2021-07-01\n  下达 to=A kind=XZ n=1")
    assert held().columns.head == 7
    warming.warm(MORNING)
    assert ready("2022-01-01")


def test_an_empty_record_needs_nothing_made():
    with fresh(SQLITE):
        warming.warm(MORNING)
        assert not ready("2022-01-01")


def test_a_failure_is_written_down_and_does_not_end_the_watch(monkeypatch, caplog):
    tries: list[int] = []

    def fails() -> None:
        tries.append(1)
        if len(tries) == 1:
            raise RuntimeError("no database")

    monkeypatch.setattr(warming, "warm", fails)
    stay_warm(pause=0, rounds=2)
    assert len(tries) == 2
    assert "making the first page ready" in caplog.text


BEGIN = """
import os, sys
from bianzhi.site import serving

def begins():
    print("bianzhi.site.urls" in sys.modules, "pypinyin.contrib.tone_convert" in sys.modules)
    sys.stdout.flush()
    os._exit(0)

serving.stay_warm = begins
import django
django.setup()
serving.serve("127.0.0.1", 0, lambda address: None)
"""


def test_every_page_is_imported_before_a_second_thread_begins(tmp_path):
    """Two threads that import the same library at once met half of it; the login page failed."""
    said = subprocess.run(
        [sys.executable, "-c", BEGIN], capture_output=True, text=True, check=True, cwd=tmp_path,
        env=environment(tmp_path, DJANGO_SETTINGS_MODULE="bianzhi.site.settings"),
    )  # fmt: skip
    assert said.stdout == "True True\n"
