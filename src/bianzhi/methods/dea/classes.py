"""Peer classes: compared among themselves, or also with those who have it harder."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl

from bianzhi.methods.dea.errors import BadData
from bianzhi.methods.dea.radial import Radial, radial
from bianzhi.methods.dea.units import Floats, Units


@dataclass(frozen=True, eq=False)
class Classes:
    """One radial result a class.

    Attributes:
        units: All units. labels: The class of each.
        results: Class to the result of its units.
    """

    units: Units
    labels: tuple[Hashable, ...]
    results: dict[Hashable, Radial]

    @property
    def scores(self) -> Floats:
        """(n,) in the order of all units."""
        found = dict(
            pair
            for result in self.results.values()
            for pair in zip(result.units.names, result.scores.tolist(), strict=True)
        )
        return np.array([found[name] for name in self.units.names])

    def to_frame(self) -> pl.DataFrame:
        """The frames of all classes under each other."""
        return pl.concat(
            result.to_frame().insert_column(0, pl.Series("类别", [str(label)] * len(result.units)))
            for label, result in self.results.items()
        )

    def summary(self) -> str:
        """Class by class."""
        return "\n".join(f"【{label}】{each.summary()}" for label, each in self.results.items())


def by_class(
    units: Units,
    labels: Sequence[Hashable],
    *,
    hardest_first: Sequence[Hashable] = (),
    **model: Any,
) -> Classes:
    """Radial efficiency inside peer classes.

    Args:
        labels: (n,) the class of each unit.
        hardest_first: Nested classes (Banker & Morey 1986b), from the hardest conditions to the
            easiest: a unit is compared with its own class and all harder ones, never with easier
            ones. Without it, with its own class alone.
        model: As for `radial`.

    Raises:
        BadData: A class is missing, or not in the order given.
    """
    given = tuple(labels)
    if len(given) != len(units) or any(each is None or each == "" for each in given):
        raise BadData("每个单位都要写明类别，才能在同类中比较。")
    order = tuple(hardest_first) or tuple(dict.fromkeys(given))
    if missing := [str(each) for each in dict.fromkeys(given) if each not in order]:
        raise BadData(f"类别次序中没有：{'、'.join(missing)}。")
    places = np.array([order.index(each) for each in given])
    results: dict[Hashable, Radial] = {}
    for place, label in enumerate(order):
        own = np.flatnonzero(places == place)
        if own.size:
            harder = units.take(np.flatnonzero(places <= place)) if hardest_first else None
            results[label] = radial(units.take(own), against=harder, **model)
    return Classes(units, given, results)
