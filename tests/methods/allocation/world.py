"""Small random requests, and the answer by trying everything."""

from __future__ import annotations

from itertools import product

import numpy as np
import polars as pl

from bianzhi.methods.allocation import Cap
from bianzhi.methods.allocation.benefit import items
from bianzhi.methods.allocation.requests import read
from bianzhi.methods.allocation.result import total

DEPARTMENTS = {"教育局": 4, "卫健委": 3}
SCHOOLS = {"一中": 2, "二中": 3}
NESTED = [Cap("unit", SCHOOLS), Cap("department", DEPARTMENTS), Cap("", {"": 9})]


def random_requests(
    seed: int, count: int, *, rules: bool = False, minima: bool = False
) -> pl.DataFrame:
    """Requests of one kind in units of departments; benefits fall from post to post."""
    chance = np.random.default_rng(seed)
    unit = chance.choice(["一中", "二中", "医院", "其他"], count)
    department = {"一中": "教育局", "二中": "教育局", "医院": "卫健委", "其他": "其他"}
    want = chance.integers(0, 4, count)
    levels = [0.0, 0.5, 1.0, 1.5, 2.0, 3.0]  # few values: many ties
    frame = pl.DataFrame(
        {
            "id": [f"申请{k}" for k in range(count)],
            "kind": ["事业"] * count,
            "unit": unit.tolist(),
            "department": [department[each] for each in unit],
            "sector": chance.choice(["民生", "安全"], count).tolist(),
            "want": want,
            "priority": chance.choice([0.5, 1.0, 2.0], count),
            "marginals": [sorted(chance.choice(levels, 4).tolist(), reverse=True) for _ in want],
        }
    )
    if minima:
        least = np.where((want > 0) & (chance.random(count) < 0.15), 1, 0)
        frame = frame.with_columns(least=pl.Series(least))
    if rules:
        frame = frame.with_columns(
            at_once=pl.Series(np.where(want > 0, chance.integers(1, np.maximum(want, 1) + 1), 1)),
            either=pl.Series(chance.choice(["", "", "甲组", "乙组"], count).tolist()),
        )
    return frame


def possible(
    frame: pl.DataFrame, granted: np.ndarray, vacant: dict[str, int], caps: list[Cap]
) -> bool:
    """Whether an allocation keeps every cap and rule, read straight from the words."""
    given = read(frame)
    if (granted < given.least).any() or (granted > given.want).any():
        return False
    if ((granted > 0) & (granted < given.at_once)).any():
        return False
    opened = [name for name, n in zip(given.either, granted, strict=True) if name and n > 0]
    if len(opened) != len(set(opened)):
        return False
    for cap in (*caps, Cap("kind", vacant)):
        values = frame[cap.column].to_list() if cap.column else [""] * frame.height
        for name, most in cap.most.items():
            inside = [n for value, n in zip(values, granted, strict=True) if value == name]
            if sum(inside) > most:
                return False
    return True


def best_of_all(frame: pl.DataFrame, vacant: dict[str, int], caps: list[Cap]) -> float | None:
    """The highest benefit by trying every allocation; None where none is possible."""
    posts = items(read(frame), "marginals")
    every = product(*(range(n + 1) for n in frame["want"].to_list()))
    values = [
        total(posts.value, posts.request, posts.step, granted)
        for granted in map(np.array, every)
        if possible(frame, granted, vacant, caps)
    ]
    return max(values, default=None)
