"""What is wrong with what the method was given, for a clerk."""

from __future__ import annotations


class ThemeError(ValueError):
    """Texts, classes, decisions or a catalogue that cannot be used: what, where, what to do."""
