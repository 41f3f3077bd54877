"""Posting to a database: all or nothing, in order, chained, and never on stale knowledge."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bianzhi.core.acts.duties import AssignDuty
from bianzhi.core.digest import START as FIRST
from bianzhi.core.digest import Head, digest
from bianzhi.core.errors import Refusal
from bianzhi.record import post as posting
from bianzhi.record.engine import Engine
from bianzhi.record.post import Poster
from tests.support.ledger import START, codes, draft, ledger, problems
from tests.support.records import Stored
from tests.support.rich import contents, rich_history


@pytest.fixture
def office(stored):
    """甲局 A with 10 posts of kind XZ, 乙局 B and the pool P, since 2020."""
    stored.write(START)
    return stored


class TestAllOrNothing:
    """A refused change changes nothing, and neither do those posted with it."""

    @pytest.mark.parametrize(
        "wrong",
        [
            "核减 org=A kind=XZ n=11",  # found at the end of the change
            "核减 org=Q kind=XZ n=1",  # found in its act
            "核增 org=A kind=QQ n=1",
        ],
    )
    def test_a_refused_batch_leaves_every_table_as_it_was(self, office, wrong):
        before = contents(office.engine)
        good = "2023-01-01\n  设立 org=C name=丙局\n  核增 org=C kind=SY n=1 funding=full"
        with pytest.raises(Refusal):
            office.post(*ledger(good), draft(wrong))
        assert contents(office.engine) == before

    def test_what_a_refused_batch_would_have_made_can_be_posted_afterwards(self, office):
        good = "2023-01-01\n  设立 org=C name=丙局\n  核增 org=C kind=SY n=1 funding=full"
        assert codes(office, good + "\n2023-01-02\n  核减 org=C kind=SY n=9") == ["overdrawn"]
        office.write(good)
        assert office.view.posts()["C/SY/full"] == 1
        assert codes(office, draft("设立 org=C name=丙局")) == ["duplicate-unit"]

    def test_a_failure_in_the_middle_of_writing_leaves_nothing(self, office, monkeypatch):
        before, write = contents(office.engine), Engine.insert

        def fill_up(engine, table, columns, rows):
            if table == "record_posting":
                raise OSError("disk full")
            write(engine, table, columns, rows)

        good = "2023-01-01\n  设立 org=C name=丙局\n  核增 org=C kind=XZ n=1"
        with monkeypatch.context() as patched:
            patched.setattr(Engine, "insert", fill_up)
            with pytest.raises(OSError, match="disk full"):
                office.write(good)
        assert contents(office.engine) == before
        office.write(good)

    def test_nothing_to_post_is_no_change(self, stored):
        assert stored.post() == []
        stored.write(START)
        assert stored.post() == []
        assert stored.head == 1

    def test_a_batch_larger_than_one_write_goes_in_whole(self, office, monkeypatch):
        monkeypatch.setattr(posting, "FLUSH", 3)
        office.post(*[draft("核增 org=A kind=XZ n=1") for _ in range(7)])
        assert office.head == 8
        assert office.view.posts()["A"] == 17


class TestReceipts:
    """A receipt proves what was posted: number, digest, and what did not agree."""

    def test_numbers_run_on_without_a_gap_over_batches_and_refusals(self, office):
        first = office.post(draft("核增 org=A kind=XZ n=1"), draft("核增 org=A kind=XZ n=1"))
        assert codes(office, draft("核减 org=B kind=XZ n=1")) == ["overdrawn"]
        second = office.post(draft("核增 org=A kind=XZ n=1"))
        assert [receipt.no for receipt in (*first, *second)] == [2, 3, 4]

    def test_each_digest_covers_the_rows_and_the_change_before(self, stored):
        at = datetime(2023, 5, 1, 8, tzinfo=UTC)
        drafts = rich_history()
        receipts = stored.poster.post(drafts, now=lambda: at)
        before = FIRST
        for receipt, each in zip(receipts, drafts, strict=True):
            head = Head(receipt.no, at.isoformat(), each.by, each.kind, each.note)
            rows = stored.source.rows_of(receipt.no)
            before = digest(before, head, each.document, rows)
            assert receipt.digest == before

    def test_the_digest_goes_on_from_the_stored_one_in_another_process(self, office):
        (one,) = office.post(draft("核增 org=A kind=XZ n=1"))
        (two,) = Poster(office.engine.using).post([draft("核增 org=A kind=XZ n=1")])
        stored = office.engine.rows("SELECT no, digest FROM record_change WHERE no > 1 ORDER BY no")
        assert stored == [(2, one.digest), (3, two.digest)]
        assert office.engine.rows("SELECT no, digest FROM record_head") == [(3, two.digest)]

    def test_a_published_total_that_does_not_agree_is_told_at_once(self, office):
        (receipt,) = office.post(draft("核对 org=A kind=XZ n=12"))
        ((known, assertion, found),) = receipt.disagreements
        assert (known.no, known.line) == (receipt.no, 1)
        assert (assertion.expected, found) == (120000, 100000)

    def test_progress_is_told_change_by_change(self, office):
        told: list[int] = []
        drafts = [draft("核增 org=A kind=XZ n=1") for _ in range(3)]
        office.poster.post(drafts, progress=told.append)
        assert told == [1, 1, 1]


class TestTwoPosters:
    """Two clerks: what one has read is worth nothing once the other has posted."""

    @pytest.fixture
    def clerks(self, office: Stored) -> tuple[Poster, Poster]:
        """Both have read and posted; both keep what they know."""
        one, other = Poster(office.engine.using), Poster(office.engine.using)
        one.post([draft("更名 org=A name=甲委")])
        other.post([draft("更名 org=B name=乙委")])
        one.post([draft("更名 org=A name=甲办")])
        return one, other

    def test_the_last_posts_go_once(self, clerks, office):
        one, other = clerks
        one.post([draft("核减 org=A kind=XZ n=10")])
        with pytest.raises(Refusal) as refused:
            other.post([draft("核减 org=A kind=XZ n=1")])
        assert [problem.code for problem in refused.value.problems] == ["overdrawn"]
        assert office.view.posts() == {"上级": -10, "核销": 10}

    def test_the_last_vacancy_goes_once(self, clerks):
        one, other = clerks
        other.post([draft("上编 person=P1 org=A kind=XZ amount=10")])
        with pytest.raises(Refusal) as refused:
            one.post([draft("占编 ticket=T1 org=A kind=XZ")])
        assert [problem.code for problem in refused.value.problems] == ["no-vacancy"]

    def test_one_paper_goes_once(self, clerks):
        one, other = clerks
        one.post([draft("更名 org=A name=甲局", "X编发〔2023〕5号")])
        with pytest.raises(Refusal) as refused:
            other.post([draft("更名 org=A name=甲局", "X编发[2023]05号")])
        assert [problem.code for problem in refused.value.problems] == ["duplicate-document"]

    def test_new_units_accounts_and_codes_of_one_are_known_to_the_other(self, clerks, office):
        one, other = clerks
        one.post(
            ledger("2023-01-01\n  设立 org=C name=丙局\n  设码 tree=quota_kind code=Z name=本")
        )
        other.post([draft("核增 org=C kind=Z n=2")])
        one.post([draft("划转 from=C to=A kind=Z n=1")])
        other.post([draft("划转 from=A to=C kind=Z n=1")])
        assert office.view.posts()["C/Z"] == 2

    def test_a_change_void_by_one_is_void_for_the_other(self, clerks, office):
        one, other = clerks
        (receipt,) = one.post([draft("核增 org=B kind=XZ n=5")])
        other.post([draft(f"作废 no={receipt.no}")])
        with pytest.raises(Refusal) as refused:
            one.post([draft("核减 org=B kind=XZ n=1")])
        assert [problem.code for problem in refused.value.problems] == ["overdrawn"]
        with pytest.raises(Refusal):
            one.post([draft(f"作废 no={receipt.no}")])

    def test_after_a_refusal_a_poster_goes_on_from_what_is_stored(self, clerks):
        one, _ = clerks
        with pytest.raises(Refusal):
            one.post([draft("核减 org=A kind=XZ n=9"), draft("核减 org=A kind=XZ n=9")])
        one.post([draft("核减 org=A kind=XZ n=9")])


class TestPapers:
    """文号 and grounds where they are stored."""

    def test_a_number_in_another_spelling_is_found_in_the_database(self, office):
        office.post(draft("核增 org=A kind=XZ n=1", "X编发〔2023〕5号"))
        office.forget()
        (problem,) = problems(office, draft("核增 org=A kind=XZ n=1", "X编发（２０２３）第５号"))
        assert problem.code == "duplicate-document"
        assert "第 2 号变更" in problem.what

    def test_a_void_paper_may_be_posted_again_and_then_is_there_once(self, office):
        office.post(draft("核增 org=A kind=XZ n=1", "X编发〔2023〕5号"))
        office.post(draft("作废 no=2"))
        office.post(draft("核增 org=A kind=XZ n=2", "X编发〔2023〕5号"))
        again = draft("核增 org=A kind=XZ n=2", "X编发〔2023〕5号")
        (problem,) = problems(office, again)
        assert "第 4 号变更" in problem.what

    def test_a_change_without_a_paper_stays_flagged_until_grounds_are_added(self, office):
        office.post(draft("核增 org=A kind=XZ n=1", kind="unverified"))
        change = office.source.change(2)
        assert (change.kind, change.label, change.grounded_by) == ("unverified", "待核实", 0)
        office.post(draft("补依据 no=2", "X编发〔2023〕5号"))
        assert office.source.change(2).grounded_by == 3
        assert office.known(2).change(2).grounded_by == 0  # as it was known then
        assert office.engine.rows("SELECT change_no FROM record_document") == [(3,)]

    def test_a_change_is_void_from_the_change_that_says_so(self, office):
        office.post(draft("核减 org=A kind=XZ n=4"))
        office.post(draft("作废 no=2"))
        assert office.source.change(2).voided_by == 3
        assert office.known(2).change(2).voided_by == 0
        assert office.source.rows_of(2).postings  # its rows stay


@pytest.mark.parametrize(
    "text", ["丙“局”\\t'", '["a\\\\b"]', "%s %(x)s {}", "一、二；\n三\t", "👩🏽‍⚕️𠮷", "\\N", "NULL"]
)
def test_texts_come_back_to_the_letter(office, text):
    (receipt,) = office.post(draft([AssignDuty(duty="D1", org="A", text=text, source=text)]))
    fact = office.source.rows_of(receipt.no).facts[0]
    assert (fact.value, fact.source) == (text, text)
    office.forget()
    assert office.view.fact("D1", "text", "2023-01-01") == text
