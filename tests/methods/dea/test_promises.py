"""What holds whatever the figures: periods, classes, luck, engines."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bianzhi.methods import dea
from bianzhi.methods.dea import engine
from tests.support.dea import awkward, invented

SEEDS = st.integers(0, 10_000)
FEW = settings(max_examples=10, deadline=None)


def moved(units: dea.Units, seed: int, spread: float = 0.2) -> dea.Units:
    """The same units a year later."""
    chance = np.random.default_rng(seed)
    return dea.Units.of(
        units.inputs * chance.uniform(1 - spread, 1 + spread, units.inputs.shape),
        units.outputs * chance.uniform(1 - spread, 1 + spread, units.outputs.shape),
        units.names,
    )


@given(SEEDS)
@FEW
def test_going_back_undoes_going_forward(seed):
    """Constant returns and a geometric mean over both frontiers: the index can be reversed."""
    before = invented(12, 2, 1, seed=seed)
    after = moved(before, seed)
    there, back = dea.malmquist(before, after), dea.malmquist(after, before)
    for part in ("index", "catching_up", "frontier", "pure", "scale"):
        product = getattr(there, part) * getattr(back, part)
        assert product == pytest.approx(np.ones(12), rel=1e-7), part


@given(SEEDS, st.floats(0.5, 2.0))
@FEW
def test_everybody_doing_as_much_more_is_the_frontier_moving(seed, factor):
    before = invented(12, 2, 1, seed=seed)
    after = dea.Units.of(before.inputs, before.outputs * factor, before.names)
    found = dea.malmquist(before, after)
    assert found.index == pytest.approx(np.full(12, factor), rel=1e-7)
    assert found.frontier == pytest.approx(np.full(12, factor), rel=1e-7)
    assert found.catching_up == pytest.approx(np.ones(12), rel=1e-7)


@given(SEEDS)
@FEW
def test_the_order_of_the_later_list_plays_no_part(seed):
    before = invented(10, 2, 1, seed=seed)
    after = moved(before, seed)
    turned = after.take(np.arange(10)[::-1])
    assert dea.malmquist(before, turned).index == pytest.approx(
        dea.malmquist(before, after).index[::-1], rel=1e-9
    )


@given(SEEDS)
@FEW
def test_more_peers_never_raise_a_score(seed):
    """Alone in its class a unit looks best, nested less so, among all of them least."""
    units = invented(18, 2, 1, seed=seed)
    labels = [("山区", "平原")[row % 2] for row in range(18)]
    own = dea.by_class(units, labels).scores
    nested = dea.by_class(units, labels, hardest_first=["山区", "平原"]).scores
    every = dea.radial(units).scores
    assert (nested <= own + 1e-9).all()
    assert (every <= nested + 1e-9).all()
    assert nested[::2] == pytest.approx(own[::2], abs=1e-9)  # nobody has it harder


@pytest.mark.parametrize("factor", [1e-3, 1e3])
def test_luck_does_not_depend_on_the_unit_of_measurement(factor):
    units = invented(12, 2, 1, seed=6)
    other = dea.Units.of(units.inputs * factor, units.outputs / factor, units.names)
    one, two = (dea.bootstrap(each, seed=3, rounds=100, engine="exact") for each in (units, other))
    assert two.low == pytest.approx(one.low, abs=1e-7)
    assert two.high == pytest.approx(one.high, abs=1e-7)


def test_a_surer_interval_is_a_wider_one():
    units = invented(15, 2, 1, seed=2)
    narrow, wide = (
        dea.bootstrap(units, seed=1, rounds=100, level=level, engine="exact")
        for level in (0.8, 0.95)
    )
    assert (wide.low <= narrow.low).all()
    assert (wide.high >= narrow.high).all()
    assert (wide.high - wide.low > narrow.high - narrow.low).any()


def test_both_engines_give_the_same_luck():
    units = invented(20, 2, 1, seed=2)
    one, two = (
        dea.bootstrap(units, seed=1, rounds=100, engine=each) for each in ("exact", "compiled")
    )
    assert two.corrected == pytest.approx(one.corrected, abs=1e-7)
    assert two.low == pytest.approx(one.low, abs=1e-7)


def test_the_engine_follows_the_number_of_units_alone():
    assert engine.pick("auto", engine.FEW) == "exact"
    assert engine.pick("auto", engine.FEW + 1) == "compiled"
    assert engine.pick("exact", 10**6) == "exact"


@pytest.mark.parametrize("rts", ["crs", "vrs", "nirs", "ndrs"])
@pytest.mark.parametrize("orientation", ["in", "out"])
def test_both_engines_agree_where_auto_changes_over(rts, orientation, monkeypatch):
    """One unit more and another engine answers: nobody may see it in the scores."""
    monkeypatch.setattr(engine, "FEW", 60)
    for make in (invented, awkward):
        units = make(61, 2, 2, 5)
        auto = dea.radial(units, rts=rts, orientation=orientation)
        exact = dea.radial(units, rts=rts, orientation=orientation, engine="exact")
        assert auto.scores == pytest.approx(exact.scores, abs=1e-7)
        spare = [
            (each.slacks / np.hstack([units.inputs, units.outputs]).mean(axis=0)).sum(axis=1)
            for each in (auto, exact)
        ]
        assert spare[0] == pytest.approx(spare[1], abs=1e-6)


@given(SEEDS)
@FEW
def test_what_is_given_back_is_never_more_than_is_held_and_the_rest_is_enough(seed):
    """The targets are a mix of units that exist: they use no more and yield no less."""
    units = invented(15, 2, 1, seed=seed, scale=50)
    result = dea.radial(units)
    posts = dea.post_targets(result, units.input_names[0])
    assert (posts.give_back >= 0).all()
    assert (posts.held - posts.give_back >= posts.target - 1e-5).all()
    inputs, outputs = result.targets
    assert (inputs <= units.inputs + 1e-7 * units.inputs).all()
    assert (outputs >= units.outputs - 1e-7 * units.outputs).all()
