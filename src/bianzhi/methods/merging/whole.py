"""The program as one, its relaxation first: what is too dear for any better plan is left out.

The relaxation tells of each column how much dearer a plan with it is at least (its reduced cost).
A program of the cheapest columns gives a plan; columns that cost more than that plan is above the
relaxation can be in no better one. What is left is solved again if it holds anything new. Exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from time import monotonic

import numpy as np
import numpy.typing as npt

from bianzhi.methods.merging.model import NOTHING, UNDECIDED, Model, Relaxed, Solved
from bianzhi.methods.merging.program import Program, Row

FIRST = 3  # columns an institution in the first program
SURE = 1e-6  # of the value: how far the relaxation's own sums may be off


def solve(program: Program, seconds: float = 60.0, gap: float = 0.0) -> Solved:
    """The best plan, or as good as the time allows, with its bound and prices."""
    return best(program.costs, cover_of(program), program.rows, seconds, gap)


def cover_of(program: Program) -> list[dict[int, float]]:
    """Each institution in one candidate."""
    return [dict.fromkeys(columns, 1.0) for columns in program.covering]


def best(
    costs: Sequence[float], cover: Sequence[dict[int, float]], rows: Sequence[Row],
    seconds: float, gap: float = 0.0,
) -> Solved:  # fmt: skip
    """The cheapest columns that cover each of ``cover`` once and keep the rows."""
    until = monotonic() + seconds
    relaxed = Model(costs, cover, rows).relax(seconds)
    if relaxed is None:
        return NOTHING if monotonic() < until else UNDECIDED
    narrow = Narrow(costs, cover, rows, relaxed)
    found = narrow.first(until, gap)
    room = found.objective - relaxed.value
    if found.feasible and found.gap > gap and narrow.dear < room:
        again = narrow.solve(np.flatnonzero(relaxed.reduced < room + narrow.sure), until, gap)
        if again.feasible:
            found = again
    return replace(found, prices=relaxed.prices)


class Narrow:
    """A program of some columns only, with the bound it proves for all.

    Attributes:
        dear: How much above the relaxation any plan with a column left out is at least.
    """

    def __init__(
        self, costs: Sequence[float], cover: Sequence[dict[int, float]], rows: Sequence[Row],
        relaxed: Relaxed,
    ) -> None:  # fmt: skip
        self.costs, self.cover, self.rows, self.relaxed = costs, cover, rows, relaxed
        self.sure = SURE * max(1.0, abs(relaxed.value))
        self.dear = np.inf

    def first(self, until: float, gap: float) -> Solved:
        """A plan of the cheapest columns; of more of them while there is none."""
        order = np.argsort(self.relaxed.reduced, kind="stable")
        count = FIRST * len(self.cover) + len(self.rows)
        while True:
            found = self.solve(order[:count], until, gap)
            if found.feasible or not found.decided or count >= len(order):
                return found
            count *= 4

    def solve(self, columns: npt.NDArray[np.int64], until: float, gap: float) -> Solved:
        """The best plan of these columns; its bound holds for all."""
        left = np.ones(len(self.costs), bool)
        left[columns] = False
        self.dear = float(self.relaxed.reduced[left].min(initial=np.inf)) - self.sure
        place = {int(column): at for at, column in enumerate(columns)}
        model = Model(
            [self.costs[column] for column in columns],
            [_of(entries, place) for entries in self.cover],
            [replace(row, entries=_of(row.entries, place)) for row in self.rows],
        )
        found = model.solve(max(0.1, until - monotonic()), gap)
        if not found.feasible:
            return found
        chosen = tuple(sorted(int(columns[at]) for at in found.chosen))
        bound = max(
            self.relaxed.value, min(found.bound, found.objective, self.relaxed.value + self.dear)
        )
        return Solved(chosen, found.objective, min(bound, found.objective))


def _of(entries: dict[int, float], place: dict[int, int]) -> dict[int, float]:
    """The entries of the columns taken, by their new numbers."""
    return {place[column]: value for column, value in entries.items() if column in place}
