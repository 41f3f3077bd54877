"""A real ledger loaded once a module, through the product's own commands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from django.db import transaction

from bianzhi.core.columns import Columns
from bianzhi.record.load import load
from tests.support.console import run

Taking = Callable[[str, Path], AbstractContextManager[Columns]]


@pytest.fixture(scope="module")
def taken_in(django_db_setup, django_db_blocker, tmp_path_factory) -> Taking:
    """Converts a folder and posts it into an empty record for the time of a block."""

    @contextmanager
    def take(form: str, folder: Path) -> Iterator[Columns]:
        file = tmp_path_factory.mktemp(form) / "ledger.jsonl"
        with django_db_blocker.unblock(), transaction.atomic():
            assert run("convert", form, folder, file).code == 0
            assert run("post", file).code == 0
            yield load()
            transaction.set_rollback(True)

    return take
