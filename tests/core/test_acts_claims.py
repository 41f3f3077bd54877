"""Acts that set posts aside: a hold, a ticket, their release. What is promised is not free."""

from __future__ import annotations

import pytest

from tests.support.ledger import codes, draft, problems

DAY = "2023-01-01"


def test_a_hold_reserves_posts_and_a_release_gives_them_back(office):
    office.write("""
        2023-01-01
          锁编 matter=M1 org=A kind=XZ n=3 name=招考
        2023-03-01
          释放 claimant=M1
    """)
    view = office.view
    assert view.used("A", DAY) == (0, 3)
    assert view.used("A", "2023-03-01") == (0, 0)
    assert view.fact("M1", "name", DAY) == "招考"


def test_holding_more_adds_to_what_the_matter_holds_there(office):
    office.write("""
        2023-01-01
          锁编 matter=M1 org=A kind=XZ n=3
        2023-03-01
          锁编 matter=M1 org=A kind=XZ n=2
    """)
    assert office.view.used("A", DAY) == (0, 3)
    assert office.view.used("A", "2023-03-01") == (0, 5)


def test_what_later_entries_were_worked_out_from_is_not_changed_under_them(office):
    """M1 holds 5 since January; in June a ticket draws one, which leaves 4."""
    office.post(draft("锁编 matter=M1 org=A kind=XZ n=5"))
    office.post(draft("占编 ticket=T1 org=A kind=XZ matter=M1", day="2023-06-01"))
    for line in (
        "锁编 matter=M1 org=A kind=XZ n=1",
        "占编 ticket=T2 org=A kind=XZ matter=M1",
        "释放 claimant=M1",
    ):
        (problem,) = problems(office, draft(line, day="2023-03-01"))
        assert problem.code == "later-entry"
        assert "2023-06-01" in problem.what
        assert "2023-03-01" in problem.what
    assert codes(office, draft("作废 no=2")) == ["later-entry"]
    office.post(draft("作废 no=3"))
    office.post(draft("作废 no=2"))
    assert office.view.used("A", "2023-06-01") == (0, 0)


def test_one_matter_may_hold_several_accounts_and_releases_all(office):
    office.write("""
        2023-01-01
          核增 org=A kind=SY n=2 funding=full
          锁编 matter=M1 org=A kind=XZ n=3
          锁编 matter=M1 org=A kind=SY n=1 funding=full
    """)
    assert office.view.used("A", DAY, "SY", "full") == (0, 1)
    office.post(draft("释放 claimant=M1"))
    assert office.view.used("A", DAY) == (0, 0)
    assert office.view.used("A", DAY, "SY", "full") == (0, 0)


def test_a_ticket_is_pending_until_the_person_is_in(office):
    office.post(draft("占编 ticket=T1 org=A kind=XZ"))
    assert office.view.used("A", DAY) == (0, 1)
    office.post(draft("上编 person=张三 org=A kind=XZ ticket=T1 on=2023-02-01"))
    assert office.view.used("A", "2023-01-31") == (0, 1)
    assert office.view.used("A", "2023-02-01") == (1, 0)


def test_a_ticket_may_draw_on_what_a_matter_holds(office):
    office.write("""
        2023-01-01
          锁编 matter=M1 org=A kind=XZ n=10
        2023-02-01
          占编 ticket=T1 org=A kind=XZ matter=M1
          占编 ticket=T2 org=A kind=XZ n=9 matter=M1
    """)
    assert office.view.used("A", "2023-02-01") == (0, 10)
    assert codes(office, draft("释放 claimant=M1", day="2023-03-01")) == ["nothing-held"]


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        ("锁编 matter=M1 org=A kind=XZ n=0", "bad-quantity", "n"),
        ("锁编 matter=M1 org=Q kind=XZ n=1", "unknown-unit", "org"),
        ("锁编 matter=A org=A kind=XZ n=1", "wrong-class", ""),
        ("锁编 matter=M1 org=A kind=XZ n=11", "no-vacancy", ""),
        ("占编 ticket=T1 org=A kind=XZ n=-1", "bad-quantity", "n"),
        ("占编 ticket=T1 org=B kind=XZ", "no-vacancy", ""),
        ("占编 ticket=A org=A kind=XZ", "wrong-class", ""),
        ("占编 ticket=T1 org=A kind=XZ matter=M1", "hold-too-small", "matter"),
        ("释放 claimant=Q", "unknown-claimant", "claimant"),
        ("释放 claimant=A", "unknown-claimant", "claimant"),
    ],
)
def test_what_cannot_be_promised_is_refused(office, line, code, field):
    (problem,) = problems(office, draft(line))
    assert (problem.code, problem.field) == (code, field)


def test_a_ticket_is_used_once_even_after_its_release(office):
    office.post(draft("占编 ticket=T1 org=A kind=XZ"))
    assert codes(office, draft("占编 ticket=T1 org=A kind=XZ")) == ["used-ticket"]
    office.post(draft("释放 claimant=T1"))
    assert codes(office, draft("占编 ticket=T1 org=A kind=XZ")) == ["used-ticket"]
    assert codes(office, draft("释放 claimant=T1")) == ["nothing-held"]


def test_a_draw_says_how_many_the_matter_holds(office):
    office.post(draft("锁编 matter=M1 org=A kind=XZ n=2"))
    (problem,) = problems(office, draft("占编 ticket=T1 org=A kind=XZ n=3 matter=M1"))
    assert problem.code == "hold-too-small"
    assert "只锁定 2 名，不够 3 名" in problem.what


def test_a_hold_of_another_unit_or_kind_is_not_drawn_on(office):
    office.write("""
        2023-01-01
          核增 org=B kind=XZ n=5
          锁编 matter=M1 org=A kind=XZ n=2
    """)
    assert codes(office, draft("占编 ticket=T1 org=B kind=XZ matter=M1")) == ["hold-too-small"]


def test_counter_accounts_hold_nothing_for_anyone(office):
    assert codes(office, draft("锁编 matter=M1 org=上级 kind=XZ n=1")) == ["unknown-unit"]
