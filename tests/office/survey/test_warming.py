"""The diagnosis of today is there before anybody asks; of a large area it is made when asked."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bianzhi.core.days import parse_day
from bianzhi.office.desk.held import held
from bianzhi.office.survey import diagnosed as making
from bianzhi.office.survey import warming
from tests.support.county import COUNTY
from tests.support.records import SQLITE, fresh

pytestmark = pytest.mark.django_db
NOON = datetime(2022, 1, 1, 4, tzinfo=UTC)


@pytest.fixture
def made(monkeypatch):
    """How often something was diagnosed."""
    times: list[int] = []
    real = making._diagnose

    def counted(*given):
        times.append(1)
        return real(*given)

    monkeypatch.setattr(making, "_diagnose", counted)
    return times


@pytest.fixture
def county():
    with fresh(SQLITE) as record:
        record.write(COUNTY)
        yield record


def look() -> None:
    record = held()
    making.diagnosed(record.state(parse_day("2022-01-01"), record.columns.head))


def test_who_looks_first_does_not_wait(county, made):
    warming.warm(NOON)
    warming.warm(NOON)
    look()
    assert len(made) == 1


def test_a_large_area_is_diagnosed_when_asked(county, made, monkeypatch):
    monkeypatch.setattr(warming, "MOST", 1)
    warming.warm(NOON)
    assert not made
    look()
    assert made


def test_an_empty_record_is_not_diagnosed(made):
    with fresh(SQLITE):
        warming.warm(NOON)
    assert not made
