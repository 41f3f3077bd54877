"""沿革: what a unit's history tells, and by which document."""

from __future__ import annotations

from bianzhi.core.history import history
from bianzhi.core.memory import MemoryRecord
from tests.support.ledger import draft


def told(*ledgers: tuple[str, str], unit: str = "B") -> list[tuple[str, str]]:
    record = MemoryRecord()
    setting_up = "设立 org=A name=甲局\n设立 org=B name=乙站\n下达 to=A kind=SY n=30"
    for text, day in ((setting_up, "2020-01-01"), *ledgers):
        record.post(draft(text, day=day))
    return [(event.verb, event.text) for event in history(record.columns(), unit)][1:]


def test_the_other_side_of_a_movement_is_named():
    assert told(("划转 from=A to=B kind=SY n=5", "2020-02-01")) == [
        ("划转", "一般事业编制 增加 5 名 来自甲局（A）")
    ]


def test_people_coming_and_going_are_told_on_both_sides():
    """One came by 上编, left by 转隶; another came and retired."""
    ledgers = (
        ("划转 from=A to=B kind=SY n=5\n上编 person=P1 org=B kind=SY\n上编 person=P2 org=B kind=SY",
         "2020-02-01"),
        ("转隶 persons=P1 to=A", "2020-03-01"),
        ("下编 person=P2 reason=退休", "2020-04-01"),
    )  # fmt: skip
    assert told(*ledgers)[1:] == [
        ("上编", "实有增加 1 名"),
        ("上编", "实有增加 1 名"),
        ("转隶", "实有减少 1 名"),
        ("下编", "实有减少 1 名"),
    ]
    assert ("转隶", "实有增加 1 名") in told(*ledgers, unit="A")


def test_a_fixed_number_that_changes_nothing_is_still_an_event():
    events = told(
        ("划转 from=A to=B kind=SY n=5", "2020-02-01"), ("核定 org=B kind=SY n=5", "2020-03-01")
    )
    assert events[-1] == ("核定", "一般事业编制 核定 5 名")


def test_successors_and_predecessors_are_named():
    ledger = ("合并 sources=B into=A", "2020-05-01")
    assert told(ledger) == [("合并", "状态：已撤销；由甲局（A）承接")]
    assert told(ledger, unit="A")[-1] == ("合并", "承接乙站（B）")


def test_a_duty_is_told_by_its_words():
    assert told(("赋职 duty=D1 org=B text=渣土运输管理", "2020-02-01")) == [
        ("赋职", "承担职责“渣土运输管理”")
    ]
