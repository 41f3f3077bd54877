"""The clock of the people: today in China."""

from __future__ import annotations

from datetime import date

from django.utils import timezone


def today() -> date:
    """Today's date in the time zone of the settings."""
    return timezone.localdate()
