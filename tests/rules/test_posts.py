"""Posts in use against posts approved, each rule where it fires, just does not, and is excused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bianzhi.rules.pack import Exemption
from tests.support.rules import findings, told

SCHOOL = """
    2020-01-01 opening
      设立 org=S name=一小 category=49
      设立 org=T name=二小 category=49
      下达 to=S kind=SY n=2 funding=full
      下达 to=T kind=SY n=9 funding=full
      上编 person=a org=S kind=SY funding=full
      上编 person=b org=S kind=SY funding=full
"""
THIRD = "      上编 person=c org=S kind=SY funding=full\n"


def test_over_staffing_is_told_with_both_numbers_and_the_document():
    (found,) = findings(SCHOOL + THIRD, "CK-01", severity="error")
    assert found.words == "一般事业编制实有 3，核定 2，超 1"
    assert (found.unit, found.about, found.found, found.limit) == ("S", "SY", 3, 2)
    assert (found.source, found.doc_no) == ("测县机构编制规定", "测编发〔2020〕1号")
    assert (found.severity, found.on) == ("error", 18993)


def test_full_is_not_over():
    assert told(SCHOOL, "CK-01") == []


def test_vacancies_elsewhere_do_not_hide_an_over_staffed_unit():
    """The area has 11 posts and 3 people; the school is over all the same."""
    assert told(SCHOOL + THIRD, "CK-01") == [("S", "SY", 3, 2)]


def test_free_turnover_posts_stand_in_and_only_as_far_as_they_go():
    turnover = "      下达 to=S kind=SZ n=1\n"
    fourth = "      上编 person=d org=S kind=SY funding=full\n"
    assert told(SCHOOL + turnover + THIRD, "CK-01") == []
    assert told(SCHOOL + turnover + THIRD, "CK-01", {"turnover": False}) == [("S", "SY", 3, 2)]
    (found,) = findings(SCHOOL + turnover + THIRD + fourth, "CK-01")
    assert found.words == "一般事业编制实有 4，核定 3（含周转），超 1"


def test_turnover_posts_in_use_lend_nothing_and_are_judged_themselves():
    over = "      下达 to=S kind=SZ n=1\n      上编 person=x org=S kind=SZ\n"
    assert told(SCHOOL + over + THIRD, "CK-01") == [("S", "SY", 3, 2)]
    two = over + "      上编 person=y org=S kind=SZ\n"
    assert told(SCHOOL + two, "CK-01") == [("S", "SZ", 2, 1)]


def test_an_exemption_by_document_holds_up_to_its_number_and_for_its_time():
    spare = Exemption(unit="S", document="测编发〔2021〕9号", most=3)  # type: ignore[arg-type]
    assert told(SCHOOL + THIRD, "CK-01", exemptions=(spare,)) == []
    fourth = "      上编 person=d org=S kind=SY funding=full\n"
    assert told(SCHOOL + THIRD + fourth, "CK-01", exemptions=(spare,)) == [("S", "SY", 4, 2)]
    past = Exemption(unit="S", document="测编发〔2021〕9号", valid_until=18992)
    assert told(SCHOOL + THIRD, "CK-01", exemptions=(past,)) == [("S", "SY", 3, 2)]


TICKET = "      占编 ticket=t1 org=S kind=SY funding=full\n"
MORE = "      下达 to=S kind=SY n=1 funding=full\n"


def test_over_when_the_tickets_are_used():
    """The record lets nobody promise a post twice; what openings bring in is as it was."""
    assert told(SCHOOL + TICKET, "CK-02") == [("S", "SY", 3, 2)]
    assert told(SCHOOL + MORE + TICKET, "CK-02") == []


def test_over_now_is_not_told_as_over_later_too():
    assert told(SCHOOL + THIRD + TICKET, "CK-02") == []
    assert told(SCHOOL + THIRD + TICKET, "CK-01") == [("S", "SY", 3, 2)]


def test_reserved_posts_without_room_are_told_and_with_room_are_not():
    held = "      锁编 matter=m1 org=S kind=SY funding=full n=1\n"
    assert told(SCHOOL + held, "BZ-01") == [("S", "SY", 3, 2)]
    assert told(SCHOOL + MORE + held, "BZ-01") == []
    assert told(SCHOOL + TICKET, "BZ-01") == [], "预超编另有一条"


@pytest.mark.parametrize(
    ("approved", "rate", "fires"), [(9, 20, True), (8, 25, False), (8, 24, True), (6, 0, False)]
)
def test_a_share_of_vacant_posts_just_at_the_limit_is_allowed(approved, rate, fires):
    """6 people; of 8 posts 2 are vacant: 25 %, which a limit of 25 % allows."""
    people = "".join(f"      上编 person=p{n} org=S kind=XZ\n" for n in range(6))
    text = f"""
    2020-01-01 opening
      设立 org=S name=一局
      下达 to=S kind=XZ n={approved}
{people}"""
    found = told(text, "CK-03", {"rate": rate})
    assert bool(found) is fires
    assert told(text, "CK-03", {"rate": rate, "least": 4}) == []


def test_control_numbers_that_do_not_count_are_asked_for_by_name():
    text = """
    2020-01-01 opening
      设立 org=H name=医院
      下达 to=H kind=KB n=10
    """
    assert told(text, "CK-03", {"rate": 5}) == []
    assert told(text, "CK-03", {"rate": 5, "kinds": ["K"]}) == [("H", "KB", 100, 5)]


def test_people_paid_otherwise_than_their_posts():
    text = SCHOOL.replace(
        "person=b org=S kind=SY funding=full", "person=b org=S kind=SY funding=self"
    )
    (found,) = findings(text, "CK-35")
    assert found.words == (
        "一般事业编制（经费自理（自收自支））实有 1，这一经费形式核定 0，而该种类合计没有超"
    )
    assert told(SCHOOL, "CK-35") == []
    assert told(SCHOOL + THIRD, "CK-35") == [], "超编另有一条"


COUNTS = st.integers(0, 3)


@given(COUNTS, COUNTS, COUNTS, COUNTS, COUNTS)
@settings(max_examples=20)
def test_over_staffing_is_what_counting_by_hand_says(own, other, spare, people, more):
    """Two kinds of one heading and turnover posts: what is over in all is over in the findings."""
    lines = [f"下达 to=S kind={kind} n={n}" for kind, n in
             (("SC", own), ("SY", other), ("SZ", spare)) if n]  # fmt: skip
    lines += [f"上编 person=p{n} org=S kind=SC" for n in range(people)]
    lines += [f"上编 person=q{n} org=S kind=SY" for n in range(more)]
    text = "2020-01-01 opening\n  设立 org=S name=中心\n" + "".join(f"  {each}\n" for each in lines)
    over = sum(each[2] - each[3] for each in told(text, "CK-01"))
    excess = max(people - own, 0) + max(more - other, 0)
    assert over == max(excess - spare, 0)
