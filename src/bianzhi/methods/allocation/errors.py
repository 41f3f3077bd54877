"""What is refused, in sentences a clerk can act on."""

from __future__ import annotations


class AllocationError(ValueError):
    """Requests, caps or rules that cannot be met or read; the message is Chinese."""
