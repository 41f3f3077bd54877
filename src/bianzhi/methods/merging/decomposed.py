"""Large programs by Dantzig–Wolfe decomposition: connected parts meet only in the rules.

Each connected part offers whole partitions, one for each number of institutions it may leave; a
master program picks one a part under the rules. Prices of the rules go back to the parts, which
offer what is cheapest at these prices, until none can do better. Then the prices prove a bound
that holds for every plan, and HiGHS picks among all partitions offered: the gap is to that bound.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

import numpy as np
import numpy.typing as npt

from bianzhi.methods.merging.model import Model, Solved
from bianzhi.methods.merging.partition import BITS, partitions
from bianzhi.methods.merging.program import Program, Row
from bianzhi.methods.merging.whole import solve

ROUNDS = 60
CLOSE = 1e-7  # a part that gains less than this has nothing better


@dataclass(frozen=True)
class Part:
    """A connected part.

    Attributes:
        columns: Its candidates' numbers in the program.
        masks, counts: Of each, the atoms it covers as bits and the institutions it leaves.
        size: Number of atoms.
    """

    columns: npt.NDArray[np.int64]
    masks: npt.NDArray[np.int64]
    counts: npt.NDArray[np.int64]
    size: int


@dataclass(frozen=True)
class Offer:
    """A partition of a part: its columns, cost, and what it takes of each rule."""

    part: int
    columns: tuple[int, ...]
    cost: float
    uses: dict[int, float]


def parts(program: Program) -> list[Part] | None:
    """The connected parts, smallest unit an institution; None where one is too large."""
    groups = _connected(program)
    found = []
    for members, columns in groups:
        bit = {member: at for at, member in enumerate(members)}
        if len(members) > BITS:
            return None
        masks = [sum(1 << bit[m] for m in program.candidates[c].members) for c in columns]
        counts = [int(program.candidates[c].posts > 0 or program.candidates[c].action != "abolish")
                  for c in columns]  # fmt: skip
        found.append(Part(np.array(columns), np.array(masks), np.array(counts), len(members)))
    return found


def _connected(program: Program) -> list[tuple[list[int], list[int]]]:
    parent = list(range(len(program.given)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for candidate in program.candidates:
        for member in candidate.members[1:]:
            parent[root(member)] = root(candidate.members[0])
    members: dict[int, list[int]] = defaultdict(list)
    for at in range(len(program.given)):
        members[root(at)].append(at)
    columns: dict[int, list[int]] = defaultdict(list)
    for column, candidate in enumerate(program.candidates):
        columns[root(candidate.members[0])].append(column)
    return [(members[at], columns[at]) for at in members]


def out_of_reach(program: Program, found: Sequence[Part]) -> list[tuple[Row, float]]:
    """Rules no plan can keep whatever the others ask, each with the least it can come to: every
    part does its utmost for the rule alone."""
    home = np.full(len(program.costs), -1)
    for number, part in enumerate(found):
        home[part.columns] = number
    refused = []
    for row in program.rows:
        values = np.zeros(len(program.costs))
        values[list(row.entries)] = list(row.entries.values())
        touched = set(home[list(row.entries)].tolist()) - {-1}
        least = 0.0
        for part in (found[number] for number in touched):
            ways = partitions(part.size, part.masks, part.counts, values[part.columns])
            least += min(cost for cost, _ in ways)
        if least > row.limit + CLOSE:
            refused.append((row, least))
    return refused


class Decomposed:
    """The decomposition of one program."""

    def __init__(self, program: Program, found: Sequence[Part]) -> None:
        self.program, self.parts = program, found
        self.costs = np.array(program.costs)
        self.limits = np.array([row.limit for row in program.rows], float)
        self.use: list[dict[int, float]] = [{} for _ in program.costs]
        for at, row in enumerate(program.rows):
            for column, value in row.entries.items():
                if value:
                    self.use[column][at] = value
        entries = [(c, r, v) for c, uses in enumerate(self.use) for r, v in uses.items()]
        self.used_columns = np.array([each[0] for each in entries], np.int64)
        self.used_rows = np.array([each[1] for each in entries], np.int64)
        self.used_values = np.array([each[2] for each in entries], float)
        self.offers: list[Offer] = []
        self.known: set[tuple[int, ...]] = set()

    def solve(self, seconds: float, gap: float) -> Solved:
        """Price, prove, pick."""
        until = monotonic() + seconds
        prices = paid = np.zeros(len(self.program.rows))
        bound = self._price(prices)
        for _ in range(ROUNDS):
            if monotonic() > until:
                break
            value, prices = self._master()
            before = len(self.offers)
            proven = self._price(prices)
            if proven > bound:
                bound, paid = proven, prices
            if len(self.offers) == before or value - bound <= CLOSE * max(1.0, abs(value)):
                break
        picked = self._pick(max(1.0, until - monotonic()), gap)
        if not picked.feasible:  # none of what was offered fits: only the whole can say more
            return solve(self.program, max(1.0, until - monotonic()), gap)
        return Solved(
            picked.chosen, picked.objective, min(bound, picked.objective),
            prices=tuple(float(each) for each in paid),
        )  # fmt: skip

    def _price(self, prices: npt.NDArray[np.float64]) -> float:
        """Offers of every part at these prices; the bound the prices prove."""
        weights = prices[self.used_rows] * self.used_values
        extra = np.bincount(self.used_columns, weights, len(self.costs))
        reduced = (self.costs + extra).astype(np.float64)
        total = -float(prices @ self.limits)
        total += float(np.minimum(reduced[len(self.program.candidates) :], 0).sum())
        for number, part in enumerate(self.parts):
            found = partitions(part.size, part.masks, part.counts, reduced[part.columns])
            total += min(cost for cost, _ in found)
            for _, picked in found:
                self._offer(number, tuple(sorted(part.columns[picked].tolist())))
        return total

    def _offer(self, part: int, columns: tuple[int, ...]) -> None:
        if columns in self.known:
            return
        self.known.add(columns)
        uses: dict[int, float] = defaultdict(float)
        for column in columns:
            for row, value in self.use[column].items():
                uses[row] += value
        self.offers.append(Offer(part, columns, float(self.costs[list(columns)].sum()), dict(uses)))

    def _model(self, *, slack: bool = False) -> Model:
        """The master: one offer a part, creations as they are. With ``slack`` rules may be broken
        at a price no plan would pay: until the right offers are there, that leads to them."""
        creations = range(len(self.program.candidates), len(self.program.costs))
        cover: list[dict[int, float]] = [{} for _ in self.parts]
        rows: list[dict[int, float]] = [{} for _ in self.program.rows]
        for at, offer in enumerate(self.offers):
            cover[offer.part][at] = 1.0
            for row, value in offer.uses.items():
                rows[row][at] = value
        for at, column in enumerate(creations, len(self.offers)):
            for row, value in self.use[column].items():
                rows[row][at] = value
        costs = [offer.cost for offer in self.offers] + [self.program.costs[c] for c in creations]
        limits = [
            Row(row.name, entries, row.limit, row.soft)
            for row, entries in zip(self.program.rows, rows, strict=True)
        ]
        dear = 100 * (1 + float(np.abs(self.costs).max()))
        return Model(costs, cover, limits, slack=[dear] * len(limits) if slack else None)

    def _master(self) -> tuple[float, npt.NDArray[np.float64]]:
        """(value, prices of the rules) of the master's linear relaxation."""
        relaxed = self._model(slack=True).relax()
        if relaxed is None:  # broken rules are allowed here, so there always is an answer
            raise AssertionError("the master program has no relaxation")
        return relaxed.value, np.array(relaxed.prices)

    def _pick(self, seconds: float, gap: float) -> Solved:
        picked = self._model().solve(seconds, gap)
        if not picked.feasible:
            return picked
        columns: list[int] = []
        first = len(self.offers)
        for at in picked.chosen:
            columns += (
                self.offers[at].columns if at < first
                else (len(self.program.candidates) + at - first,)
            )  # fmt: skip
        return Solved(tuple(sorted(columns)), picked.objective, picked.bound)
