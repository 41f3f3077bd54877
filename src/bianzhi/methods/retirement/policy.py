"""The law as data: categories, steps and ends stand in a dated pack, not in code."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from bianzhi.methods.retirement.errors import RetirementError
from bianzhi.methods.retirement.months import month_number

SURE = "V"  # the only grade that may be used without the office's own confirmation


@dataclass(frozen=True, slots=True)
class Category:
    """A class of staff with one rule.

    Attributes:
        original: Retirement age before the raising, months.
        raise_from: Number of the first birth month whose age is raised; None: never raised.
        step: One month later for every so many birth months.
        most: The raise stops at so many months.
        early: Longest flexible advance, months; never below ``original``.
        late: Longest flexible delay, months.
        grade: V, V- or K (how well the figures are sourced); only V is enabled at first.
    """

    code: str
    name: str
    original: int
    raise_from: int | None = None
    step: int = 1
    most: int = 0
    early: int = 0
    late: int = 0
    grade: str = "K"
    source: str = ""
    enabled: bool = False


@dataclass(frozen=True, slots=True)
class Contribution:
    """Least months of contributions by the year of retirement (办法第二条)."""

    base: int
    raise_from: int
    step: int
    most: int

    def months(self, year: int) -> int:
        """Least months of contributions of those who retire in a year."""
        raised = max(0, year - self.raise_from + 1) * self.step
        return min(self.base + raised, self.most)


@dataclass(frozen=True, slots=True)
class Flexible:
    """How leaving earlier or later is arranged.

    Attributes:
        notice_early, notice_late: Months before, in writing.
        managers_late: Whether civil servants, leaders and managers may stay on.
    """

    notice_early: int
    notice_late: int
    managers_late: bool
    grade: str = "K"
    source: str = ""
    enabled: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """A pack: title, source, the month it came into force, categories by code.

    ``flexible`` is None where a pack says nothing of it.
    """

    title: str
    source: str
    in_force: int
    contribution: Contribution
    categories: Mapping[str, Category]
    flexible: Flexible | None = None

    def category(self, code: str) -> Category:
        """The category to be used.

        Raises:
            RetirementError: Unknown, or not confirmed for use.
        """
        found = self.categories.get(code)
        if found is None:
            raise RetirementError(f"没有“{code}”这一类：可用的有 {'、'.join(self.categories)}")
        if not found.enabled:
            raise RetirementError(
                f"“{found.name}”的参数等级为 {found.grade}（{found.source}），尚未核实："
                f"核实后用 policy.confirm({code!r}) 启用"
            )
        return found

    def confirm(self, *codes: str) -> Policy:
        """A pack in which the office has confirmed these categories."""
        unknown = [code for code in codes if code not in self.categories]
        if unknown:
            raise RetirementError(f"没有这些类别，无法启用：{'、'.join(unknown)}")
        confirmed = {code: replace(self.categories[code], enabled=True) for code in codes}
        return replace(self, categories={**self.categories, **confirmed})

    def confirm_flexible(self) -> Policy:
        """A pack in which the office has confirmed how leaving earlier or later is arranged."""
        if self.flexible is None:
            raise RetirementError(f"“{self.title}”没有写弹性退休怎样办理，无法启用")
        return replace(self, flexible=replace(self.flexible, enabled=True))


def load(path: Path) -> Policy:
    """A pack from a TOML file of the same form as the national one.

    Raises:
        RetirementError: A field is missing or impossible.
    """
    return _policy(tomllib.loads(path.read_text(encoding="utf-8")), path.name)


@cache
def national() -> Policy:
    """The Decision of 2024-09-13, in force 2025-01-01, with what was law before."""
    text = files("bianzhi.methods.retirement").joinpath("decision_2024.toml").read_text("utf-8")
    return _policy(tomllib.loads(text), "decision_2024.toml")


def _policy(raw: Mapping[str, Any], name: str) -> Policy:
    try:
        kept = {key: raw["contribution"][key] for key in ("base", "raise_from", "step", "most")}
        categories = {code: _category(code, each) for code, each in raw["categories"].items()}
        return Policy(
            raw["title"], raw["source"], month_number(raw["in_force"]),
            Contribution(**kept), categories, _flexible(raw.get("flexible")),
        )  # fmt: skip
    except KeyError as error:
        raise RetirementError(f"退休参数 {name} 缺少 {error.args[0]}：请补上这一项") from None


def _flexible(raw: Mapping[str, Any] | None) -> Flexible | None:
    if raw is None:
        return None
    return Flexible(
        int(raw["notice_early"]), int(raw["notice_late"]), bool(raw["managers_late"]),
        raw["grade"], raw["source"], raw["grade"] == SURE,
    )  # fmt: skip


def _category(code: str, raw: Mapping[str, Any]) -> Category:
    first = raw.get("raise_from")
    numbers = {key: int(raw[key]) for key in ("step", "most", "early", "late") if key in raw}
    if numbers.get("step", 1) < 1 or min(numbers.values(), default=0) < 0:
        raise RetirementError(f"“{raw['name']}”的延迟步长须为正整数，其余不得为负")
    return Category(
        code, raw["name"], 12 * raw["original"],
        None if first is None else month_number(first), **numbers,
        grade=raw["grade"], source=raw["source"], enabled=raw["grade"] == SURE,
    )  # fmt: skip
