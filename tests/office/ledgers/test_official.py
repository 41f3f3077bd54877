"""The office's own tables go out filled from the state, each role only with what it may see."""

from __future__ import annotations

import pytest

from tests.support.cast import browser
from tests.support.exports import workbook
from tests.support.pages import get

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample")]


def cells(address: str, role: str = "office_head", unit: str = "") -> list[str]:
    rows = workbook(browser(role, unit).get(address))
    return [str(value) for row in rows for value in row if value is not None]


def test_the_56_column_sheet_has_the_units_of_the_day_with_their_figures():
    found = cells("/tables?table=ledger&on=2026-11-01")
    assert "澜溪区第一中学" in found
    assert "澜溪区种子管理站" not in found, "merged away by then"
    assert "澜溪区种子管理站" in cells("/tables?table=ledger&on=2013-12-31")
    assert any("2026-11-01" in text and "口径" in text for text in found)


def test_the_leadership_sheet_goes_out_too():
    assert any("领导职数" in text for text in cells("/tables?table=leadership"))


def test_a_department_s_clerk_gets_only_the_units_under_it():
    found = cells("/tables?table=ledger", "department_clerk", "A02")
    assert "澜溪区第一中学" in found
    assert "澜溪区中医院" not in found


def test_an_administrator_gets_none_and_an_unknown_table_is_told():
    assert browser("administrator").get("/tables?table=ledger").status_code == 403
    assert browser().get("/tables?table=nothing").status_code == 404


@pytest.mark.parametrize("page", ["/", "/units"])
def test_the_pages_offer_them(page):
    assert "/tables?table=ledger" in get(page).replace("&amp;", "&")
