"""Real databases of a test's own, beside the one that is rolled back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count

import pytest

from bianzhi.record.engine import Engine
from tests.support.databases import new_postgres, new_sqlite, opened
from tests.support.records import POSTGRES, SQLITE

ENGINES = [SQLITE, pytest.param(POSTGRES, marks=pytest.mark.postgres)]


@pytest.fixture
def urls(tmp_path, request, django_db_blocker) -> Iterator[Callable[[str], str]]:
    """Makes URLs of new, empty, real databases, by the name of the engine."""
    numbers = count(1)

    def new(engine: str) -> str:
        if engine == SQLITE:
            return new_sqlite(tmp_path / f"{next(numbers)}.sqlite3")
        return stack.enter_context(new_postgres(request.getfixturevalue("postgres_url")))

    with django_db_blocker.unblock(), ExitStack() as stack:
        yield new


@pytest.fixture
def bases(urls) -> Iterator[Callable[[str], Engine]]:
    """Makes new, empty, real databases and connects to them."""
    with ExitStack() as stack:
        yield lambda engine: Engine(stack.enter_context(opened(urls(engine))))


@pytest.fixture(params=ENGINES)
def kind(request) -> str:
    """The engine a test runs on: SQLite, and PostgreSQL where that is asked for."""
    return str(request.param)
