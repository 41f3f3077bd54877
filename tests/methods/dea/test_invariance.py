"""What must not matter: units of measurement, the order of units, one who is worse than another."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bianzhi.methods import dea
from tests.support.dea import awkward, invented

MODELS = [(rts, way) for rts in ("crs", "vrs", "nirs", "ndrs") for way in ("in", "out")]
seeds = st.integers(0, 10_000)


def scores(units, rts, orientation):
    return dea.radial(units, rts=rts, orientation=orientation).scores


def both_kinds(seed):
    return awkward(10, 2, 2, seed) if seed % 2 else invented(15, 2, 2, seed)


@pytest.mark.parametrize(("rts", "orientation"), MODELS)
@settings(max_examples=10)
@given(seed=seeds, powers=st.lists(st.integers(-6, 9), min_size=4, max_size=4))
def test_units_of_measurement(rts, orientation, seed, powers):
    units = both_kinds(seed)
    factors = 10.0 ** np.array(powers)
    other = dea.Units.of(units.inputs * factors[:2], units.outputs * factors[2:])
    mine, theirs = (dea.radial(each, rts=rts, orientation=orientation) for each in (units, other))
    assert theirs.scores == pytest.approx(mine.scores, abs=1e-8)
    means = np.hstack([units.inputs, units.outputs]).mean(axis=0)
    total = (mine.slacks / means).sum(axis=1)
    assert (theirs.slacks / factors / means).sum(axis=1) == pytest.approx(total, abs=1e-6)


@pytest.mark.parametrize(("rts", "orientation"), MODELS)
@settings(max_examples=10)
@given(seed=seeds)
def test_order_of_units(rts, orientation, seed):
    units = both_kinds(seed)
    order = np.random.default_rng(seed).permutation(len(units))
    assert scores(units.take(order), rts, orientation) == pytest.approx(
        scores(units, rts, orientation)[order], abs=1e-8
    )


@pytest.mark.parametrize(("rts", "orientation"), MODELS)
@settings(max_examples=10)
@given(seed=seeds, row=st.integers(0, 9))
def test_adding_a_dominated_unit(rts, orientation, seed, row):
    units = both_kinds(seed)
    worse = dea.Units.of(
        np.vstack([units.inputs, units.inputs[row] * 1.5]),
        np.vstack([units.outputs, units.outputs[row] * 0.8]),
    )
    assert scores(worse, rts, orientation)[:-1] == pytest.approx(
        scores(units, rts, orientation), abs=1e-8
    )


@settings(max_examples=20)
@given(seed=seeds)
def test_more_freedom_never_looks_better(seed):
    """crs ⊇ nirs, ndrs ⊇ vrs ⊇ fdh: the larger the technology, the lower the score."""
    units = both_kinds(seed)
    crs, nirs, ndrs, vrs = (scores(units, rts, "in") for rts in ("crs", "nirs", "ndrs", "vrs"))
    hull = dea.fdh(units).scores
    assert (crs <= np.minimum(nirs, ndrs) + 1e-9).all()
    assert (np.maximum(nirs, ndrs) <= vrs + 1e-9).all()
    assert (vrs <= hull + 1e-9).all()


@settings(max_examples=20)
@given(seed=seeds)
def test_targets_are_efficient(seed):
    """Who follows the advice in full is on the frontier, with no slack left."""
    units = both_kinds(seed)
    inputs, outputs = dea.radial(units, rts="vrs").targets
    # made directly: targets may leave a measure that nobody on the frontier uses at nothing
    there = dea.Units(units.names, units.input_names, units.output_names, inputs, outputs)
    reached = dea.radial(there, against=units, rts="vrs")
    assert reached.scores == pytest.approx(np.ones(len(units)), abs=1e-7)
