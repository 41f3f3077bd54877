"""Where the texts come from: the answers handed in."""

from __future__ import annotations

from bianzhi.rules.diagnosis.told import Told


def told() -> Told:
    """What units told in rounds up to now."""
    return Told()


def revision() -> int:
    """Grows whenever :func:`told` may have changed."""
    return 0


def address(answer: str) -> str:
    """The page on which an answer is read in its sheet; "" where there is none."""
    return ""
