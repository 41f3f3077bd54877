"""A nation, region by region: numbers exact, names apart, posts enough for the people."""

from __future__ import annotations

import pytest

from bianzhi.core.acts.orgs import Establish
from bianzhi.core.acts.people import Enroll
from bianzhi.core.acts.posts import Grant
from bianzhi.core.memory import MemoryRecord
from bianzhi.sample.nation import region_name, regions


@pytest.mark.parametrize(("units", "people"), [(1, 0), (1, 50), (400, 0), (1000, 27_000), (777, 3)])
def test_as_many_as_asked(units, people):
    bodies = placed = 0
    for draft, of_bodies, of_people in regions(units, people, seed=1):
        assert sum(isinstance(act, Establish) for act in draft.acts) == of_bodies
        assert sum(isinstance(act, Enroll) for act in draft.acts) == of_people
        bodies, placed = bodies + of_bodies, placed + of_people
    assert (bodies, placed) == (units, people)


def test_regions_keep_their_own_names_and_keys():
    keys = [act.org for draft, *_ in regions(1500, 0, 1) for act in draft.acts
            if isinstance(act, Establish)]  # fmt: skip
    assert len(set(keys)) == len(keys) == 1500
    names = [region_name(number) for number in range(4000)]
    assert len(set(names)) == len(names)


def test_nobody_sits_without_a_post():
    for draft, *_ in regions(800, 21_000, 1):
        approved: dict[tuple[str, str], int] = {}
        actual: dict[tuple[str, str], int] = {}
        for act in draft.acts:
            if isinstance(act, Grant):
                approved[act.to, act.kind] = act.n
            elif isinstance(act, Enroll):
                actual[act.org, act.kind] = actual.get((act.org, act.kind), 0) + act.amount
        assert all(n <= approved[account] for account, n in actual.items())


def test_the_record_takes_a_region():
    record = MemoryRecord()
    for draft, *_ in regions(120, 400, 1):
        (made,) = record.post(draft)
        assert made.disagreements == ()


def test_the_same_seed_makes_the_same_nation():
    assert [draft for draft, *_ in regions(500, 900, 4)] == [
        draft for draft, *_ in regions(500, 900, 4)
    ]
