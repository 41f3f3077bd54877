"""The current tables against the record: openings, differences and their answers."""

from __future__ import annotations

import pytest

from bianzhi.core.memory import MemoryRecord
from bianzhi.office.intake.plan.differences import proposals
from tests.support.intake import DAY, codes, event, planned, rows
from tests.support.ledger import View
from tests.support.ledger import ledger as ledger_of

HISTORY = rows(
    "history",
    event("2001-03-05", "甲编发〔2001〕1号", "甲区农业局", "设立", quota_text="行政编制10名",
          rank="6"),
    event("2001-04-05", "甲编发〔2001〕2号", "甲区农技站", "设立", quota_text="事业编制8名",
          supervisor="甲区农业局", rank="7", leadership_text="1正"),
)  # fmt: skip
OFFICE = {"name": "甲区农业局", "supervisor": "甲区农业局", "approved_XZ": 10, "rank": "6"}
STATION = {"name": "甲区农技站", "supervisor": "甲区农业局", "approved_SY": 8, "rank": "7"}


@pytest.fixture
def record() -> MemoryRecord:
    return MemoryRecord()


def ledger(*lines: dict) -> list:
    return rows("ledger", *lines)


def test_tables_that_agree_leave_nothing_to_settle(record):
    found = planned(record, history=HISTORY, ledger=ledger(OFFICE, STATION))
    assert (list(found.differences), codes(found)) == ([], [])


def test_a_different_number_is_a_line_with_both_cells_and_posts_only_when_accepted(record):
    table = ledger(OFFICE, {**STATION, "approved_SY": 9})
    found = planned(record, history=HISTORY, ledger=table)
    (line,) = found.differences
    assert (line.left, line.right, line.proposal) == ("8", "9", "unverified")
    assert line.left_origin.startswith("history.xlsx!表!")
    assert line.right_origin == "ledger.xlsx!表!approved_SY3"
    accepted = planned(record, proposals(found.differences), history=HISTORY, ledger=table)
    record.post(*accepted.drafts)
    assert View(record).approved(line.unit, DAY, "SY", "full") == 9
    assert accepted.drafts[-1].kind == "unverified"
    assert list(planned(record, history=HISTORY, ledger=table).differences) == []


def test_a_number_that_spoils_its_own_row_is_proposed_to_be_a_slip_of_the_table(record):
    table = ledger(OFFICE, {**STATION, "approved_SY": 9, "actual_SY": 6, "vacant": 2})
    (line,) = planned(record, history=HISTORY, ledger=table).differences
    assert line.proposal == "history", "8 − 6 = 2: the history is right"


def test_units_without_history_are_opened_on_the_day_of_the_table(record):
    new = {
        "name": "甲区种子站",
        "supervisor": "甲区农业局",
        "approved_SY": 4,
        "leaders_approved": 2,
    }
    found = planned(record, history=HISTORY, ledger=ledger(OFFICE, STATION, new))
    record.post(*found.drafts)
    view, unit = View(record), "JG00003"
    assert view.life(unit)[0] == DAY
    assert view.approved(unit, DAY, "SY", "full") == 4
    assert view.fact(unit, "parent", DAY) == view.fact(unit, "supervisor", DAY) == "JG00001"
    assert [view.approved(unit, DAY, kind) for kind in ("LD1", "LD2")] == [1, 1]
    assert codes(found) == ["leaders-unsplit"]


def test_a_unit_missing_from_the_table_is_a_line(record):
    (line,) = planned(record, history=HISTORY, ledger=ledger(OFFICE)).differences
    assert (line.kind, line.unit_name, line.acts) == ("存废", "甲区农技站", ())


def test_a_unit_twice_in_one_table_stays_out_once_two_tables_complete_each_other(record):
    found = planned(record, history=HISTORY, ledger=ledger(OFFICE, STATION, STATION))
    assert codes(found) == ["row-twice"]
    other = [*ledger(OFFICE, STATION), *rows("基本信息", {"name": "甲区农技站", "uscc": "12X"})]
    found = planned(record, history=HISTORY, ledger=other)
    record.post(*found.drafts)
    assert (codes(found), View(record).fact("JG00002", "uscc", DAY)) == ([], "12X")


