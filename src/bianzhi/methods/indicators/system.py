"""An indicator system as data, from TOML."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from bianzhi.methods.indicators.errors import IndicatorError
from bianzhi.methods.indicators.rules import Band, Checklist, Deduction, Manual, Ratio, Rule

SIDES = ("执行", "效益")
POLICIES = ("refuse", "zero", "exclude")
RULES: Mapping[str, type[Any]] = {
    "ratio": Ratio, "band": Band, "deduction": Deduction, "checklist": Checklist, "manual": Manual,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator.

    Attributes:
        side: 执行 or 效益; an indicator belongs to one, so the two scores never mix.
        points: Full marks, its weight within the side. rule: How a figure becomes points.
        role: ``score``; ``veto`` (a figure above 0 puts the side in the last grade); ``bonus``
            (points added or taken, within ± ``points``).
        missing: ``refuse`` the evaluation, count ``zero``, or ``exclude`` the item for the unit.
    """

    code: str
    title: str
    dimension: str
    side: str
    points: float
    rule: Rule
    role: str = "score"
    missing: str = "refuse"


@dataclass(frozen=True, slots=True)
class System:
    """A system.

    Attributes:
        grades: (least score of 100, name), falling. least_class: Ranks only in peer classes of
            at least so many. grade, source: How well it is sourced. confirmed: May be used.
    """

    title: str
    indicators: tuple[Indicator, ...]
    grades: Sequence[tuple[float, str]]
    least_class: int = 5
    grade: str = "D"
    source: str = ""
    confirmed: bool = False

    def __post_init__(self) -> None:
        codes = [each.code for each in self.indicators]
        if len(codes) != len(set(codes)):
            raise IndicatorError("指标代码有重复：请核对")
        least = [score for score, _ in self.grades]
        if not least or least != sorted(set(least), reverse=True) or least[-1] > 0:
            raise IndicatorError("等次应当由高到低，最后一等从 0 分起")
        for each in self.indicators:
            _possible(each)

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
        return replace(self, indicators=made)


def _possible(each: Indicator) -> None:
    if each.side not in SIDES:
        raise IndicatorError(f"指标“{each.title}”的一侧为“{each.side}”：应为执行或效益")
    if each.missing not in POLICIES or each.role not in ("score", "veto", "bonus"):
        raise IndicatorError(f"指标“{each.title}”的缺失处理或作用写错了：请核对")
    if not each.points > 0:
        raise IndicatorError(f"指标“{each.title}”的分值应当大于 0")


def load(path: Path) -> System:
    """A system from a TOML file.

    Raises:
        IndicatorError: A field missing or impossible.
    """
    return parse(path.read_text(encoding="utf-8"), path.name)


@cache
def example() -> System:
    """Items of a fiscal evaluation table in use (部门整体支出绩效), to be confirmed first."""
    name = "fiscal.toml"
    return parse(files("bianzhi.methods.indicators").joinpath(name).read_text("utf-8"), name)


def parse(text: str, name: str = "") -> System:
    """A system from TOML text; errors as :func:`load`."""
    raw = tomllib.loads(text)
    try:
        made = tuple(_indicator(code, each) for code, each in raw["indicators"].items())
        return System(
            raw["title"], made, [(float(at), str(to)) for at, to in raw["grades"]],
            int(raw["least_class"]), raw["grade"], raw["source"], raw["grade"] == "V",
        )  # fmt: skip
    except KeyError as error:
        raise IndicatorError(f"指标体系 {name} 缺少 {error.args[0]}：请补上这一项") from None


def _indicator(code: str, raw: Mapping[str, Any]) -> Indicator:
    given = dict(raw["rule"])
    kind = given.pop("kind")
    if kind not in RULES:
        raise IndicatorError(f"没有“{kind}”这种计分规则：可用的有 {'、'.join(RULES)}")
    try:
        rule = RULES[kind](**given)
    except TypeError:
        raise IndicatorError(f"指标“{raw['title']}”的计分规则参数不对：{given}") from None
    more = {key: raw[key] for key in ("role", "missing") if key in raw}
    return Indicator(code, raw["title"], raw["dimension"], raw["side"], raw["points"], rule, **more)
