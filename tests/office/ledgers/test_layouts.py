"""The office's own tables go out filled from the state, each role only with what it may see."""

from __future__ import annotations

import pytest

from tests.support.cast import browser
from tests.support.exports import workbook
from tests.support.pages import get, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample")]


def cells(address: str, role: str = "office_head", unit: str = "") -> list[str]:
    rows = workbook(browser(role, unit).get(address))
    return [str(value) for row in rows for value in row if value is not None]


def test_the_56_column_sheet_has_the_units_of_the_day_with_their_figures():
    found = cells("/units?as=ledger&on=2026-11-01")
    assert "澜溪区第一中学" in found
    assert "澜溪区种子管理站" not in found, "merged away by then"
    assert "澜溪区种子管理站" in cells("/units?as=ledger&on=2013-12-31")
    assert any("2026-11-01" in said and "口径" in said for said in found)


def test_the_leadership_sheet_goes_out_too():
    assert any("领导职数" in said for said in cells("/units?as=leadership"))


def test_a_department_s_clerk_gets_only_the_units_under_it():
    found = cells("/units?as=ledger", "department_clerk", "A02")
    assert "澜溪区第一中学" in found
    assert "澜溪区中医院" not in found


def test_an_administrator_gets_none():
    assert browser("administrator").get("/units?as=ledger").status_code == 403


def test_the_sheet_of_sections_goes_out_with_posts_of_leaders_and_duties():
    found = cells("/units?as=sections&supervisor=A02&on=2026-11-01")
    assert any("内设机构职数情况表" in said for said in found)
    assert all(any(head in said for said in found) for head in ("核定领导职数", "主要职责"))


def test_what_is_on_screen_goes_out_and_nothing_else():
    address = "/units?as=ledger&q=中学&on=2026-11-01"
    found = cells(address)
    assert "澜溪区第一中学" in found
    assert "澜溪区中医院" not in found
    assert any("范围：查找“中学”" in said for said in found)


def test_more_units_than_a_sheet_holds_are_refused_in_words(monkeypatch):
    monkeypatch.setattr("bianzhi.office.ledgers.views.units.MOST", 3)
    for form in ("ledger", "xlsx"):
        answer = browser().get(f"/units?as={form}")
        assert answer.status_code == 400
        assert "一个工作簿最多导出 3 行" in text(answer.content.decode())
        assert browser().get(f"/units?as={form}&q=第一中学").status_code == 200


def test_the_pages_offer_them():
    assert "/units?as=ledger" in get("/").replace("&amp;", "&")
    page = get("/units", rank="6", on="2026-11-01").replace("&amp;", "&")
    for form in ("ledger", "leadership", "sections"):
        assert f"/units?on=2026-11-01&rank=6&as={form}" in page, "of the units on screen"
