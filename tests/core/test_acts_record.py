"""Acts on the record itself: 作废, 补依据, 停止核对. Nothing stored changes; what is known does."""

from __future__ import annotations

import pytest

from tests.support.ledger import View, codes, draft, problems


class TestVoid:
    """作废: a whole change is taken out of what is known from now on."""

    def test_a_void_change_counts_no_more_but_is_known_as_before(self, office):
        office.post(draft("核减 org=A kind=XZ n=4\n更名 org=A name=甲委"))
        office.post(draft("作废 no=2", day="2023-03-01"))
        assert office.view.posts() == {"A": 10, "上级": -10}
        assert office.view.fact("A", "name", "2023-06-01") == "甲局"
        as_known = View(office.known(2))
        assert as_known.posts() == {"A": 6, "上级": -10, "核销": 4}
        assert as_known.fact("A", "name", "2023-06-01") == "甲委"

    def test_placements_and_holds_of_a_void_change_are_undone(self, office):
        office.post(draft("上编 person=P1 org=A kind=XZ\n锁编 matter=M1 org=A kind=XZ n=2"))
        office.post(draft("作废 no=2"))
        assert office.view.used("A", "2023-01-01") == (0, 0)
        office.post(draft("上编 person=P1 org=A kind=XZ"))
        assert office.view.used("A", "2023-01-01") == (1, 0)

    def test_a_unit_whose_setting_up_is_void_can_be_set_up_again(self, office):
        office.post(draft("设立 org=C name=丙局"))
        office.post(draft("作废 no=2"))
        assert office.view.life("C") == (None, None)
        assert codes(office, draft("更名 org=C name=丁局")) == ["before-birth"]
        assert codes(office, draft("设立 org=C class=pool name=丙池")) == ["duplicate-unit"]
        office.post(draft("设立 org=C name=丙局 on=2023-02-01"))
        assert office.view.life("C") == ("2023-02-01", None)

    def test_its_paper_can_be_posted_again(self, office):
        office.post(draft("核减 org=A kind=XZ n=4", "X编发〔2023〕5号"))
        office.post(draft("作废 no=2"))
        office.post(draft("核减 org=A kind=XZ n=3", "X编发〔2023〕5号"))
        assert office.view.posts()["A"] == 7

    def test_in_one_batch_what_was_just_posted_can_be_void(self, office):
        office.write("""
            2023-01-01
              核减 org=A kind=XZ n=4
            2023-02-01
              作废 no=2
        """)
        assert office.view.posts() == {"A": 10, "上级": -10}

    @pytest.mark.parametrize("no", [0, 3, 9, 10**30])
    def test_only_an_earlier_change_can_be_void(self, office, no):
        office.post(draft("核减 org=A kind=XZ n=1"))
        (problem,) = problems(office, draft(f"作废 no={no}"))
        assert (problem.code, problem.field) == ("unknown-change", "no")

    def test_a_change_is_void_once(self, office):
        office.post(draft("核减 org=A kind=XZ n=1"))
        assert codes(office, draft("作废 no=2\n作废 no=2")) == ["voided-twice"]
        office.post(draft("作废 no=2"))
        assert codes(office, draft("作废 no=2")) == ["voided-twice"]

    @pytest.mark.parametrize("line", ["作废 no=2", "补依据 no=2", "停止核对 no=3 line=1"])
    def test_a_word_on_another_change_cannot_itself_be_void(self, office, line):
        office.post(draft("核减 org=A kind=XZ n=1", kind="unverified"))
        office.post(draft("核对 org=B kind=XZ n=0"))
        office.post(draft(line))
        assert codes(office, draft("作废 no=4")) == ["void-of-amendment"]

    def test_a_change_that_defined_a_code_cannot_be_void(self, office):
        office.post(draft("设码 tree=org_rank code=R1 name=本地级"))
        assert codes(office, draft("作废 no=2")) == ["void-of-codes"]

    def test_a_grant_already_used_cannot_be_void(self, office):
        office.post(draft("划转 from=A to=B kind=XZ n=4"))
        office.post(draft("核减 org=B kind=XZ n=1"))
        assert codes(office, draft("作废 no=2")) == ["overdrawn"]


