"""What is refused, in sentences a clerk can act on."""

from __future__ import annotations

import math


class NormError(ValueError):
    """A figure or standard that cannot be used; the message is Chinese and says what to do."""


def amount(value: float, what: str, *, above: bool = False) -> float:
    """A finite number, not negative (``above``: above 0).

    Raises:
        NormError: Otherwise.
    """
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise NormError(f"{what}缺失或不是数：请补齐")
    if value < 0 or (above and value == 0):
        raise NormError(f"{what}为 {value:g}：应当{'大于' if above else '不小于'} 0")
    return float(value)


def share(value: float, what: str) -> float:
    """A share, 0 ≤ value < 1.

    Raises:
        NormError: Otherwise.
    """
    if amount(value, what) >= 1:
        raise NormError(f"{what}为 {value:g}：应当小于 1（如 20% 写 0.2）")
    return float(value)
