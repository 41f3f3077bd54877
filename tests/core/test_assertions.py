"""Published totals: kept with their document, compared for ever; breaking one is refused."""

from __future__ import annotations

import pytest

from tests.support.ledger import codes, draft, problems

PUBLISHED = "X编发〔2023〕5号"


def state(office, line: str, day: str = "2023-01-01") -> list[str]:
    """What the record finds at entry: "published/found" of each total that does not agree."""
    (made,) = office.post(draft(line, day=day))
    return [
        f"{each.assertion.expected / 10000:g}/{each.found / 10000:g}" for each in made.disagreements
    ]


class TestScopes:
    """A total speaks of a unit, a unit with all below it, or the whole area."""

    @pytest.fixture
    def tree(self, office):
        """甲 A (10 XZ, 2 SY) with C (3 XZ) below it since March, and B (1 XZ) beside it."""
        office.write("""
            2021-01-01
              核增 org=A kind=SY n=2
              核增 org=B kind=XZ n=1
              设立 org=C name=丙中心 parent=B
              核增 org=C kind=XZ n=3
            2023-03-01
              改隶 org=C parent=A
        """)
        return office

    @pytest.mark.parametrize(
        ("line", "day", "found"),
        [
            ("核对 org=A kind=XZ n={n}", "2023-01-01", 10),
            ("核对 org=A kind=X n={n}", "2023-01-01", 10),  # a heading: all kinds under it
            ("核对 org=A kind=S n={n}", "2023-01-01", 2),
            ("核对 org=A kind=XZ n={n}", "2019-12-31", None),
            ("核对 scope=subtree org=A kind=XZ n={n}", "2023-02-28", 10),
            ("核对 scope=subtree org=A kind=XZ n={n}", "2023-03-01", 13),
            ("核对 scope=subtree org=B kind=XZ n={n}", "2023-02-28", 4),
            ("核对 scope=subtree org=B kind=XZ n={n}", "2023-03-01", 1),
            ("核对 scope=area kind=XZ n={n}", "2023-01-01", 14),
            ("核对 scope=area kind=XZ n={n}", "2020-06-01", 10),
            ("核对 org=上级 kind=XZ n={n}", "2023-01-01", 14),  # what was granted from above
            ("核对 org=A kind=XZ funding=full n={n}", "2023-01-01", 0),
        ],
    )
    def test_the_figure_on_the_day_is_what_lies_in_the_scope(self, tree, line, day, found):
        if found is None:
            assert codes(tree, draft(line.format(n=0), day=day)) == ["before-birth"]
            return
        assert state(tree, line.format(n=found), day) == []
        assert state(tree, line.format(n=found + 1), day) == [f"{found + 1}/{found}"]

    def test_a_conversion_after_a_first_total_counts_in_the_next(self, tree):
        """In one batch: 置换 had no account when the first total was looked at."""
        made = tree.write("""
            2023-01-01
              核对 scope=area kind=XZ n=14
            2023-02-01
              置换 org=A kind=XZ n=1 to_kind=SY
            2023-02-01
              核对 scope=area kind=XZ n=13
        """)
        assert [each.disagreements for each in made] == [(), (), ()]

    def test_people_there_are_compared_as_actual(self, tree):
        tree.post(draft("上编 person=P1 org=C kind=XZ\n锁编 matter=M1 org=C kind=XZ n=1"))
        day = "2023-03-01"
        assert state(tree, "核对 org=C kind=XZ figure=actual n=1", day) == []
        assert state(tree, "核对 scope=subtree org=A kind=X figure=actual n=1", day) == []

    def test_a_change_of_funding_form_moves_the_parts_and_not_the_whole(self, tree):
        tree.post(draft("划转 from=A to=A kind=XZ n=4 to_funding=full"))
        assert state(tree, "核对 scope=subtree org=A kind=XZ funding=full n=4") == []
        assert state(tree, "核对 org=A kind=XZ n=10") == []
        assert state(tree, "核对 scope=area kind=XZ n=14") == []

    @pytest.mark.parametrize(
        ("line", "code"),
        [
            ("核对 kind=XZ n=1", "bad-scope"),
            ("核对 scope=area org=A kind=XZ n=1", "bad-scope"),
            ("核对 scope=city kind=XZ n=1", "bad-scope"),
            ("核对 scope=subtree kind=XZ n=1", "bad-scope"),
            ("核对 scope=area kind=XZ funding=full n=1", "bad-scope"),
            ("核对 org=Q kind=XZ n=1", "unknown-unit"),
            ("核对 org=A kind=Q n=1", "unknown-quota-kind"),
            ("核对 org=A kind=XZ funding=金 n=1", "unknown-funding-form"),
            ("核对 org=A kind=XZ figure=vacant n=1", "bad-figure"),
            ("核对 scope=area kind=XZ figure=actual n=1", "bad-figure"),
            ("核对 org=A kind=XZ tolerance=-1 n=1", "bad-figure"),
        ],
    )
    def test_a_total_that_says_nothing_clear_is_refused(self, tree, line, code):
        assert codes(tree, draft(line)) == [code]


