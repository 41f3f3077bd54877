"""What is refused, in sentences a clerk can act on."""

from __future__ import annotations


class IndicatorError(ValueError):
    """A system, rule, weight or figure that cannot be used; the message is Chinese."""
