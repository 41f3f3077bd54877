"""Acts that end organisations: nothing is left behind, and who took over is known for ever."""

from __future__ import annotations

import pytest

from tests.support.ledger import codes, draft, problems

DAY = "2023-01-01"


def links(made) -> list[tuple[str, str, str]]:
    return [(link.verb, link.before, link.after) for each in made for link in each.rows.links]


def test_an_empty_unit_ends_and_its_successors_are_named(office):
    made = office.post(draft("撤销 org=B into=A"))
    assert office.view.life("B") == ("2020-01-01", DAY)
    assert office.view.fact("B", "status", DAY) == "abolished"
    assert links(made) == [("撤销", "B", "A")]


def test_a_unit_may_end_without_a_successor_or_leave_for_the_market(office):
    office.post(draft("设立 org=C name=丙公司\n撤销 org=B"))
    office.post(draft("转企 org=C on=2023-06-01"))
    assert office.view.fact("C", "status", "2023-06-01") == "converted"


def test_a_merger_carries_posts_people_duties_sections_and_units_below(office):
    made = office.write("""
        2023-01-01
          核增 org=B kind=XZ n=3
          核增 org=B kind=LD1@6 n=1
          上编 person=P1 org=B kind=XZ
          上编 person=P2 org=B kind=XZ counts=false
          任职 person=P1 org=B kind=LD1@6
          赋职 duty=D1 org=B text=档案
          设立 org=C class=section name=办公室 parent=B
          设立 org=D name=丁中心 supervisor=B sponsor=B
        2023-03-01
          合并 sources=A,B into=A
    """)
    view, day = office.view, "2023-03-01"
    assert view.posts(day) == {"A": 13, "A/LD1@6": 1, "上级": -13, "上级/LD1@6": -1}
    assert view.place("P1", day) == ("A", "XZ", "actual")
    assert view.place("P2", day) == ("A", "XZ", "uncounted")
    assert view.place("P1", day, "leadership") == ("A", "LD1@6", "actual")
    assert view.fact("D1", "holder", day) == "A"
    assert view.fact("C", "parent", day) == "A"
    assert [view.fact("D", name, day) for name in ("supervisor", "sponsor", "parent")] == ["A"] * 3
    assert view.life("B") == ("2020-01-01", day)
    assert links(made) == [("合并", "B", "A")]


def test_a_merger_into_a_new_unit_moves_what_other_acts_have_not_moved(office):
    office.write("""
        2023-01-01
          核增 org=B kind=XZ n=3
          设立 org=C name=丙局
          划转 from=A to=P kind=XZ n=4
          合并 sources=A,B into=C
    """)
    assert office.view.posts(DAY) == {"C": 9, "P": 4, "上级": -13}


def test_a_merger_without_carrying_leaves_it_to_the_other_acts(office):
    assert codes(office, draft("合并 sources=A into=B carry=false")) == ["left-behind"]
    office.post(draft("划转 from=A to=B kind=XZ n=10\n合并 sources=A into=B carry=false"))
    assert office.view.posts(DAY) == {"B": 10, "上级": -10}


def test_a_successor_that_hung_below_a_source_stands_on_its_own(office):
    office.post(draft("改隶 org=B supervisor=A"))
    office.post(draft("合并 sources=A into=B", day="2023-03-01"))
    assert office.view.fact("B", "supervisor", "2023-03-01") is None
    assert office.view.fact("B", "parent", "2023-03-01") is None


def test_a_merger_does_not_write_into_what_ended_before(office):
    office.write("""
        2023-01-01
          设立 org=C class=section name=办公室 parent=A
        2023-02-01
          撤销 org=C
        2023-03-01
          合并 sources=A into=B
    """)
    assert office.view.fact("C", "parent", "2023-03-01") == "A"


def test_a_split_names_all_its_parts_and_ends_the_unit(office):
    made = office.write("""
        2023-01-01
          设立 org=C name=丙局
          划转 from=A to=B kind=XZ n=4
          划转 from=A to=C kind=XZ n=6
          拆分 org=A into=B,C
    """)
    assert links(made) == [("拆分", "A", "B"), ("拆分", "A", "C")]
    assert office.view.life("A")[1] == DAY
    assert office.view.posts(DAY) == {"B": 4, "C": 6, "上级": -10}


def test_a_unit_may_give_up_a_part_and_go_on(office):
    office.post(draft("划转 from=A to=B kind=XZ n=4\n拆分 org=A into=B end=false"))
    assert office.view.life("A") == ("2020-01-01", None)


@pytest.mark.parametrize(
    ("line", "code", "field"),
    [
        ("撤销 org=Q", "unknown-unit", "org"),
        ("撤销 org=B into=Q", "unknown-unit", "into"),
        ("撤销 org=B into=B", "same-account", "into"),
        ("撤销 org=B on=2019-01-01", "before-birth", "org"),
        ("合并 sources=A into=A", "same-account", "into"),
        ("合并 sources=B into=Q", "unknown-unit", "into"),
        ("合并 sources=Q into=A", "unknown-unit", "sources"),
        ("拆分 org=A into=Q", "unknown-unit", "into"),
        ("拆分 org=Q into=A end=false", "unknown-unit", "org"),
        ("拆分 org=A into=A", "same-account", "into"),
        ("转企 org=上级", "unknown-unit", "org"),
    ],
)
def test_what_cannot_be_is_refused_in_the_field_that_is_wrong(office, line, code, field):
    (problem,) = problems(office, draft(line))
    assert (problem.code, problem.field) == (code, field)


@pytest.mark.parametrize(
    "line",
    ["撤销 org=B", "转企 org=B", "合并 sources=B into=A", "拆分 org=B into=A"],
)
def test_what_has_ended_ends_once(office, line):
    office.post(draft("撤销 org=B"))
    assert codes(office, draft(line)) == ["after-end"]
    assert codes(office, draft(line, day="2023-02-01")) == ["after-end"]


@pytest.mark.parametrize(
    "line",
    [
        "核增 org=B kind=XZ n=1",
        "更名 org=B name=新名",
        "设立 org=C name=丙 parent=B",
        "赋职 duty=D1 org=B text=档案",
        "上编 person=P1 org=B kind=XZ counts=false",
        "撤销 org=A into=B",
    ],
)
def test_nothing_is_entered_after_the_end(office, line):
    office.post(draft("撤销 org=B"))
    (problem,) = problems(office, draft(line, day="2023-02-01"))
    assert problem.code == "after-end"
    assert "2023-01-01 撤销" in problem.what
    assert "2023-02-01" in problem.what
