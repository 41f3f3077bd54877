"""Opening + changes against a published closing."""

from __future__ import annotations

import pytest

from bianzhi.core.days import parse_day
from bianzhi.core.memory import MemoryRecord
from bianzhi.core.reconcile import reconcile
from tests.support.ledger import draft

OPENING, CLOSING = parse_day("2020-01-01"), parse_day("2020-12-31")


@pytest.fixture
def record() -> MemoryRecord:
    """A opens with 10 SY and 2 SC; a document adds 3 in June; somebody adds 1 without grounds."""
    record = MemoryRecord()
    opening = "设立 org=A name=甲站\n下达 to=A kind=SY n=10\n下达 to=A kind=SC n=2"
    record.post(draft(opening, day="2020-01-01", kind="opening"))
    record.post(draft("核增 org=A kind=SY n=3", day="2020-06-01"))
    record.post(draft("核增 org=A kind=SY n=1 on=2020-07-01", kind="unverified", document=None))
    return record


def row(record: MemoryRecord, kind: str = "SY") -> dict[str, object]:
    (found,) = reconcile(record.columns(), OPENING, CLOSING, kind, "").to_dicts()
    names = ("opening", "lines", "changes", "adjustments", "computed", "difference")
    return {name: int(found[name]) for name in names} | {"agrees": found["agrees"]}


def test_what_has_no_grounds_is_no_published_change(record):
    record.post(draft("核对 org=A kind=SY n=13", day="2020-12-31"))
    assert row(record) == {
        "opening": 10, "lines": 1, "changes": 3, "adjustments": 1, "computed": 13,
        "difference": 0, "agrees": True,
    }  # fmt: skip


def test_it_is_one_once_grounds_are_given(record):
    record.post(draft("核对 org=A kind=SY n=13", day="2020-12-31"))
    record.post(draft("补依据 no=3", day="2021-01-05"))
    assert row(record) == {
        "opening": 10, "lines": 2, "changes": 4, "adjustments": 0, "computed": 14,
        "difference": 1, "agrees": False,
    }  # fmt: skip


def test_a_difference_within_the_allowance_agrees(record):
    record.post(draft("核对 org=A kind=SY n=12.5 tolerance=0.5", day="2020-12-31"))
    assert row(record)["agrees"] is True


def test_a_total_of_a_group_of_kinds_adds_its_kinds_up(record):
    record.post(draft("核对 org=A kind=S n=15", day="2020-12-31"))
    assert row(record, "S")["computed"] == 15