class TestTolerance:
    """The rounding its publisher allows counts as agreement."""

    @pytest.mark.parametrize(
        ("n", "agrees"), [("9", False), ("9.5", True), ("10.5", True), ("10.5001", False)]
    )
    def test_agreement_ends_exactly_at_the_tolerance(self, office, n, agrees):
        found = state(office, f"核对 org=A kind=XZ n={n} tolerance=0.5")
        assert (found == []) is agrees


class TestBreaking:
    """A later change that breaks a total that agreed is refused, and says by what."""

    @pytest.mark.parametrize(
        "total",
        [
            "核对 org=A kind=XZ n=10",
            "核对 org=A kind=X n=10",
            "核对 scope=subtree org=A kind=XZ n=10",
            "核对 scope=area kind=XZ n=10",
            "核对 org=上级 kind=XZ n=10",
        ],
    )
    def test_a_change_dated_back_under_it_is_refused(self, office, total):
        office.post(draft(total, PUBLISHED, day="2023-01-01"))
        (problem,) = problems(office, draft("核增 org=A kind=XZ n=2", day="2022-12-31"))
        assert problem.code == "breaks-assertion"
        assert f"已公布 10（{PUBLISHED}），本次入账后将为 12" in problem.what
        assert "“停止核对”第 2 号变更第 1 条" in problem.do

    def test_with_the_total_laid_down_in_the_same_change_it_passes(self, office):
        office.post(draft("核对 org=A kind=XZ n=10"))
        office.post(draft("停止核对 no=2 line=1\n核增 org=A kind=XZ n=2", day="2022-12-31"))
        assert office.view.approved("A", "2023-01-01") == 12

    def test_the_day_after_is_free(self, office):
        office.post(draft("核对 org=A kind=XZ n=10"))
        assert codes(office, draft("核减 org=A kind=XZ n=1")) == ["breaks-assertion"]
        office.post(draft("核减 org=A kind=XZ n=1", day="2023-01-02"))

    def test_what_stays_within_the_tolerance_or_cancels_out_does_not_break(self, office):
        office.post(draft("核对 org=A kind=XZ n=10 tolerance=1"))
        office.post(draft("核增 org=A kind=XZ n=1\n核增 org=A kind=XZ n=1\n核减 org=A kind=XZ n=1"))
        assert codes(office, draft("核增 org=A kind=XZ n=0.5")) == ["breaks-assertion"]

    def test_movements_inside_the_scope_do_not_break_it(self, office):
        office.post(draft("改隶 org=B parent=A"))
        office.post(draft("核对 scope=subtree org=A kind=XZ n=10\n核对 scope=area kind=XZ n=10"))
        office.post(draft("划转 from=A to=B kind=XZ n=4"))

    def test_moving_a_unit_in_or_out_breaks_a_subtree(self, office):
        office.post(draft("划转 from=A to=B kind=XZ n=4\n改隶 org=B parent=A"))
        office.post(draft("核对 scope=subtree org=A kind=XZ n=10"))
        out = draft("改隶 org=B parent=")
        assert codes(office, out) == ["breaks-assertion"]
        new = "2023-01-01\n  设立 org=C name=丙 parent=A\n  核增 org=C kind=XZ n=1"
        assert codes(office, new) == ["breaks-assertion"]

    def test_people_who_come_or_go_break_a_total_of_people(self, office):
        office.post(draft("上编 person=P1 org=A kind=XZ"))
        office.post(draft("核对 org=A kind=XZ figure=actual n=1", day="2023-06-01"))
        more = draft("上编 person=P2 org=A kind=XZ")
        less = draft("下编 person=P1", day="2023-03-01")
        assert codes(office, more) == codes(office, less) == ["breaks-assertion"]

    def test_a_total_that_never_agreed_holds_nobody_up(self, office):
        assert state(office, "核对 org=A kind=XZ n=12") == ["12/10"]
        office.post(draft("核减 org=A kind=XZ n=1", day="2022-01-01"))
        office.post(draft("核增 org=A kind=XZ n=3", day="2022-01-01"))  # now it agrees …
        assert codes(office, draft("核增 org=A kind=XZ n=1", day="2022-01-01")) == [
            "breaks-assertion"  # … and counts
        ]


