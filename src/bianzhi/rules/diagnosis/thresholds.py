"""Thresholds of the diagnosis: bands, formulas, peer classes, ended matters. Data, never code."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from bianzhi.core.days import parse_day
from bianzhi.core.errors import Refusal, refuse_if
from bianzhi.rules.diagnosis.checking import faults
from bianzhi.rules.diagnosis.needs import NEEDS, SCOPE

VALIDITY = ("valid_from", "valid_until")


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
    """A class of like units, told by words of the name; ``measure`` is what they serve, counted
    by ``each`` (10000 residents, one bed), ``norm`` (with ``by``, as of CK-36) the standard of
    their trade."""

    title: str
    names: tuple[str, ...]
    measure: str = ""
    each: float = 1.0
    towns: bool = False
    norm: str = ""
    by: str = ""


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
    """A pack of the diagnosis, for the days from ``valid_from`` to ``valid_until``."""

    title: str
    institutions: tuple[str, ...]
    departments: tuple[str, ...]
    towns: tuple[str, ...]
    apart: tuple[str, ...]
    signs: Mapping[str, Sign]
    peers: tuple[Peers, ...]
    ended: tuple[Ended, ...]
    valid_from: int | None = None
    valid_until: int | None = None

    def in_force(self, day: int) -> bool:
        """Whether it is meant for a day."""
        after = self.valid_from is None or self.valid_from <= day
        return after and (self.valid_until is None or day <= self.valid_until)


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
    refuse_if(faults(given))
    scope = given["scope"]
    return Thresholds(
        title=given["title"],
        **_scope(scope), **_validity(given),
        signs={key: _sign(key, given["signs"][key]) for key in NEEDS},
        peers=tuple(
            Peers(title=each["title"], names=tuple(each["names"]),
                  measure=each.get("measure", ""),
                  each=float(each.get("each", 1)), towns=each.get("towns", False),
                  norm=each.get("norm", ""), by=each.get("by", ""))
            for each in given.get("peers", [])
        ),
        ended=tuple(
            Ended(words=tuple(each["words"]), day=parse_day(each["day"]), title=each["title"],
                  doc_no=each.get("doc_no", ""), grade=each["grade"])
            for each in given.get("ended", [])
        ),
    )  # fmt: skip


def _scope(scope: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(scope[name]) for name in SCOPE}


def _validity(given: Mapping[str, Any]) -> dict[str, Any]:
    return {name: parse_day(given[name]) for name in VALIDITY if name in given}


def _sign(key: str, given: Mapping[str, Any]) -> Sign:
    numbers = {name: float(given[name]) for name in NEEDS[key]}
    weights = {name: float(each) for name, each in given.get("weights", {}).items()}
    return Sign(
        key=key, title=given["title"], source=given["source"], grade=given["grade"],
        # the formula is written with the numbers themselves, so that it never tells of others
        formula=given["formula"].format(**numbers, **weights), numbers=numbers, weights=weights,
    )  # fmt: skip


@cache
def usual_text() -> str:
    """The text of the thresholds that come with the product, to start one's own from."""
    return files("bianzhi.rules.diagnosis.packs").joinpath("usual.toml").read_text("utf-8")


@cache
def usual() -> Thresholds:
    """The thresholds that come with the product."""
    return read_thresholds(usual_text())
