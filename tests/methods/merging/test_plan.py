"""A plan is the best there is, and says so: against every plan of small areas."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bianzhi.methods import merging
from bianzhi.methods.merging import Creation, Institution, Rules, Weights
from bianzhi.methods.merging.decomposed import Decomposed, out_of_reach, parts
from bianzhi.methods.merging.whole import solve
from tests.methods.merging.worlds import area, brute_force, made

RULES = st.builds(
    Rules,
    count_ratio=st.sampled_from([None, 0.2, 0.4, 0.6]),
    posts_ratio=st.sampled_from([None, 0.05, 0.15]),
    leaders_ratio=st.sampled_from([None, 0.2, 0.5]),
    department_cap=st.sampled_from([None, 2, 3]),
    least_posts=st.sampled_from([0, 8, 15]),
    group_limit=st.integers(2, 4),
    one_out_one_in=st.booleans(),
)
NEW = (Creation("N1", "D0", 5, 3.0), Creation("N2", "D1", 8, 0.5))


@given(RULES, st.integers(1, 10), st.integers(1, 3), st.integers(0, 10_000))
@settings(max_examples=60)
def test_whole_and_decomposed_equal_brute_force(rules, count, departments, seed):
    units, overlaps = area(count, departments, seed)
    found = made(units, overlaps, rules, creations=NEW)
    best = brute_force(found)
    whole = solve(found)
    connected = parts(found)
    assert connected is not None
    apart = Decomposed(found, connected).solve(30.0, 0.0)
    assert whole.feasible == (best is not None)
    if best is None:
        assert not apart.feasible
        return
    assert whole.objective == pytest.approx(best, abs=1e-6)
    assert whole.bound == pytest.approx(best, abs=1e-6)
    assert apart.bound <= best + 1e-6 <= apart.objective + 2e-6, "a bound is a bound"


@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
@settings(max_examples=20)
def test_order_of_institutions_does_not_matter(seed, shuffler):
    units, overlaps = area(9, 2, seed)
    mixed = list(units)
    shuffler.shuffle(mixed)
    one = merging.plan(units, Rules(count_ratio=0.1, least_posts=8), overlaps=overlaps)
    other = merging.plan(mixed, Rules(count_ratio=0.1, least_posts=8), overlaps=overlaps)
    assert one.certificate.objective == pytest.approx(other.certificate.objective, abs=1e-6)


@given(st.integers(0, 10_000))
@settings(max_examples=20)
def test_a_tighter_target_never_costs_less(seed):
    units, overlaps = area(9, 2, seed)
    last = None
    for ratio in (0.0, 0.2, 0.4):
        try:
            found = merging.plan(units, Rules(count_ratio=ratio), overlaps=overlaps)
        except merging.Infeasible:
            break
        if last is not None:
            assert found.certificate.objective >= last - 1e-6
        last = found.certificate.objective


def test_a_planted_merger_is_found():
    """Three pairs that do the same, in three departments, among strangers."""
    units = [Institution(f"{d}{k}", d, 8, people=6) for d in "甲乙丙" for k in "1234"]
    overlaps = {frozenset((f"{d}1", f"{d}2")): 1.0 for d in "甲乙丙"}
    found = merging.plan(units, Rules(count_cap=9), overlaps=overlaps)
    merged = {each.members for each in found.outcomes if each.action == "merge"}
    assert merged == {("甲1", "甲2"), ("乙1", "乙2"), ("丙1", "丙2")}
    assert found.certificate.gap == 0
    assert "已证明最优" in found.summary()


# -- every hard rule binds ---------------------------------------------------------------------

UNITS = [
    Institution("植保站", "农业局", 6, people=5, functions=frozenset({"植保"}), leaders=2),
    Institution("土肥站", "农业局", 5, people=6, functions=frozenset({"土肥"}), leaders=2),
    Institution("种子站", "农业局", 7, people=7, functions=frozenset({"种子"}), leaders=2),
    Institution("检测站", "农业局", 9, people=8, functions=frozenset({"检测"}), leaders=2),
    Institution("质检所", "市监局", 20, people=18, functions=frozenset({"检测"}), leaders=3),
    Institution("空壳站", "市监局", 4, people=0, functions=frozenset({"打假"}), empty=True),
]
NEAR = {
    frozenset(("植保站", "土肥站")): 0.9,
    frozenset(("土肥站", "种子站")): 0.8,
    frozenset(("植保站", "种子站")): 0.7,
}


def merged(found):
    return {each.members for each in found.outcomes if each.action == "merge"}


def abolished(found):
    return {each.members for each in found.outcomes if each.action == "abolish"}


def test_without_rules_overlaps_are_joined_and_the_empty_one_goes():
    found = merging.plan(UNITS, overlaps=NEAR)
    assert merged(found) == {("植保站", "土肥站", "种子站")}
    assert abolished(found) == {("空壳站",)}


def test_protected_units_stay():
    units = [replace(each, protected=each.key == "土肥站") for each in UNITS]
    assert all("土肥站" not in group for group in merged(merging.plan(units, overlaps=NEAR)))


def test_must_not_join():
    rules = Rules(must_not_join=frozenset({frozenset(("植保站", "种子站"))}))
    assert merged(merging.plan(UNITS, rules, overlaps=NEAR)) == {("植保站", "土肥站")}


def test_must_join_even_strangers():
    rules = Rules(must_join=(frozenset(("检测站", "种子站")),))
    groups = merged(merging.plan(UNITS, rules, overlaps=NEAR))
    assert any({"检测站", "种子站"} <= set(group) for group in groups)


def test_joint_function_joins_across_departments():
    rules = Rules(joint_functions=frozenset({"检测"}))
    assert ("检测站", "质检所") in merged(merging.plan(UNITS, rules, overlaps=NEAR))
    assert ("检测站", "质检所") not in merged(merging.plan(UNITS, overlaps=NEAR))


def test_department_cap():
    rules = Rules(department_caps={"农业局": 1}, joint_functions=frozenset({"检测"}))
    homes = [each.department for each in merging.plan(UNITS, rules, overlaps=NEAR).outcomes
             if each.action != "abolish"]  # fmt: skip
    assert homes.count("农业局") <= 1


def test_no_function_loses_its_last_holder():
    assert abolished(merging.plan(UNITS, overlaps=NEAR)) == {("空壳站",)}
    rules = Rules(kept_functions=frozenset({"打假"}))
    assert abolished(merging.plan(UNITS, rules, overlaps=NEAR)) == set()


def test_administrative_units_go_back_to_the_department():
    units = [replace(each, administrative=each.key == "质检所") for each in UNITS]
    found = merging.plan(units, Rules(return_powers=True), overlaps=NEAR)
    assert ("质检所",) in abolished(found)
    assert next(each for each in found.outcomes if each.members == ("质检所",)).saved == 20


def test_one_out_one_in():
    wanted = [Creation(f"新{at}", "农业局", 5, 9.0) for at in range(9)]
    free = merging.plan(UNITS, overlaps=NEAR, creations=wanted)
    bound = merging.plan(UNITS, Rules(one_out_one_in=True), overlaps=NEAR, creations=wanted)
    assert len(free.created) == 9
    assert len(bound.created) == 3, "three ended: two merged away, one abolished"


def test_group_limit():
    assert max(map(len, merged(merging.plan(UNITS, Rules(group_limit=2), overlaps=NEAR)))) == 2


@pytest.mark.parametrize(
    ("rules", "name"),
    [
        (Rules(count_ratio=0.5), "机构数"),
        (Rules(count_cap=3), "机构数"),
        (Rules(posts_ratio=0.08), "编制数"),
        (Rules(full_ratio=0.08), "全额编制数"),
        (Rules(leaders_ratio=0.25), "领导职数"),
    ],
)
def test_four_ratios_each_with_its_own_denominator(rules, name):
    rules = replace(rules, joint_functions=frozenset({"检测"}))
    found = merging.plan(UNITS, rules, overlaps=NEAR)
    before, after = found.totals[name]
    limit = rules.count_cap or before * (1 - next(
        ratio for ratio in (rules.count_ratio, rules.posts_ratio, rules.full_ratio,
                            rules.leaders_ratio) if ratio is not None))  # fmt: skip
    assert after <= limit + 1e-9


def test_schools_stand_outside_the_ratios():
    units = [*UNITS, Institution("一中", "教育局", 200, excluded=True)]
    found = merging.plan(units, Rules(posts_ratio=0.05), overlaps=NEAR)
    assert found.totals["编制数"][0] == 51
    school = next(each for each in found.outcomes if each.members == ("一中",))
    assert (school.action, school.posts) == ("keep", 200)


# -- what cannot be ----------------------------------------------------------------------------


def test_out_of_reach_is_told_with_the_least_that_would_do():
    with pytest.raises(merging.Infeasible) as refused:
        merging.plan(UNITS, Rules(count_ratio=0.9), overlaps=NEAR)
    why = refused.value.shortfall
    assert why.needed == (("机构数不超过 0", 0, 3.0),)
    assert why.conflict == ("机构数不超过 0",)
    assert "须放宽到 3" in str(refused.value)


def test_rules_that_stand_against_each_other_are_named():
    rules = Rules(
        count_cap=3, department_caps={"市监局": 0, "农业局": 9}, kept_functions=frozenset({"打假"})
    )
    with pytest.raises(merging.Infeasible) as refused:
        merging.plan(UNITS, rules, overlaps=NEAR)
    assert any("市监局" in name for name in refused.value.shortfall.conflict)


@given(st.integers(2, 9), st.integers(0, 10_000))
@settings(max_examples=30)
def test_a_rule_out_of_reach_alone_is_told_as_it_is_alone(count, seed):
    """For each rule: what every part can do for it alone is what the rule alone allows."""
    units, overlaps = area(count, 2, seed)
    rules = Rules(count_ratio=0.7, department_cap=1, group_limit=3)
    found = made(units, overlaps, rules)
    connected = parts(found)
    assert connected is not None
    refused = {row.name: least for row, least in out_of_reach(found, connected)}
    for row in found.rows:
        costs = [row.entries.get(column, 0.0) for column in range(len(found.costs))]
        best = brute_force(replace(found, rows=[], costs=costs))
        assert best is not None
        assert (row.name in refused) == (best > row.limit)
        assert refused.get(row.name, best) == pytest.approx(best)


def test_a_large_area_says_at_once_which_rules_are_out_of_reach(monkeypatch):
    """A hundred departments' caps are looked at one by one, not a program solved for each."""
    monkeypatch.setattr("bianzhi.methods.merging.plans.WHOLE", 10)
    units = [Institution(f"{d}/{k}", f"D{d}", 8) for d in range(100) for k in range(4)]
    near = {frozenset((f"{d}/0", f"{d}/1")): 1.0 for d in range(100)}
    rules = Rules(department_cap=3, department_caps={"D7": 2, "D30": 1})
    with pytest.raises(merging.Infeasible) as refused:
        merging.plan(units, rules, overlaps=near)
    assert {name: least for name, _, least in refused.value.shortfall.needed} == {
        "D30所属机构不超过 1": 3, "D7所属机构不超过 2": 3,
    }  # fmt: skip


