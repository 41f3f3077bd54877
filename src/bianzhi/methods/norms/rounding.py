"""Rounding rules by name, on exact fractions: 0.5 is 0.5, however it was come by."""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction

from bianzhi.methods.norms.errors import NormError, amount


class Rounding(StrEnum):
    """How a need in fractions becomes posts."""

    HALF_UP = "四舍五入"
    UP = "进一"
    DOWN = "去尾"


def exact(value: float | Fraction) -> Fraction:
    """The decimal that was written, not its binary neighbour.

    >>> exact(0.1) == Fraction(1, 10)
    True
    """
    return value if isinstance(value, Fraction) else Fraction(repr(float(value)))


def rounded(value: float | Fraction, rule: Rounding = Rounding.HALF_UP) -> int:
    """Whole posts by a rule, on the decimal as written.

    >>> rounded(2.5), rounded(2.1, Rounding.UP), rounded(2.9, Rounding.DOWN)
    (3, 3, 2)
    """
    number = exact(value)
    if rule is Rounding.UP:
        return math.ceil(number)
    return math.floor(number + (Fraction(1, 2) if rule is Rounding.HALF_UP else 0))


def largest_remainder(values: Sequence[float | Fraction], total: int | None = None) -> list[int]:
    """Whole numbers that add up: everybody rounded down, the rest by the largest remainders.

    Args:
        values: (n,), not negative; the exact needs of the units of a county.
        total: What they must add up to; default the sum of the values, half up. When it differs
            from the sum, values are first scaled to it.

    Ties go to the earlier unit, so that the answer is the same every time.

    Raises:
        NormError: Negative or missing values; a total where all values are 0.

    Source: Hamilton's method (1792).

    >>> largest_remainder([1.5, 1.5, 1.0])
    [2, 1, 1]
    """
    for value in values:
        amount(float(value), "应配数")
    numbers = [exact(value) for value in values]
    whole = sum(numbers, Fraction(0))
    if total is None:
        total = rounded(whole)
    elif total < 0 or (total > 0 and whole == 0):
        raise NormError(f"合计 {total} 无法分到应配数合计为 {float(whole):g} 的单位")
    elif whole > 0:
        numbers = [number * total / whole for number in numbers]
    floors = [math.floor(number) for number in numbers]
    order = sorted(range(len(numbers)), key=lambda k: (floors[k] - numbers[k], k))
    for k in order[: total - sum(floors)]:
        floors[k] += 1
    return floors