class TestFixed:
    """核定 fixes a number as of its own change: later papers of the same day add to it."""

    def test_a_later_change_of_the_same_day_does_not_break_it(self, office):
        office.post(draft("核定 org=A kind=XZ n=12"))
        office.post(draft("核增 org=A kind=XZ n=3"))
        assert office.view.approved("A", "2023-01-01") == 15

    def test_a_change_dated_back_does(self, office):
        office.post(draft("核定 org=A kind=XZ n=12"))
        office.post(draft("核增 org=A kind=XZ n=3"))
        (problem,) = problems(office, draft("核增 org=A kind=XZ n=1", day="2022-12-31"))
        assert problem.code == "breaks-assertion"
        assert "已公布 12" in problem.what
        assert "将为 13" in problem.what

    def test_a_published_total_of_the_day_speaks_of_its_end(self, office):
        office.post(draft("核对 org=A kind=XZ n=10"))
        assert codes(office, draft("核增 org=A kind=XZ n=3")) == ["breaks-assertion"]

    def test_what_its_own_document_adds_on_the_day_is_told_at_once(self, office):
        assert state(office, "核定 org=A kind=XZ n=12\n核增 org=A kind=XZ n=1") == ["12/13"]

    def test_a_number_fixed_for_a_later_day_is_kept_by_changes_before_it(self, office):
        office.post(draft("核定 org=A kind=XZ n=12", day="2024-01-01"))
        assert codes(office, draft("核增 org=A kind=XZ n=1")) == ["breaks-assertion"]
        office.post(draft("核增 org=A kind=XZ n=1", day="2024-01-02"))


class TestVoiding:
    """Voiding an earlier change counts as a change: it may not break a total in passing."""

    def test_voiding_postings_under_a_total_is_refused(self, office):
        office.post(draft("核增 org=A kind=XZ n=2", day="2022-01-01"))
        office.post(draft("核对 org=A kind=XZ n=12"))
        assert codes(office, draft("作废 no=2")) == ["breaks-assertion"]
        office.post(draft("作废 no=2\n停止核对 no=3 line=1"))

    def test_voiding_what_put_a_unit_below_another_is_refused(self, office):
        office.post(draft("划转 from=A to=B kind=XZ n=4"))
        office.post(draft("改隶 org=B parent=A"))
        office.post(draft("核对 scope=subtree org=A kind=XZ n=10"))
        assert codes(office, draft("作废 no=3")) == ["breaks-assertion"]

    def test_voiding_a_later_paper_of_the_same_day_hides_no_breach(self, office):
        office.post(draft("核定 org=A kind=XZ n=12"))
        office.post(draft("核增 org=A kind=XZ n=3"))
        both = draft("作废 no=3\n核减 org=A kind=XZ n=1 on=2022-01-01")
        assert codes(office, both) == ["breaks-assertion"]
        office.post(draft("作废 no=3"))

    def test_in_a_batch_what_was_void_before_does_not_count_again(self, office):
        text = """
            2023-01-01
              核定 org=A kind=XZ n=12
            2023-01-01
              核增 org=A kind=XZ n=3
            2023-01-01
              作废 no=3
            2023-01-01
              核减 org=A kind=XZ n=1 on=2022-01-01
        """
        assert codes(office, text) == ["breaks-assertion"]
