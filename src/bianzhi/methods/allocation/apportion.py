"""Proportional division of seats: Hamilton, Sainte-Laguë, d'Hondt."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from fractions import Fraction

from bianzhi.methods.allocation.errors import AllocationError

METHODS = {"hamilton": "最大余数法", "sainte-lague": "圣拉古法", "dhondt": "洪德法"}


def apportion(
    weights: Sequence[float],
    seats: int,
    method: str = "sainte-lague",
    *,
    least: Sequence[int] | None = None,
    most: Sequence[int] | None = None,
) -> list[int]:
    """Divide seats in proportion to weights (residents, workload).

    Args:
        weights: (n,), not negative. least, most: (n,) bounds; for divisor methods only.
        method: ``sainte-lague`` (no Alabama paradox, no bias to size), ``dhondt`` (favours the
            large), ``hamilton`` (only where a rule names it: more seats can cost somebody one).

    Returns:
        (n,) whole numbers that add up to ``seats``; ties go to the earlier one.

    Raises:
        AllocationError: Negative weights, all zero, bounds that cannot be met.

    Source: Balinski & Young (1982), Fair Representation.

    >>> apportion([53, 24, 23], 7), apportion([53, 24, 23], 7, "hamilton")
    ([3, 2, 2], [4, 2, 1])
    """
    shares = [_fraction(each) for each in weights]
    low = list(least) if least is not None else [0] * len(shares)
    high = list(most) if most is not None else [seats] * len(shares)
    _checked(shares, seats, method, low, high, bounded=least is not None or most is not None)
    if method == "hamilton":
        return _hamilton(shares, seats)
    return _divisors(shares, seats, 2 if method == "sainte-lague" else 1, low, high)


def _fraction(weight: float) -> Fraction:
    try:
        found = Fraction(repr(float(weight)))
    except (ValueError, OverflowError, TypeError):
        raise AllocationError(f"权数“{weight}”不是数：请补齐") from None
    if found < 0:
        raise AllocationError(f"权数 {weight} 为负：请核对")
    return found


def _checked(
    shares: list[Fraction], seats: int, method: str, low: list[int], high: list[int], *,
    bounded: bool,
) -> None:  # fmt: skip
    if method not in METHODS:
        raise AllocationError(f"没有“{method}”这种分法：可用的有 {'、'.join(METHODS)}")
    if method == "hamilton" and bounded:
        raise AllocationError("最大余数法没有上下限的定义：请改用圣拉古法")
    if len(low) != len(shares) or len(high) != len(shares):
        raise AllocationError("上下限与权数应当一一对应")
    if any(a > b or a < 0 for a, b in zip(low, high, strict=True)):
        raise AllocationError("下限大于上限，或下限为负：请核对")
    reach = sum(max(b if w else a, a) for w, a, b in zip(shares, low, high, strict=True))
    if seats < sum(low) or seats > reach:
        raise AllocationError(f"{seats} 名无法分配：下限合计 {sum(low)}，最多能分 {reach}")


def _hamilton(shares: list[Fraction], seats: int) -> list[int]:
    whole = sum(shares, Fraction(0))
    if not whole:
        return [0] * len(shares)
    exact = [each * seats / whole for each in shares]
    found = [int(each) for each in exact]
    order = sorted(range(len(exact)), key=lambda k: (found[k] - exact[k], k))
    for k in order[: seats - sum(found)]:
        found[k] += 1
    return found


def _divisors(
    shares: list[Fraction], seats: int, step: int, low: list[int], high: list[int]
) -> list[int]:
    """The next seat to the largest weight / (step·seats held + 1)."""
    found = list(low)
    heap = [(-w / (step * n + 1), k) for k, (w, n) in enumerate(zip(shares, low, strict=True))
            if w and n < high[k]]  # fmt: skip
    heapq.heapify(heap)
    for _ in range(seats - sum(low)):
        _, k = heapq.heappop(heap)
        found[k] += 1
        if found[k] < high[k]:
            heapq.heappush(heap, (-shares[k] / (step * found[k] + 1), k))
    return found
