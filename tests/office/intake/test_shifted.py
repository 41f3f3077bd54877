"""A sheet whose numbers stand one column off: one finding, one button, and nothing by itself."""

from __future__ import annotations

import pytest

from bianzhi.office.intake import work
from bianzhi.office.intake.models import Delivery, Sheet
from tests.support.cast import browser
from tests.support.workbooks import ledger, mixed_units, moved_left, xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture
def delivery() -> Delivery:
    rows = ledger(*mixed_units())
    data = xlsx(rows[:3] + moved_left(rows[3:]))
    made = work.receive([("旧系统导出.xlsx", data)], "甲").delivery
    work.prepare(made)
    return made


def errors(delivery: Delivery) -> list[str]:
    return list(delivery.found.filter(severity="error").values_list("code", flat=True))


def test_a_shifted_sheet_is_one_finding_and_none_of_its_rows_goes_in(delivery):
    assert errors(delivery) == ["CK-40 shifted-block"]
    assert delivery.summary["changes"] == 0
    sheet = Sheet.objects.get()
    assert (sheet.rows, sheet.bad) == (18, 18)


def test_the_button_moves_the_block_back_and_can_be_taken_back(delivery):
    sheet = Sheet.objects.get()
    client = browser("office_clerk")
    address = f"/intake/{delivery.pk}/sheets/{sheet.pk}/move-back"
    for page in ("findings", f"sheets/{sheet.pk}"):
        assert address in client.get(f"/intake/{delivery.pk}/{page}").content.decode()
    client.post(address)
    delivery.refresh_from_db()
    assert errors(delivery) == []
    assert delivery.summary["totals"] == {"SY": ["0", "360"], "XZ": ["0", "135"]}
    client.post(address, {"back": "no"})
    assert errors(delivery) == ["CK-40 shifted-block"]


def test_a_delivery_laid_aside_is_moved_no_more(delivery):
    work.void(delivery)
    address = f"/intake/{delivery.pk}/sheets/{Sheet.objects.get().pk}/move-back"
    assert browser("office_clerk").post(address).status_code == 400
