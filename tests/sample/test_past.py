"""A history told backwards must read forwards: to the last post, with nothing from nowhere."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pytest

from bianzhi.sample.make import make_world


@pytest.fixture(scope="module", params=[(138, 22, 1), (60, 8, 5), (500, 12, 9)], ids=str)
def told(request):
    """Some districts of other sizes and seeds."""
    return make_world(*request.param).districts[-1]


def test_the_last_event_of_each_body_is_how_it_stands(told):
    last = {event.org: event for event in told.events}
    for org in told.living:
        event = last[org.key]
        assert {kind: n for kind, n in event.posts.items() if n} == org.posts, org.name
        assert (event.name, event.supervisor) == (org.name, org.supervisor)
        assert (event.rank, event.funding, event.welfare) == (org.rank, org.funding, org.welfare)
        assert (event.chiefs, event.deputies) == (org.chiefs, org.deputies)


def test_each_body_begins_once_and_ends_at_most_once(told):
    kinds = defaultdict(list)
    for event in told.events:
        kinds[event.org].append(event.kind)
    assert kinds.keys() == told.orgs.keys()
    for key, had in kinds.items():
        assert had[0] in ("设立", "合并组建"), had
        assert sum(kind in ("设立", "合并组建") for kind in had) == 1
        assert ("撤销" in had) == (told.orgs[key].ended is not None)
        assert "撤销" not in had[:-1]


def test_posts_move_as_the_summary_says(told):
    before = {}
    for event in told.events:
        change = sum(event.posts.values()) - sum(before.get(event.org, {}).values())
        if event.kind in ("核增", "核减", "划入", "划出"):
            assert change == event.moved, event.summary
            assert f"{abs(event.moved)}名" in event.summary
        elif event.kind in ("更名", "改变隶属", "加挂牌子", "分类", "规格调整", "调整职数"):
            assert change == 0, event.summary
        assert all(n >= 0 for n in event.posts.values())
        before[event.org] = event.posts


def test_a_merger_gives_what_it_takes(told):
    """Posts before = posts after + posts recovered."""
    standing = {}
    for event in told.events:
        if event.kind == "合并组建" and told.orgs[event.org].kind == "institution":
            taken = sum(sum(standing[key].values()) for key in event.partners)
            assert taken == sum(event.posts.values()) - event.moved, event.summary
            assert len(event.partners) >= 2
            assert all(told.orgs[key].successors == [event.org] for key in event.partners)
        standing[event.org] = event.posts


def test_a_transfer_leaves_the_total_alone(told):
    moved = Counter()
    for event in told.events:
        if event.kind in ("划入", "划出"):
            moved[event.paper] += event.moved
    assert set(moved.values()) <= {0}


def test_names_belong_to_one_body_at_a_time(told):
    called = {}
    for event in told.events:
        called.pop(event.org, None)
        if event.kind != "撤销":
            assert event.name not in called.values() or event.kind == "合并组建", event.name
            called[event.org] = event.name


def test_a_body_belongs_to_one_that_stands(told):
    alive = set()
    for day_events in _by_day(told):
        alive |= {event.org for event in day_events if event.kind != "撤销"}
        for event in day_events:
            if event.kind != "撤销":
                assert event.supervisor in alive, (event.day, event.name)
        alive -= {event.org for event in day_events if event.kind == "撤销"}


def _by_day(told):
    days = defaultdict(list)
    for event in told.events:
        days[event.day].append(event)
    return days.values()


def test_numbers_run_without_gaps_but_for_those_planted(world):
    district = world.districts[0]
    serials = defaultdict(list)
    for paper in district.papers:
        word, year, serial = re.fullmatch(r"澜(\w+)发〔(\d{4})〕(\d+)号", paper.number).groups()
        if int(year) >= district.first:
            serials[word, year].append(int(serial))
    odd = {key: found for key, found in serials.items() if found != list(range(1, len(found) + 1))}
    planted = {each["kind"] for each in world.planted}
    assert {"duplicate_doc_no", "doc_no_gap"} <= planted
    assert len(odd) == 2


def test_twenty_years_hold_every_kind_of_change(district):
    kinds = Counter(event.kind for event in district.events)
    assert len(kinds) >= 14
    assert min(kinds[kind] for kind in ("合并组建", "更名", "划入", "核增", "核减", "撤销")) >= 20
