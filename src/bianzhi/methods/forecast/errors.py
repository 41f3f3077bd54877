"""What is refused, in sentences a clerk can act on."""

from __future__ import annotations


class ForecastError(ValueError):
    """People, shares or hazards that cannot be used; the message is Chinese."""
