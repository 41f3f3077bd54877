"""Leaves: what a plane cannot reach is left out, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.methods.dea import kernels
from bianzhi.methods.dea.leaves import ABSENT, LEAF, _bare, _join, leaves


@given(st.integers(1, 6), st.integers(1, 5 * LEAF), st.integers(0, 10_000))
def test_every_column_stands_in_one_leaf_and_inside_its_box(d, n, seed):
    columns = np.random.default_rng(seed).normal(size=(d, n)).round(1)
    packed, names, homes, low, high, filled = leaves(columns)
    assert sorted(names.ravel()[:n]) == list(range(n))
    assert set(names.ravel()[n:]) <= {names.ravel()[n - 1]}  # the last leaf is filled up
    assert all(name in names[home] for name, home in enumerate(homes))
    assert np.array_equal(packed.transpose(1, 0, 2), columns[:, names])
    assert filled.tolist() == [-(-n // LEAF), n]
    assert low.shape == high.shape == (d, -(-n // LEAF))
    assert (low[:, homes] <= columns).all()
    assert (columns <= high[:, homes]).all()


def test_neighbours_share_a_leaf():
    """Boxes of a sorted line do not overlap, so most of them are out of reach."""
    columns = np.random.default_rng(1).permutation(np.linspace(0, 1, 8 * LEAF))[None]
    _, _, _, low, high, _ = leaves(columns)
    order = low[0].argsort()
    assert (high[0][order][:-1] < low[0][order][1:]).all()


@pytest.mark.parametrize("seed", range(20))
def test_the_column_that_gives_way_first_is_the_same_as_without_leaves(seed):
    chance = np.random.default_rng(seed)
    d, n = 5, 400
    columns = chance.normal(size=(d, n))
    row, dual = chance.normal(size=d), chance.normal(size=d)
    columns *= np.sign(dual @ columns)  # a dual feasible plane
    hull = leaves(columns)
    room = kernels._room(hull)
    basis = np.full(d, -1)
    basis[0] = seed
    turn, cost = row @ columns, dual @ columns
    ratios = np.where(turn < 0, -cost / np.where(turn < 0, turn, 1), np.inf)
    none = np.zeros(d, dtype=np.int64)
    for first in (False, True):
        found = kernels._entering(hull, none, row, dual, basis, first, room)
        assert found == ratios.argmin()


@pytest.mark.parametrize("seed", range(10))
def test_one_column_below_the_plane_is_found_wherever_it_stands(seed):
    chance = np.random.default_rng(seed)
    columns = chance.normal(size=(4, 300))
    dual = chance.normal(size=4)
    columns *= np.sign(dual @ columns)
    none = np.zeros(4, dtype=np.int64)

    def supported():
        hull = leaves(columns)
        return kernels._lowest(hull, none, dual, kernels._room(hull))[0] == 0.0

    assert supported()
    columns[:, seed] *= -1
    assert not supported()


@given(st.integers(2, 6), st.integers(1, 3 * LEAF), st.integers(0, 10_000))
def test_columns_that_become_known_one_by_one_stand_in_leaves_too(d, n, seed):
    chance = np.random.default_rng(seed)
    columns = chance.normal(size=(d, n))
    known = _bare(leaves(columns))
    some = chance.permutation(n)[: 1 + n // 2]
    for q in some:
        _join(known, columns, q)
    packed, names, homes, low, high, filled = known
    used = -(-len(some) // LEAF)
    assert filled.tolist() == [used, len(some)]
    assert set(names[:used].ravel()) == set(some)
    assert set(np.flatnonzero(homes != ABSENT)) == set(some)
    assert np.array_equal(packed[:used].transpose(1, 0, 2), columns[:, names[:used]])
    assert (low[:, homes[some]] <= columns[:, some]).all()
    assert (columns[:, some] <= high[:, homes[some]]).all()


@pytest.mark.parametrize("d", range(1, 10))
def test_prices_are_products_whatever_the_number_of_measures(d):
    """Four measures are taken in one go: no number of them may be left over."""
    chance = np.random.default_rng(d)
    columns, one, two = chance.normal(size=(d, LEAF)), chance.normal(size=d), chance.normal(size=d)
    packed, names = leaves(columns)[:2]
    out, others = np.empty(LEAF), np.empty(LEAF)
    kernels._price(packed, 0, one, out)
    assert out == pytest.approx((one @ columns)[names[0]])
    kernels._price_both(packed, 0, one, two, out, others)
    assert out == pytest.approx((one @ columns)[names[0]])
    assert others == pytest.approx((two @ columns)[names[0]])


def test_the_worst_price_comes_with_its_column():
    chance = np.random.default_rng(5)
    columns, dual = chance.normal(size=(4, 300)), chance.normal(size=4)
    hull = leaves(columns)
    none = np.zeros(4, dtype=np.int64)
    worst, column = kernels._lowest(hull, none, dual, kernels._room(hull))
    assert column == (dual @ columns).argmin()
    assert worst == pytest.approx((dual @ columns).min())
