"""Numbers of 三定 and 批复 beside the ledger's: what agrees, what differs, what is lacking."""

from __future__ import annotations

import pytest

from bianzhi.core.days import parse_day
from bianzhi.core.documents import Document
from bianzhi.core.exchange import act_entry
from bianzhi.core.memory import MemoryRecord
from bianzhi.core.quantity import UNIT
from bianzhi.office.intake.plan.planning import Plan
from bianzhi.office.intake.plan.rows import Given
from bianzhi.office.intake.plan.written import Number, Written, whole
from tests.support.intake import DAY, event, planned_with, rows
from tests.support.ledger import View

ON = "2001-04-05"
PAPER = Document(
    "关于设立甲区农技站的批复", "甲编发〔2001〕2号", "", parse_day(ON), None, "", "a" * 64
)
HISTORY = rows(
    "history",
    event("2001-03-05", "甲编发〔2001〕1号", "甲区农业局", "设立", quota_text="行政编制10名",
          rank="6"),
    event(ON, "甲编发〔2001〕2号", "甲区农技站", "设立", quota_text="事业编制8名", rank="7",
          supervisor="甲区农业局", leadership_text="1正1副", summary="设立甲区农技站"),
)  # fmt: skip


def number(phrase: str, kind: str, n: int, what: str = "posts", place: str = "二", **more):
    words = more.pop("words", f"核定{phrase}。")
    return Number(place, words, phrase, what, kind, n * UNIT, **more)


def paper(*numbers: Number, subject: str = "甲区农技站", document: Document = PAPER) -> Written:
    return Written("批复.docx", document, subject, numbers)


def stated(record: MemoryRecord, *papers: Written, confirm=False, decisions=None, **tables) -> Plan:
    """The plan; ``confirm``: a person confirms every number."""
    tables = tables or {"history": HISTORY}
    given = Given(tables, parse_day(DAY), papers)
    found = planned_with(record, given, decisions)
    if not confirm and decisions is None:
        return found
    keys = frozenset(each.key for each in found.stated) if confirm else frozenset()
    return planned_with(record, Given(tables, parse_day(DAY), papers, keys), decisions)


@pytest.fixture
def record() -> MemoryRecord:
    return MemoryRecord()


POSTS = number("事业编制8名", "SY", 8)
CHIEF = number("股级领导职数1正", "LN1@7", 1, "leaders")


def verdicts(found: Plan) -> list[tuple[str, str]]:
    return [(each.title, each.verdict) for each in found.stated]


def test_numbers_the_ledger_bears_out_agree_and_post_nothing_until_confirmed(record):
    found = stated(record, paper(POSTS, CHIEF))
    assert verdicts(found) == [("核定一般事业编制", "same"), ("核定单位正职（正股级）", "same")]
    assert len(found.drafts) == 2, "the history alone"
    assert list(found.differences) == []


def test_a_confirmed_number_becomes_evidence_under_its_paper_and_clause_once(record):
    found = stated(record, paper(POSTS, CHIEF), confirm=True)
    draft = found.drafts[-1]
    assert draft.document is not None
    assert (draft.label, draft.document.clause, draft.document.file_digest, draft.kind) == (
        "甲编发〔2001〕2号", "二", "a" * 64, "regular",
    )  # fmt: skip
    assert [(act.verb, act.source) for act in draft.acts] == [("核对", "批复.docx!二")] * 2
    record.post(*found.drafts)
    assert View(record).approved("JG00002", ON, "SY", "full") == 8
    again = stated(record, paper(POSTS, CHIEF), confirm=True)
    assert [each.verdict for each in again.stated] == ["entered", "entered"]
    assert list(again.drafts) == []


def test_a_number_that_differs_is_a_line_with_both_texts(record):
    found = stated(record, paper(number("事业编制9名", "SY", 9)))
    (line,) = found.differences
    assert (line.kind, line.left, line.right, line.proposal) == ("文件", "8", "9", "later")
    assert "设立甲区农技站" in line.left_origin
    assert line.left_origin.startswith("history.xlsx!表!")
    assert line.right_origin == "批复.docx!二“事业编制9名”"
    assert set(line.answers) == {"paper", "later"}


def test_the_paper_is_followed_when_the_clerk_says_so(record):
    nine = paper(number("事业编制9名", "SY", 9))
    (line,) = stated(record, nine).differences
    found = stated(record, nine, decisions={line.key: "paper"})
    assert [act.verb for act in found.drafts[-1].acts] == ["核定"]
    record.post(*found.drafts)
    view = View(record)
    assert view.approved("JG00002", ON, "SY", "full") == view.approved(
        "JG00002", DAY, "SY", "full"
    ) == 9  # fmt: skip


def test_a_confirmed_number_that_differs_is_kept_and_told_for_ever(record):
    found = stated(record, paper(number("事业编制9名", "SY", 9)), confirm=True)
    assert [act.verb for act in found.drafts[-1].acts] == ["核对"]
    record.post(*found.drafts)
    assert View(record).approved("JG00002", ON, "SY", "full") == 8


