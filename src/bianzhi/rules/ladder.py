"""Ladders: 编制 10 名以下 1—2 名 …; every bound includes its number (以下、以上含本数)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

import polars as pl

from bianzhi.core.errors import Problem, Refusal, refuse_if
from bianzhi.core.quantity import parse_quantity, quantity
from bianzhi.rules.finding import EXACT

_STEPS = {"from", "to", "least", "most"}


class Step(NamedTuple):
    """One step: a base of ``from_`` to ``to`` (both included; None: no end) is allowed
    ``least`` to ``most`` (both included)."""

    from_: Decimal
    to: Decimal | None
    least: Decimal
    most: Decimal

    def __str__(self) -> str:
        base = f"{_plain(self.from_)} 名以上"
        if self.to is not None:
            base = f"{_plain(self.from_)}—{_plain(self.to)} 名"
        if self.least == 0:
            return f"{base}至多 {_plain(self.most)}"
        band = "" if self.least == self.most else f"{_plain(self.least)}—"
        return f"{base} {band}{_plain(self.most)}"


class Ladder(NamedTuple):
    """Steps in order. Texts count whole posts: a base of 10.5 stands on the step up to 10."""

    steps: tuple[Step, ...]

    def __str__(self) -> str:
        """As people write it, with what it says nothing of."""
        told = "；".join(map(str, self.steps))
        first, last = self.steps[0].from_, self.steps[-1].to
        open_ = [f"不到 {_plain(first)} 名"] if first > 0 else []
        open_ += [f"超过 {_plain(last)} 名"] if last is not None else []
        return f"{told}（{'、'.join(open_)}的不判）" if open_ else told

    def at(self, base: Decimal) -> Step | None:
        """The step a base falls on.

        >>> one = read_ladder([{"from": 0, "to": 10, "least": 1, "most": 2}])
        >>> int(one.at(Decimal(10)).most), one.at(Decimal(11))
        (2, None)
        """
        return next((each for each in self.steps if _on(each, base)), None)

    def bound(self, base: pl.Expr, which: str) -> pl.Expr:
        """``least`` or ``most`` for every base of a column; null where no step fits."""
        result = pl.lit(None, EXACT)
        for step in reversed(self.steps):
            fits = base >= pl.lit(step.from_, EXACT)
            if step.to is not None:
                fits &= base < pl.lit(step.to + 1, EXACT)
            value = step.least if which == "least" else step.most
            result = pl.when(fits).then(pl.lit(value, EXACT)).otherwise(result)
        return result


def _on(step: Step, base: Decimal) -> bool:
    return step.from_ <= base and (step.to is None or base < step.to + 1)


def read_ladder(value: object) -> Ladder:
    """A ladder as a pack writes it: a list of ``{from, to, least, most}``.

    Steps count whole posts: 10 is followed by 11.

    Raises:
        Refusal: No list, a step without its numbers, steps that overlap or leave a gap.
    """
    if not isinstance(value, list) or not value:
        raise Refusal.of("bad-ladder", "阶梯应当是一列分档", "请逐档写明 from、to、least、most")
    steps = [_step(number, each) for number, each in enumerate(value, 1)]
    refuse_if(_wrong(steps))
    return Ladder(tuple(steps))


def _step(number: int, given: object) -> Step:
    if not isinstance(given, dict) or not {"from", "most"} <= given.keys() <= _STEPS:
        raise Refusal.of(
            "bad-step",
            f"第 {number} 档不完整：要有 from（起）、most（至多），可有 to（止）、least（至少）",
            "以下、以上都含本数：“10 名以下”写 to = 10，下一档从 11 起",
        )  # fmt: skip
    numbers = {name: quantity(parse_quantity(each)) for name, each in given.items()}
    most = numbers["most"]
    return Step(numbers["from"], numbers.get("to"), numbers.get("least", Decimal(0)), most)


def _wrong(steps: Sequence[Step]) -> Iterator[Problem]:
    for step in steps:
        if step.to is not None and step.to < step.from_:
            yield Problem("empty-step", f"“{step}”这一档的止数小于起数", "请核对原文")
        if step.most < step.least:
            yield Problem("empty-band", f"“{step}”这一档至少数大于至多数", "请核对原文")
    for lower, upper in pairwise(steps):
        yield from _between(lower, upper)


def _between(lower: Step, upper: Step) -> Iterator[Problem]:
    if upper.from_ < lower.from_:
        yield Problem(
            "out-of-order", f"“{upper}”写在“{lower}”后面，分档应当从小到大写", "请按编制数排好次序"
        )
    elif lower.to is None:
        yield Problem(
            "overlap", f"“{lower}”没有封顶，后面又有“{upper}”，两档重叠", "只有最后一档可以不封顶"
        )
    elif upper.from_ <= lower.to:
        both = f"{_plain(upper.from_)}—{_plain(lower.to)}"
        both = _plain(lower.to) if upper.from_ == lower.to else both
        yield Problem(
            "overlap", f"“{lower}”与“{upper}”重叠：{both} 名同时属于两档",
            "以下、以上都含本数，一个数只能属于一档，请核对原文",
        )  # fmt: skip
    elif upper.from_ > lower.to + 1:
        first, last = lower.to + 1, upper.from_ - 1
        missing = _plain(first) if first == last else f"{_plain(first)}—{_plain(last)}"
        yield Problem(
            "gap", f"“{lower}”与“{upper}”之间有空档：{missing} 名不属于任何一档",
            "请核对原文，补上这一档",
        )  # fmt: skip


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
