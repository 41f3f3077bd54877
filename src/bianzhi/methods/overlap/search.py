"""The nearest statements of each statement, exactly.

A district is compared row by row with NumPy. From a few thousand statements on, those alike are put
together in blocks and blocks of blocks, and a compiled kernel looks into a block only where the sum
of a statement's weights times the block's greatest reaches the k-th score found so far (block-max
pruning: Ding & Suel 2011; Mallia, Suel & Tonellotto 2024). Statements that say the same are looked
up once. Nothing is sampled and nothing is left out: the answer is that of comparing every pair,
and hangs neither on the order of the statements in blocks nor on the number of cores.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bianzhi.methods.overlap.tokens import COMPILE_FROM
from bianzhi.methods.overlap.vectors import Vectors

Ints = npt.NDArray[np.int64]


class Neighbours(NamedTuple):
    """For each of n statements up to k others, best first.

    Attributes:
        others: (n, k) their numbers, −1 where there are fewer.
        scores: (n, k) cosines, 0 where there are fewer.
    """

    others: Ints
    scores: npt.NDArray[np.float32]


def neighbours(
    rows: Vectors, k: int = 10, owners: Ints | None = None, least: float = 0.0
) -> Neighbours:
    """The k nearest statements of other owners with a score of at least ``least`` (above 0).

    Args:
        rows: Statements.
        k: How many.
        owners: (n,) the institution of each statement; those of one owner are not compared.
            Every statement is its own owner where not given.
        least: Scores below are left out.

    Raises:
        ValueError: k is less than 1, or there is not one owner a statement.
    """
    count = len(rows)
    owners = np.arange(count) if owners is None else np.asarray(owners, np.int64)
    if k < 1 or len(owners) != count:
        raise ValueError(f"k={k} 应不小于 1，承担机构应与职责一一对应（{len(owners)}／{count}）")
    if count < COMPILE_FROM:
        return scanned(rows, k, owners, least, np.arange(count))
    from bianzhi.methods.overlap.repeated_compiled import repeated_neighbours

    return repeated_neighbours(rows, k, owners, least)


def scanned(rows: Vectors, k: int, owners: Ints, least: float, asked: Ints) -> Neighbours:
    """The nearest of the statements asked for, row by row with NumPy."""
    count = len(rows)
    others = np.full((len(asked), k), -1, np.int64)
    scores = np.zeros((len(asked), k), np.float32)
    starts, holders, values = transposed(rows)
    for place, number in enumerate(asked):
        total = np.zeros(count, np.float32)
        for at in range(rows.starts[number], rows.starts[number + 1]):
            column = rows.columns[at]
            part = slice(starts[column], starts[column + 1])
            total[holders[part]] += rows.values[at] * values[part]
        total[owners == owners[number]] = 0
        best = np.lexsort((np.arange(count), -total))[:k]
        best = best[(total[best] > 0) & (total[best] >= least)]
        others[place, : len(best)] = best
        scores[place, : len(best)] = total[best]
    return Neighbours(others, scores)


def transposed(rows: Vectors) -> tuple[Ints, npt.NDArray[np.int32], npt.NDArray[np.float32]]:
    """(starts, rows, values) by column, rows ascending."""
    order = np.argsort(rows.columns, kind="stable")
    counts = np.bincount(rows.columns, minlength=rows.width)
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    holders = np.repeat(np.arange(len(rows), dtype=np.int32), np.diff(rows.starts))
    return starts, holders[order], rows.values[order]