class TestGrounds:
    """补依据: a change without a document is flagged until one is named."""

    def test_grounds_are_added_by_a_change_with_a_document(self, office):
        office.post(draft("核减 org=A kind=XZ n=1", kind="unverified"))
        assert office.source.change(2).grounded_by == 0
        office.post(draft("补依据 no=2", "X编发〔2023〕5号"))
        assert office.source.change(2).grounded_by == 3

    def test_opening_entries_get_grounds_too(self, office):
        office.post(draft("补依据 no=1"))
        assert office.source.change(1).grounded_by == 2

    def test_what_has_grounds_needs_none(self, office):
        office.post(draft("核减 org=A kind=XZ n=1"))
        assert codes(office, draft("补依据 no=2")) == ["has-grounds"]

    def test_grounds_are_added_once_also_within_a_batch(self, office):
        twice = "2023-01-01\n  补依据 no=1\n2023-01-02\n  补依据 no=1"
        assert codes(office, twice) == ["has-grounds"]
        assert codes(office, draft("补依据 no=1\n补依据 no=1")) == ["has-grounds"]
        office.post(draft("补依据 no=1"))
        assert codes(office, draft("补依据 no=1")) == ["has-grounds"]

    def test_a_void_change_needs_no_grounds_also_within_a_batch(self, office):
        office.post(draft("核减 org=A kind=XZ n=1", kind="unverified"))
        batch = "2023-01-01\n  作废 no=2\n2023-01-02\n  补依据 no=2"
        assert codes(office, batch) == ["has-grounds"]
        office.post(draft("作废 no=2"))
        assert codes(office, draft("补依据 no=2")) == ["has-grounds"]

    def test_a_change_without_a_document_is_no_grounds(self, office):
        assert codes(office, draft("补依据 no=1", kind="unverified")) == ["no-grounds"]

    def test_unknown_changes_get_none(self, office):
        assert codes(office, draft("补依据 no=7")) == ["unknown-change"]


class TestStop:
    """停止核对: one published total no longer stands."""

    def test_a_total_laid_down_is_compared_no_more(self, office):
        office.post(draft("核对 org=A kind=XZ n=10"))
        office.post(draft("停止核对 no=2 line=1"))
        office.post(draft("核减 org=A kind=XZ n=1 on=2022-01-01"))
        assert office.view.posts()["A"] == 9

    @pytest.mark.parametrize(
        ("line", "code"),
        [
            ("停止核对 no=2 line=2", "unknown-assertion"),
            ("停止核对 no=2 line=0", "unknown-assertion"),
            ("停止核对 no=1 line=1", "unknown-assertion"),
            ("停止核对 no=9 line=1", "unknown-change"),
        ],
    )
    def test_only_a_live_total_can_be_laid_down(self, office, line, code):
        office.post(draft("核对 org=A kind=XZ n=10"))
        assert codes(office, draft(line)) == [code]

    @pytest.mark.parametrize("scope", ["org=A", "scope=subtree org=A", "scope=area"])
    def test_a_total_is_laid_down_once_whatever_its_scope(self, office, scope):
        office.post(draft(f"核对 {scope} kind=XZ n=10"))
        office.post(draft("停止核对 no=2 line=1"))
        assert codes(office, draft("停止核对 no=2 line=1")) == ["unknown-assertion"]

    def test_the_totals_of_a_void_change_are_gone_with_it(self, office):
        office.post(draft("核对 org=A kind=XZ n=10\n核对 scope=area kind=XZ n=10"))
        office.post(draft("作废 no=2"))
        assert codes(office, draft("停止核对 no=2 line=1")) == ["unknown-assertion"]
        office.post(draft("核减 org=A kind=XZ n=1 on=2022-01-01"))
