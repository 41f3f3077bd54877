"""用编号码: what has become of one is what the record says; its post goes to a person or back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from bianzhi.core.errors import Refusal
from bianzhi.office.access.models import LogEntry
from bianzhi.office.cases.models import Ticket, TicketEnd
from bianzhi.office.cases.use import ending
from bianzhi.office.cases.use.tickets import tickets
from bianzhi.office.cases.views.tickets import masked
from bianzhi.office.desk.held import held
from bianzhi.record.post import Poster
from tests.office.cases.conftest import NOW, USE
from tests.office.cases.test_issuing import issued
from tests.office.cases.test_use_request import agreed, figures
from tests.support.cast import browser
from tests.support.ledger import ledger
from tests.support.pages import row, text

pytestmark = pytest.mark.usefixtures("planned")
LETTER = {"doc_no": "澜农〔2026〕30号", "title": "关于放弃用编的函", "issuer": "区农业农村局",
          "doc_date": "2026-04-01"}  # fmt: skip
LATER = datetime(2027, 3, 6, 2, tzinfo=UTC)  # the day after the tickets' last one
FIRST, SECOND, THIRD = "N202600001", "N202600002", "N202600003"


@pytest.fixture
def three(opened) -> int:
    """Three tickets of the station, given out on 2026-03-05 until 2027-03-05; the change."""
    return int(issued(agreed(opened("use_request", USE))).change)


def states() -> dict[str, str]:
    return {each.key: each.state for each in tickets(held().columns)}


def post(text: str) -> int:
    return Poster().post(ledger(text))[-1].no


ENROLL = f"""
    2026-05-01 澜编办〔2026〕7号
      上编 person=wang name=王小五 org=NJ kind=SY funding=full ticket={FIRST}
