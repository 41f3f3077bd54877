"""Norms against one another and against simulated queues; the shipped standards by number."""

from __future__ import annotations

import heapq
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.methods.norms import (
    Activity,
    Bracket,
    Rounding,
    Task,
    WorkingTime,
    by_beds,
    by_levels,
    by_population,
    by_stage,
    coverage,
    national,
    windows,
    wisn,
    workload,
)

SURE = national().confirm(*national().norms)
RATIOS = {"高中": 12.5, "初中": 13.5, "小学": 19}
pupils = st.integers(0, 5_000)


# --- 随程序的标准 ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "counts", "posts"),
    [
        ("schools-2014", {"高中": 1250, "初中": 1350, "小学": 1900}, 300),  # 城乡统一
        ("schools-2001-urban", {"高中": 1250, "初中": 1350, "小学": 1900}, 300),
        ("schools-2001-town", {"高中": 1300, "初中": 1600, "小学": 2100}, 300),
        ("schools-2001-rural", {"高中": 1350, "初中": 1800, "小学": 2300}, 300),
        ("kindergarten-2013", {"全日制": 70}, 10),
    ],
)
def test_a_hundred_posts_a_stage_by_each_table_of_schools(code, counts, posts):
    assert by_stage(counts, SURE.get(code).figures).posts == posts


@pytest.mark.parametrize(
    ("code", "people", "posts"),
    [
        ("cdc-county-hebei", 400_000, 54),
        ("cdc-county-hebei", 120_000, 20),  # 不足十五万人的不少于二十
        ("cdc-city-hebei", 5_000_000, 150),
        ("town-clinic", 30_000, 30),  # 每千人一名
    ],
)
def test_residents_by_each_table(code, people, posts):
    assert by_population(people, **SURE.get(code).figures).posts == posts


@pytest.mark.parametrize(
    ("beds", "low", "high"), [(100, 130, 140), (400, 560, 600), (800, 1280, 1360)]
)
def test_hospital_beds_from_the_low_to_the_high_end_of_their_class(beds, low, high):
    brackets = [Bracket(*each) for each in SURE.get("hospital-1978").figures["brackets"]]
    assert by_beds(beds, brackets, position=0).posts == low
    assert by_beds(beds, brackets, position=1).posts == high


def test_the_levels_of_the_pack_are_the_county_and_city_tables_of_the_pack():
    levels = SURE.get("cdc-levels-hebei").figures
    assert levels["县"] == SURE.get("cdc-county-hebei").figures["rate"]
    assert levels["市"] == SURE.get("cdc-city-hebei").figures["rate"]
    assert sum(map(Fraction, map(str, levels.values()))) == Fraction("1.75")


# --- 性质 ------------------------------------------------------------------------------------


@given(pupils, pupils, pupils)
def test_a_school_of_three_stages_needs_what_its_stages_need_together(high, middle, primary):
    """完全中学、九年制分学段计算: exact needs add up, rounding comes last."""
    counts = {"高中": high, "初中": middle, "小学": primary}
    apart = sum(by_stage({stage: n}, RATIOS).exact for stage, n in counts.items())
    assert by_stage(counts, RATIOS).exact == apart


@given(pupils, st.integers(0, 500))
def test_more_pupils_never_need_fewer_posts(count, more):
    for rule in Rounding:
        one = by_stage({"小学": count}, RATIOS, rounding=rule)
        assert by_stage({"小学": count + more}, RATIOS, rounding=rule).posts >= one.posts


@given(pupils)
def test_down_is_at_most_half_up_is_at_most_up(count):
    down, half, up = (by_stage({"小学": count}, RATIOS, rounding=rule).posts for rule in
                      (Rounding.DOWN, Rounding.HALF_UP, Rounding.UP))  # fmt: skip
    assert down <= half <= up <= down + 1


@given(st.integers(0, 2_000_000))
def test_levels_always_add_up_to_the_whole(people):
    rates = {"省": 0.1, "市": 0.3, "县": 1.35}
    made = by_levels(people, rates)
    assert sum(each.posts for each in made.rows) == by_population(people, 1.75).posts


@given(st.integers(1, 20_000), st.integers(5, 240), st.integers(0, 60))
def test_wisn_and_the_workload_method_agree_where_they_say_the_same(volume, minutes, off):
    """No support work, all of the day effective, leave taken off the days in both."""
    year = WorkingTime(250, (off,), 8)
    one = wisn([Activity("登记", volume, minutes / 60)], year)
    other = workload([Task("登记", volume, minutes)], days=250 - off, hours=8, effective=1, leave=0)
    assert one.need == pytest.approx(float(other.exact))
    assert one.to_need().posts - other.posts in (0, 1)  # 60ths of an hour are not whole in binary


@given(st.integers(1, 20), st.floats(1_000, 2_000))
def test_two_posts_manned_take_twice_as_many_as_one(positions, hours):
    assert coverage(2 * positions, hours) == pytest.approx(2 * coverage(positions, hours))


# --- 排队模拟 --------------------------------------------------------------------------------


def simulated(per_hour: float, minutes: float, servers: int, wait: float, people: int) -> float:
    """Share served in time: people come at random, take the window that is free first."""
    chance = np.random.default_rng(20260101)
    arrive = np.cumsum(chance.exponential(60 / per_hour, people))
    take = chance.exponential(minutes, people)
    free = [0.0] * servers
    within = 0
    for at, length in zip(arrive.tolist(), take.tolist(), strict=True):
        start = max(at, heapq.heappop(free))
        within += start - at <= wait
        heapq.heappush(free, start + length)
    return within / people


@pytest.mark.parametrize(
    ("per_hour", "minutes", "wait", "target"),
    [(30, 8, 10, 0.9), (60, 5, 2, 0.8), (12, 20, 15, 0.8)],
)
def test_the_windows_named_keep_the_promise_in_a_simulated_hall(per_hour, minutes, wait, target):
    made = windows([per_hour], minutes, wait=wait, target=target, days=250, time=1760)
    row = made.to_frame().row(0, named=True)
    shown = simulated(per_hour, minutes, row["windows"], wait, 40_000)
    assert shown == pytest.approx(row["within"], abs=0.02)
    assert shown >= target - 0.02
    assert simulated(per_hour, minutes, row["windows"] - 1, wait, 40_000) < target
