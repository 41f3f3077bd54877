"""Malmquist index: did a unit become more productive, and by whose doing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from bianzhi.methods.dea.errors import BadData
from bianzhi.methods.dea.radial import radial
from bianzhi.methods.dea.units import Floats, Units, same_measures


@dataclass(frozen=True, eq=False)
class Malmquist:
    """Change between two periods; above one is better.

    Attributes:
        units: The units in the later period.
        index: (n,) = catching_up x frontier.
        catching_up: (n,) efficiency change = pure x scale. frontier: (n,) technical change.
        pure: (n,) change of efficiency under variable returns. scale: (n,) of scale efficiency.
    """

    units: Units
    index: Floats
    catching_up: Floats
    frontier: Floats
    pure: Floats
    scale: Floats

    def to_frame(self) -> pl.DataFrame:
        """A row a unit."""
        return pl.DataFrame(
            {
                "单位": self.units.names,
                "全要素生产率变化": self.index,
                "技术效率变化": self.catching_up,
                "技术变化": self.frontier,
                "纯技术效率变化": self.pure,
                "规模效率变化": self.scale,
            }
        )

    def summary(self) -> str:
        """The result in a few sentences, means being geometric."""
        parts = ", ".join(
            f"{name} {_mean(values):.3f}"
            for name, values in (
                ("全要素生产率", self.index),
                ("技术效率", self.catching_up),
                ("技术", self.frontier),
            )
        ).replace(", ", "，")
        lost = int(np.isnan(self.index).sum())
        lines = [f"两期变化的几何平均（大于 1 为进步）：{parts}。"]
        lines += [f"{lost} 个单位缺一期得分，未列入平均。"] if lost else []
        return "\n".join([*lines, *self.units.notes])


def malmquist(before: Units, after: Units, *, engine: str = "auto") -> Malmquist:
    """Färe, Grosskopf, Norris & Zhang (1994), input oriented, from the point of view of output
    per input: the geometric mean over the frontiers of both periods.

    Args:
        before, after: The same units, in any order, in two periods.

    Raises:
        BadData: Other units, other measures, or a unit without any output in a period.
    """
    same_measures(before, after)
    if set(before.names) != set(after.names):
        odd = sorted(set(before.names) ^ set(after.names))
        raise BadData(f"两期的单位不一致：{'、'.join(odd[:5])}。请先处理合并、新设和撤销的单位。")
    if not (before.outputs.any(axis=1).all() and after.outputs.any(axis=1).all()):
        raise BadData("有单位某一期没有任何产出，算不出变化。")
    place = {name: row for row, name in enumerate(before.names)}
    first = before.take(np.array([place[name] for name in after.names]))

    def score(units: Units, against: Units, rts: str = "crs") -> Floats:
        reference = None if against is units else against
        return radial(units, rts=rts, against=reference, slacks=False, engine=engine).scores

    old_old, new_new = score(first, first), score(after, after)
    new_old, old_new = score(after, first), score(first, after)
    pure = score(after, after, "vrs") / score(first, first, "vrs")
    catching_up = new_new / old_old
    frontier = np.sqrt((new_old / new_new) * (old_old / old_new))
    return Malmquist(after, catching_up * frontier, catching_up, frontier, pure, catching_up / pure)


def _mean(values: Floats) -> float:
    return float(np.exp(np.nanmean(np.log(values))))