"""


def test_a_person_uses_a_ticket_and_a_void_change_frees_it(three) -> None:
    no = post(ENROLL)
    used = next(each for each in tickets(held().columns) if each.key == FIRST)
    assert (used.state, used.person, used.last_by) == ("used", "wang", no)
    assert figures("2026-05-01") == (2, 0, 8)
    post(f"2026-05-02 澜编办〔2026〕8号\n  作废 no={no}")
    assert states()[FIRST] == "created"


def test_a_ticket_given_up_gives_its_post_back_by_its_letter(three) -> None:
    no = ending.end([FIRST, SECOND], "given_up", LETTER, by="经办小周", now=NOW)
    assert states() == {FIRST: "given_up", SECOND: "given_up", THIRD: "created"}
    assert figures("2026-04-01") == (1, 0, 10)
    assert set(TicketEnd.objects.values_list("change", flat=True)) == {no}
    ending.end([THIRD], "cancelled", {**LETTER, "doc_no": "澜编办〔2026〕9号"}, by="周", now=NOW)
    assert states()[THIRD] == "cancelled"


@pytest.mark.parametrize(
    ("keys", "why", "paper", "words"),
    [([], "given_up", LETTER, "没有选号码"), (["N9"], "given_up", LETTER, "没有用编号码 N9"),
     ([FIRST], "expired", LETTER, "放弃或注销"),
     ([FIRST], "given_up", {**LETTER, "doc_no": ""}, "缺少文号")],
)  # fmt: skip
def test_what_ends_a_ticket_is_named_in_full(three, keys, why, paper, words) -> None:
    with pytest.raises(Refusal, match=words):
        ending.end(keys, why, paper, by="周", now=NOW)
    assert set(states().values()) == {"created"}


def test_a_ticket_ends_once(three) -> None:
    post(ENROLL)
    with pytest.raises(Refusal, match="现在是“使用”"):
        ending.end([FIRST, SECOND], "given_up", LETTER, by="周", now=NOW)
    assert states()[SECOND] == "created"


def test_those_that_ran_out_go_back_in_one_change_and_only_those(three, opened) -> None:
    post(ENROLL)
    given = {**USE, "n": "1", "expires_on": "2027-03-06"}
    issued(agreed(opened("use_request", given)))
    head = held().columns.head
    assert ending.expire(by="周", now=NOW) == (0, ())
    assert ending.expire(by="周", now=LATER) == (head + 1, (SECOND, THIRD))
    assert states() == {FIRST: "used", SECOND: "expired", THIRD: "expired",
                        "N202600004": "created"}  # fmt: skip
    assert ending.expire(by="周", now=LATER) == (0, ())


def test_a_void_notice_leaves_its_numbers_taken_and_void(three) -> None:
    post(f"2026-03-06 澜编办〔2026〕8号\n  作废 no={three}")
    assert set(states().values()) == {"void"}
    assert Ticket.objects.count() == 3


def test_a_unit_ends_only_when_its_tickets_are_settled(three) -> None:
    merger = "2026-06-01 澜编发〔2026〕9号\n  合并 sources=NJ into=ZZ"
    with pytest.raises(Refusal, match=f"待上编 {FIRST}"):
        post(merger)
    ending.end([FIRST, SECOND, THIRD], "cancelled", LETTER, by="周", now=NOW)
    post(merger)


def test_the_command_lists_and_expires(three, capsys) -> None:
    call_command("tickets", "list", "--json")
    assert capsys.readouterr().out.count(FIRST) == 1
    Ticket.objects.update(expires_on=20000)
    call_command("tickets", "expire")
    assert f"{FIRST}、{SECOND}、{THIRD} 过期，编制退回" in capsys.readouterr().out
    call_command("tickets", "expire")
    assert "没有到期" in capsys.readouterr().out


# -- pages ----------------------------------------------------------------------------------------


def listed(**query: str) -> str:
    return browser("office_clerk").get("/cases/tickets", query).content.decode()


def test_the_list_shows_who_uses_a_ticket_and_is_filtered(three) -> None:
    post(ENROLL)
    page = listed()
    assert row(page, "", FIRST)[2:4] == ["使用", "区农业技术推广站 NJ"]
    assert "王＊＊" in text(page)
    assert "王小五" not in text(page)
    for query, there, gone in (
        ({"state": "created"}, SECOND, FIRST), ({"q": "n202600001"}, FIRST, SECOND),
        ({"year": "2026"}, FIRST, "N2025"), ({"unit": "NJ"}, FIRST, "N2025"),
    ):  # fmt: skip
        found = listed(**query)
        assert f"/cases/tickets/{there}" in found
        assert f"/cases/tickets/{gone}" not in found
    sheet = browser("office_clerk").get("/cases/tickets?as=xlsx")
    assert sheet.content.startswith(b"PK")


def test_what_ran_out_is_reminded_of_where_matters_are_listed(three) -> None:
    clerk = browser("office_clerk")
    Ticket.objects.filter(key=FIRST).update(expires_on=20000)
    assert "用编号码已到期未上编 1 个" in text(clerk.get("/cases/").content.decode())
    assert FIRST in listed(due="over")
    assert SECOND not in listed(due="over")
    assert clerk.post("/cases/tickets/expire").status_code == 302
    assert states()[FIRST] == "expired"
    assert "已到期未上编" not in text(clerk.get("/cases/").content.decode())


def test_a_ticket_tells_its_whole_way_and_leads_to_the_form(three) -> None:
    clerk = browser("office_clerk")
    page = clerk.get(f"/cases/tickets/{FIRST}").content.decode()
    assert f"ticket={FIRST}" in page
    form = clerk.get("/people/move", {"do": "上编", "ticket": FIRST, "org": "NJ", "kind": "SY"})
    assert f'value="{FIRST}"' in form.content.decode()
    no = post(ENROLL)
    post(f"2026-05-02 澜编办〔2026〕8号\n  作废 no={no}")
    page = text(clerk.get(f"/cases/tickets/{FIRST}").content.decode())
    for words in ("占编 澜编发〔2026〕1号", "上编 澜编办〔2026〕7号 已作废"):
        assert words in page


def test_a_ticket_that_ran_out_leads_nowhere(three) -> None:
    Ticket.objects.update(expires_on=20000)
    page = browser("office_clerk").get(f"/cases/tickets/{FIRST}").content.decode()
    assert f"ticket={FIRST}" not in page
    assert "已到期" in text(page)


def test_tickets_are_given_up_on_the_page(three) -> None:
    clerk = browser("office_clerk")
    sent = {**LETTER, "ticket": [FIRST, SECOND], "why": "given_up"}
    assert clerk.post("/cases/tickets/end", sent).status_code == 302
    assert states() == {FIRST: "given_up", SECOND: "given_up", THIRD: "created"}
    assert "放弃 2 个用编号码" in LogEntry.objects.get(act="post").what
    assert clerk.post("/cases/tickets/end", sent).status_code == 400


def test_a_unit_sees_its_own_tickets_and_ends_none(three) -> None:
    own, other = browser("institution_clerk", "NJ"), browser("institution_clerk", "ZZ")
    assert FIRST in own.get("/cases/tickets").content.decode()
    assert FIRST not in other.get("/cases/tickets").content.decode()
    assert own.get(f"/cases/tickets/{FIRST}").status_code == 200
    assert other.get(f"/cases/tickets/{FIRST}").status_code == 403
    for client in (own, browser("auditor"), browser("board_secretary")):
        assert client.post("/cases/tickets/expire").status_code == 403
        sent = {**LETTER, "ticket": [FIRST], "why": "given_up"}
        assert client.post("/cases/tickets/end", sent).status_code == 403
    assert set(states().values()) == {"created"}


def test_a_number_nobody_gave_out_is_told(three) -> None:
    assert browser("office_clerk").get("/cases/tickets/N209900001").status_code == 404


def test_only_the_surname_is_shown() -> None:
    assert [masked(name) for name in ("王小五", "王", "")] == ["王＊＊", "王", ""]
