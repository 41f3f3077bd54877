"""Promises 1, 2 and 7: balance, nothing below zero on any day, nothing promised twice."""

from __future__ import annotations

import pytest

from tests.support.ledger import codes, draft, problems


class TestBalance:
    """Within a change the postings of each kind sum to zero."""

    def test_what_balances_kind_by_kind_passes(self, office):
        office.post(
            draft(
                '调剂 legs=[{"holder":"A","kind":"XZ","n":-1},{"holder":"B","kind":"XZ","n":1},'
                '{"holder":"上级","kind":"SY","n":-2},{"holder":"B","kind":"SY","n":2}]'
            )
        )
        assert office.view.posts()["B/SY"] == 2

    def test_both_sides_and_the_difference_are_told(self, office):
        (problem,) = problems(
            office, draft('调剂 kind=XZ legs=[{"holder":"A","n":-3},{"holder":"B","n":2.5}]')
        )
        assert problem.code == "unbalanced"
        assert problem.what == "“XZ”不平衡：增加 2.5，减少 3，相差 -0.5"

    def test_one_kind_does_not_make_up_for_another(self, office):
        legs = '[{"holder":"A","kind":"XZ","n":-1},{"holder":"B","kind":"SY","n":1}]'
        assert codes(office, draft(f"调剂 legs={legs}")) == ["unbalanced", "unbalanced"]

    def test_acts_of_one_change_may_balance_each_other(self, office):
        office.post(
            draft(
                '调剂 kind=XZ legs=[{"holder":"A","n":-1}]\n'
                '调剂 kind=XZ legs=[{"holder":"B","n":1}]'
            )
        )
        assert office.view.posts() == {"A": 9, "B": 1, "上级": -10}


class TestOverdrawn:
    """No account of a unit or pool goes below zero on any day from the effective day on."""

    def test_the_last_post_may_go_but_not_one_more(self, office):
        office.post(draft("核减 org=A kind=XZ n=10"))
        assert codes(office, draft("核减 org=A kind=XZ n=0.0001")) == ["overdrawn"]

    def test_a_cut_dated_back_is_refused_for_a_later_day_it_would_leave_below_zero(self, office):
        office.post(draft("核减 org=A kind=XZ n=8", day="2023-06-01"))
        (problem,) = problems(office, draft("核减 org=A kind=XZ n=3", day="2023-01-01"))
        assert problem.code == "overdrawn"
        assert "2023-06-01 只有 2 名，要减 3 名，将为 -1" in problem.what
        office.post(draft("核减 org=A kind=XZ n=2", day="2023-01-01"))

    def test_posts_that_come_later_do_not_help_on_the_day(self, office):
        office.post(draft("核增 org=B kind=XZ n=5", day="2023-06-01"))
        assert codes(office, draft("核减 org=B kind=XZ n=1", day="2023-05-31")) == ["overdrawn"]
        office.post(draft("核减 org=B kind=XZ n=1", day="2023-06-01"))

    def test_a_day_is_looked_at_as_a_whole_so_the_order_of_acts_does_not_matter(self, office):
        office.post(draft("划转 from=B to=P kind=XZ n=2\n划转 from=A to=B kind=XZ n=2"))
        assert office.view.posts() == {"A": 8, "P": 2, "上级": -10}

    def test_each_kind_and_funding_form_is_an_account_of_its_own(self, office):
        assert codes(office, draft("核减 org=A kind=SY n=1")) == ["overdrawn"]
        assert codes(office, draft("核减 org=A kind=XZ n=1 funding=full")) == ["overdrawn"]

    def test_pools_are_held_to_it_too_and_counter_accounts_are_not(self, office):
        assert codes(office, draft("出池 pool=P org=A kind=XZ n=1")) == ["overdrawn"]
        office.post(draft("下达 to=P kind=XZ n=1000"))
        assert office.view.posts()["上级"] == -1010

    def test_a_hole_between_two_days_is_seen(self, office):
        text = """
            2023-01-01
              核增 org=B kind=XZ n=5 on=2023-01-01
              核减 org=B kind=XZ n=5 on=2023-03-01
              核增 org=B kind=XZ n=5 on=2023-05-01
              核减 org=B kind=XZ n=1 on=2023-02-01
        """
        (problem,) = problems(office, text)
        assert "2023-03-01" in problem.what


