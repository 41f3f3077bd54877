"""The graph of facets: what it remembers, what it forgets, and what it hands on."""

from __future__ import annotations

import numpy as np
import pytest

from bianzhi.methods import dea
from bianzhi.methods.dea import compiled, facets, kernels
from bianzhi.methods.dea.leaves import ABSENT, leaves
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


def world(seed, d=5, n=60):
    """A cone of columns, all of them known, and the facet of its home for one direction."""
    units = invented(n, 3, d - 3, seed=seed)
    own = problem(units, units, "crs", "in")
    columns, hull = own.columns, leaves(own.columns)
    direction = own.directions[0] / own.directions[0].max()
    home = compiled.homes(own, columns)[direction.argmax()]
    cone = columns, own.logical, hull, hull
    scratch = np.empty((d + 4, d)), np.empty((d, d)), np.empty(d), kernels._room(hull)
    graph = facets._graph(3_000, d)
    return graph, facets._at_home(graph, direction, home, cone, scratch), direction, cone, scratch


def full(cone, codes):
    """The columns and logicals of a facet side by side."""
    columns, logical, _, _ = cone
    return np.column_stack(
        [columns[:, c] if c >= 0 else np.eye(len(logical))[-2 - c] * logical for c in codes]
    )


@pytest.mark.parametrize("seed", range(6))
def test_coordinates_that_follow_by_pivots_are_those_of_an_inverse(seed):
    """However a facet was reached, its own columns lie on its plane and are its axes."""
    graph, facet, direction, cone, scratch = world(seed)
    for leave in np.random.default_rng(seed).integers(0, 4, 200):
        slope = graph[1][facet] @ direction
        beyond = facets._cross(graph, facet, leave, direction, slope, cone, scratch)
        if beyond != facets.NOWHERE and graph[1][beyond] @ direction > 0.01:
            facet = beyond
    assert graph[9][0] > 10
    assert graph[6][: graph[9][0]].max() > 1  # some were reached by several pivots in a row
    for each in range(graph[9][0]):
        own = full(cone, graph[0][each])
        assert graph[1][each] @ own == pytest.approx(np.zeros(4), abs=1e-11)
        assert graph[2][each] @ own == pytest.approx(np.eye(4), abs=1e-8)
        assert np.abs(graph[1][each]).max() == pytest.approx(1.0)


def test_what_lies_inside_a_new_column_is_buried_and_what_was_proved_stays():
    """Walking among few columns, everyone who turns out to lie outside joins, and nobody else."""
    units = invented(200, 3, 2, seed=4)
    own, rays, basic = settled(units, "crs", 20_000)
    _, _, _, cone, scratch = world(4, n=200)
    columns, logical, hull, _ = cone
    homes = compiled.homes(own, columns)
    cone = columns, logical, hull, facets._known(columns, hull, homes)
    graph = facets._graph(3_000, 5)
    for row, (point, direction) in enumerate(zip(rays.points, rays.directions, strict=True)):
        home = homes[direction.argmax()]
        start = facets._at_home(graph, direction, home, cone, scratch)
        _, beta, _ = facets._hit(graph, start, point, direction, rays.reach[row], cone, scratch)
        assert beta == pytest.approx(basic.beta[row], abs=1e-12)
    planes, worst = graph[1][: graph[9][0]], graph[4][: graph[9][0]]
    lowest = (planes @ columns).min(axis=1)
    priced = np.isfinite(worst)
    assert (lowest[worst == facets.BURIED] < -1e-14).all()
    assert (lowest[priced] > -1e-9).all()
    assert priced.sum() > 20
    assert (worst == facets.BURIED).sum() > 20
    joined = np.flatnonzero(cone[3][2] != ABSENT)
    assert (basic.beta[joined] < 1e-9).all()
    assert len(joined) < 100
