"""Pictures of a unit in a real browser: drawn, nothing refused, nothing in anybody's way."""

from __future__ import annotations

import pytest

from tests.support.browser import serious

pytestmark = pytest.mark.browser
DRAWN = "[...document.querySelectorAll('.picture')].every(each => each.querySelector('canvas'))"
PAGES = {
    "unit": ("/unit?code=S05&on=2026-11-01", 1),
    "unit-ended": ("/unit?code=S09&on=2026-11-01", 1),
    "department": ("/unit?code=A02&on=2026-11-01", 1),
    "chart": ("/chart?on=2026-11-01", 0),
    "chart-drawn": ("/chart?on=2026-11-01&picture=1", 1),
    "succession": ("/succession?code=S08&on=2026-11-01", 2),
    "reform": ("/succession?year=2019&on=2026-11-01", 2),
    "compare": ("/compare?before=2019-01-01&after=2019-12-31", 0),
    "known": ("/known?code=S01&on=2017-12-31&then=15", 0),
}


@pytest.fixture(scope="module")
def page(office):
    return office.page()


@pytest.mark.parametrize("name", PAGES)
def test_pictures_are_drawn_and_nothing_stands_in_the_way(office, page, name):
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text))
    address, pictures = PAGES[name]
    assert page.goto(address).status == 200
    page.wait_for_function(DRAWN)
    assert page.locator(".picture canvas").count() == pictures
    assert serious(page) == []
    assert refused == [], "the browser's console: a script or a style refused"
    office.picture(page, name)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1366


def test_branch_of_the_chart_opens_and_closes(page):
    page.goto("/chart?on=2026-11-01")
    page.locator("summary", has_text="澜溪区教育局").locator(".state").click()
    assert not page.is_visible("text=基础教育股")
    page.locator("summary", has_text="澜溪区教育局").locator(".state").click()
    assert page.is_visible("text=基础教育股")
