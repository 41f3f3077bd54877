"""An indicator system as values: indicators, sides, weights, grades."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from bianzhi.methods.indicators.errors import IndicatorError
from bianzhi.methods.indicators.rules import Rule

SIDES = ("执行", "效益")
ROLES = {"score": "计分", "veto": "一票否决", "bonus": "加减分"}
MISSING = {"refuse": "退回补齐", "zero": "按 0 分", "exclude": "不计此项"}


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator.

    Attributes:
        side: 执行 or 效益; an indicator belongs to one, so the two scores never mix.
        points: Full marks, its weight within the side. rule: How a figure becomes points.
        role: ``score``; ``veto`` (a figure above 0 puts the side in the last grade); ``bonus``
            (points added or taken, within ± ``points``).
        missing: ``refuse`` the evaluation, count ``zero``, or ``exclude`` the item for the unit.
        figure: What the figure is and where it comes from, in words.
        grade, source: How well this indicator is sourced, and where its like is in use.
    """

    code: str
    title: str
    dimension: str
    side: str
    points: float
    rule: Rule
    role: str = "score"
    missing: str = "refuse"
    figure: str = ""
    grade: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class System:
    """A system.

    Attributes:
        grades: (least score of 100, name), falling. least_class: Ranks only in peer classes of
            at least so many. grade, source: How well it is sourced. confirmed: May be used.
        classes: Peer classes to be used; empty leaves them free.
        dimensions: Points each dimension is to have, both sides together; empty does not check.
    """

    title: str
    indicators: tuple[Indicator, ...]
    grades: Sequence[tuple[float, str]]
    least_class: int = 5
    grade: str = "D"
    source: str = ""
    confirmed: bool = False
    classes: tuple[str, ...] = ()
    dimensions: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        codes = [each.code for each in self.indicators]
        if len(codes) != len(set(codes)):
            raise IndicatorError("指标代码有重复：请核对")
        least = [score for score, _ in self.grades]
        if not least or least != sorted(set(least), reverse=True) or least[-1] > 0:
            raise IndicatorError("等次应当由高到低，最后一等从 0 分起")
        for each in self.indicators:
            _possible(each)
        if self.dimensions:
            _balanced(self)

    def confirm(self) -> System:
        """The same system, confirmed by the office."""
        return replace(self, confirmed=True)

    def scored(self, side: str) -> list[Indicator]:
        """The indicators of a side that carry points."""
        return [each for each in self.indicators if each.side == side and each.role == "score"]

    def weighted(self, weights: Mapping[str, float]) -> System:
        """The same system with other weights: each side's points are spread by them.

        Raises:
            IndicatorError: A scored indicator without a weight, or weights that are not positive.
        """
        missing = [each.code for each in self.indicators
                   if each.role == "score" and not weights.get(each.code, 0) > 0]  # fmt: skip
        if missing:
            raise IndicatorError(f"这些指标没有大于 0 的权重：{'、'.join(missing)}")
        points: dict[str, float] = {}
        for side in SIDES:
            own = self.scored(side)
            full, whole = sum(each.points for each in own), sum(weights[each.code] for each in own)
            points |= {each.code: full * weights[each.code] / whole for each in own}
        made = tuple(replace(each, points=points.get(each.code, each.points))
                     for each in self.indicators)  # fmt: skip
        return replace(self, indicators=made, dimensions={})

    def to_frame(self) -> pl.DataFrame:
        """One row an indicator: side, dimension, code, title, points, role, rule (in words),
        figure, missing, grade, source."""
        rows = [(each.side, each.dimension, each.code, each.title, each.points, ROLES[each.role],
                 each.rule.text(each.points), each.figure, MISSING[each.missing],
                 each.grade or self.grade, each.source or self.source)
                for each in self.indicators]  # fmt: skip
        names = ("side", "dimension", "code", "title", "points", "role", "rule", "figure",
                 "missing", "grade", "source")  # fmt: skip
        return pl.DataFrame(rows, schema=names, orient="row")

    def summary(self) -> str:
        """What it is, the points of each side, the grades."""
        sides = [f"{side} {len(own)} 项 {sum(each.points for each in own):g} 分"
                 for side in SIDES if (own := self.scored(side))]  # fmt: skip
        held = Counter(each.role for each in self.indicators)
        others = [f"{ROLES[role]} {held[role]} 项" for role in ("veto", "bonus") if held[role]]
        grades = "，".join(f"{name} ≥{least:g}" for least, name in self.grades)
        return f"{self.title}（等级 {self.grade}）：{'，'.join(sides + others)}；{grades}"


def _possible(each: Indicator) -> None:
    if each.side not in SIDES:
        raise IndicatorError(f"指标“{each.title}”的一侧为“{each.side}”：应为执行或效益")
    if each.missing not in MISSING or each.role not in ROLES:
        raise IndicatorError(f"指标“{each.title}”的缺失处理或作用写错了：请核对")
    if not each.points > 0:
        raise IndicatorError(f"指标“{each.title}”的分值应当大于 0")


def _balanced(system: System) -> None:
    """The points of each dimension are what the system says they are."""
    held = dict.fromkeys(system.dimensions, 0.0)
    for each in system.indicators:
        if each.role == "score":
            if each.dimension not in held:
                raise IndicatorError(f"指标“{each.title}”的维度“{each.dimension}”没有列明分值")
            held[each.dimension] += each.points
    for name, points in system.dimensions.items():
        if abs(held[name] - points) > 1e-9:
            raise IndicatorError(
                f"维度“{name}”应为 {points:g} 分，所属指标合计 {held[name]:g} 分：请核对"
            )
