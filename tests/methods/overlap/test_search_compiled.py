"""The compiled search finds what comparing every pair finds, whatever the statements are like."""

from __future__ import annotations

import numba as nb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.statements import varied
from bianzhi.methods.overlap import Vectors, vectors
from bianzhi.methods.overlap.blocks_compiled import blocks
from bianzhi.methods.overlap.clustered_compiled import clustered
from bianzhi.methods.overlap.search import scanned
from bianzhi.methods.overlap.search_compiled import compiled_neighbours


def drawn(seed: int, count: int, width: int, most: int) -> Vectors:
    """Rows of none to ``most`` of few columns, of weights 1 to 3 before they are made of unit
    length: many score the same, and many are the same."""
    draw = np.random.default_rng(seed)
    parts = [
        np.sort(draw.choice(width, draw.integers(0, min(most, width) + 1), replace=False))
        for _ in range(count)
    ]
    weights = [draw.integers(1, 4, len(part)) for part in parts]
    unit = [each / np.sqrt((each**2).sum() or 1) for each in weights]
    starts = np.concatenate([[0], np.cumsum([len(part) for part in parts])])
    return Vectors(
        starts.astype(np.int64), np.concatenate([*parts, []]).astype(np.int32),
        np.concatenate([*unit, []]).astype(np.float32), width,
    )  # fmt: skip


def dense(rows: Vectors) -> np.ndarray:
    full = np.zeros((len(rows), rows.width))
    full[np.repeat(np.arange(len(rows)), np.diff(rows.starts)), rows.columns] = rows.values
    return full


@given(
    seed=st.integers(0, 10**6),
    count=st.integers(1, 500),
    width=st.integers(1, 60),
    most=st.integers(1, 8),
    k=st.integers(1, 12),
    held=st.integers(1, 30),
    least=st.sampled_from([0.0, 0.3, 0.9]),
)
@settings(max_examples=60, deadline=None)
def test_every_neighbour_and_every_score_is_that_of_comparing_all(
    seed, count, width, most, k, held, least
):
    """To the last bit, and among equals the one that comes first."""
    rows = drawn(seed, count, width, most)
    owners = np.random.default_rng(seed).integers(0, count // held + 1, count)
    found = compiled_neighbours(rows, k, owners, least)
    wanted = scanned(rows, k, owners, least, np.arange(count))
    assert np.array_equal(found.others, wanted.others)
    assert np.array_equal(found.scores, wanted.scores)


def test_the_answer_does_not_hang_on_the_number_of_cores():
    rows = drawn(3, 3_000, 300, 12)
    owners = np.arange(len(rows)) // 2
    both = []
    for cores in (1, nb.get_num_threads()):
        nb.set_num_threads(cores)
        both.append((compiled_neighbours(rows, 10, owners, 0.0), clustered(rows, 16)))
    (one, order), (all_, again) = both
    assert np.array_equal(one.others, all_.others)
    assert np.array_equal(one.scores, all_.scores)
    assert np.array_equal(order, again)


@given(st.integers(0, 10**6), st.integers(0, 700), st.integers(1, 40))
@settings(max_examples=30, deadline=None)
def test_an_order_names_every_statement_once(seed, count, size):
    rows = drawn(seed, count, 30, 6)
    assert sorted(clustered(rows, size)) == list(range(count))


def test_statements_alike_stand_together():
    """Ten fields without a word in common, shuffled: the order has them one after the other."""
    draw = np.random.default_rng(5)
    field = draw.permutation(np.repeat(np.arange(10), 30))
    columns = np.sort(np.array([draw.choice(12, 8, replace=False) for _ in field]), axis=1)
    rows = Vectors(
        np.arange(301) * 8, (field[:, None] * 12 + columns).ravel().astype(np.int32),
        np.full(2400, 8**-0.5, np.float32), 120,
    )  # fmt: skip
    changes = np.count_nonzero(np.diff(field[clustered(rows, 15)]))
    assert changes < 30, "in the order they came in it changes some 270 times"


def test_statements_all_alike_come_to_an_end():
    rows = vectors(["负责河道保洁", "承担档案整理", ""] * 400)
    assert sorted(clustered(rows, 16)) == list(range(1200))


@given(st.integers(0, 10**6), st.integers(1, 300), st.integers(1, 60))
@settings(max_examples=30, deadline=None)
def test_no_statement_of_a_block_scores_above_its_bound(seed, count, width):
    """In superblocks and blocks, kept as rows of bytes and as lists."""
    rows = drawn(seed, count, width, 8)
    index = blocks(rows, 4, 8)
    full = dense(rows)
    for size, bounds in ((32, _highest(index, 1)), (4, _highest(index, 8))):
        padded = np.zeros((bounds.shape[1] * size, rows.width))
        padded[:count] = full
        tops = padded.reshape(-1, size, rows.width).max(axis=1).T
        assert (bounds >= tops - 1e-6).all()
        assert (bounds <= tops + tops.max(axis=1, keepdims=True) / 254).all(), "and they are close"


def _highest(index, children: int) -> np.ndarray:
    """(width, blocks) greatest weights as the index has them."""
    out = np.zeros((len(index.wide), index.supers * children))
    for column, row in enumerate(index.wide):
        if row >= 0:
            out[column] = (index.high if children == 1 else index.low)[row] * index.scales[row]
            continue
        for entry in range(index.lists[column], index.lists[column + 1]):
            if children == 1:
                out[column, index.holders[entry]] = index.tops[entry]
            for at in range(index.starts[entry], index.starts[entry + 1]) if children > 1 else ():
                out[column, index.holders[entry] * children + index.children[at]] = index.shares[at]
    return out


def test_the_statements_measured_are_all_different_and_as_long_as_duties_are():
    texts = varied(3_000, seed=2)
    assert len(set(texts)) == 3_000
    lengths = sorted(map(len, texts))
    assert lengths[0] >= 9
    assert lengths[-1] <= 200
    assert 20 <= lengths[1_500] <= 35, "duties are some 20 characters"
    assert len(set("".join(texts))) > 500, "of as many characters as real ones"


@pytest.mark.large
def test_a_hundred_thousand_statements_have_the_neighbours_of_comparing_all():
    """On a sample; nothing is left out, so the recall is 1."""
    rows = vectors(varied(100_000, seed=4))
    owners = np.arange(len(rows))
    found = compiled_neighbours(rows, 10, owners, 0.0)
    asked = np.random.default_rng(1).choice(len(rows), 200, replace=False)
    wanted = scanned(rows, 10, owners, 0.0, asked)
    assert np.array_equal(found.others[asked], wanted.others)
    assert np.array_equal(found.scores[asked], wanted.scores)
