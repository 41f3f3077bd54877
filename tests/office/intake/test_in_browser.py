"""Intake in a real browser: a paper's numbers beside the ledger's, and a remark with its button."""

from __future__ import annotations

import pytest

from tests.office.intake.test_paper_pages import HISTORY, WORDS, docx
from tests.support.browser import serious
from tests.support.workbooks import ledger, mixed_units, moved_left, unit, xlsx

pytestmark = pytest.mark.browser


def test_papers_shifts_and_remarks_fit_the_screen_and_hinder_nobody(office, tmp_path):
    rows = ledger(*mixed_units())
    files = {
        "沿革表.xlsx": xlsx(HISTORY, sheet="机构沿革"),
        "批复.docx": docx(WORDS),
        "旧系统.xlsx": xlsx(rows[:3] + moved_left(rows[3:])),
        "台账.xlsx": xlsx(ledger(unit("甲区农技站", 8, 6, 备注="含周转3名"))),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    page = office.page("office_clerk")
    page.goto("/intake/")
    page.set_input_files('input[name="files"]', [tmp_path / name for name in files])
    page.get_by_role("button", name="读入").click()
    page.get_by_text("待确认").wait_for()
    delivery = page.url
    for name, address, sight in (
        ("paper", None, "与台账不一致"),
        ("shifted", f"{delivery}findings", "移回"),
        ("remark", f"{delivery}findings?severity=warning", "采用"),
    ):
        if address is None:
            page.get_by_role("link", name="批复.docx").click()
        else:
            page.goto(address)
        page.get_by_text(sight).first.wait_for()
        assert serious(page) == []
        office.picture(page, name)
        assert page.evaluate("document.documentElement.scrollWidth") <= 1366
