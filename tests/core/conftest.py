"""What the tests of core share."""

from __future__ import annotations

import pytest

from tests.support.ledger import START
from tests.support.records import Record, Remembered


@pytest.fixture
def office() -> Record:
    """A record in memory with 甲局 A (10 posts of kind XZ), 乙局 B and the pool P, since 2020."""
    record = Remembered()
    record.write(START)
    return record
