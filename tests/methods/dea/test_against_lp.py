"""Both engines against a linear program written straight from the papers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bianzhi.methods import dea
from tests.support.dea import awkward, invented, most_slack, radial_score

RTS = ("crs", "vrs", "nirs", "ndrs")
MODELS = [(rts, way) for rts in RTS for way in ("in", "out")]
ENGINES = ("exact", "compiled")


def expected(units, rts, orientation):
    rows = range(len(units))
    return np.array([radial_score(units, row, rts, orientation) for row in rows])


def assert_sound(units, result):
    """Scores, slacks and peers belong together, whichever of several optima was found."""
    inward = result.orientation == "in"
    theta = result.scores[:, None] if inward else 1.0
    phi = 1.0 if inward else result.scores[:, None]
    inputs, outputs = result.targets
    m = units.inputs.shape[1]
    near = 1e-7 * np.hstack([units.inputs, units.outputs]).mean(axis=0)
    assert np.all(np.abs(theta * units.inputs - result.slacks[:, :m] - inputs) <= near[:m])
    assert np.all(np.abs(phi * units.outputs + result.slacks[:, m:] - outputs) <= near[m:])
    assert (result.slacks >= 0).all()
    assert (result.lambdas >= 0).all()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("rts", "orientation"), MODELS)
def test_ordinary_data(rts, orientation, engine):
    units = invented(60, 3, 2, seed=1)
    result = dea.radial(units, rts=rts, orientation=orientation, engine=engine)
    assert result.scores == pytest.approx(expected(units, rts, orientation), abs=1e-7)
    assert_sound(units, result)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("rts", "orientation"), MODELS)
@settings(max_examples=12)
@given(st.data())
def test_ties_twins_zeros_and_straight_lines(rts, orientation, engine, data):
    """Degenerate in every way small whole numbers can be."""
    n, m, s = data.draw(st.tuples(st.integers(5, 14), st.integers(1, 3), st.integers(1, 3)))
    units = awkward(n, m, s, seed=data.draw(st.integers(0, 10_000)))
    result = dea.radial(units, rts=rts, orientation=orientation, engine=engine)
    assert result.scores == pytest.approx(expected(units, rts, orientation), abs=1e-7)
    assert_sound(units, result)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("scale", [1e-6, 1e-3, 1e3, 1e9])
def test_any_unit_of_measurement(scale, engine):
    units = invented(40, 2, 2, seed=2, scale=scale)
    for rts, orientation in MODELS:
        result = dea.radial(units, rts=rts, orientation=orientation, engine=engine)
        assert result.scores == pytest.approx(expected(units, rts, orientation), abs=1e-7)


@pytest.mark.parametrize("engine", ENGINES)
def test_units_of_very_different_size(engine):
    """A village office beside a province: six orders of magnitude in one table."""
    chance = np.random.default_rng(3)
    sizes = 10 ** chance.uniform(-3, 3, 60)
    base = invented(60, 3, 2, seed=3)
    units = dea.Units.of(base.inputs * sizes[:, None], base.outputs * sizes[:, None] ** 0.95)
    for rts, orientation in MODELS:
        result = dea.radial(units, rts=rts, orientation=orientation, engine=engine)
        wanted = expected(units, rts, orientation)
        assert result.scores == pytest.approx(wanted, rel=1e-7, abs=1e-7)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("rts", "orientation"), MODELS)
def test_second_stage_finds_the_most_slack(rts, orientation, engine):
    """Weights and slacks are not unique; the sum of the slacks is."""
    for seed in range(6):
        units = awkward(12, 2, 2, seed)
        result = dea.radial(units, rts=rts, orientation=orientation, engine=engine)
        means = np.hstack([units.inputs, units.outputs]).mean(axis=0)
        for row, score in enumerate(result.scores):
            theta, phi = (score, 1.0) if orientation == "in" else (1.0, score)
            # a hair of room: the program below may not take a score in the last digit
            room = 1 + 1e-10
            most = most_slack(units, row, rts, theta * room, phi / room)
            assert (result.slacks[row] / means).sum() == pytest.approx(most, abs=1e-6)


def test_both_engines_agree_on_thousands_of_units():
    units = invented(2_600, 3, 2, seed=5)
    for rts, orientation in (("crs", "in"), ("vrs", "out"), ("ndrs", "in"), ("nirs", "out")):
        many = dea.radial(units, rts=rts, orientation=orientation)
        rows = np.arange(0, len(units), 97)
        few = dea.radial(
            units.take(rows), against=units, rts=rts, orientation=orientation, engine="exact"
        )
        assert many.scores[rows] == pytest.approx(few.scores, abs=1e-9)
        assert_sound(units, many)
