"""How firm the grades are: weights moved a little, many times, from a seed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from bianzhi.methods.indicators.errors import IndicatorError
from bianzhi.methods.indicators.evaluation import Evaluation
from bianzhi.methods.indicators.system import SIDES


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Attributes: frame: unit, side, grade, changed (share of the draws), low, high (score)."""

    frame: pl.DataFrame
    draws: int
    spread: float

    def to_frame(self) -> pl.DataFrame:
        """One row a unit and side."""
        return self.frame

    def summary(self) -> str:
        """One sentence, and the units least firm."""
        shaky = self.frame.filter(pl.col("changed") > 0.05).sort("changed", descending=True)
        lines = [
            f"权重上下浮动 {self.spread:.0%}，试 {self.draws} 次："
            f"{self.frame.height - shaky.height} 项评定稳定，"
            f"{shaky.height} 项有 5% 以上的情形改变等次"
        ]
        lines += [f"　{unit}（{side}）{grade}，{share:.0%} 的情形改变"
                  for unit, side, grade, share in
                  shaky.select("unit", "side", "grade", "changed").head(5).iter_rows()]  # fmt: skip
        return "\n".join(lines)


def sensitivity(made: Evaluation, *, spread: float, draws: int, seed: int) -> Sensitivity:
    """How often grades change when every weight moves independently by up to ± ``spread``.

    Args:
        spread: Above 0, below 1: 0.2 draws each weight evenly from 80 % to 120 % of itself.
        draws, seed: How many draws and their seed; the same seed gives the same answer.

    Raises:
        IndicatorError: A spread or number of draws that makes no sense.

    Vetoes and bonuses stay as they are.

    Source: Saisana, Saltelli & Tarantola (2005, JRSS A 168:307—323): weights drawn at random.
    """
    if not 0 < spread < 1 or draws < 1:
        raise IndicatorError("权重浮动应当在 0 与 1 之间，次数至少一次")
    chance, frame = np.random.default_rng(seed), made.to_frame()
    parts = [_side(made, frame.filter(pl.col("side") == side), spread, draws, chance)
             for side in SIDES]  # fmt: skip
    return Sensitivity(pl.concat(parts), draws, spread)


def _side(
    made: Evaluation, frame: pl.DataFrame, spread: float, draws: int, chance: np.random.Generator
) -> pl.DataFrame:
    side, units = frame["side"].first() or "", frame["unit"].to_list()
    codes = [each.code for each in made.system.scored(str(side))]
    own = made.items.filter(pl.col("side") == side)
    full, score = (_matrix(own, units, codes, name) for name in ("points", "score"))
    bonus = own.filter(pl.col("role") == "bonus").group_by("unit").agg(pl.col("score").sum())
    extra = dict(bonus.iter_rows())
    factor = chance.uniform(1 - spread, 1 + spread, (len(codes), draws))
    with np.errstate(invalid="ignore", divide="ignore"):
        plain = score @ factor / (full @ factor) * 100
    more = np.array([extra.get(unit, 0.0) for unit in units]).reshape(-1, 1)
    drawn = np.asarray(np.round(np.clip(plain + more, 0, 100), 9))
    least = np.array([at for at, _ in reversed(made.system.grades)])
    now = np.searchsorted(least, frame["score"].to_numpy(), side="right")
    moved = np.searchsorted(least, drawn, side="right") != now[:, None]
    moved[frame["vetoed"].to_numpy()] = False
    return frame.select("unit", "side", "grade").with_columns(
        changed=pl.Series(moved.mean(axis=1) if draws else [], dtype=pl.Float64),
        low=pl.Series(drawn.min(axis=1), dtype=pl.Float64),
        high=pl.Series(drawn.max(axis=1), dtype=pl.Float64),
    )


def _matrix(
    items: pl.DataFrame, units: list[str], codes: list[str], name: str
) -> NDArray[np.float64]:
    """units × codes of a column of the items, 0 where none."""
    place, column = (
        {unit: k for k, unit in enumerate(units)},
        {code: k for k, code in enumerate(codes)},
    )
    found = np.zeros((len(units), len(codes)))
    for unit, code, value in items.select("unit", "indicator", name).iter_rows():
        if unit in place and code in column:
            found[place[unit], column[code]] = value
    return found
