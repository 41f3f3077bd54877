"""The site in a real browser: a server of its own over a record of its own, a page a role.

A test asks for ``office`` (the sample district, served) and takes ``office.page("auditor")``; it
is marked ``browser`` and skipped, loudly, where there is no Chromium. Pictures go to a folder of
the run (``--basetemp`` says where), never into the checkout.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from importlib.resources import as_file
from pathlib import Path
from typing import Any

import pytest

from bianzhi.office.access.models import User
from bianzhi.record.post import Poster
from bianzhi.site.management.commands.demo import SAMPLE
from bianzhi.site.management.commands.post import read_file
from tests.support.cast import NAMES
from tests.support.console import PROGRAM, environment
from tests.support.databases import new_sqlite, opened

SWITCHES = (
    "--lang=zh-CN", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
MISSING = "没有 Chromium，浏览器测试未运行：Debian 上请 apt install chromium fonts-noto-cjk"
PASSWORD = "测试用-口令-2026"  # noqa: S105  a password of tests
CONFINED = {"department_clerk": "A02", "institution_clerk": "S01"}  # units of the sample
SIZES = {"small": (1366, 768), "large": (1920, 1080)}
PATIENCE = 60_000  # ms; a slow machine is no failure


def chromium() -> str | None:
    """Where this machine keeps its Chromium."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@dataclass
class Site:
    """A running site and the browser to look at it.

    Attributes:
        address: Where it is served, without the last slash.
        database: The URL of its record.
        browser: Playwright's browser.
        pictures: Where screenshots go.
    """

    address: str
    database: str
    browser: Any
    pictures: Path
    _logged_in: dict[str, Any] = field(default_factory=dict)

    def page(self, role: str = "office_head", size: str = "small") -> Any:
        """A new window in which the user of a role is logged in, closed with the browser."""
        width, height = SIZES[size]
        if role not in self._logged_in:
            self._logged_in[role] = self._log_in(role)
        context = self.browser.new_context(
            base_url=self.address, viewport={"width": width, "height": height},
            storage_state=self._logged_in[role], locale="zh-CN", accept_downloads=True,
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        return context.new_page()

    def _log_in(self, role: str) -> Any:
        context = self.browser.new_context(base_url=self.address)
        page = context.new_page()
        page.goto("/access/login")
        page.fill("[name=username]", role)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(re.compile(r"^(?!.*/access/login)"))
        state = context.storage_state()
        context.close()
        return state

    def picture(self, page: Any, name: str) -> Path:
        """A picture of a whole page."""
        path = self.pictures / f"{name}.png"
        page.screenshot(path=path, full_page=True)
        return path


def serious(page: Any) -> list[str]:
    """What axe finds seriously wrong with a page, in a line each."""
    from axe_playwright_python.sync_playwright import Axe

    # axe is put in by hand, past the page's own rule that no script runs but the site's
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {each['help']} — {node['html'][:160]}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


@contextmanager
def served(folder: Path, database: str) -> Iterator[str]:
    """The address of a server over a database, stopped by its process id."""
    process = subprocess.Popen(
        [*PROGRAM, "serve", "--port", "0"], cwd=folder, stdout=subprocess.PIPE, text=True,
        env=environment(folder, PYTHONUNBUFFERED="1", BIANZHI_DATABASE=database),
    )  # fmt: skip
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://[^\s/]+", line)
        assert found, line
        yield found[0]
    finally:
        process.terminate()
        process.wait(60)


def listen(page: Any, address: str, wrong: list[str]) -> None:
    """Write down errors of the console and of scripts, failed answers, and requests outside."""

    def said(message: Any) -> None:
        if message.type in ("error", "warning"):
            wrong.append(message.text)

    def asked(request: Any) -> None:
        if not request.url.startswith((address, "data:")):
            wrong.append(f"outside: {request.url}")

    def given(response: Any) -> None:
        if response.status >= HTTPStatus.BAD_REQUEST:
            wrong.append(f"{response.status}: {response.url}")

    page.on("console", said)
    page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    page.on("request", asked)
    page.on("response", given)


def cast(database: str, confined: Mapping[str, str] = CONFINED) -> None:
    """A user a role with the password of the tests; those confined see units of the sample."""
    with opened(database) as alias:
        users = User.objects.db_manager(alias)
        for role, name in NAMES.items():
            users.make(role, PASSWORD, role, name, confined.get(role, ""))


@pytest.fixture(scope="session")
def chrome() -> Iterator[Any]:
    """A headless browser for the whole run."""
    where = chromium()
    if where is None:
        pytest.skip(MISSING)
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as play:
        # playwright keeps a loop of its own in this thread, and Django takes every test for
        # asynchronous while it does
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        own: dict[str, Any] = {
            **os.environ,
            "LANGUAGE": "zh_CN",
        }  # dates as a Chinese browser shows them
        browser = play.chromium.launch(executable_path=where, args=list(SWITCHES), env=own)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def office(
    chrome: Any, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The sample district, served, with a user a role."""
    folder = tmp_path_factory.mktemp("office")
    database = new_database(folder, django_db_blocker)
    pictures = folder / "pictures"
    pictures.mkdir()
    with served(folder, database) as address:
        yield Site(address, database, chrome, pictures)


def new_database(folder: Path, blocker: Any) -> str:
    """The URL of a database with the sample district and the users of the tests."""
    with blocker.unblock():
        database = new_sqlite(folder / "office.sqlite3")
        with opened(database) as alias, as_file(SAMPLE) as path:
            Poster(alias).post(read_file(path))
        cast(database)
    return database
