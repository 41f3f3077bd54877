"""Pages of the use of posts: who sees what, what a clerk does there."""

from __future__ import annotations

import pytest

from bianzhi.office.cases.models import Limit, Meeting
from bianzhi.office.cases.use.limits import TICKET
from tests.office.cases.conftest import USE, walk
from tests.support.cast import browser
from tests.support.pages import text

pytestmark = pytest.mark.usefixtures("planned")


def before_the_board(opened):
    return walk(opened("use_request", USE), "submit", "accept", "study", "refer")


def test_the_secretary_approves_fewer_on_the_page_of_the_matter(opened) -> None:
    case = before_the_board(opened)
    secretary = browser("board_secretary")
    assert "申请 3 名，可以少批" in text(secretary.get(f"/cases/{case.pk}").content.decode())
    sent = {"step": "agree", "version": case.version, "words": "研究", "approved": "2"}
    assert secretary.post(f"/cases/{case.pk}/step", sent).status_code == 302
    assert "2（申请 3）" in text(secretary.get(f"/cases/{case.pk}").content.decode())


def test_a_meeting_approves_fewer_and_hears_why_not_more(opened) -> None:
    case = before_the_board(opened)
    meeting = Meeting.objects.create(level="board", title="第3次会议", held_on=20500)
    meeting.cases.add(case)
    secretary = browser("board_secretary")
    sent = {f"outcome.{case.pk}": "agree", f"version.{case.pk}": case.version,
            f"approved.{case.pk}": "5"}  # fmt: skip
    answer = secretary.post(f"/cases/meetings/{meeting.pk}/decide", sent, follow=True)
    assert "批准数不得超过申请数（CK-23）" in text(answer.content.decode())
    secretary.post(f"/cases/meetings/{meeting.pk}/decide", {**sent, f"approved.{case.pk}": "2"})
    case.refresh_from_db()
    assert (case.state, case.approved) == ("approved", "2")


@pytest.mark.parametrize("type_", ["use_plan", "use_request", "loan"])
@pytest.mark.parametrize(
    "given",
    [{}, {"org": "NJ"}, {"org": "无此单位", "year": "今年", "n": "三", "years": "x", "kind": "SY",
                         "posts": [["SY", "", "许多"]], "expires_on": "明天"}],
    ids=["empty", "begun", "garbled"],
)  # fmt: skip
def test_a_draft_may_be_looked_at_however_little_it_says(opened, type_, given) -> None:
    case = opened(type_, given)
    page = browser("department_clerk", "NY").get(f"/cases/{case.pk}")
    assert page.status_code == 200
    assert "现在还不能入账" in text(page.content.decode())


@pytest.mark.parametrize("value", ["0", "-3", "三十", "99999999999", ""])
def test_a_limit_is_a_number_of_days(value: str) -> None:
    head = browser("office_head")
    sent = {"code": TICKET, "value": value}
    assert head.post("/cases/signing/limit", sent).status_code == 400
    assert head.post("/cases/signing/limit", {**sent, "value": "180"}).status_code == 302
    assert Limit.objects.get().value == 180
    assert 'value="180"' in head.get("/cases/signing").content.decode()


def test_only_who_decides_sets_limits() -> None:
    sent = {"code": TICKET, "value": "180"}
    assert browser("office_clerk").post("/cases/signing/limit", sent).status_code == 403
    assert not Limit.objects.exists()
