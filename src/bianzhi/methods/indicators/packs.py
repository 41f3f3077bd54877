"""Indicator systems from TOML, and the two that come with the program."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from bianzhi.methods.indicators.errors import IndicatorError
from bianzhi.methods.indicators.rules import Band, Checklist, Deduction, Manual, Ratio
from bianzhi.methods.indicators.system import Indicator, System

RULES: Mapping[str, type[Any]] = {
    "ratio": Ratio, "band": Band, "deduction": Deduction, "checklist": Checklist, "manual": Manual,
}  # fmt: skip
TEXTS = ("role", "missing", "figure", "grade", "source")


def load(path: Path) -> System:
    """A system from a TOML file.

    Raises:
        IndicatorError: A field missing or impossible.
    """
    return parse(path.read_text(encoding="utf-8"), path.name)


@cache
def example() -> System:
    """Items of a fiscal evaluation table in use (部门整体支出绩效), to be confirmed first."""
    return _shipped("fiscal.toml")


@cache
def default() -> System:
    """A whole system to begin with, put together from what is published of local ones.

    A proposal (grade D), to be looked through, changed and confirmed; every indicator says what
    its figure is and where its like is in use.
    """
    return _shipped("default.toml")


def _shipped(name: str) -> System:
    return parse(files("bianzhi.methods.indicators").joinpath(name).read_text("utf-8"), name)


def parse(text: str, name: str = "") -> System:
    """A system from TOML text; errors as :func:`load`."""
    raw = tomllib.loads(text)
    try:
        made = tuple(_indicator(code, each) for code, each in raw["indicators"].items())
        return System(
            raw["title"], made, [(float(at), str(to)) for at, to in raw["grades"]],
            int(raw["least_class"]), raw["grade"], raw["source"], raw["grade"] == "V",
            tuple(raw.get("classes", ())), raw.get("dimensions", {}),
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
    more = {key: raw[key] for key in TEXTS if key in raw}
    return Indicator(code, raw["title"], raw["dimension"], raw["side"], raw["points"], rule, **more)
