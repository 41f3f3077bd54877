"""When targets cannot be met: the least that has to give, and which rules clash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bianzhi.methods.merging.model import Model
from bianzhi.methods.merging.program import Program, Row
from bianzhi.methods.merging.whole import cover_of

HUGE = 1e6


@dataclass(frozen=True)
class Shortfall:
    """Why there is no plan.

    Attributes:
        needed: Rule -> the limit that would do, for the least change in all (each counted in
            shares of its own limit).
        conflict: Rules that cannot hold together, none of which could be left out of the list;
            the laws of the model stand behind them.
    """

    needed: tuple[tuple[str, float, float], ...]
    conflict: tuple[str, ...]

    def summary(self) -> str:
        """In words."""
        told = "；".join(
            f"“{name}”须放宽到 {least:g}（现为 {limit:g}）" for name, limit, least in self.needed
        )
        clash = "、".join(f"“{name}”" for name in self.conflict)
        against = f"{clash} 不能同时成立" if len(self.conflict) > 1 else f"{clash} 无法达到"
        return f"没有满足全部规则的方案：{against}。最少的改动是：{told}。"


def alone(refused: Sequence[tuple[Row, float]]) -> Shortfall:
    """Rules that cannot be kept even with no other: each is a conflict of its own, the first is
    named as such, all are told with what they can come to."""
    needed = tuple((row.name, row.limit, round(least, 6)) for row, least in refused)
    return Shortfall(needed, (refused[0][0].name,))


def shortfall(program: Program, seconds: float = 60.0) -> Shortfall:
    """What stands in the way of a program without a plan."""
    soft = [row for row in program.rows if row.soft]
    hard = [row for row in program.rows if not row.soft]
    prices = [1.0 / max(1.0, row.limit) for row in soft] + [HUGE] * len(hard)
    model = Model([0.0] * len(program.costs), cover_of(program), [*soft, *hard], slack=prices)
    model.solve(seconds)
    beyond = model.beyond()[: len(soft)]
    needed = tuple(
        (row.name, row.limit, round(row.limit + more, 6))
        for row, more in zip(soft, beyond, strict=True) if more > 1e-6
    )  # fmt: skip
    return Shortfall(needed, _conflict(program, soft, hard, seconds))


def _conflict(
    program: Program, soft: list[Row], hard: list[Row], seconds: float
) -> tuple[str, ...]:
    """A set of targets that cannot hold together and would if any one were dropped."""
    kept = list(soft)
    for row in soft:
        fewer = [each for each in kept if each is not row]
        if not _possible(replace(program, rows=[*fewer, *hard]), seconds):
            kept = fewer
    return tuple(row.name for row in kept)


def _possible(program: Program, seconds: float) -> bool:
    model = Model([0.0] * len(program.costs), cover_of(program), program.rows)
    return model.solve(seconds).feasible
