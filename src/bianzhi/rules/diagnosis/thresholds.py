"""Thresholds of the diagnosis: bands, formulas, peer classes, ended matters. Data, never code."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from bianzhi.core.days import parse_day
from bianzhi.core.errors import Problem, Refusal, refuse_if
from bianzhi.rules.pack import GRADES

# The signs in the order people read them, with the numbers each needs.
NEEDS: dict[str, tuple[str, ...]] = {
    "micro": ("least", "present"),
    "small": ("low", "high"),
    "scattered": ("low", "high"),
    "weak": ("low", "high", "months"),
    "shell": ("low", "high", "months"),
    "vacant": ("low", "high", "months", "least", "share"),
    "extinct": (),
    "overlap": ("least",),
    "mixed": ("other",),
    "uneven": ("few", "many", "blunt_few", "blunt_many", "peers"),
}
PARTS = ("small", "scattered", "weak")  # of 小散弱: no problem alone


@dataclass(frozen=True, kw_only=True)
class Sign:
    """One kind of trouble: its title, its formula in words, where both come from, its numbers."""

    key: str
    title: str
    formula: str
    source: str
    grade: str
    numbers: Mapping[str, float]
    weights: Mapping[str, float]

    def __getitem__(self, name: str) -> float:
        return self.numbers[name]


@dataclass(frozen=True, kw_only=True)
class Peers:
    """A class of like units, told by words of the name; ``measure`` is what they serve."""

    title: str
    names: tuple[str, ...]
    measure: str = ""
    towns: bool = False


@dataclass(frozen=True, kw_only=True)
class Ended:
    """A matter that was abolished on a day by a document."""

    words: tuple[str, ...]
    day: int
    title: str
    doc_no: str
    grade: str


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """A pack of the diagnosis."""

    title: str
    institutions: tuple[str, ...]
    departments: tuple[str, ...]
    towns: tuple[str, ...]
    apart: tuple[str, ...]
    signs: Mapping[str, Sign]
    peers: tuple[Peers, ...]
    ended: tuple[Ended, ...]


def read_thresholds(text: str) -> Thresholds:
    """A pack from its TOML.

    Raises:
        Refusal: With everything that is missing or wrong.
    """
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refusal.of(
            "bad-toml", f"诊断门槛读不懂：{error}", "请核对引号、等号和方括号"
        ) from None
    refuse_if(_wrong(given))
    scope = given["scope"]
    return Thresholds(
        title=given["title"],
        **{name: tuple(scope[name]) for name in ("institutions", "departments", "towns", "apart")},
        signs={key: _sign(key, given["signs"][key]) for key in NEEDS},
        peers=tuple(
            Peers(title=each["title"], names=tuple(each["names"]),
                  measure=each.get("measure", ""), towns=each.get("towns", False))
            for each in given.get("peers", [])
        ),
        ended=tuple(
            Ended(words=tuple(each["words"]), day=parse_day(each["day"]), title=each["title"],
                  doc_no=each.get("doc_no", ""), grade=each["grade"])
            for each in given.get("ended", [])
        ),
    )  # fmt: skip


def _sign(key: str, given: Mapping[str, Any]) -> Sign:
    return Sign(
        key=key, title=given["title"], formula=given["formula"], source=given["source"],
        grade=given["grade"], numbers={name: float(given[name]) for name in NEEDS[key]},
        weights={name: float(each) for name, each in given.get("weights", {}).items()},
    )  # fmt: skip


def _wrong(given: Mapping[str, Any]) -> list[Problem]:
    found = [
        Problem("missing", f"诊断门槛缺少“{name}”", "请照自带的门槛补上")
        for name in ("title", "scope", "signs") if name not in given
    ]  # fmt: skip
    signs = given.get("signs", {})
    for key, numbers in NEEDS.items():
        sign = signs.get(key, {})
        for name in ("title", "formula", "source", "grade", *numbers):
            if name not in sign:
                found.append(Problem("missing", f"[signs.{key}] 缺少“{name}”", "请补上", key))
        if "low" in numbers and "low" in sign and sign["low"] == sign.get("high"):
            found.append(Problem("flat-band", f"[signs.{key}] 的 low 和 high 相同", "", key))
    graded = [*signs.values(), *given.get("ended", [])]
    for grade in sorted({str(each.get("grade")) for each in graded} - set(GRADES)):
        known = "、".join(GRADES)
        found.append(Problem("bad-grade", f"证据等级“{grade}”不认识", f"可选的有：{known}"))
    return found


@cache
def usual() -> Thresholds:
    """The thresholds that come with the product."""
    text = files("bianzhi.rules.diagnosis.packs").joinpath("usual.toml").read_text("utf-8")
    return read_thresholds(text)
