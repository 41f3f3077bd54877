"""What offices do without an optimum: first come first served, everybody in proportion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from bianzhi.methods.allocation.apportion import apportion
from bianzhi.methods.allocation.benefit import items
from bianzhi.methods.allocation.caps import Cap, Level, levels, used
from bianzhi.methods.allocation.requests import Requests, Whole, read
from bianzhi.methods.allocation.result import total
from bianzhi.methods.allocation.solve import allocate


def first_come(
    requests: pl.DataFrame, vacant: Mapping[str, int], *, caps: Sequence[Cap] = ()
) -> Whole:
    """Grant in the order of the rows as much as fits; rules and minima kept. Shape (n,).

    Raises:
        AllocationError: As :func:`allocate`.
    """
    given = read(requests)
    return _in_order(given, levels(given, vacant, list(caps)), given.want)


def proportional(
    requests: pl.DataFrame, vacant: Mapping[str, int], *, caps: Sequence[Cap] = ()
) -> Whole:
    """Cut every request of a kind by the same share (Sainte-Laguë), then keep caps and rules.

    Shape (n,).

    Raises:
        AllocationError: As :func:`allocate`.
    """
    given = read(requests)
    found = levels(given, vacant, list(caps))
    kinds = np.array([str(each) for each in requests["kind"].to_list()])
    goal = np.zeros(len(given.want), dtype=np.int64)
    for kind in sorted(set(kinds.tolist())):
        here = np.flatnonzero(kinds == kind)
        seats = min(int(vacant[kind]), int(given.want[here].sum()))
        goal[here] = apportion(
            given.want[here].tolist(), seats,
            least=given.least[here].tolist(), most=given.want[here].tolist(),
        )  # fmt: skip
    return _in_order(given, found, goal)


def _in_order(given: Requests, found: list[Level], goal: Whole) -> Whole:
    """Minima first, then down the rows up to the goal, as the caps and rules allow."""
    granted = given.least.copy()
    room = [level.most - used(level, granted) for level in found]
    open_groups = set(given.either) - {""}
    for at in range(len(granted)):
        group = given.either[at]
        if group and group not in open_groups:
            continue
        free = [int(left[level.group[at]]) for level, left in zip(found, room, strict=True)
                if level.group[at] >= 0]  # fmt: skip
        more = max(0, min([int(goal[at] - granted[at]), *free]))
        if granted[at] + more < given.at_once[at]:
            continue
        granted[at] += more
        open_groups.discard(group)
        for level, left in zip(found, room, strict=True):
            if level.group[at] >= 0:
                left[level.group[at]] -= more
    return granted


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rules side by side, the optimum first.

    Attributes:
        rows: rule, posts, value, gain (share the optimum adds to the rule; NaN to nothing).
    """

    rows: tuple[tuple[str, int, float, float], ...]

    def to_frame(self) -> pl.DataFrame:
        """Columns rule, posts, value, gain."""
        return pl.DataFrame(
            list(self.rows), schema=["rule", "posts", "value", "gain"], orient="row"
        )

    def summary(self) -> str:
        """One line."""
        (_, posts, best, _), *others = self.rows
        parts = [f"比{rule}（{value:.4f}）多 {gain:.1%}" for rule, _, value, gain in others]
        return f"最优配 {posts} 名，效益 {best:.4f}：{'，'.join(parts)}"


def compare(
    requests: pl.DataFrame, vacant: Mapping[str, int], *, caps: Sequence[Cap] = (),
    benefit: str = "shortage",
) -> Comparison:  # fmt: skip
    """The optimum beside the naive rules. Args and errors: as :func:`allocate`."""
    best = allocate(requests, vacant, caps=caps, benefit=benefit)
    posts = items(best.requests, benefit)
    rules = {
        "最优": best.granted,
        "先到先得": first_come(requests, vacant, caps=caps),
        "按申请比例": proportional(requests, vacant, caps=caps),
    }
    values = [total(posts.value, posts.request, posts.step, each) for each in rules.values()]
    gains = [best.value / value - 1 if value else float("nan") for value in values]
    posts_of = [int(each.sum()) for each in rules.values()]
    return Comparison(tuple(zip(rules, posts_of, values, gains, strict=True)))