def test_people_take_their_posts_and_the_same_number_twice_is_told(record):
    people = rows(
        "people",
        {"person": "张三", "id_number": "1", "org": "甲区农技站", "quota_kind": "SY",
         "person_class": "单位正职", "title": "站长"},
        {"person": "张三", "id_number": "1", "org": "甲区农业局", "quota_kind": "XZ"},
        {"person": "李四", "org": "甲区农业局"},
        {"person": "王五", "id_number": "3", "org": "甲区无名站"},
    )  # fmt: skip
    found = planned(record, history=HISTORY, ledger=ledger(OFFICE, STATION), people=people)
    record.post(*found.drafts)
    view = View(record)
    assert view.place("rn-1", DAY) == ("JG00002", "SY", "actual")
    assert view.place("rn-1", DAY, "leadership") == ("JG00002", "LD1", "actual")
    assert codes(found) == ["person-twice", "no-id-number", "unknown-unit"]


def test_posts_spoken_for_are_claimed_once(record):
    table = ledger(OFFICE, {**STATION, "pending_SY": 1, "reserved_leader": 2})
    record.post(*planned(record, history=HISTORY, ledger=table).drafts)
    assert list(View(record).used("JG00002", DAY, "SY", "full")) == [0, 3]
    assert list(planned(record, history=HISTORY, ledger=table).drafts) == []


def test_what_is_granted_and_not_given_out_lies_in_the_reserve(record):
    ceilings = rows("ceilings", {"kind": "SY", "amount": 11, "doc_no": "市编发〔2020〕1号",
                                 "doc_date": "2020-12-01"})  # fmt: skip
    tables = {"history": HISTORY, "ledger": ledger(OFFICE, STATION), "ceilings": ceilings}
    record.post(*planned(record, **tables).drafts)
    view = View(record)
    assert view.approved("JDBZ", DAY, "SY") == 3
    assert view.counter("上级", DAY, "SY") + view.counter("上级", DAY, "SY", "full") == -11
    assert list(planned(record, **tables).drafts) == []


def test_more_given_out_than_granted_is_told_and_kept_as_found(record):
    ceilings = rows("ceilings", {"kind": "SY", "amount": 5})
    found = planned(record, history=HISTORY, ledger=ledger(OFFICE, STATION), ceilings=ceilings)
    assert codes(found) == ["over-ceiling"]


def test_sections_and_duties_stand_under_their_unit(record):
    tables = {
        "history": HISTORY, "ledger": ledger(OFFICE, STATION),
        "sections": rows(
            "sections", {"name": "甲区农业局", "section": "办公室", "chief_approved": 1}
        ),
        "duties": rows("duties", {"name": "甲区农业局", "section": "办公室", "text": "负责文电"}),
    }  # fmt: skip
    record.post(*planned(record, **tables).drafts)
    view = View(record)
    assert view.fact("JG00001-N01", "parent", DAY) == "JG00001"
    assert view.approved("JG00001-N01", DAY, "LN1") == 1
    assert view.fact("JG00001-Z01", "holder", DAY) == "JG00001-N01"
    assert list(planned(record, **tables).drafts) == []


def test_what_sections_hold_stands_in_the_row_of_their_unit(record):
    """The office's own sheet, read back: posts, 待上编 and 预留 of a section are its unit's."""
    record.post(
        *ledger_of("""
        2020-01-01 opening
          设立 org=A name=甲区农业局 rank=6
          设立 org=A1 class=section name=种植科 parent=A
          设立 org=A2 class=section name=种子组 parent=A1
          下达 to=A kind=XZ n=8
          下达 to=A1 kind=XZ n=2
          下达 to=A2 kind=XZ n=1
          锁编 matter=m1 org=A1 kind=XZ n=1
          占编 ticket=t1 org=A2 kind=XZ
    """)
    )
    sheet = {**OFFICE, "supervisor": "", "approved_XZ": 11, "pending_XZ": 1, "reserved_other": 1}
    found = planned(record, ledger=ledger(sheet))
    assert list(found.differences) == []
    assert [each.acts for each in found.drafts] == []


def test_posts_too_many_are_taken_back_where_they_are(record):
    """Eleven in the record, nine in the table: 甲's own go first, then those of its section."""
    record.post(
        *ledger_of("""
        2020-01-01 opening
          设立 org=A name=甲区农业局 rank=6
          设立 org=A1 class=section name=种植科 parent=A
          下达 to=A kind=XZ n=1
          下达 to=A1 kind=XZ n=10
    """)
    )
    table = ledger({**OFFICE, "supervisor": "", "approved_XZ": 9})
    found = planned(record, ledger=table)
    accepted = planned(record, proposals(found.differences), ledger=table)
    record.post(*accepted.drafts)
    assert View(record).approved("A", DAY, "XZ") == 0
    assert View(record).approved("A1", DAY, "XZ") == 9
