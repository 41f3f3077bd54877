"""Caps: the vacant posts of each kind, and limits on departments, domains or any column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bianzhi.methods.allocation.errors import AllocationError
from bianzhi.methods.allocation.requests import Requests, Whole

WORDS = {"kind": "空编", "": "总量"}


@dataclass(frozen=True, slots=True)
class Cap:
    """Limits on the requests with a value in one column.

    Attributes:
        column: Column of the requests; "" takes all of them together (use the value "").
        most: Value -> most posts. Values not named are not limited.
    """

    column: str
    most: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Level:
    """One column's caps as arrays.

    Attributes:
        names: (g,) names of the groups in words. most: (g,) posts.
        group: (n,) the group of each request, −1 where not limited.
    """

    column: str
    names: list[str]
    most: Whole
    group: Whole


def levels(given: Requests, vacant: Mapping[str, int], caps: list[Cap]) -> list[Level]:
    """All caps, the vacant posts by kind among them, in the order given.

    Raises:
        AllocationError: A kind without a number of vacant posts, an unknown column, a negative
            cap; minima that no allocation can keep.
    """
    kinds = {str(each) for each in given.frame["kind"].to_list()}
    unknown = sorted(kinds - set(vacant))
    if unknown:
        raise AllocationError(f"没有给出这些种类的空编数：{'、'.join(unknown)}（没有空编就写 0）")
    found = [_level(given, cap) for cap in (*caps, Cap("kind", vacant))]
    for level in found:
        taken = used(level, given.least)
        over = np.flatnonzero(taken > level.most)
        if over.size:
            at = int(over[0])
            raise AllocationError(
                f"{level.names[at]}只有 {level.most[at]} 名，各申请保底合计 {taken[at]} 名："
                "请先减少保底，或增加名额"
            )
    return found


def _level(given: Requests, cap: Cap) -> Level:
    if cap.column and cap.column not in given.frame.columns:
        raise AllocationError(f"申请表没有“{cap.column}”一列，无法按它设上限")
    wrong = [name for name, most in cap.most.items() if most < 0 or int(most) != most]
    if wrong:
        raise AllocationError(f"{cap.column}“{wrong[0]}”的上限 {cap.most[wrong[0]]} 不是非负整数")
    place = {str(name): at for at, name in enumerate(cap.most)}
    values = given.frame[cap.column].to_list() if cap.column else [""] * given.frame.height
    group = np.array([place.get(str(each), -1) for each in values], dtype=np.int64)
    what = WORDS.get(cap.column, cap.column)
    names = [f"{what}“{name}”" if name else what for name in place]
    return Level(cap.column, names, np.array(list(cap.most.values()), dtype=np.int64), group)


def used(level: Level, posts: Whole) -> Whole:
    """Posts in each group, (g,)."""
    inside = level.group >= 0
    counted = np.bincount(level.group[inside], posts[inside], minlength=len(level.most))
    return np.asarray(counted.astype(np.int64))


def nested(found: list[Level]) -> list[Level] | None:
    """The levels from the innermost out, or None where the caps cross (are not laminar)."""
    finer = {
        (a, b): _finer(found[a].group, found[b].group)
        for a in range(len(found)) for b in range(len(found)) if a != b
    }  # fmt: skip
    if any(not finer[a, b] and not finer[b, a] for a, b in finer):
        return None
    order = sorted(range(len(found)), key=lambda at: sum(finer[b, a] for b, a in finer if a == at))
    chain = all(finer[a, b] for k, a in enumerate(order) for b in order[k + 1 :])
    return [found[k] for k in order] if chain else None


def _finer(a: NDArray[np.int64], b: NDArray[np.int64]) -> bool:
    """Whether every group of ``a`` that meets a group of ``b`` lies inside it."""
    meet = (a >= 0) & (b >= 0)
    pairs, both = np.unique(np.stack([a[meet], b[meet]]), axis=1, return_counts=True)
    size = np.bincount(a[a >= 0], minlength=1)
    return bool((both == size[pairs[0]]).all())
