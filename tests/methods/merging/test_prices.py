"""What a rule costs, and that leaving dear outcomes out never loses the best plan."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bianzhi.methods import merging
from bianzhi.methods.merging import Creation, Institution, Rules, Weights, whole
from bianzhi.methods.merging.decomposed import Decomposed, parts
from bianzhi.methods.merging.model import Model
from bianzhi.methods.merging.program import Program
from bianzhi.methods.merging.whole import cover_of, solve
from tests.methods.merging.worlds import area, brute_force, made

SEEDS = st.integers(0, 10_000)
RULES = st.builds(
    Rules, count_ratio=st.sampled_from([0.2, 0.4]), posts_ratio=st.sampled_from([None, 0.1]),
    department_cap=st.sampled_from([None, 2, 3]), least_posts=st.just(8),
    group_limit=st.integers(2, 4),
)  # fmt: skip


def at_prices(found: Program, prices: tuple[float, ...]) -> float:
    """The least cost of any plan when rules may be broken at these prices and kept ones pay back:
    no plan that keeps the rules costs less."""
    costs = [
        cost + sum(price * row.entries.get(column, 0.0)
                   for price, row in zip(prices, found.rows, strict=True))
        for column, cost in enumerate(found.costs)
    ]  # fmt: skip
    best = brute_force(replace(found, rows=[], costs=costs))
    assert best is not None
    return best - sum(price * row.limit for price, row in zip(prices, found.rows, strict=True))


@given(RULES, st.integers(2, 9), st.integers(1, 3), SEEDS)
@settings(max_examples=40, deadline=None)
def test_the_prices_of_the_parts_prove_the_bound(rules, count, departments, seed):
    units, overlaps = area(count, departments, seed)
    found = made(units, overlaps, rules)
    connected = parts(found)
    assert connected is not None
    apart = Decomposed(found, connected).solve(30.0, 0.0)
    assume(apart.prices)  # else the parts found nothing that fits, and the whole was asked
    assert all(price >= 0 for price in apart.prices)
    told = at_prices(found, apart.prices)
    assert apart.bound == pytest.approx(min(told, apart.objective), abs=1e-5)


@given(RULES, st.integers(2, 9), st.integers(1, 3), SEEDS)
@settings(max_examples=40, deadline=None)
def test_the_prices_of_the_whole_are_a_bound_too(rules, count, departments, seed):
    units, overlaps = area(count, departments, seed)
    found = made(units, overlaps, rules)
    answer = solve(found)
    assume(answer.feasible)
    assert at_prices(found, answer.prices) <= answer.objective + 1e-6


@given(RULES, st.integers(2, 9), st.integers(1, 3), SEEDS, st.integers(0, 2))
@settings(max_examples=60, deadline=None)
def test_what_is_left_out_is_in_no_better_plan(rules, count, departments, seed, first):
    """However few columns are tried first, the answer is that of the program with all of them."""
    units, overlaps = area(count, departments, seed, density=0.8)
    found = made(units, overlaps, rules, creations=(Creation("新", "D0", 5, 3.0),))
    plain = Model(found.costs, cover_of(found), found.rows).solve(30.0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(whole, "FIRST", first)
        narrow = solve(found)
    assert narrow.feasible == plain.feasible
    if plain.feasible:
        assert narrow.objective == pytest.approx(plain.objective, abs=1e-6)
        assert narrow.bound == pytest.approx(plain.objective, abs=1e-5)


def pair(at: int, apart: int) -> list[Institution]:
    """Two institutions of one department, ``apart`` ranks apart: joining them costs by that."""
    name = f"局{at}"
    return [
        Institution(f"{name}一", name, 10, rank=1, functions=frozenset({name})),
        Institution(f"{name}二", name, 10, rank=1 + apart, functions=frozenset({name})),
    ]


# each joining saves an institution (2) and costs friction 0.3·(1 + 0.5·apart) and people moved:
# ten of twenty, 0.1: dearer by 0.15 a rank. Of five pairs so many must join as the limit says.
PAIRS = [unit for at, apart in enumerate((0, 20, 40, 60, 80)) for unit in pair(at, apart)]
COSTLY = Weights(absorb=0.0, small=0.0)


@pytest.mark.parametrize("decomposed", [False, True], ids=["whole", "in parts"])
def test_a_price_lies_between_the_last_merger_made_and_the_next(monkeypatch, decomposed):
    if decomposed:
        monkeypatch.setattr("bianzhi.methods.merging.plans.WHOLE", 0)
    rules = Rules(count_cap=7, economy=0.0)  # three of five pairs join
    found = merging.plan(PAIRS, rules, COSTLY)
    assert found.certificate.decomposed == decomposed
    assert found.totals["机构数"] == (10, 7)
    costs = [0.3 * (1 + 0.5 * apart) + 0.1 - 2.0 for apart in (0, 20, 40, 60, 80)]
    (price,) = found.prices.values()
    assert costs[2] - 1e-6 <= price <= costs[3] + 1e-6
    (told,) = found.paid()["words"]
    assert told == f"“机构数不超过 7”：再放宽 1，代价约减 {round(price, 2):g}"


def test_a_rule_that_does_not_bind_costs_nothing_and_says_so():
    found = merging.plan(PAIRS, Rules(count_cap=10, economy=0.0), COSTLY)
    assert found.paid()["words"].to_list() == ["“机构数不超过 10”：没有用满，不起作用"]