def test_no_time_is_not_no_plan():
    units, overlaps = area(60, 6, seed=2)
    with pytest.raises(merging.MergingError, match="没有证明做不到") as refused:
        merging.plan(units, Rules(least_posts=8), overlaps=overlaps, seconds=0.0)
    assert not isinstance(refused.value, merging.Infeasible)


TWO = frozenset(("植保站", "土肥站"))
THREE = TWO | {"种子站"}


@pytest.mark.parametrize(
    ("units", "rules", "words"),
    [
        ([UNITS[0], UNITS[0]], Rules(), "代码相同"),
        ([replace(UNITS[0], posts=-1)], Rules(), "为负"),
        (UNITS, Rules(must_join=(frozenset(("植保站", "没有")),)), "不在名单里"),
        (UNITS, Rules(must_join=(TWO,), must_not_join=frozenset({TWO})), "既须合并又不得"),
        (UNITS, Rules(group_limit=2, must_join=(THREE,)), "最多 2"),
        (UNITS, Rules(kept_functions=frozenset({"航天"})), "没有一家"),
    ],
)
def test_contradictions_are_refused_in_words(units, rules, words):
    with pytest.raises(merging.MergingError, match=words):
        merging.plan(units, rules)


# -- what a plan tells -------------------------------------------------------------------------


