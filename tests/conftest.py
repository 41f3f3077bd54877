"""What every test may ask for, and how a run treats tests that did not run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings

from tests.support import postgres
from tests.support.records import EVERY, STORED, Record, fresh

# A slow machine is no failure: nothing here is timed.
hypothesis_settings.register_profile("bianzhi", deadline=None)
hypothesis_settings.load_profile("bianzhi")

pytest_plugins = ["tests.support.bases", "tests.support.browser", "tests.support.sample"]

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("BIANZHI_DATA") or ROOT.parent / "shared" / "data")
NO_DATA = "没有真实数据，验收测试未运行：请用 BIANZHI_DATA 指定数据目录"

# Set in CI: a test that is skipped there has failed, the real data aside where there is none.
NO_SKIPS = "BIANZHI_TEST_NO_SKIPS"


@pytest.fixture(scope="session")
def key_file(tmp_path_factory) -> Path:
    """The key file of the whole run; never that of the machine."""
    return Path(tmp_path_factory.mktemp("keys") / "test.keys")


@pytest.fixture(autouse=True)
def _test_settings(key_file, settings) -> None:
    settings.SECRET_FILE = key_file
    # Argon2 is slow on purpose; the test of passwords asks for it
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real data; one folder a source, each with its README."""
    if not DATA.is_dir():
        pytest.skip(NO_DATA)
    return DATA


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server for tests, as safe as a real one (fsync on)."""
    if not postgres.obtainable():
        pytest.skip(postgres.MISSING)
    with postgres.server() as url:
        yield url


def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not os.environ.get(NO_SKIPS):  # a worker of xdist has no reporter
        return
    skipped = [report for report in reporter.stats.get("skipped", []) if not excused(report)]
    if skipped and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line("")
        reporter.write_line(f"{NO_SKIPS}: {len(skipped)} 项测试未运行，按失败处理", red=True)


def excused(report: pytest.TestReport | pytest.CollectReport) -> bool:
    """Whether a test may be skipped even in CI."""
    return NO_DATA in str(report.longrepr)


@pytest.fixture(params=EVERY)
def record(request: pytest.FixtureRequest) -> Iterator[Record]:
    """An empty record: in memory, in SQLite, and in PostgreSQL where one is given."""
    with fresh(request.param) as empty:
        yield empty


@pytest.fixture(params=STORED)
def stored(request: pytest.FixtureRequest) -> Iterator[Record]:
    """An empty record in a database."""
    with fresh(request.param) as empty:
        yield empty
