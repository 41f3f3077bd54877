"""A small ledger on the test's database, as the command line finds it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bianzhi.core.exchange import write_drafts
from tests.support.console import run
from tests.support.ledger import ledger

# Two bureaus, a section and a pool; a transfer, a person, a cut and a published total.
LEDGER = """
    2020-01-01 opening
      设立 org=A name=甲局
      设立 org=A1 class=section name=一科 parent=A
      设立 org=B name=乙局
      设立 org=P class=pool name=编制池
      下达 to=A kind=XZ n=10
      下达 to=P kind=SY n=3 funding=full
    2021-03-01 甲编发〔2021〕3号
      划转 from=A to=B kind=XZ n=2.5
      上编 person=p1 name=张三 org=A kind=XZ
      赋职 duty=d1 org=A text=管粮食
    2022-05-01 甲编发〔2022〕5号
      核减 org=B kind=XZ n=1
      更名 org=B name=乙委
      核对 org=A kind=XZ n=7.5
"""
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a small ledger as an exchange file."""

    def write(text: str, name: str = "账.jsonl") -> Path:
        path = tmp_path / name
        path.write_text("\n".join(write_drafts(ledger(text))) + "\n", encoding="utf-8")
        return path

    return write


@pytest.fixture(autouse=True)
def cache(settings, tmp_path: Path) -> Path:
    """Columns are cached beside the test, never where the office keeps its own."""
    settings.CACHE_DIR = tmp_path / "cache"
    return tmp_path / "cache"


@pytest.fixture
def posted(db, write: Write) -> Path:
    """The ledger above, posted."""
    file = write(LEDGER)
    assert run("post", file).code == 0
    return file