def test_what_the_ledger_lacks_is_opened_by_the_paper(record):
    reserve = number("周转编制2名", "SZ", 2)
    found = stated(record, paper(reserve), confirm=True)
    assert verdicts(found) == [("核定周转事业编制", "lacking")]
    assert (found.drafts[-1].kind, found.drafts[-1].label) == ("opening", "甲编发〔2001〕2号")
    record.post(*found.drafts)
    assert View(record).approved("JG00002", ON, "SZ", "full") == 2


def test_sections_a_paper_lists_are_compared_by_name_and_opened_where_there_are_none(record):
    listed = number("综合科、技术科", "", 2, "sections", "五", words="综合科、技术科",
                    names=("综合科", "技术科"))  # fmt: skip
    found = stated(record, paper(listed), confirm=True)
    assert verdicts(found) == [("内设机构", "lacking")]
    record.post(*found.drafts)
    assert View(record).fact("JG00002-N02", "name", DAY) == "技术科"
    fewer = number("综合科", "", 1, "sections", "五之一", words="综合科", names=("综合科",))
    (line,) = stated(record, paper(fewer)).differences
    assert (line.left, line.right, set(line.answers)) == ("2", "1", {"later"})
    assert "技术科" in line.left_origin


def test_posts_of_sections_are_added_up_and_kept_with_all_below(record):
    sections = rows(
        "sections",
        {"name": "甲区农业局", "section": "办公室", "chief_approved": 1},
        {"name": "甲区农业局", "section": "法规科", "chief_approved": 1},
    )
    two = paper(number("股级领导职数2正", "LN1@7", 2, "leaders"), subject="甲区农业局")
    found = stated(record, two, confirm=True, history=HISTORY, sections=sections)
    assert verdicts(found) == [("核定内设机构正职（正股级）", "same")]
    (check,) = found.drafts[-1].acts
    entry = act_entry(check)
    assert (entry["do"], entry["scope"], entry["on"]) == ("核对", "subtree", DAY)
    record.post(*found.drafts)


def test_a_clause_may_give_its_number_to_another_unit(record):
    words = "甲区农业局核定行政编制10名。"
    other = number("行政编制10名", "XZ", 10, words=words)
    owned = number(
        "事业编制8名", "SY", 8, words="设立该站，为甲区农业局所属事业单位，核定事业编制8名。"
    )
    found = stated(record, paper(other, owned))
    assert [(each.unit_name, each.verdict) for each in found.stated] == [
        ("甲区农业局", "same"), ("甲区农技站", "same"),
    ]  # fmt: skip


def test_the_same_number_in_two_clauses_is_asked_once(record):
    again = number("事业编制8名", "SY", 8, place="四")
    assert len(stated(record, paper(POSTS, again)).stated) == 1


def test_a_paper_about_nobody_known_or_without_a_day_cannot_be_compared(record):
    undated = paper(POSTS, document=Document("无日期的批复"))
    found = stated(record, paper(POSTS, subject="甲区水利站"), undated, confirm=True)
    assert [(each.unit_name, each.verdict) for each in found.stated] == [
        ("甲区水利站", "unknown"), ("甲区农技站", "unknown"),
    ]  # fmt: skip
    assert len(found.drafts) == 2


def test_a_unit_opened_by_the_table_is_compared_from_its_first_day(record):
    ledger = rows("ledger", {"name": "甲区农技站", "approved_SY": 8, "rank": "7"})
    found = stated(record, paper(POSTS), confirm=True, ledger=ledger)
    (one,) = found.stated
    assert (one.verdict, one.day) == ("same", parse_day(DAY))
    record.post(*found.drafts)


def test_a_later_paper_dated_back_cannot_break_a_confirmed_number(record):
    record.post(*stated(record, paper(POSTS), confirm=True).drafts)
    more = rows("history", event(ON, "甲编发〔2001〕9号", "甲区农技站", "核减", quota_text="2"))
    (problem,) = planned_with(record, Given({"history": more}, parse_day(DAY))).findings
    assert problem.code == "refused"
    assert "已公布 8" in problem.what


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([("SY", 15, "", False), ("SZ", 3, "", True)], [("SY", 12), ("SZ", 3)]),
        ([("SY", 12, "", False), ("SY", 10, "full", True)], [("SY", 12), ("SY", 10)]),
        ([("XZ", 9, "", False), ("SZ", 3, "", True)], [("XZ", 9), ("SZ", 3)]),
    ],
)
def test_parts_of_another_kind_are_taken_out_of_the_whole(numbers, expected):
    given = [number(f"{n}名", kind, n, funding=form, part=part) for kind, n, form, part in numbers]
    assert [(each.kind, each.n // UNIT) for each in whole(given)] == expected
