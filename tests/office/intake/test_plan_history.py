"""A 沿革表 becomes dated changes: what each paper did, and how the units stood afterwards."""

from __future__ import annotations

import pytest

from bianzhi.core.memory import MemoryRecord
from bianzhi.office.intake.plan import words
from tests.support.intake import codes, event, planned, rows
from tests.support.ledger import View

NO = "甲编发〔{}〕{}号"


@pytest.fixture
def record() -> MemoryRecord:
    return MemoryRecord()


def replay(record: MemoryRecord, *lines: dict) -> tuple[View, list[str]]:
    found = planned(record, history=rows("history", *lines))
    record.post(*found.drafts)
    return View(record), codes(found)


def keys(record: MemoryRecord) -> dict[str, str]:
    """Last name -> key of every unit."""
    columns = record.columns()
    facts = columns.frame("facts").sort("day", "no").rows(named=True)
    subjects = columns.frame("subjects")["key"].to_list()
    named = {subjects[row["subject"] - 1]: row["value"] for row in facts if row["field"] == "name"}
    return {name: key for key, name in named.items()}


FOUND = event(
    "2001-03-05", NO.format(2001, 1), "甲区农技站", "设立", quota_text="核定事业编制8名",
    leadership_text="1正1副", funding_form="full", rank="7",
)  # fmt: skip


def test_a_unit_is_set_up_with_its_posts_and_leaders(record):
    view, found = replay(record, FOUND)
    unit = keys(record)["甲区农技站"]
    assert view.life(unit) == ("2001-03-05", None)
    assert view.approved(unit, "2001-03-05", "SY", "full") == 8
    assert view.approved(unit, "2001-03-05", "LD2") == 1
    assert found == []


def test_every_number_keeps_the_cell_it_comes_from(record):
    found = planned(record, history=rows("history", FOUND))
    sources = {each.verb: each.source for each in found.drafts[0].acts}
    assert sources["核增"].startswith("history.xlsx!表!")


def test_later_papers_are_told_apart_by_how_the_unit_stands_after_them(record):
    view, _ = replay(
        record, FOUND,
        event("2005-01-01", NO.format(2005, 2), "甲区农技站", "核增", quota_text="事业编制11名"),
        event("2006-01-01", NO.format(2006, 1), "甲区农技站", "核减", quota_text="事业编制9名"),
        event("2007-01-01", NO.format(2007, 1), "甲区农技站", "规格调整", rank="6F"),
    )  # fmt: skip
    unit = keys(record)["甲区农技站"]
    days = ("2004-12-31", "2005-01-01", "2006-01-01")
    assert [view.approved(unit, day, "SY", "full") for day in days] == [8, 11, 9]
    assert view.fact(unit, "rank", "2007-01-01") == "6F"


def test_a_renamed_unit_keeps_its_key(record):
    summary = "甲区农技站更名为甲区农技中心，其他事项不变"
    view, _ = replay(
        record, FOUND,
        event("2008-01-01", NO.format(2008, 1), "甲区农技中心", "更名", summary=summary),
        event("2009-01-01", NO.format(2009, 1), "甲区农技中心", "核增", quota_text="事业编制9名"),
    )  # fmt: skip
    (unit,) = keys(record).values()
    assert view.fact(unit, "name", "2007-01-01") == "甲区农技站"
    assert view.approved(unit, "2009-01-01", "SY", "full") == 9


def test_merged_units_end_and_their_posts_go_along(record):
    view, _ = replay(
        record, FOUND,
        event("2001-04-01", NO.format(2001, 2), "甲区农机站", "设立", quota_text="事业编制5名"),
        event("2010-01-01", NO.format(2010, 1), "甲区农业中心", "合并组建",
              summary="将甲区农技站和甲区农机站整合，组建甲区农业中心", quota_text="事业编制12名",
              leadership_text="1正1副"),
        event("2010-01-01", NO.format(2010, 1), "甲区农技站", "撤销", into="甲区农业中心"),
        event("2010-01-01", NO.format(2010, 1), "甲区农机站", "撤销", into="甲区农业中心"),
    )  # fmt: skip
    named = keys(record)
    assert view.life(named["甲区农技站"])[1] == view.life(named["甲区农机站"])[1] == "2010-01-01"
    assert view.approved(named["甲区农业中心"], "2010-01-01", "SY", "full") == 12
    assert view.counter("上级", "2010-01-01", "SY", "full") == -12, "one post went back"


