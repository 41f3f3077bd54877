"""The greatest weight of every piece in blocks of statements, and in blocks of blocks.

The block-max index of text search (Ding & Suel 2011) in the two levels of superblock pruning
(Carlson, Xie, He & Yang 2025): what a statement can score in a block is at most the sum of its
weights times the block's greatest. A piece found almost everywhere is kept as a row of bytes, which
the processor multiplies many at a time; the others as lists.
"""

from __future__ import annotations

from typing import NamedTuple

import numba as nb
import numpy as np
import numpy.typing as npt

from bianzhi.methods.overlap.vectors import Floats, Ints, Vectors

WIDE = 0.3  # share of superblocks from which a piece is kept as a row


class Blocks(NamedTuple):
    """The index of n statements with ``supers`` superblocks.

    Attributes:
        supers: How many superblocks.
        wide: (width,) the row of each piece kept as one, −1 for the others.
        scales: (rows,) what 1 in a row stands for.
        high, low: (rows, supers) and (rows, supers × children) greatest weights in superblocks and
            blocks, rounded up.
        lists: (width + 1,) where the list of each piece begins in ``holders`` and ``tops``.
        holders, tops: Superblocks, ascending in a list, and greatest weights.
        starts: (entries + 1,) where the children of each entry begin.
        children, shares: Blocks, by their number in the superblock, and greatest weights.
    """

    supers: int
    wide: npt.NDArray[np.int32]
    scales: Floats
    high: npt.NDArray[np.uint8]
    low: npt.NDArray[np.uint8]
    lists: Ints
    holders: npt.NDArray[np.int32]
    tops: Floats
    starts: Ints
    children: npt.NDArray[np.uint8]
    shares: Floats


def blocks(rows: Vectors, size: int, children: int) -> Blocks:
    """The index of statements in the order given: the more alike in a block, the closer bounds.

    Args:
        rows: Statements.
        size: How many are in a block.
        children: How many blocks are in a superblock, 256 at most.
    """
    supers = -(-len(rows) // (size * children))
    lists, holders, tops = _lists(
        rows.starts, rows.columns, rows.values, rows.width, size * children
    )
    below, lower, shares = _lists(rows.starts, rows.columns, rows.values, rows.width, size)
    common = np.flatnonzero(np.diff(lists) > WIDE * supers)
    wide = np.full(rows.width, -1, np.int32)
    wide[common] = np.arange(len(common))
    scales, high = _rows(common, lists, holders, tops, supers)
    _, low = _rows(common, below, lower, shares, supers * children)
    return Blocks(
        supers, wide, scales, high, low, lists, holders, tops,
        _starts(lists, holders, below, lower, children), (lower % children).astype(np.uint8),
        shares,
    )  # fmt: skip


@nb.njit(cache=True)
def _lists(starts, columns, values, width, size):
    """(starts, holders, tops): for each column the blocks of ``size`` rows that have it."""
    last = np.full(width, -1, np.int64)
    lists = np.zeros(width + 1, np.int64)
    for row in range(len(starts) - 1):
        for at in range(starts[row], starts[row + 1]):
            if last[columns[at]] != row // size:
                last[columns[at]] = row // size
                lists[columns[at] + 1] += 1
    lists = np.cumsum(lists)
    filled = lists[:-1] - 1  # the entry written last
    last[:] = -1
    holders, tops = np.empty(lists[-1], np.int32), np.zeros(lists[-1], np.float32)
    for row in range(len(starts) - 1):
        for at in range(starts[row], starts[row + 1]):
            column = columns[at]
            if last[column] != row // size:
                last[column] = row // size
                filled[column] += 1
                holders[filled[column]] = row // size
            tops[filled[column]] = max(tops[filled[column]], values[at])
    return lists, holders, tops


@nb.njit(cache=True)
def _starts(lists, holders, below, lower, children):
    """Where the blocks of each entry of the lists of superblocks begin in the lists of blocks."""
    starts = np.empty(len(holders) + 1, np.int64)
    starts[-1] = len(lower)
    for column in range(len(lists) - 1):
        at = below[column]
        for entry in range(lists[column], lists[column + 1]):
            while lower[at] // children < holders[entry]:
                at += 1
            starts[entry] = at
    return starts


@nb.njit(cache=True)
def _rows(common, lists, holders, tops, count):
    """(scales, rows): lists of some columns as rows of bytes, rounded up."""
    scales = np.zeros(len(common), np.float32)
    rows = np.zeros((len(common), count), np.uint8)
    for number in range(len(common)):
        first, last = lists[common[number]], lists[common[number] + 1]
        scales[number] = tops[first:last].max() / np.float32(255)
        for entry in range(first, last):
            share = np.ceil(tops[entry] / scales[number])
            rows[number, holders[entry]] = np.uint8(min(share, np.float32(255)))
    return scales, rows
