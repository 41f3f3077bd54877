"""Scoring rules: from a figure to points, with the reason in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from bianzhi.methods.indicators.errors import IndicatorError


class Rule(Protocol):
    """What every scoring rule does."""

    def score(self, value: float, points: float) -> float:
        """Points for a value, 0 to ``points``."""

    def words(self, value: float, points: float) -> str:
        """What a value gets by the rule, for the explanation."""

    def text(self, points: float) -> str:
        """The rule in words, whatever the value."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """Points in proportion, full at ``full``; ``down``: the smaller the better."""

    full: float = 1.0
    down: bool = False

    def __post_init__(self) -> None:
        if not self.full > 0:
            raise IndicatorError(f"比例计分的满分值为 {self.full}：应当大于 0")

    def score(self, value: float, points: float) -> float:
        """points × min(value/full, 1), or min(full/value, 1).

        Raises:
            IndicatorError: A value below 0.
        """
        if value < 0:
            raise IndicatorError(f"比例计分的数为 {value:g}：不应为负")
        if self.down:
            return points if value <= self.full else points * self.full / value
        return points * min(value / self.full, 1.0)

    def words(self, value: float, points: float) -> str:
        """The value, then the rule."""
        return f"{value:g}；{self.text(points)}"

    def text(self, points: float) -> str:
        """The rule in words."""
        side = "不高于" if self.down else "达到"
        return f"{side} {self.full:g} 得满分 {points:g}，否则按比例"


@dataclass(frozen=True, slots=True)
class Band:
    """Bands (up to and including, share of the points), ascending; the last end may be inf."""

    bands: Sequence[tuple[float, float]]

    def __post_init__(self) -> None:
        ends = [end for end, _ in self.bands]
        if not ends or ends != sorted(set(ends)):
            raise IndicatorError("分档计分的各档上限应当由小到大")
        if any(not 0 <= share <= 1 for _, share in self.bands):
            raise IndicatorError("分档计分的得分比例应当在 0 与 1 之间")

    def score(self, value: float, points: float) -> float:
        """The points of the band.

        Raises:
            IndicatorError: Above the last band.
        """
        for end, share in self.bands:
            if value <= end:
                return points * share
        raise IndicatorError(f"{value:g} 超出最后一档 {self.bands[-1][0]:g}：请补上分档")

    def words(self, value: float, points: float) -> str:
        """The value, then the rule."""
        return f"{value:g}；{self.text(points)}"

    def text(self, points: float) -> str:
        """The rule in words."""
        return "，".join(
            f"{'以上' if math.isinf(end) else f'≤{end:g}'} 得 {points * share:g}"
            for end, share in self.bands
        )


@dataclass(frozen=True, slots=True)
class Deduction:
    """Full up to ``start``; every ``step`` beyond takes ``each`` points, not below ``floor``.

    Attributes:
        below: Beyond means below ``start``. whole: Only full steps count (每满一个); otherwise
            parts of a step count in proportion.
    """

    start: float
    step: float
    each: float
    floor: float = 0.0
    below: bool = False
    whole: bool = False

    def __post_init__(self) -> None:
        if not (self.step > 0 and self.each >= 0):
            raise IndicatorError("扣分的步长应当大于 0，每步扣分不应为负")

    def score(self, value: float, points: float) -> float:
        """Points left; on exact fractions, so that 1.15 is fifteen steps above 1."""
        beyond = _exact(value) - _exact(self.start)
        steps = max(-beyond if self.below else beyond, Fraction(0)) / _exact(self.step)
        if self.whole:
            steps = Fraction(math.floor(steps))
        return float(max(_exact(points) - steps * _exact(self.each), _exact(self.floor)))

    def words(self, value: float, points: float) -> str:
        """The value, then the rule."""
        return f"{value:g}；{self.text(points)}"

    def text(self, points: float) -> str:
        """The rule in words."""
        side, how = ("低于" if self.below else "超过"), ("每满" if self.whole else "每")
        return (
            f"{side} {self.start:g} 的{how} {self.step:g} 扣 {self.each:g} 分，"
            f"扣至 {self.floor:g} 分为止"
        )


@dataclass(frozen=True, slots=True)
class Checklist:
    """So many of ``items`` requirements met, each worth the same."""

    items: int

    def score(self, value: float, points: float) -> float:
        """points × value / items.

        Raises:
            IndicatorError: Not a whole number from 0 to ``items``.
        """
        if value != int(value) or not 0 <= value <= self.items:
            raise IndicatorError(f"清单共 {self.items} 项，符合 {value:g} 项：请核对")
        return points * value / self.items

    def words(self, value: float, points: float) -> str:
        """How many are met, then the rule."""
        return f"{self.items} 项符合 {value:g} 项，每项 {points / self.items:g} 分"

    def text(self, points: float) -> str:
        """The rule in words."""
        return f"{self.items} 项，每项 {points / self.items:g} 分"


@dataclass(frozen=True, slots=True)
class Manual:
    """Points given by people; counts only with evidence (checked where the figures are read)."""

    def score(self, value: float, points: float) -> float:
        """The points given.

        Raises:
            IndicatorError: Outside 0—``points``.
        """
        if not 0 <= value <= points:
            raise IndicatorError(f"评分 {value:g} 不在 0 与满分 {points:g} 之间")
        return value

    def words(self, value: float, points: float) -> str:
        """The points given."""
        return f"评议 {value:g}（满分 {points:g}）"

    def text(self, points: float) -> str:
        """The rule in words."""
        return f"评议，满分 {points:g}，附依据"


def _exact(value: float) -> Fraction:
    return Fraction(repr(float(value)))
