"""Troubles and answers planted beside a made district: the same for the same seed, told apart."""

from __future__ import annotations

from collections import Counter

import polars as pl
import pytest

from bianzhi.rules.diagnosis.told import DONE, OUTSIDE_KINDS
from bianzhi.sample.make import make_world
from bianzhi.sample.surveyed import YEARS, Answers, answers
from bianzhi.sample.troubles import Troubles, trouble
from bianzhi.sample.world import World


def told(seed: int) -> tuple[World, Troubles, Answers]:
    world = make_world(seed=seed)
    true = trouble(world.districts[0], seed)
    return world, true, answers(world.districts[0], world.planted, true, seed)


@pytest.fixture(scope="module")
def district() -> tuple[World, Troubles, Answers]:
    return told(7)


def frames(made: Answers) -> list[pl.DataFrame]:
    return [made.told.workload, made.told.execution, made.told.outside, made.told.served]


def test_the_same_seed_tells_the_same_and_another_something_else(district):
    _, true, made = district
    _, same_true, same = told(7)
    assert all(one.equals(other) for one, other in zip(frames(made), frames(same), strict=True))
    assert (true.micro, made.weakened) == (same_true.micro, same.weakened)
    assert not made.told.workload.equals(told(23)[2].told.workload)


def test_planting_leaves_the_world_as_it_is(district):
    world, true, _ = district
    plain = make_world(seed=7)
    assert [org.posts for org in world.districts[0].living] == [
        org.posts for org in plain.districts[0].living
    ]
    rosters = world.districts[0].rosters[2025]
    held = Counter((each.org, each.kind) for each in rosters)
    assert sum(held[key] for key in held if key[0] in true.shell) > 0, "只在答案里是空的"


def test_nobody_answers_for_a_unit_without_people(district):
    _, true, made = district
    silent = true.shell | true.near
    for frame in frames(made):
        assert not silent & set(frame["unit"])
        assert frame["answer"].str.starts_with("answer-").all()


def test_a_unit_is_weakened_or_only_looks_like_it_never_both(district):
    _, true, made = district
    groups = [made.weakened, *made.alike.values()]
    assert sum(map(len, groups)) == len(set().union(*groups))
    assert made.alike["cut"] == set(true.cut)
    assert len(made.alike) == 8


def test_what_is_told_is_of_the_kinds_a_survey_asks(district):
    _, _, made = district
    assert set(made.told.execution["done"]) <= set(DONE)
    assert set(made.told.outside["kind"]) <= set(OUTSIDE_KINDS)
    years = made.told.workload["year"].value_counts()
    assert set(years["year"]) == {*YEARS, 2026}, "半年的数只有几家报"
    assert made.told.workload["amount"].min() >= 0


def test_every_weakened_duty_of_the_world_whose_unit_answered_is_told_as_not_done(district):
    world, _, made = district
    planted = {
        (unit, text) for each in world.planted if each["kind"] == "duty_weakened"
        for unit, text in each["duties"]
    }  # fmt: skip
    assert made.duties <= planted
    rows = made.told.execution.filter(pl.col("reason") == "多年没有这项业务")
    assert set(rows.select("unit", "text").iter_rows()) == made.duties