def test_posts_moved_between_two_units_come_from_the_giver(record):
    paper = NO.format(2011, 1)
    found = planned(record, history=rows(
        "history", FOUND,
        event("2001-04-01", NO.format(2001, 2), "甲区农机站", "设立", quota_text="事业编制5名"),
        event("2011-01-01", paper, "甲区农技站", "划入", quota_text="事业编制10名",
              summary="从甲区农机站划入事业编制2名"),
        event("2011-01-01", paper, "甲区农机站", "划出", quota_text="事业编制3名",
              summary="向甲区农技站划出事业编制2名，调整后事业编制3名"),
    ))  # fmt: skip
    assert [each.verb for each in found.drafts[-1].acts] == ["划转"]


def test_a_lost_bracket_finds_the_paper_it_belongs_to(record):
    found = planned(record, history=rows(
        "history", FOUND,
        event("2012-01-01", "甲编发〔2012〕3号", "甲区农技站", "核增", quota_text="事业编制9名"),
        event("2012-01-01", "甲编发〔20123号", "甲区农机站", "设立", quota_text="事业编制2名"),
    ))  # fmt: skip
    assert len(found.drafts) == 2, "both rows stand on one paper"


def test_a_row_without_a_number_goes_in_unverified_and_one_without_a_day_stays_out(record):
    found = planned(record, history=rows(
        "history", FOUND,
        event("2012-01-01", "", "甲区农技站", "核增", quota_text="事业编制9名"),
        event("", NO.format(2013, 1), "甲区农技站", "核增", quota_text="事业编制10名"),
    ))  # fmt: skip
    assert [each.kind for each in found.drafts] == ["regular", "unverified"]
    assert codes(found) == ["no-doc-no", "no-day"]


def test_one_number_on_two_days_is_told_and_the_second_is_unverified(record):
    again = {**FOUND, "doc_date": "2002-01-01", "quota_text": "事业编制9名"}
    found = planned(record, history=rows("history", FOUND, again))
    assert [each.kind for each in found.drafts] == ["regular", "unverified"]
    assert "doc-no-twice" in codes(found)


def test_a_unit_never_heard_of_that_ends_is_an_error_at_its_cell(record):
    found = planned(record, history=rows(
        "history", event("2012-01-01", NO.format(2012, 1), "甲区某站", "撤销", summary="撤销")
    ))  # fmt: skip
    assert not found.drafts
    assert [(each.code, each.origin) for each in found.findings] == [
        ("unknown-unit", "history.xlsx!表!name2")
    ]


def test_the_same_history_again_posts_nothing(record):
    table = rows("history", FOUND, event(
        "2005-01-01", NO.format(2005, 2), "甲区农技站", "核增", quota_text="事业编制11名"
    ))  # fmt: skip
    record.post(*planned(record, history=table).drafts)
    assert list(planned(record, history=table).drafts) == []


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        ("核定行政编制8名、机关工勤编制1名", {"XZ": 80000, "GJ": 10000}),
        ("事业编制１２名", {"SY": 120000}),
        ("12", {"SY": 120000}),
        ("不核定编制", {}),
        ("按原规定执行", None),
    ],
)
def test_posts_in_words(text, posts):
    assert words.posts_of(text) == posts


@pytest.mark.parametrize(
    ("text", "leaders"),
    [
        ("1正", {"LD1": 10000}),
        ("正职1名、副职3名", {"LD1": 10000, "LD2": 30000}),
        ("正科级领导职数1正2副", {"LD1@6": 10000, "LD2": 20000}),
        ("正科级1正、副科级2副", {"LD1@6": 10000, "LD2@6F": 20000}),
        ("副处级正职1名，正科级副职3名", {"LD1@5F": 10000, "LD2@6": 30000}),
        ("若干", None),
    ],
)
def test_leaders_in_words(text, leaders):
    assert words.leaders_of(text) == leaders


