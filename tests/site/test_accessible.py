"""No page shuts anybody out: axe finds nothing serious on any of them, in any state they have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import get_resolver
from django_otp.plugins.otp_totp.models import TOTPDevice

from bianzhi.office.access.models import User
from tests.support.browser import PASSWORD, Site, cast, new_database, serious, served
from tests.support.databases import new_sqlite, opened
from tests.support.looks import EMPTY, LOOKS, PAGELESS, STARTS, WITH_CODE, Look, prepare

LARGE = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


def names(resolver: Any) -> Iterator[str]:
    """The names of the addresses that people open; the API has no pages."""
    for each in resolver.url_patterns:
        if not hasattr(each, "url_patterns"):
            yield each.name
        elif each.namespace != "api":
            yield from names(each)


def test_every_address_is_looked_at():
    looked = {name.partition(":")[0] for name in LOOKS}
    known = set(names(get_resolver()))
    assert known - looked - PAGELESS.keys() == set(), "give it a look in tests/support/looks.py"
    assert looked & PAGELESS.keys() == set()
    assert PAGELESS.keys() <= known


@pytest.fixture(scope="module")
def site(chrome, django_db_blocker, tmp_path_factory) -> Iterator[Site]:
    """The sample with a delivery and a person in it, and a user with one-time codes."""
    folder = tmp_path_factory.mktemp("looks")
    database = new_database(folder, django_db_blocker)
    with django_db_blocker.unblock(), opened(database) as alias:
        user = User.objects.db_manager(alias).make(WITH_CODE, PASSWORD, "auditor", "审计小马")
        TOTPDevice.objects.using(alias).create(user=user, name="动态码", confirmed=True)
    with served(folder, database) as address:
        made = Site(address, database, chrome, folder)
        prepare(made.page("office_clerk"))
        yield made


@pytest.fixture(scope="module")
def fresh(chrome, django_db_blocker, tmp_path_factory) -> Iterator[Site]:
    """An instance in which nothing has been done yet."""
    folder: Path = tmp_path_factory.mktemp("nothing")
    with django_db_blocker.unblock():
        database = new_sqlite(folder / "office.sqlite3")
        cast(database)
    with served(folder, database) as address:
        yield Site(address, database, chrome, folder)


def looked_at(site: Site, look: Look) -> None:
    """Open it; nothing serious, nothing in the way of a small screen."""
    page = site.page(look.role) if look.role else stranger(site)
    try:
        if callable(look.go):
            look.go(page)
        else:
            assert page.goto(look.go).status == look.status
        assert page.title().endswith(" · 编制")
        assert serious(page) == []
        assert page.evaluate(LARGE), "no sideways scrolling on an office screen"
    finally:
        page.context.close()


def stranger(site: Site) -> Any:
    """A window of somebody not logged in."""
    return site.browser.new_context(base_url=site.address, locale="zh-CN").new_page()


@pytest.mark.browser
@pytest.mark.parametrize("name", [*LOOKS, *STARTS])
def test_nothing_serious(site, name):
    looked_at(site, {**LOOKS, **STARTS}[name])


@pytest.mark.browser
@pytest.mark.parametrize("name", EMPTY)
def test_nothing_serious_where_there_is_nothing_yet(fresh, name):
    looked_at(fresh, EMPTY[name])
