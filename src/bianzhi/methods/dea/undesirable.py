"""Undesirable outputs: complaints, accidents, overdue cases — more of them is worse."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bianzhi.methods.dea.envelope import SUMS, Envelope, own_scale
from bianzhi.methods.dea.errors import BadData, BadQuestion, listed
from bianzhi.methods.dea.program import FREE, Program
from bianzhi.methods.dea.units import Floats, Units, choice

ON_FRONTIER = 1e-8


@dataclass(frozen=True, eq=False)
class Directional:
    """How far good outputs can grow and bad ones fall together.

    Attributes:
        units, bad: The model.
        beta: (n,) 0.1 = ten per cent more of every good and less of every bad; 0 on the frontier.
    """

    units: Units
    bad: tuple[str, ...]
    beta: Floats

    def to_frame(self) -> pl.DataFrame:
        """A row a unit."""
        return pl.DataFrame(
            {"单位": self.units.names, "改进幅度": self.beta, "有效": self.beta <= ON_FRONTIER}
        )

    def summary(self) -> str:
        """The result in a few sentences."""
        return "\n".join(
            [
                f"方向距离函数（非期望产出：{'、'.join(self.bad)}）：{len(self.units)} 个单位，"
                f"平均改进幅度 {np.nanmean(self.beta):.3f}，"
                f"已在前沿 {int((self.beta <= ON_FRONTIER).sum())} 个。",
                *self.units.notes,
            ]
        )


def directional(
    units: Units, bad: tuple[str, ...], *, rts: str = "crs", weak: bool = True
) -> Directional:
    """Directional distance with bad outputs (Chung, Färe & Grosskopf 1997), direction (y, -b).

    It is the joint change that counts: who could only cut the bad, or only raise the good, is on
    the frontier in this direction.

    Args:
        bad: Names among the outputs.
        rts: "crs", or with `weak=False` any key of `technology.RETURNS`.
        weak: Bad outputs can only be cut together with good ones (weak disposability, an equation);
            otherwise they are bounded like inputs.

    Raises:
        BadQuestion: Unknown or only bad outputs, or weak disposability without constant returns
            (there it needs an abatement factor of each unit's own, Kuosmanen 2005).
        BadData: A unit without any output has no direction.
    """
    unknown = [name for name in bad if name not in units.output_names]
    if unknown or not bad or len(bad) == len(units.output_names):
        raise BadQuestion(
            f"非期望产出要在产出之列，且不能是全部产出：{listed(unknown or list(bad))}。"
        )
    if weak and rts != "crs":
        raise BadQuestion("弱可处置性在此只用于规模报酬不变；其他规模报酬请用 weak=False。")
    idle = np.flatnonzero(~units.outputs.any(axis=1))
    if idle.size:
        raise BadData(f"没有任何产出，无从评价：{listed([units.names[row] for row in idle])}。")
    ill = np.array([name in bad for name in units.output_names])
    envelope = _whole(units, rts)
    beta = [_distance(envelope, units, row, ill, weak) for row in range(len(units))]
    return Directional(units, tuple(bad), np.array(beta))


def _whole(units: Units, rts: str) -> Envelope:
    """All units: one that is dominated by goods may still span the frontier by its few bads."""
    sums = SUMS[choice(rts, tuple(SUMS), "规模报酬")]
    return Envelope(np.arange(len(units)), units.inputs.T, units.outputs.T, sums)


def _distance(
    envelope: Envelope, units: Units, row: int, ill: NDArray[np.bool_], weak: bool
) -> float:
    x, y = units.inputs[row], units.outputs[row]
    by_x, by_y = own_scale(x, units.inputs.mean(axis=0)), own_scale(y, units.outputs.mean(axis=0))
    matrix = np.zeros((len(x) + len(y) + 1, 1 + len(envelope.rows)))
    matrix[: len(x), 1:] = envelope.inputs / by_x[:, None]
    matrix[len(x) : -1, 1:] = envelope.outputs / by_y[:, None]
    matrix[len(x) : -1, 0] = np.where(ill, 1.0, -1.0) * y / by_y
    matrix[-1, 1:] = 1.0
    own = y / by_y
    low = [*([-FREE] * len(x)), *np.where(ill, own if weak else -FREE, own), 1 + envelope.sums[0]]
    high = [*(x / by_x), *np.where(ill, own, FREE), 1 + envelope.sums[1]]
    cost = np.zeros(matrix.shape[1])
    cost[0] = -1.0
    program = Program(cost, matrix, low, high, at_least=[-FREE] + [0.0] * len(envelope.rows))
    return -program.objective if program.solve() else float("nan")