def test_a_number_unlike_the_row_s_own_words_is_told(record):
    odd = {**FOUND, "approved_SY": 9, "summary": "设立甲区农技站，核定事业编制8名"}
    odd.pop("quota_text")
    found = planned(record, history=rows("history", odd))
    assert [(each.code, each.origin) for each in found.findings] == [
        ("words-differ", "history.xlsx!表!approved_SY2")
    ]


def test_leaders_told_with_a_rank_carry_it_and_a_later_paper_without_one_keeps_it(record):
    ranked = {**FOUND, "leadership_text": "正科级领导职数1正2副"}
    later = event(
        "2005-01-01", NO.format(2005, 2), "甲区农技站", "核增", leadership_text="1正3副"
    )  # fmt: skip
    view, found = replay(record, ranked, later)
    unit = keys(record)["甲区农技站"]
    assert found == []
    assert [view.approved(unit, "2004-01-01", kind) for kind in ("LD1@6", "LD1", "LD2")] == [
        1,
        0,
        2,
    ]
    assert [view.approved(unit, "2005-01-01", kind) for kind in ("LD1@6", "LD1", "LD2")] == [
        1,
        0,
        3,
    ]


def test_a_merger_that_names_a_unit_twice_takes_it_once_and_says_so(record):
    view, found = replay(
        record, FOUND,
        event("2010-01-01", NO.format(2010, 1), "甲区农业中心", "合并组建",
              summary="将甲区农技站、甲区农技站整合，组建甲区农业中心", quota_text="事业编制8名"),
    )  # fmt: skip
    assert found == ["partner-twice"]
    assert view.life(keys(record)["甲区农技站"])[1] == "2010-01-01"


def test_a_row_of_which_nothing_can_be_built_is_marked_and_the_rest_goes_in(record):
    paper = NO.format(2005, 2)
    absurd = event("2005-01-01", paper, "甲区农技站", "核增", approved_SY=10**12)
    other = event("2005-01-01", paper, "甲区农机站", "设立", quota_text="事业编制3名")
    found = planned(record, history=rows("history", FOUND, absurd, other))
    assert [(each.code, each.origin) for each in found.findings] == [
        ("refused", "history.xlsx!表!3")
    ]
    record.post(*found.drafts)
    unit = keys(record)["甲区农机站"]
    assert View(record).approved(unit, "2005-01-01", "SY", "full") == 3


def test_an_old_history_handed_in_after_the_units_were_opened_is_one_line(record):
    table = rows("ledger", {"name": "甲区农技站", "approved_SY": 8})
    record.post(*planned(record, ledger=table).drafts)
    old = [
        event(f"20{n:02}-01-01", NO.format(f"20{n:02}", 7), "甲区农技站", "核增",
              quota_text=f"事业编制{n}名")
        for n in range(1, 13)
    ]  # fmt: skip
    found = planned(record, history=rows("history", *old))
    (one,) = [each for each in found.findings if each.severity == "error"]
    assert one.code == "refused-alike"
    assert "12 份文件因同样的原因没有入账（甲编发〔2001〕7号 至 甲编发〔2012〕7号）" in one.what
    assert list(found.drafts) == []


SHORT = event("2005-01-01", NO.format(2005, 2), "农技站", "核增", quota_text="事业编制11名")


def test_a_short_name_is_a_question_and_the_guess_stands_until_it_is_answered(record):
    table = rows("history", {**FOUND, "name": "甲区农业技术推广站"}, SHORT)
    found = planned(record, history=table)
    (line,) = found.differences
    assert (line.kind, line.left, line.right) == ("简称", "甲区农业技术推广站", "农技站")
    assert (line.right_origin, line.proposal) == ("history.xlsx!表!name3", "same")
    assert list(line.answers.values()) == ["就是它", "不是它"]
    assert len(found.drafts) == 2
    assert len(planned(record, {line.key: "same"}, history=table).drafts) == 2


def test_a_short_name_that_is_another_unit_is_followed_no_more(record):
    table = rows("history", {**FOUND, "name": "甲区农业技术推广站"}, SHORT)
    (line,) = planned(record, history=table).differences
    found = planned(record, {line.key: "another"}, history=table)
    record.post(*found.drafts)
    assert sorted(keys(record)) == ["农技站", "甲区农业技术推广站"], "a unit of its own"
    assert [each.key for each in found.differences] == [line.key], "the answer can be changed"
