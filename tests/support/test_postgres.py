"""The throw-away server keeps its promises: safe unless asked not to be, and gone afterwards."""

from __future__ import annotations

import subprocess
import sys

import psycopg
import pytest

from tests.support import postgres

pytestmark = pytest.mark.postgres

REPORT = """
import os, psycopg
url = os.environ["BIANZHI_TEST_POSTGRES"]
with psycopg.connect(url) as link:
    print(url, link.execute("show fsync").fetchone()[0])
raise SystemExit(7)
"""


@pytest.fixture(autouse=True)
def nothing_named(monkeypatch):
    """Start a server here, whatever server the run itself was given."""
    if postgres.binaries() is None:
        pytest.skip(postgres.MISSING)
    monkeypatch.delenv(postgres.VARIABLE, raising=False)


def run(*options: str) -> tuple[str, str]:
    command = [sys.executable, "-m", "tests.support.postgres", *options]
    done = subprocess.run(
        [*command, "--", sys.executable, "-c", REPORT], capture_output=True, text=True
    )
    assert done.returncode == 7, done.stderr
    url, fsync = done.stdout.split()
    return url, fsync


@pytest.mark.parametrize(("options", "fsync"), [((), "on"), (("--no-fsync",), "off")])
def test_command_gets_a_server_and_its_exit_code_comes_back(options, fsync):
    url, found = run(*options)
    assert found == fsync
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_a_named_server_is_used_as_it_is(monkeypatch):
    monkeypatch.setenv(postgres.VARIABLE, "postgresql://elsewhere/db")
    with postgres.server() as url:
        assert url == "postgresql://elsewhere/db"
