"""A rule: one function ``(material, parameters) -> findings``, and what is to be said of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import polars as pl

from bianzhi.rules.material import Material

Check = Callable[[Material, Any], pl.DataFrame]

# Whose error a finding is. The first two must never be mixed.
APPROVED, USED, RECORD = "approved", "used", "record"
FAMILIES = {
    APPROVED: "核定与标准",  # approved above the standard: the approver's error
    USED: "实配与核定",  # actual above approved: the unit's violation
    RECORD: "台账与手续",  # the record itself, deadlines, papers
}


@dataclass(frozen=True)
class Rule:
    """A rule.

    Attributes:
        code: CK-01 …, BZ-01 … for the product's own.
        title: What people call it.
        family: One of ``FAMILIES``.
        numbers: What the two numbers of its findings are, "" where it has none.
        parameters: The dataclass its parameters are read into.
        check: The function.
        area: Whether it speaks of the area as a whole (it cannot be run unit by unit).
        needs: What it needs beside the state, by :data:`bianzhi.rules.beside.KINDS`.
    """

    code: str
    title: str
    family: str
    numbers: tuple[str, str]
    parameters: type[Any]
    check: Check
    area: bool = False
    needs: tuple[str, ...] = ()

    @property
    def meaning(self) -> str:
        """The first sentence of the function's docstring."""
        return (self.check.__doc__ or "").strip().partition("\n")[0]


RULES: dict[str, Rule] = {}


@dataclass(frozen=True, kw_only=True)
class Nothing:
    """The parameters of a rule that has none."""


def rule(
    code: str, title: str, family: str, numbers: tuple[str, str] = ("", ""), *,
    parameters: type[Any] = Nothing, area: bool = False, needs: tuple[str, ...] = (),
) -> Callable[[Check], Check]:  # fmt: skip
    """Register a function as the rule of a code.

    Raises:
        ValueError: The code is taken.
    """

    def register(check: Check) -> Check:
        if code in RULES:
            raise ValueError(f"two rules are called {code}")
        RULES[code] = Rule(code, title, family, numbers, parameters, check, area, needs)
        return check

    return register
