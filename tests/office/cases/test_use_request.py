"""用编: what a request locks, the decision gives out as numbered tickets, one a post."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from pypdf import PdfReader

from bianzhi.core.days import day_text, parse_day
from bianzhi.core.errors import Refusal
from bianzhi.core.state import State
from bianzhi.office.cases.issuing import draft_paper, from_json
from bianzhi.office.cases.models import Case, Letterhead, Limit, Ticket
from bianzhi.office.cases.stepping import take
from bianzhi.office.cases.use.limits import TICKET
from bianzhi.office.desk.held import held
from bianzhi.record.post import Poster
from tests.office.cases.conftest import NOW, USE, walk
from tests.office.cases.test_issuing import SIGNED, issued
from tests.support.ledger import ledger

pytestmark = pytest.mark.usefixtures("planned")


def figures(day: str = "2026-03-05") -> tuple[int, int, int]:
    """待上编, 预留 and 空编 of the station: 12 posts, one person."""
    rows = State(held().columns, parse_day(day)).figures("holder", "kind")
    row = rows.filter(holder="NJ", kind="SY").row(0, named=True)
    return int(row["pending"]), int(row["reserved"]), int(row["vacant"])


def agreed(case: Case, approved: str = "") -> Case:
    """Walked to the decision, with a number approved."""
    case = walk(case, "submit", "accept", "study", "refer")
    return take(case.pk, case.version, "agree", by="秘书小董", now=NOW, words="会议研究",
                approved=approved)  # fmt: skip


def given_out() -> list[str]:
    return sorted(Ticket.objects.values_list("key", flat=True))


def test_from_locked_to_waiting_for_a_person_one_number_a_post(opened) -> None:
    case = walk(opened("use_request", USE), "submit", "accept")
    assert figures() == (0, 3, 8)
    paper = issued(agreed(opened("use_request", {**USE, "n": "2"})))
    assert given_out() == ["N202600001", "N202600002"]
    assert figures() == (2, 3, 8 - 2)
    issued(walk(case, "study", "refer", "agree"))
    assert (figures(), len(given_out())) == ((5, 0, 6), 5)
    assert paper.change is not None


def test_the_notice_lists_every_number(opened) -> None:
    paper = issued(agreed(opened("use_request", USE)))
    kept = from_json(paper.paper)
    assert (kept.kind, kept.title) == ("编制使用通知单", "关于区农业技术推广站使用编制的通知")
    assert [row[0] for row in kept.tables[0].rows] == ["N202600001", "N202600002", "N202600003"]
    assert kept.tables[0].rows[0][1:] == (
        "区农业技术推广站", "一般事业编制", "财政全额", "公开招聘", "2027年3月5日",
    )  # fmt: skip
    text = "".join("".join(page.extract_text().split()) for page in
                   PdfReader(io.BytesIO(bytes(paper.pdf))).pages)  # fmt: skip
    for words in ("现通知如下", "N202600001至N202600003", "N202600002", "至2027年3月5日止"):
        assert words in text


def test_fewer_may_be_approved_and_the_rest_comes_free(opened) -> None:
    issued(agreed(opened("use_request", USE), "1"))
    assert (given_out(), figures()) == (["N202600001"], (1, 0, 10))


@pytest.mark.parametrize(("approved", "words"), [("4", "CK-23"), ("0", "大于零"), ("1.5", "整数"),
                                                 ("三", "不能作为数量")])  # fmt: skip
def test_never_more_than_was_asked_for(opened, approved, words) -> None:
    case = opened("use_request", USE)
    with pytest.raises(Refusal, match=words):
        agreed(case, approved)
    case.refresh_from_db()
    assert case.state == "board"
    assert agreed_exactly(case).approved == "3"  # as many as were asked for: just not too many


def agreed_exactly(case: Case) -> Case:
    return take(case.pk, case.version, "agree", by="秘书小董", now=NOW, words="研究", approved="3")


def test_a_matter_decided_anew_forgets_what_was_approved(opened) -> None:
    case = opened(
        "use_request",
        USE,
    )
    case.levels = ["board", "party"]
    case.save()
    case = agreed(case, "1")
    assert walk(case, "defer").approved == ""


def test_numbers_have_no_gap_whatever_was_refused_between(opened) -> None:
    issued(agreed(opened("use_request", {**USE, "n": "1"})))
    doomed = agreed(opened("use_request", {**USE, "n": "2"}))
    Letterhead.objects.all().delete()
    with pytest.raises(Refusal):
        issued(doomed)
    assert given_out() == ["N202600001"]
    Letterhead.objects.create(level="use", issuer="区委编办", word="澜编控")
    assert str(issued(doomed).number) == "澜编控〔2026〕1号"
    assert given_out()[1:] == ["N202600002", "N202600003"]
    issued(agreed(opened("use_request", {**USE, "n": "1"})), date(2027, 1, 4))
    assert given_out()[-1] == "N202700001"


def test_the_database_gives_no_number_twice(opened) -> None:
    case = issued(agreed(opened("use_request", {**USE, "n": "1"}))).case
    with pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.create(key="N2026X", year=2026, seq=1, case=case, expires_on=1)


def test_numbers_of_an_older_ledger_are_not_given_out_again(opened) -> None:
    Poster().post(
        ledger("""
        2026-01-05
          占编 ticket=N202600041 org=ZZ kind=SY funding=full
          占编 ticket=N2026某号 org=ZZ kind=SY funding=full
    """)
    )
    issued(agreed(opened("use_request", {**USE, "n": "1"})))
    assert given_out() == ["N202600042"]


def test_the_draft_shows_the_next_numbers_and_takes_none(opened) -> None:
    case = agreed(opened("use_request", USE))
    assert draft_paper(case, SIGNED).tables[0].rows[0][0] == "N202600001"
    assert given_out() == []


def test_how_long_a_ticket_holds_is_the_office_s_or_the_paper_s(opened) -> None:
    Limit.objects.create(code=TICKET, value=30)
    issued(agreed(opened("use_request", {**USE, "n": "1"})))
    issued(agreed(opened("use_request", {**USE, "n": "1", "expires_on": "2026-12-31"})))
    kept = [day_text(each.expires_on) for each in Ticket.objects.order_by("seq")]
    assert kept == ["2026-04-04", "2026-12-31"]
    late = agreed(opened("use_request", {**USE, "n": "1", "expires_on": "2026-03-04"}))
    with pytest.raises(Refusal, match="印发以前就过了"):
        issued(late)


def test_a_paper_dated_before_the_lock_gives_its_numbers_from_the_lock(opened) -> None:
    issued(agreed(opened("use_request", USE)), date(2026, 2, 25))
    assert (figures("2026-03-01"), figures("2026-03-02")) == ((0, 0, 11), (3, 0, 8))


def test_a_request_is_for_whole_posts_and_not_more_than_are_vacant(opened) -> None:
    with pytest.raises(Refusal, match="不是整数"):
        walk(opened("use_request", {**USE, "n": "0.5"}), "submit")
    with pytest.raises(Refusal, match="超出 1 名"):
        walk(opened("use_request", {**USE, "n": "12"}), "submit", "accept")
    walk(opened("use_request", {**USE, "n": "11"}), "submit", "accept")