def test_posts_flow_from_old_to_new_and_nothing_is_lost():
    found = merging.plan(UNITS, overlaps=NEAR)
    flows = found.flows()
    for unit in UNITS:
        out = flows.filter(flows["source"] == unit.key)["posts"].sum()
        assert out == unit.posts
    assert flows.filter(flows["target"] == "pool")["posts"].sum() == found.saved


def test_people_above_the_posts_and_the_year_they_are_absorbed():
    units = [
        Institution("甲", "局", 10, need=4, people=10, leavers=(1, 1, 2)),
        Institution("乙", "局", 10, need=4, people=2, leavers=(0, 1)),
    ]
    (one,) = merging.plan(units, overlaps={frozenset("甲乙"): 5.0}).outcomes
    assert (one.posts, one.over, one.years) == (8, 4, 3)
    slow = [replace(each, leavers=()) for each in units]
    (other,) = merging.plan(slow, overlaps={frozenset("甲乙"): 5.0}).outcomes
    assert other.years is None


def test_a_price_says_what_a_rule_costs():
    free = merging.plan(UNITS, Rules(count_cap=6), overlaps=NEAR)
    tight = merging.plan(UNITS, Rules(group_limit=2, count_cap=4), overlaps=NEAR)
    assert free.prices["机构数不超过 6"] == 0
    assert tight.prices.keys() == {"机构数不超过 4"}


def test_alternatives_do_not_beat_one_another():
    units, overlaps = area(14, 3, seed=4)
    found = merging.alternatives(units, Rules(least_posts=8), Weights(), overlaps=overlaps)
    assert 1 <= len(found) <= 5
    marks = [(-p.disturbed, p.saved, p.joined) for _, p in found]
    for one in marks:
        assert not any(o != one and all(a <= b for a, b in zip(one, o, strict=True)) for o in marks)


def test_sensitivity_moves_one_weight_at_a_time():
    units, overlaps = area(10, 2, seed=3)
    frame = merging.sensitivity(units, Rules(), Weights(), overlaps=overlaps)
    assert frame.height == 2 * len(Weights.__dataclass_fields__)
    assert frame["same"].is_between(0, 1).all()


def test_the_answer_is_the_same_each_time():
    units, overlaps = area(12, 2, seed=random.Random(5).randint(0, 99))
    rules = Rules(count_ratio=0.3)
    one, two = (merging.plan(units, rules, overlaps=overlaps) for _ in "12")
    assert one.outcomes == two.outcomes
