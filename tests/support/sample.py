"""The sample district, posted once for all tests of a file."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import as_file

import pytest
from django.db import transaction

from bianzhi.record.engine import Engine
from bianzhi.record.load import head
from bianzhi.record.post import Poster, Receipt
from bianzhi.site.management.commands.demo import SAMPLE
from bianzhi.site.management.commands.post import read_file


@pytest.fixture(scope="module")
def sample(django_db_setup, django_db_blocker) -> Iterator[list[Receipt]]:
    """The receipts of the sample; its record is taken back after the last test of the file."""
    with django_db_blocker.unblock(), transaction.atomic():
        # pytest-django makes a database of the tests' own only where some test is marked django_db
        assert head(Engine()) == (0, ""), "mark the tests of this file django_db"
        with as_file(SAMPLE) as path:
            yield Poster().post(read_file(path))
        transaction.set_rollback(True)
