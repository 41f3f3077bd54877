"""What is refused, in sentences a clerk can act on."""

from __future__ import annotations


class InequalityError(ValueError):
    """Values, weights or groups that cannot be measured; the message is Chinese."""
