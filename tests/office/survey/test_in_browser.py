"""The survey's pages in a real browser: the picture of the district and the report on paper."""

from __future__ import annotations

import pytest

from tests.support.browser import listen
from tests.support.reports import pdf_pages

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
DAY = "on=2026-11-01"


def test_the_picture_of_the_district_prints_with_its_bars(office):
    page = office.page("office_head")
    page.goto(f"/survey/picture?{DAY}")
    page.emulate_media(media="print")
    bars = page.locator("td.bar")
    assert bars.count() > 3
    assert all(each.is_visible() for each in bars.all())
    assert page.locator("nav.side").count() == 0 or not page.locator("nav.side").is_visible()
    for table in page.locator("table").all():  # no column slips under the head of another
        heads = table.locator("thead th").count()
        cells = table.locator("tbody tr").first.locator("td:visible").count()
        assert cells in (heads, 1)
    words = "".join(pdf_pages(page.pdf(prefer_css_page_size=True)))
    assert "事业单位一张图" in words
    assert "口径" in words
    assert "打印" not in words


def test_the_report_is_read_and_taken_without_a_word_from_the_console(office):
    page = office.page("office_head")
    wrong: list[str] = []
    listen(page, office.address, wrong)
    page.goto(f"/survey/report?{DAY}")
    assert page.locator("figure svg").count() >= 2
    with page.expect_download() as taken:
        page.click("text=Word")
    assert taken.value.suggested_filename.endswith(".docx")
    page.locator("article p a").first.click()
    assert page.locator("h1 .value").inner_text()
    assert wrong == []
