"""Acts on people: one person fills one counting place at a time."""

from __future__ import annotations

import pytest

from tests.support.ledger import codes, draft, problems

DAY = "2023-01-01"


def test_a_person_takes_up_a_post_and_leaves_it(office):
    office.write("""
        2023-01-01
          上编 person=P1 name=张三 org=A kind=XZ
        2023-06-01
          下编 person=P1 reason=退休
    """)
    view = office.view
    assert view.place("P1", DAY) == ("A", "XZ", "actual")
    assert view.place("P1", "2023-06-01") is None
    assert view.used("A", "2023-05-31") == (1, 0)
    assert view.used("A", "2023-06-01") == (0, 0)
    assert view.book.name("P1") == "张三（P1）"
    assert view.fact("P1", "exit_reason", "2023-06-01") == "退休"


def test_a_person_may_come_back(office):
    office.write("""
        2023-01-01
          上编 person=P1 org=A kind=XZ
        2023-03-01
          下编 person=P1
        2023-05-01
          上编 person=P1 org=A kind=XZ
    """)
    days = (DAY, "2023-03-01", "2023-05-01")
    assert [office.view.used("A", day)[0] for day in days] == [1, 0, 1]


def test_half_a_post_is_a_place_too(office):
    office.post(draft("上编 person=P1 org=A kind=XZ amount=0.5"))
    assert office.view.used("A", DAY)[0] == 0.5


def test_who_does_not_count_uses_no_post(office):
    office.post(draft("上编 person=P1 org=B kind=XZ counts=false"))
    assert office.view.used("B", DAY) == (0, 0)
    assert office.view.place("P1", DAY) == ("B", "XZ", "uncounted")
    office.post(draft("上编 person=P1 org=A kind=XZ"))  # now in a counting place
    assert office.view.place("P1", DAY) == ("A", "XZ", "actual")


def test_people_move_together_and_keep_kind_funding_and_amount(office):
    office.write("""
        2023-01-01
          核增 org=B kind=XZ n=2
          上编 person=P1 org=A kind=XZ amount=0.5
          上编 person=P2 org=A kind=XZ
        2023-03-01
          转隶 persons=P1,P2 to=B
    """)
    view = office.view
    assert view.used("A", "2023-03-01") == (0, 0)
    assert view.used("B", "2023-02-28") == (0, 0)
    assert view.used("B", "2023-03-01")[0] == 1.5


def test_people_may_change_kind_and_funding_as_they_move(office):
    office.write("""
        2023-01-01
          核增 org=B kind=SY n=2 funding=full
          上编 person=P1 org=A kind=XZ
          转隶 persons=P1 to=B kind=SY funding=full
    """)
    assert office.view.used("B", DAY, "SY", "full")[0] == 1


def test_a_leadership_post_is_held_beside_the_place(office):
    office.write("""
        2023-01-01
          核增 org=A kind=LD1@6 n=1
          上编 person=P1 org=A kind=XZ
          任职 person=P1 org=A kind=LD1@6 title=局长
        2023-03-01
          免职 person=P1
    """)
    view = office.view
    assert view.place("P1", DAY, "leadership") == ("A", "LD1@6", "actual")
    assert view.place("P1", DAY) == ("A", "XZ", "actual")
    assert view.fact("P1", "title", DAY) == "局长"
    assert view.used("A", "2023-03-01", "LD1@6") == (0, 0)


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        ("上编 person=P1 org=A kind=XZ amount=0", "bad-quantity", "n"),
        ("上编 person=P1 org=B kind=XZ", "no-vacancy", ""),
        ("上编 person=P1 org=Q kind=XZ", "unknown-unit", "org"),
        ("上编 person=P1 org=A kind=LD1", "wrong-kind", "kind"),
        ("上编 person=A org=A kind=XZ", "wrong-class", ""),
        ("上编 person=P1 org=A kind=XZ ticket=T9", "bad-ticket", "ticket"),
        ("下编 person=P1", "not-placed", "person"),
        ("下编 person=A", "not-placed", "person"),
        ("转隶 persons=P1 to=B", "not-placed", "person"),
        ("任职 person=P1 org=A kind=XZ", "wrong-kind", "kind"),
        ("任职 person=P1 org=A kind=LD1@6", "no-vacancy", ""),
        ("免职 person=P1", "not-placed", "person"),
    ],
)
def test_what_cannot_be_is_refused_in_the_field_that_is_wrong(office, line, code, field):
    (problem,) = problems(office, draft(line))
    assert (problem.code, problem.field) == (code, field)


def test_a_second_place_is_refused_and_the_first_is_named(office):
    office.post(draft("上编 person=P1 name=张三 org=A kind=XZ"))
    office.post(draft("核增 org=B kind=XZ n=1"))
    (problem,) = problems(office, draft("上编 person=P1 org=B kind=XZ"))
    assert problem.code == "placed-twice"
    assert "张三（P1）" in problem.what
    assert "甲局（A）" in problem.what


def test_leaving_twice_is_refused(office):
    office.post(draft("上编 person=P1 org=A kind=XZ"))
    office.post(draft("下编 person=P1", day="2023-02-01"))
    assert codes(office, draft("下编 person=P1", day="2023-03-01")) == ["not-placed"]


def test_people_do_not_move_where_there_is_no_post(office):
    office.post(draft("上编 person=P1 org=A kind=XZ"))
    assert codes(office, draft("转隶 persons=P1 to=B")) == ["no-vacancy"]
    assert codes(office, draft("转隶 persons=P1 to=A kind=LD1")) == ["wrong-kind"]


def test_a_ticket_serves_only_the_unit_and_kind_it_was_given_for(office):
    office.post(draft("占编 ticket=T1 org=A kind=XZ"))
    office.post(draft("核增 org=B kind=XZ n=1\n核增 org=A kind=SY n=1"))
    for place in ("org=B kind=XZ", "org=A kind=SY"):
        assert codes(office, draft(f"上编 person=P1 {place} ticket=T1")) == ["bad-ticket"]
    early = draft("上编 person=P1 org=A kind=XZ ticket=T1", day="2022-12-31")
    assert codes(office, early) == ["bad-ticket"]


def test_a_ticket_brings_in_one_person_whatever_the_order_of_days(office):
    office.post(draft("占编 ticket=T1 org=A kind=XZ"))
    office.post(draft("上编 person=P1 org=A kind=XZ ticket=T1", day="2023-05-01"))
    early = draft("上编 person=P2 org=A kind=XZ ticket=T1", day="2023-04-01")
    assert codes(office, early) == ["bad-ticket"]


def test_a_name_is_kept_when_the_first_entry_was_void(office):
    office.post(draft("上编 person=P1 name=张三 org=A kind=XZ"))
    office.post(draft("作废 no=2\n上编 person=P1 name=张三 org=A kind=XZ on=2023-02-01"))
    assert office.view.fact("P1", "name", "2023-02-01") == "张三"


def test_a_name_is_known_from_an_earlier_placement_entered_later(office):
    office.post(draft("上编 person=P1 name=张三 org=A kind=XZ", day="2023-06-01"))
    office.post(draft("上编 person=P1 name=张三 org=A kind=XZ counts=false", day="2023-01-01"))
    assert office.view.fact("P1", "name", DAY) == "张三"
