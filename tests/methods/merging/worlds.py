"""Small invented areas, and every plan there is, for comparison."""

from __future__ import annotations

import random
from collections.abc import Iterator

from bianzhi.methods.merging import Institution, Rules, Weights
from bianzhi.methods.merging.candidates import Candidate, Making
from bianzhi.methods.merging.program import Program, program


def area(count: int, departments: int, seed: int, density: float = 0.5):
    """(institutions, overlaps) of an invented area."""
    draw = random.Random(seed)
    units = []
    for at in range(count):
        posts = draw.randint(2, 30)
        units.append(
            Institution(
                f"U{at}", f"D{at % departments}", posts,
                need=round(posts * draw.uniform(0.6, 1.05), 2), people=draw.randint(0, posts + 2),
                leaders=draw.randint(1, 3), rank=draw.randint(1, 2), welfare=draw.choice("12"),
                protected=draw.random() < 0.1, empty=draw.random() < 0.15,
                excluded=draw.random() < 0.1, leavers=(1.0, 1.0, 2.0),
            )
        )  # fmt: skip
    overlaps = {
        frozenset((one.key, other.key)): round(draw.random(), 3)
        for i, one in enumerate(units) for other in units[:i]
        if one.department == other.department and draw.random() < density
    }  # fmt: skip
    return units, overlaps


def made(units, overlaps, rules: Rules, weights: Weights | None = None, creations=()) -> Program:
    """The program of an area."""
    making = Making(units, overlaps, {}, rules, weights or Weights())
    return program(units, making.candidates(), creations, rules)


def every_partition(candidates: list[Candidate], count: int) -> Iterator[list[int]]:
    """All ways to cover each institution once."""
    by_least: dict[int, list[int]] = {at: [] for at in range(count)}
    for column, each in enumerate(candidates):
        by_least[min(each.members)].append(column)

    def cover(done: frozenset[int], picked: list[int]) -> Iterator[list[int]]:
        left = [at for at in range(count) if at not in done]
        if not left:
            yield picked
            return
        for column in by_least[left[0]]:
            members = frozenset(candidates[column].members)
            if not members & done:
                yield from cover(done | members, [*picked, column])

    return cover(frozenset(), [])


def brute_force(found: Program) -> float | None:
    """The least cost of all plans that keep the rules; None where there is none."""
    best = None
    first = len(found.candidates)
    for picked in every_partition(found.candidates, len(found.given)):
        for bits in range(1 << len(found.creations)):
            columns = [
                *picked,
                *(first + at for at in range(len(found.creations)) if bits >> at & 1),
            ]
            if all(
                sum(row.entries.get(c, 0) for c in columns) <= row.limit + 1e-9
                for row in found.rows
            ):
                cost = sum(found.costs[c] for c in columns)
                best = cost if best is None else min(best, cost)
    return best
