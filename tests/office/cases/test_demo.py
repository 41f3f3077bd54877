"""The demo's matters: there at once, in different states, and only once."""

from __future__ import annotations

import pytest

from bianzhi.office.cases.demo import HEADS, make_demo_cases
from bianzhi.office.cases.models import Case, Letterhead, Meeting, Ticket
from bianzhi.office.cases.numbering import need_word
from bianzhi.office.desk.held import held
from bianzhi.record.post import Poster
from tests.office.cases.conftest import DISTRICT, NOW
from tests.support.ledger import ledger

MORE = """
2020-01-02 opening
  设立 org=D3 name=区果树站 supervisor=NY
  设立 org=D4 name=区水产站 supervisor=NY
  下达 to=D3 kind=SY n=6 funding=full
  下达 to=D4 kind=SY n=6 funding=full
"""


@pytest.mark.django_db
def test_a_district_gets_matters_in_every_stage_once() -> None:
    Poster().post(ledger(DISTRICT + MORE))
    assert make_demo_cases("NY", NOW) == 6
    found = Case.objects.order_by("pk").values_list("type", "state")
    assert list(found) == [
        ("use_plan", "issued"), ("use_request", "issued"), ("use_request", "submitted"),
        ("use_plan", "board"), ("reduce", "approved"), ("increase", "returned"),
    ]  # fmt: skip
    assert (Ticket.objects.count(), Meeting.objects.get().cases.count()) == (2, 1)
    before = held().columns.head
    assert make_demo_cases("NY", NOW) == 6
    assert (held().columns.head, Letterhead.objects.count()) == (before, len(HEADS))


@pytest.mark.django_db
def test_a_district_without_vacant_posts_can_still_issue() -> None:
    Poster().post(ledger("2020-01-01 opening\n  设立 org=A name=甲局"))
    assert make_demo_cases("A", NOW) == 0
    assert Letterhead.objects.count() == len(HEADS)


def test_what_the_demo_signs_with_makes_proper_numbers() -> None:
    for _, word in HEADS.values():
        need_word(word)
