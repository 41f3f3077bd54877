"""Promise 6 and its kin: everything recorded of a unit lies inside its life; nothing is left."""

from __future__ import annotations

import pytest

from tests.support.ledger import codes, draft, problems


class TestLeftBehind:
    """A unit ends only when nothing is left in it, on that day and ever after."""

    @pytest.mark.parametrize(
        ("given", "left"),
        [
            ("核增 org=B kind=XZ n=2.5", "一般行政编制 2.5 名"),
            ("核增 org=B kind=LD1@6 n=1", "单位正职（正科（乡）级） 1 名"),
            ("核增 org=B kind=XZ n=2 on=2024-01-01", "一般行政编制 2 名"),
            ("上编 person=P1 name=张三 org=B kind=XZ counts=false", "人员 张三（P1）"),
            ("核增 org=B kind=XZ n=1\n占编 ticket=T1 org=B kind=XZ", "待上编 T1"),
            ("核增 org=B kind=XZ n=1\n锁编 matter=M1 name=招考 org=B kind=XZ n=1", "招考（M1）"),
            ("赋职 duty=D1 org=B text=档案", "职责 D1"),
            ("设立 org=C class=section name=办公室 parent=B", "内设机构 办公室（C）"),
            ("设立 org=C name=丙中心 supervisor=B parent=A", "下属单位 丙中心（C）"),
            ("设立 org=C name=丙中心 sponsor=B on=2024-01-01", "下属单位 丙中心（C）"),
            (
                "上编 person=P1 org=A kind=XZ\n变更 subject=P1 field=works_at value=B",
                "人员 P1",
            ),
        ],
    )
    def test_the_refusal_lists_what_is_left(self, office, given, left):
        office.post(draft(given))
        (problem,) = problems(office, draft("撤销 org=B", day="2023-06-01"))
        assert problem.code == "left-behind"
        assert "乙局（B） 2023-06-01 撤销" in problem.what
        assert left in problem.what

    def test_everything_left_is_listed_at_once(self, office):
        office.post(draft("核增 org=B kind=XZ n=2\n赋职 duty=D1 org=B text=档案"))
        (problem,) = problems(office, draft("撤销 org=B"))
        assert "一般行政编制 2 名；职责 D1" in problem.what

    def test_what_the_same_document_places_elsewhere_is_not_left(self, office):
        office.post(draft("核增 org=B kind=XZ n=2\n赋职 duty=D1 org=B text=档案"))
        office.post(draft("撤销 org=B\n划转 from=B to=A kind=XZ n=2\n移职 duty=D1 to=A"))
        assert office.view.life("B")[1] == "2023-01-01"

    def test_units_that_end_together_do_not_hold_each_other_up(self, office):
        office.post(draft("设立 org=C class=section name=办公室 parent=B"))
        office.post(draft("撤销 org=B\n撤销 org=C", day="2023-06-01"))
        assert office.view.life("C")[1] == "2023-06-01"

    def test_what_ended_or_left_before_is_not_left(self, office):
        office.post(draft("核增 org=B kind=XZ n=1\n上编 person=P1 org=B kind=XZ"))
        office.post(draft("设立 org=C class=section name=办公室 parent=B"))
        office.post(draft("下编 person=P1\n核减 org=B kind=XZ n=1\n撤销 org=C", day="2023-02-01"))
        office.post(draft("撤销 org=B", day="2023-03-01"))

    @pytest.mark.parametrize(
        "line",
        [
            "核增 org=B kind=XZ n=1",
            "上编 person=P1 org=B kind=XZ counts=false",
            "赋职 duty=D1 org=B text=档案",
            "设立 org=C name=丙 parent=B",
        ],
    )
    def test_nothing_is_dated_back_into_a_unit_that_has_ended_since(self, office, line):
        office.post(draft("撤销 org=B", day="2023-06-01"))
        assert codes(office, draft(line, day="2023-03-01")) == ["left-behind"]

    def test_what_came_and_went_before_the_end_may_be_dated_back(self, office):
        office.post(draft("撤销 org=B", day="2023-06-01"))
        office.post(
            draft("核增 org=B kind=XZ n=1 on=2023-02-01\n核减 org=B kind=XZ n=1 on=2023-03-01")
        )

    def test_voiding_what_emptied_a_unit_is_refused_once_it_has_ended(self, office):
        """Posts, a duty and a person each went to A by change 3; then B ended."""
        office.post(
            draft(
                "核增 org=B kind=XZ n=1\n赋职 duty=D1 org=B text=档案\n上编 person=P1 org=B kind=XZ"
            )
        )
        for emptied in (
            "划转 from=B to=A kind=XZ n=1",
            "移职 duty=D1 to=A",
            "转隶 persons=P1 to=A",
        ):
            office.post(draft(emptied, day="2023-02-01"))
        office.post(draft("撤销 org=B", day="2023-03-01"))
        for no in (3, 4, 5):
            assert "left-behind" in codes(office, draft(f"作废 no={no}"))