class TestPromisedTwice:
    """核定 − 实有 − 待上编 − 预留 never goes below zero by a change that uses posts."""

    @pytest.mark.parametrize(
        "claim",
        [
            "上编 person=P9 org=A kind=XZ",
            "占编 ticket=T9 org=A kind=XZ",
            "锁编 matter=M9 org=A kind=XZ n=1",
        ],
    )
    @pytest.mark.parametrize(
        "used",
        [
            "锁编 matter=M1 org=A kind=XZ n={n}",
            "占编 ticket=T1 org=A kind=XZ n={n}",
            "上编 person=P1 org=A kind=XZ amount={n}",
        ],
    )
    def test_the_last_vacancy_goes_once(self, office, used, claim):
        office.post(draft(used.format(n=9)))
        office.post(draft(claim))
        other = claim.replace("9", "8")
        (problem,) = problems(office, draft(other))
        assert problem.code == "no-vacancy"
        assert "核定 10" in problem.what
        assert "超出 1 名" in problem.what

    def test_the_message_tells_all_three_figures(self, office):
        office.post(draft("上编 person=P1 org=A kind=XZ\n锁编 matter=M1 org=A kind=XZ n=9"))
        (problem,) = problems(office, draft("占编 ticket=T1 org=A kind=XZ n=0.5"))
        assert "核定 10，实有 1，待上编和预留 9.5，超出 0.5 名" in problem.what

    def test_the_message_names_the_account_as_people_read_it(self, office):
        office.post(draft("下达 to=A kind=SY n=1 funding=full"))
        (problem,) = problems(office, draft("锁编 matter=M1 org=A kind=SY n=2 funding=full"))
        assert "的一般事业编制（财政全额） " in problem.what

    def test_a_place_dated_back_is_refused_for_a_later_day_that_is_full(self, office):
        office.post(draft("锁编 matter=M1 org=A kind=XZ n=10", day="2023-06-01"))
        line = "占编 ticket=T1 org=A kind=XZ"
        (problem,) = problems(office, draft(line, day="2023-01-01"))
        assert problem.code == "no-vacancy"
        assert "2023-06-01" in problem.what

    def test_posts_that_are_promised_cannot_be_taken_away(self, office):
        office.post(draft("锁编 matter=M1 org=A kind=XZ n=10"))
        assert codes(office, draft("划转 from=A to=B kind=XZ n=1")) == ["no-vacancy"]
        back = draft("核减 org=A kind=XZ n=1", day="2022-01-01")
        assert codes(office, back) == ["no-vacancy"]

    def test_cutting_below_the_people_there_is_lawful_and_leaves_it_overstaffed(self, office):
        people = "\n".join(f"上编 person=P{n} org=A kind=XZ" for n in range(10))
        office.post(draft(people))
        office.post(draft("核减 org=A kind=XZ n=3"))
        view = office.view
        assert (view.approved("A", "2023-01-01"), view.used("A", "2023-01-01")) == (7, (10, 0))

    def test_an_overstaffed_unit_takes_nobody_until_it_is_below_again(self, office):
        people = "\n".join(f"上编 person=P{n} org=A kind=XZ" for n in range(10))
        office.post(draft(people))
        office.post(draft("核减 org=A kind=XZ n=1"))
        new = draft("上编 person=P10 org=A kind=XZ", day="2023-03-01")
        assert codes(office, new) == ["no-vacancy"]
        office.post(draft("下编 person=P0\n下编 person=P1", day="2023-02-01"))
        office.post(draft("上编 person=P10 org=A kind=XZ", day="2023-03-01"))

    def test_people_leaving_an_overstaffed_unit_are_never_held_back(self, office):
        people = "\n".join(f"上编 person=P{n} org=A kind=XZ" for n in range(10))
        office.post(draft(people))
        office.post(draft("核减 org=A kind=XZ n=5"))
        office.post(draft("下编 person=P0"))
        assert office.view.used("A", "2023-01-01") == (9, 0)

    def test_an_opening_records_what_was_found_even_if_too_many(self, office):
        office.post(draft("上编 person=P1 org=B kind=XZ", kind="opening"))
        assert office.view.used("B", "2023-01-01") == (1, 0)
        assert codes(office, draft("上编 person=P2 org=B kind=XZ")) == ["no-vacancy"]

    def test_one_change_may_make_the_room_it_uses(self, office):
        office.post(draft("上编 person=P1 org=B kind=XZ\n核增 org=B kind=XZ n=1"))
        assert office.view.used("B", "2023-01-01") == (1, 0)

    def test_a_person_in_two_units_at_once_would_be_one_post_twice(self, office):
        office.post(draft("核增 org=B kind=XZ n=1\n上编 person=P1 org=A kind=XZ"))
        assert codes(office, draft("上编 person=P1 org=B kind=XZ")) == ["placed-twice"]

    def test_voiding_a_departure_counts_the_person_again_even_one_hidden_that_day(self, office):
        """P1 moves from A to B on the day of entering; B's row hid A's. Void B's: A is full."""
        office.post(draft("核增 org=B kind=XZ n=1"))
        office.post(draft("上编 person=P1 org=A kind=XZ"))
        office.post(draft("转隶 persons=P1 to=B"))
        office.post(draft("锁编 matter=M1 org=A kind=XZ n=10"))
        assert codes(office, draft("作废 no=4")) == ["no-vacancy"]
