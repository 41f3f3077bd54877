"""One small interface to the record, whatever keeps it: memory, SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from bianzhi.core.changes import Draft
from bianzhi.core.memory import MemoryRecord
from bianzhi.core.source import Source
from bianzhi.record.engine import Engine
from bianzhi.record.post import Poster
from bianzhi.record.source import SqlSource
from tests.support.ledger import View, ledger
from tests.support.postgres import VARIABLE

MEMORY, SQLITE, POSTGRES = "memory", "sqlite", "postgres"
ALIASES = {SQLITE: "default", POSTGRES: "postgres"}

_sqlite = pytest.param(SQLITE, marks=pytest.mark.django_db)
_postgres = pytest.param(
    POSTGRES,
    marks=[
        pytest.mark.postgres,
        pytest.mark.django_db(databases=["default", "postgres"]),
        pytest.mark.skipif(
            POSTGRES not in settings.DATABASES,
            reason=f"{VARIABLE} 没有指定 PostgreSQL：请用 python -m tests.support.postgres 运行",
        ),
    ],
)
STORED = (_sqlite, _postgres)
EVERY = (MEMORY, *STORED)

each_record = pytest.mark.parametrize("engine", EVERY)
each_stored = pytest.mark.parametrize("engine", STORED)


class Record:
    """post, source, head: what tests need of any record."""

    def post(self, *drafts: Draft) -> list[Any]:
        """Post drafts, all or none; one receipt each (``no``, ``disagreements``)."""
        raise NotImplementedError

    def known(self, no: int) -> Source:
        """The record up to a change."""
        raise NotImplementedError

    @property
    def head(self) -> int:
        """The number of the last change."""
        raise NotImplementedError

    def forget(self) -> None:
        """Go on as another process would, that has read nothing yet."""

    def write(self, text: str) -> list[Any]:
        """Post a small ledger, its changes in one batch."""
        return self.post(*ledger(text))

    @property
    def source(self) -> Source:
        """The record as it stands."""
        return self.known(self.head)

    @property
    def view(self) -> View:
        """What it says."""
        return View(self.source)


class Remembered(Record):
    """In memory."""

    def __init__(self) -> None:
        self.memory = MemoryRecord()

    def post(self, *drafts: Draft) -> list[Any]:
        return self.memory.post(*drafts)

    def known(self, no: int) -> Source:
        return self.memory.known(no)

    @property
    def head(self) -> int:
        return self.memory.head


class Stored(Record):
    """In a database."""

    def __init__(self, using: str) -> None:
        self.engine = Engine(using)
        self.poster = Poster(using)

    def post(self, *drafts: Draft) -> list[Any]:
        return self.poster.post(drafts)

    def forget(self) -> None:
        self.poster = Poster(self.engine.using)

    def known(self, no: int) -> Source:
        return SqlSource(self.engine, no)

    @property
    def head(self) -> int:
        row = self.engine.row("SELECT COALESCE(MAX(no), 0) FROM record_change")
        return int(row[0]) if row else 0


@contextmanager
def fresh(engine: str) -> Iterator[Record]:
    """An empty record for the time of the block; a stored one is rolled back after it."""
    if engine == MEMORY:
        yield Remembered()
        return
    using = ALIASES[engine]
    with transaction.atomic(using=using):
        yield Stored(using)
        transaction.set_rollback(True, using=using)
