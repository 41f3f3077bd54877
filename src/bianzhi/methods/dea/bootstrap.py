"""Confidence intervals: how much of a score is the luck of who was in the sample."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from bianzhi.methods.dea.engine import pick
from bianzhi.methods.dea.errors import BadQuestion
from bianzhi.methods.dea.radial import radial
from bianzhi.methods.dea.units import Floats, Units

FEWEST_ROUNDS = 100


@dataclass(frozen=True, eq=False)
class Bootstrap:
    """Attributes:
    units, rts, level: The model.
    scores: (n,) input-oriented θ. corrected: (n,) less its estimated bias; always lower.
    low, high: (n,) bounds of the interval at `level`; both lie below θ, which is too kind.
    bandwidth: Of the smoothing.
    """

    units: Units
    rts: str
    level: float
    scores: Floats
    corrected: Floats
    low: Floats
    high: Floats
    bandwidth: float

    def to_frame(self) -> pl.DataFrame:
        """A row a unit."""
        return pl.DataFrame(
            {
                "单位": self.units.names,
                "效率": self.scores,
                "纠偏效率": self.corrected,
                "下限": self.low,
                "上限": self.high,
            }
        )

    def summary(self) -> str:
        """The result in a few sentences."""
        width = float(np.mean(self.high - self.low))
        return "\n".join(
            [
                f"自助法 {self.level:.0%} 置信区间，平均宽 {width:.3f}；"
                f"纠偏后效率平均 {self.corrected.mean():.3f}（原 {self.scores.mean():.3f}）。"
                "区间重叠的单位不宜排先后。",
                *self.units.notes,
            ]
        )


def bootstrap(
    units: Units,
    *,
    seed: int,
    rts: str = "vrs",
    rounds: int = 1_000,
    level: float = 0.95,
    engine: str = "auto",
) -> Bootstrap:
    """Smoothed homogeneous bootstrap of Simar & Wilson (1998), input oriented.

    Args:
        seed: Of the random numbers; the same seed gives the same interval.
        rounds: How many samples; 1,000 to 2,000 for an interval of 95 %.
        level: Of the interval, in (0, 1).

    Raises:
        BadQuestion: Too few rounds, a level outside (0, 1), or a unit without a positive score.
    """
    if rounds < FEWEST_ROUNDS or not 0 < level < 1:
        raise BadQuestion(f"自助法至少抽 {FEWEST_ROUNDS} 次，置信水平在 0 与 1 之间。")
    scores = radial(units, rts=rts, slacks=False, engine=engine).scores
    if not (scores > 0).all():
        raise BadQuestion("有单位没有得分或得分为零，不能做自助法，请先查看 radial 的结果。")
    chance = np.random.default_rng(seed)
    width = _bandwidth(scores)
    chosen = pick(engine, len(units) * rounds // 12)  # few units make small programs
    drawn = np.empty((rounds, len(units)))
    for number in range(rounds):
        pseudo = scores / _draw(scores, width, chance)
        moved = Units(
            units.names, units.input_names, units.output_names,
            units.inputs * pseudo[:, None], units.outputs,
        )  # fmt: skip
        drawn[number] = radial(units, rts=rts, against=moved, slacks=False, engine=chosen).scores
    bias = np.nanmean(drawn, axis=0) - scores
    tails = np.nanquantile(drawn - scores, [(1 + level) / 2, (1 - level) / 2], axis=0)
    return Bootstrap(
        units, rts, level, scores, scores - bias, scores - tails[0], scores - tails[1], width
    )


def _bandwidth(scores: Floats) -> float:
    """Silverman's normal rule on the scores and their reflection at one (Simar & Wilson 1998)."""
    inner = scores[scores < 1 - 1e-8]
    both = np.concatenate([inner, 2 - inner]) if inner.size else np.array([1.0])
    spread = both.std(ddof=1) if both.size > 1 else 0.0
    quartiles = np.subtract(*np.quantile(both, [0.75, 0.25])) / 1.34
    least = min(spread, quartiles) if quartiles > 0 else spread
    factor = (both.size / scores.size) ** 0.2 * (scores.std(ddof=1) / spread) if spread > 0 else 0.0
    return float(0.9 * least * both.size**-0.2 * factor)


def _draw(scores: Floats, width: float, chance: np.random.Generator) -> Floats:
    """Scores from the smoothed distribution, reflected at one, with its variance put right."""
    n = len(scores)
    base = chance.choice(scores, n)
    noisy = base + width * chance.standard_normal(n)
    noisy = np.where(noisy > 1, 2 - noisy, noisy)
    shrunk = base.mean() + (noisy - base.mean()) / np.sqrt(1 + width**2 / max(scores.var(), 1e-12))
    result: Floats = np.clip(shrunk, scores.min() / 2, 1.0)
    return result
