"""What is refused, in sentences a clerk can act on."""

from __future__ import annotations


class RetirementError(ValueError):
    """A birth month, category or parameter pack that cannot be used; the message is Chinese."""
