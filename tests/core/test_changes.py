"""The head of a change: its kind, its document, its day; all or nothing."""

from __future__ import annotations

import pytest

from bianzhi.core.book import Book
from bianzhi.core.changes import Draft, make, merged
from bianzhi.core.days import parse_day
from bianzhi.core.documents import Document
from tests.support.ledger import act, codes, draft, ledger, problems

CUT = "核减 org=A kind=XZ n=1"


def test_a_regular_change_needs_a_document(office):
    (problem,) = problems(office, draft(CUT, document=False))
    assert (problem.code, problem.field) == ("no-grounds", "document")


@pytest.mark.parametrize("kind", ["opening", "unverified"])
def test_only_opening_and_unverified_do_without(office, kind):
    office.post(draft(CUT, kind=kind))
    assert office.source.change(2).kind == kind


def test_an_unknown_kind_of_change_is_refused(office):
    assert codes(office, draft(CUT, kind="urgent", document=True)) == ["bad-kind"]


def test_a_change_that_does_nothing_is_refused(office):
    assert codes(office, draft([])) == ["empty-change"]


def test_a_paper_without_a_title_is_refused(office):
    no_title = Draft(
        [act(CUT)], Document(" ", "X编发〔2023〕5号", doc_date=parse_day("2023-01-01"))
    )
    assert codes(office, no_title) == ["no-title"]


def test_a_change_without_any_day_is_refused_and_the_verb_named(office):
    undated = Draft([act(CUT)], None, "unverified")
    (problem,) = problems(office, undated)
    assert problem.code == "no-day"
    assert "核减" in problem.what


def test_acts_take_the_day_the_document_takes_effect_or_else_its_date(office):
    paper = Document("批复", "X编发〔2023〕5号", "", parse_day("2023-01-01"))
    assert Draft([act(CUT)], paper).day == parse_day("2023-01-01")
    later = Document(
        "批复", "X编发〔2023〕6号", "", parse_day("2023-01-01"), parse_day("2023-02-01")
    )
    office.post(Draft([act(CUT)], later))
    assert office.view.approved("A", "2023-01-31") == 10
    assert office.view.approved("A", "2023-02-01") == 9


class TestDuplicates:
    """One paper and clause is posted once, however its number is typed."""

    @pytest.mark.parametrize(
        "again",
        ["X编发〔2023〕5号", "X编发[2023]05号", "X编发（2023）第5号", " X编发【２０２３】 ５ 号"],
    )
    def test_a_second_posting_is_refused_and_the_first_named(self, office, again):
        office.post(draft(CUT, "X编发〔2023〕5号"))
        (problem,) = problems(office, draft(CUT, again))
        assert (problem.code, problem.field) == ("duplicate-document", "doc_no")
        assert "第 2 号变更" in problem.what

    def test_within_one_batch_too(self, office):
        twice = ["X编发〔2023〕5号", "X编发[2023]5号"]
        text = "\n".join(f"2023-01-01 {number}\n  {CUT}" for number in twice)
        assert codes(office, text) == ["duplicate-document"]

    def test_clauses_of_one_paper_are_posted_apart(self, office):
        office.post(draft(CUT, "X编发〔2023〕5号", clause="第一条"))
        office.post(draft(CUT, "X编发〔2023〕5号", clause="第二条"))
        again = draft(CUT, "X编发〔2023〕5号", clause="第二条")
        assert codes(office, again) == ["duplicate-document"]

    def test_papers_without_a_number_are_told_apart_by_title_and_date(self, office):
        def yearbook(title: str) -> Draft:
            return Draft([act(CUT)], Document(title, "", "统计局", parse_day("2023-01-01")))

        office.post(yearbook("年鉴 2022"), yearbook("年鉴 2023"))
        assert codes(office, yearbook("年鉴 2022")) == ["duplicate-document"]

    def test_all_that_is_wrong_with_a_head_is_told_at_once(self, office):
        office.post(draft(CUT, "X编发〔2023〕5号"))
        assert codes(office, draft([], "X编发〔2023〕5号")) == [
            "empty-change",
            "duplicate-document",
        ]


class TestBatches:
    """A batch goes in whole or not at all; a later change builds on an earlier one."""

    def test_later_changes_see_earlier_ones(self, office):
        office.write("""
            2023-01-01
              设立 org=C name=丙局
            2023-02-01
              核增 org=C kind=XZ n=1
            2023-03-01
              上编 person=P1 org=C kind=XZ
        """)
        assert office.head == 4
        assert office.view.used("C", "2023-03-01") == (1, 0)

    def test_one_wrong_change_holds_all_back(self, office):
        text = f"2023-01-01\n  {CUT}\n2023-02-01\n  核减 org=Q kind=XZ n=1"
        assert codes(office, text) == ["unknown-unit"]
        assert office.view.posts() == {"A": 10, "上级": -10}

    def test_an_act_that_fails_is_placed_where_it_was_read(self, office):
        wrong = ledger("2023-01-01\n  核减 org=Q kind=XZ n=1")[0]
        object.__setattr__(wrong.acts[0], "place", "账.jsonl:3")
        (problem,) = problems(office, wrong)
        assert problem.place == "账.jsonl:3"

    def test_a_check_that_fails_is_placed_at_its_change(self, office):
        wrong = Draft(
            draft("核减 org=A kind=XZ n=11").acts, draft(CUT).document, place="账.jsonl:2"
        )
        (problem,) = problems(office, wrong)
        assert (problem.code, problem.place) == ("overdrawn", "账.jsonl:2")


def test_drafts_adopted_together_keep_their_own_days(office):
    first, second = draft(CUT, day="2023-02-01"), draft(CUT, day="2023-03-01")
    approval = Document("批复", "X编发〔2023〕9号", "", parse_day("2023-06-01"))
    made = make(Book(office.source), merged([first, second], approval, "张三"))
    assert made.draft.by == "张三"
    assert [posting.day for posting in made.rows.postings if posting.delta < 0] == [
        parse_day("2023-02-01"),
        parse_day("2023-03-01"),
    ]


def test_rows_say_which_act_made_them_and_where_in_the_paper(office):
    (made,) = office.post(
        draft(f"{CUT} source=第一条\n划转 from=A to=B kind=XZ n=1 source=附表!B2")
    )
    assert [(p.act, p.verb, p.source) for p in made.rows.postings] == [
        (1, "核减", "第一条"),
        (1, "核减", "第一条"),
        (2, "划转", "附表!B2"),
        (2, "划转", "附表!B2"),
    ]


def test_the_first_day_of_the_count_is_a_day_like_any_other():
    """1970-01-01 is day number 0; it must not be taken for "no day"."""
    paper = Document(
        "旧文件", doc_date=parse_day("1969-12-01"), effective_on=parse_day("1970-01-01")
    )
    assert Draft([], paper).day == 0
    assert Draft([], Document("无日期")).day is None