class TestLife:
    """A unit is set up once and ends once; no fact or entry of it lies before or after."""

    def test_nothing_may_be_left_before_a_later_setting_up(self, office):
        """Change 2 sets C up and gives it posts; void it and set C up later: change 3 is early."""
        office.post(draft("设立 org=C name=丙局"))
        office.post(draft("核增 org=C kind=XZ n=1"))
        assert codes(office, draft("作废 no=2")) == ["before-birth"]
        again = draft("作废 no=2\n设立 org=C name=丙局 on=2023-02-01")
        (problem,) = problems(office, again)
        assert problem.code == "before-birth"
        assert "2023-02-01 起才在册，但 2023-01-01 已有账目" in problem.what
        office.post(draft("作废 no=2\n设立 org=C name=丙局 on=2022-02-01"))

    @pytest.mark.parametrize(
        "line",
        [
            "设立 org=D name=丁中心 parent=C",
            "赋职 duty=D1 org=C text=档案",
            "上编 person=P1 org=C kind=XZ counts=false",
            "加挂 org=C nameplate=丙站",
            "撤销 org=C",
            "冻结 org=C",
        ],
    )
    def test_a_setting_up_that_anything_stands_on_cannot_be_void(self, office, line):
        office.post(draft("设立 org=C name=丙局"))
        office.post(draft(line, day="2023-02-01"))
        assert codes(office, draft("作废 no=2")) == ["before-birth"]

    @pytest.mark.parametrize("line", ["更名 org=B name=新名", "定级 org=B rank=6"])
    def test_a_unit_does_not_end_before_something_recorded_of_it(self, office, line):
        office.post(draft(line, day="2023-06-01"))
        (problem,) = problems(office, draft("撤销 org=B", day="2023-05-31"))
        assert problem.code == "after-end"
        assert "2023-06-01" in problem.what
        office.post(draft("撤销 org=B", day="2023-06-01"))

    def test_a_unit_does_not_end_before_a_status_recorded_of_it(self, office):
        office.post(draft("冻结 org=B", day="2023-06-01"))
        assert codes(office, draft("撤销 org=B", day="2023-05-31")) == ["reopened"]
        office.post(draft("撤销 org=B", day="2023-06-02"))

    def test_a_unit_may_begin_and_end_on_one_day(self, office):
        office.post(draft("设立 org=C name=丙局\n撤销 org=C"))
        assert office.view.life("C") == ("2023-01-01", "2023-01-01")

    def test_a_void_end_gives_the_unit_back(self, office):
        office.post(draft("撤销 org=B"))
        office.post(draft("作废 no=2"))
        assert office.view.life("B") == ("2020-01-01", None)
        office.post(draft("核增 org=B kind=XZ n=1"))


class TestCircles:
    """No unit stands above itself, on any day."""

    def test_neither_directly_nor_through_others(self, office):
        assert codes(office, draft("改隶 org=A parent=A")) == ["circle"]
        office.post(draft("改隶 org=A parent=B"))
        (problem,) = problems(office, draft("改隶 org=B parent=A"))
        assert problem.code == "circle"
        assert "乙局（B） 2023-01-01 起" in problem.what

    def test_a_circle_that_would_close_on_a_later_day_is_seen_too(self, office):
        office.post(draft("改隶 org=B parent=A", day="2023-06-01"))
        (problem,) = problems(office, draft("改隶 org=A parent=B", day="2023-01-01"))
        assert problem.code == "circle"
        assert "2023-06-01" in problem.what

    def test_units_may_change_places_on_one_day(self, office):
        office.post(draft("改隶 org=B parent=A"))
        office.post(draft("改隶 org=B parent=\n改隶 org=A parent=B", day="2023-06-01"))
        assert office.view.fact("A", "parent", "2023-06-01") == "B"

    def test_what_stood_above_before_may_stand_below_after(self, office):
        office.post(draft("改隶 org=B parent=A"))
        office.post(draft("改隶 org=B parent=", day="2023-03-01"))
        office.post(draft("改隶 org=A parent=B", day="2023-03-01"))

    def test_voiding_does_not_close_a_circle(self, office):
        office.post(draft("改隶 org=B parent=A"))
        office.post(draft("改隶 org=B parent="))
        office.post(draft("改隶 org=A parent=B", day="2023-06-01"))
        assert codes(office, draft("作废 no=3")) == ["circle"]
