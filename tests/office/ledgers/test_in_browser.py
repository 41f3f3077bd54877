"""The ledgers in a real browser: a morning's looking things up, on paper too, and for everybody."""

from __future__ import annotations

import pytest

from tests.support.browser import serious

pytestmark = pytest.mark.browser
PAGES = {
    "home": "/?on=2026-11-01",
    "units": "/units?on=2026-11-01",
    "groups": "/units?group=rank&on=2026-11-01",
    "entries": "/entries?holder=S05&on=2016-12-31",
    "holders": "/entries?kind=SY&on=2026-11-01",
    "findings": "/findings/?on=2026-11-01",
    "changes": "/changes?on=2026-11-01",
    "change": "/change?no=12&on=2026-11-01",
}


@pytest.fixture(scope="module")
def page(office):
    return office.page()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_serious_stands_in_anybodys_way_and_nothing_is_refused(office, page, name):
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text))
    assert page.goto(PAGES[name]).status == 200
    assert serious(page) == []
    assert refused == [], "the browser's console: a script or a style refused"
    office.picture(page, name)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 1366, "no sideways scrolling on an office screen"


def test_a_unit_is_found_by_pinyin_then_2015_then_the_grounds_of_a_number(page):
    page.goto("/")
    page.fill("main input[name=q]", "jyj")
    page.press("main input[name=q]", "Enter")
    page.click("table.units a:text-is('澜溪区教育局')")
    page.fill(".when input[name=on]", "2015-06-30")
    page.click(".when button")
    assert "2015-06-30（过去）" in page.inner_text(".basis.unusual")
    page.goto("/entries?holder=S01&on=2015-06-30")
    assert "核定：分录" in page.inner_text("main")
    page.click("text=回到今天")
    assert page.query_selector(".basis.unusual") is None


def test_a_quick_day_is_picked_and_the_list_closes(page):
    page.goto("/units")
    page.click("text=常用日期")
    page.click(".picks a >> nth=0")
    assert "-12-31（过去）" in page.inner_text(".basis")
    page.click("text=常用日期")
    page.keyboard.press("Escape")
    assert not page.is_visible(".picks ul")


def test_a_filter_takes_effect_at_once(page):
    page.goto("/units?on=2026-11-01")
    page.select_option("select[name=welfare_class]", "2")
    page.wait_for_url("**welfare_class=2**")
    assert "澜溪区中医院" in page.inner_text("main")
    assert "澜溪区第一中学" not in page.inner_text("table.units")


def test_a_table_is_handed_out_as_a_workbook(page, tmp_path):
    page.goto("/units?on=2026-11-01")
    with page.expect_download() as waiting:
        page.click("text=导出 Excel")
    assert waiting.value.suggested_filename == "机构名册 2026-11-01.xlsx"


def test_paper_has_the_table_and_its_basis_and_nothing_to_press(page):
    page.goto("/units?on=2026-11-01")
    page.emulate_media(media="print")
    assert page.is_visible(".basis")
    for gone in (".side", ".when", "form.search", "text=导出 Excel"):
        assert not page.is_visible(gone), gone
    page.emulate_media(media="screen")
    assert page.pdf(prefer_css_page_size=True)[:4] == b"%PDF"


def test_somebody_confined_walks_in_the_own_subtree(office):
    page = office.page("department_clerk")
    page.goto("/units?on=2026-11-01")
    told = page.inner_text("main")
    assert "澜溪区第一中学" in told
    assert "卫生" not in told
    assert "限 澜溪区教育局 及其下属" in page.inner_text(".basis")
