"""The organisation chart: units under those they belong to by 上级机构, figures summed upwards.

A tree is laid out once a state, as arrays: a page takes the few rows it shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bianzhi.core.quantity import UNIT
from bianzhi.core.state import State
from bianzhi.office.desk.words import Words

FIGURES = ("approved", "actual", "pending", "reserved")
DEEPEST = 64  # levels; nobody has as many, and a circle in old data must end somewhere
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Tree:
    """Units in order: those with the same parent together, as the office orders them.

    Attributes:
        frame: key, name, cls, rank, and the unit's own figures (ten-thousandths), a row a unit.
        parent: Row of each unit's parent; -1 at the top.
        starts: ``starts[i + 1]`` to ``starts[i + 2]`` are the rows below row i (-1 for the top).
        sums: For each figure, the unit and all below it.
        sizes: How many units stand below.
    """

    frame: pl.DataFrame
    parent: Ints
    starts: Ints
    sums: dict[str, Ints]
    sizes: Ints

    def below(self, row: int = -1) -> range:
        """The rows directly below a row; of the top where none is given."""
        return range(int(self.starts[row + 1]), int(self.starts[row + 2]))

    def find(self, key: str) -> int | None:
        """The row of a unit."""
        return self.frame["key"].index_of(key)

    def above(self, row: int) -> Iterator[int]:
        """The rows above a row, nearest first."""
        while row >= 0 and (row := int(self.parent[row])) >= 0:
            yield row


def tree_of(words: Words) -> Tree:
    """The tree of a state, laid out when first asked for."""
    return words.kept.get("tree", lambda: _laid_out(words))


def _laid_out(words: Words) -> Tree:
    orgs = _with_figures(words.state, _counted(words))
    row = pl.int_range(pl.len(), dtype=pl.Int64)
    places = orgs.select(pl.col("key").alias("parent"), row.alias("place"))
    orgs = orgs.join(places, on="parent", how="left", maintain_order="left")
    place = np.array(orgs["place"].fill_null(-1))
    siblings = (pl.col("cls") == "pool", pl.col("cls") != "section", "order_no", "key")
    rank = np.empty(len(place), np.int64)
    rank[np.array(orgs.select(pl.arg_sort_by(*siblings)).to_series())] = np.arange(len(place))
    return _summed(orgs.drop("place", "parent", "order_no"), place, _levels(place), rank)


def _levels(parent: Ints) -> list[Ints]:
    """The rows of each level, the top first."""
    depth = np.zeros(len(parent), np.int64)
    at = parent
    for _ in range(DEEPEST):
        if not (at >= 0).any():
            break
        depth += at >= 0
        at = np.where(at >= 0, parent[at], -1)
    return [np.flatnonzero(depth == level) for level in range(int(depth.max(initial=0)) + 1)]


def _summed(frame: pl.DataFrame, place: Ints, levels: list[Ints], rank: Ints) -> Tree:
    """Rows level by level, within a level by parent: the parents' rows then never descend."""
    moved = np.full(len(place), -1)
    order: list[Ints] = []
    for level in levels:
        above = np.where(place[level] >= 0, moved[place[level]], -1)
        level = level[np.lexsort((rank[level], above))]
        moved[level] = np.arange(len(level)) + sum(each.size for each in order)
        order.append(level)
    final = np.concatenate(order) if order else place
    parent = np.where(place[final] >= 0, moved[place[final]], -1)
    columns = {name: np.array(frame[name])[final] for name in FIGURES}
    sizes = np.zeros(len(final), np.int64)
    for level in reversed(order[1:]):
        rows = moved[level]
        for sums in columns.values():
            np.add.at(sums, parent[rows], sums[rows])
        np.add.at(sizes, parent[rows], sizes[rows] + 1)
    starts = np.searchsorted(parent, np.arange(-1, len(final) + 1))
    return Tree(frame[final], parent, starts, columns, sizes)


def _counted(words: Words) -> list[str]:
    kinds = words.state.accounts["kind"].unique()
    return [kind for kind in kinds if words.counts(kind)]


def _with_figures(state: State, kinds: list[str]) -> pl.DataFrame:
    own = state.accounts.filter(pl.col("kind").is_in(kinds)).group_by("holder")
    figures = own.agg((pl.col(name).sum() * UNIT).cast(pl.Int64) for name in FIGURES)
    orgs = state.orgs.select("key", "cls", "name", "rank", "parent", "order_no")
    found = orgs.join(figures, left_on="key", right_on="holder", how="left")
    return found.with_columns(pl.col(*FIGURES).fill_null(0))
