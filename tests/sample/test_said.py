"""What the invented units tell: plausible, the same for the same seed, true to what they are."""

from __future__ import annotations

from collections import Counter
from functools import cache
from random import Random

import pytest

from bianzhi.rules.diagnosis.told import DONE, OUTSIDE_KINDS, Told
from bianzhi.sample.make import make_world
from bianzhi.sample.said import YEARS, Said, course, frames, said
from bianzhi.sample.world import World


@cache
def world() -> World:
    return make_world(units=60)


@cache
def told() -> list[Said]:
    return said(world())


def test_every_living_institution_tells_something_and_always_the_same():
    institutions = [org.name for org in world().districts[0].living if org.kind == "institution"]
    assert [each.unit for each in told()] == institutions
    assert said(make_world(units=60)) == told()
    assert said(make_world(units=60, seed=2)) != told()


def test_the_frames_are_those_the_diagnosis_reads():
    found, blank = frames(told()), Told()
    for name, frame in vars(found).items():
        assert frame.schema == getattr(blank, name).schema, name
        assert frame.height, name
    assert set(found.execution["done"]) <= set(DONE)
    assert set(found.outside["kind"]) == set(OUTSIDE_KINDS)
    assert found.workload["year"].unique().sort().to_list() == [2022, 2023, 2024, 2025]


def test_every_duty_of_the_record_is_spoken_of_and_most_are_done():
    duties = {org.name: {duty.text for duty in org.duties} for org in world().districts[0].living}
    for each in told():
        assert set(each.duties) == duties[each.unit]
        assert all(reason for done, reason in each.duties.values() if done != "full")
    done = Counter(done for each in told() for done, _ in each.duties.values())
    assert done["full"] > 0.85 * done.total()


def test_nobody_complains_of_what_cannot_be_true():
    for each in told():
        texts = "".join(text for _, text in each.voices)
        assert "借用0人" not in texts
        staff = each.outside["hired"] + each.outside["dispatched"]
        assert "编外用人" not in each.themes or staff
        assert not any(mark in texts for mark in "{}")
        assert len(each.themes) == len(each.voices)


@pytest.mark.parametrize("slope", [-0.3, 0.0, 0.2])
def test_a_course_goes_the_way_it_is_told(slope):
    years = range(2022, 2022 + YEARS)
    runs = [course(Random(seed), 1000, years, slope) for seed in range(50)]
    rise = sum(run[2025] / run[2022] for run in runs) / len(runs)
    assert abs(rise - (1 + slope) ** 3) < 0.06
    assert all(amount >= 0 for run in runs for amount in run.values())
