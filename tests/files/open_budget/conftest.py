"""What the tests of this folder share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.files.open_budget.small_ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """An empty folder."""
    return Ledger(tmp_path)
