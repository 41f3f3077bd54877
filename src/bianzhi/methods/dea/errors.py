"""What is refused, in sentences a clerk can act on."""

from __future__ import annotations


class DeaError(ValueError):
    """Data or a question that cannot be evaluated; the message is Chinese and says what to do."""


class BadData(DeaError):
    """A figure that is missing, negative or otherwise unusable; names the units and the column."""


class BadQuestion(DeaError):
    """A model, orientation or parameter that does not exist or does not go with the others."""


def listed(names: list[str], most: int = 5) -> str:
    """
    >>> listed(["甲", "乙", "丙"], most=2)
    '甲、乙等 3 个'
    """
    head = "、".join(names[:most])
    return head if len(names) <= most else f"{head}等 {len(names)} 个"
