"""The graph of facets: what it remembers, what it forgets, and what it hands on."""

from __future__ import annotations

import numpy as np
import pytest

from bianzhi.methods import dea
from bianzhi.methods.dea import compiled, facets
from bianzhi.methods.dea.leaves import leaves
from bianzhi.methods.dea.settled import BETA, SETTLED, Basic
from bianzhi.methods.dea.technology import problem
from tests.support.dea import awkward, invented, radial_score


def settled(units, rts, cap):
    """Every unit against every unit, in the order of a list, with room for so many facets."""
    rays = compiled.Rays(problem(units, units, rts, "in"))
    own = rays.problem
    basic = Basic.empty(*own.points.shape)
    facets.settle(
        own.columns, leaves(own.columns), own.logical, rays.points, rays.directions, rays.reach,
        compiled.homes(own, own.columns), np.arange(len(units)), cap, basic.arrays,
    )  # fmt: skip
    return own, rays, basic


@pytest.mark.parametrize("rts", ["crs", "vrs"])
def test_a_graph_that_is_full_forgets_and_the_scores_stay_the_same(rts):
    units = invented(300, 3, 2, seed=7)
    _, _, roomy = settled(units, rts, 20_000)
    _, _, narrow = settled(units, rts, 650)
    assert (roomy.status == SETTLED).all()
    assert narrow.beta == pytest.approx(roomy.beta, abs=1e-12)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("rts", ["crs", "vrs", "ndrs"])
def test_a_plane_proves_the_score_of_its_unit(rts, seed):
    """It prices nobody below zero, the direction at one, and the unit at its score."""
    own, rays, basic = settled(invented(120, 2, 2, seed=seed), rts, 20_000)
    assert (basic.status == SETTLED).all()
    assert (basic.planes @ own.columns).min() > -1e-9
    assert (basic.planes * own.logical).min() > -1e-9
    assert np.einsum("nd,nd->n", basic.planes, rays.directions) == pytest.approx(1.0)
    assert np.einsum("nd,nd->n", basic.planes, rays.points) == pytest.approx(basic.beta, abs=1e-9)
    assert ((basic.bases == BETA).sum(axis=1) == 1).all()


@pytest.mark.parametrize("seed", range(4))
def test_samples_that_miss_the_frontier_lose_nobody(seed, monkeypatch):
    """Two units to begin with: nearly all of the frontier lies outside at first."""
    monkeypatch.setattr(compiled, "FIRST_SAMPLE", 1)
    monkeypatch.setattr(compiled, "GROWTH", 3)
    for units in (invented(60, 2, 2, seed=seed), awkward(30, 2, 2, seed)):
        for rts in ("crs", "vrs"):
            found = dea.radial(units, rts=rts, engine="compiled").scores
            wanted = [radial_score(units, row, rts, "in") for row in range(len(units))]
            assert found == pytest.approx(wanted, abs=1e-7)


def test_the_frontier_is_spanned_by_the_units_on_it():
    units = invented(500, 3, 2, seed=3)
    own = problem(units, units, "vrs", "in")
    found, basic, rays = compiled.span(own)
    on_frontier = np.flatnonzero(basic.beta <= compiled.BEYOND * rays.reach)
    assert set(found) == set(on_frontier)


def test_the_key_of_a_facet_does_not_depend_on_the_order_of_its_columns():
    codes = np.array([5, -3, 17, 0])
    assert facets._key(codes) == facets._key(codes[::-1].copy())
    assert facets._key(codes) != facets._key(codes + 1)
