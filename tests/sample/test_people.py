"""People sit where there are posts, are of an age to work, and are one each."""

from __future__ import annotations

from collections import Counter

import pytest
from stdnum.cn import ric

from bianzhi.sample.people import RETIRE


@pytest.fixture(scope="module")
def kinds(world):
    """What was planted, by kind."""
    found = {}
    for each in world.planted:
        found.setdefault(each["kind"], []).append(each)
    return found


def test_a_county_of_this_size_has_some_thousands(district):
    counts = {year: len(roster) for year, roster in district.rosters.items()}
    assert 3_300 <= counts[district.last] <= 4_200
    assert {district.last - 2, district.last - 1, district.last} <= counts.keys()


def test_nobody_sits_in_a_body_that_has_gone(district):
    for year, roster in district.rosters.items():
        for placed in roster:
            ended = district.orgs[placed.org].ended
            assert ended is None or ended.year > year


def test_more_people_than_posts_only_where_it_was_planted(district, kinds):
    held = Counter((placed.org, placed.kind) for placed in district.rosters[district.last])
    over = {
        (key, kind): n - district.orgs[key].posts.get(kind, 0)
        for (key, kind), n in held.items()
        if n > district.orgs[key].posts.get(kind, 0)
    }
    assert len(over) >= 3
    assert over == {
        (each["org"], each["quota_kind"]): each["actual"] - each["approved"]
        for each in kinds["over_quota"]
    }


def test_the_five_figures_leave_no_vacancy_below_nought(district, kinds):
    held = Counter(placed.org for placed in district.rosters[district.last])
    over = {each["org"] for each in kinds["over_quota"]}
    for org in district.living:
        kept = org.pending + org.leader_reserve + org.other_reserve
        assert org.key in over or org.total - held[org.key] - kept >= 0, org.name


def test_ages_are_those_of_people_at_work(district, kinds):
    late = {each["person"] for each in kinds["late_retiree"]}
    for year, roster in district.rosters.items():
        for placed in roster:
            person = placed.person
            assert person.joined.year - person.born.year >= 17
            assert placed.entered.year <= year
            if person.number not in late:
                assert 20 <= year - person.born.year < RETIRE[person.man]


def test_late_retirees_are_past_the_age_on_the_last_day(district, kinds):
    people = {placed.person.number: placed.person for placed in district.rosters[district.last]}
    assert len(kinds["late_retiree"]) >= 2
    for each in kinds["late_retiree"]:
        person = people[each["person"]]
        assert district.last - person.born.year > RETIRE[person.man]
        assert ric.is_valid(person.number)


def test_numbers_are_valid_and_unique_but_for_those_planted(district, kinds):
    numbers = Counter(placed.person.number for placed in district.rosters[district.last])
    twice = {number for number, n in numbers.items() if n > 1}
    assert twice == {each["person"] for each in kinds["duplicate_person"]}
    wrong = {number for number in numbers if not ric.is_valid(number)}
    assert wrong == {each["shown"] for each in kinds["wrong_identity_check"]}


def test_leaders_actual_above_approved_only_where_it_was_planted(district, kinds):
    held = Counter(
        placed.org for placed in district.rosters[district.last] if placed.leader == "单位副职"
    )
    over = {key for key, n in held.items() if n > district.orgs[key].deputies}
    assert over == {each["org"] for each in kinds["over_leadership"]}


def test_people_go_where_their_body_went(district):
    """Of those in a body that merged, some are found in its successor years later."""
    followed = [person for person in district.people if person.entry == "转隶"]
    assert len(followed) > 100
