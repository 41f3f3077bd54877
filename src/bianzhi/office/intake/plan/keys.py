"""Keys for what is new: permanent, never used again, and the same for the same delivery."""

from __future__ import annotations

import re
from collections.abc import Iterable

UNIT = re.compile(r"JG(\d{5})")


class Keys:
    """Gives out unit keys JG00001, JG00002 … after the last one in use."""

    def __init__(self, taken: Iterable[str]) -> None:
        self.taken = set(taken)
        numbers = [int(match[1]) for key in self.taken if (match := UNIT.fullmatch(key))]
        self.last = max(numbers, default=0)

    def new(self) -> str:
        """The next unit key."""
        self.last += 1
        key = f"JG{self.last:05}"
        self.taken.add(key)
        return key

    def below(self, unit: str, mark: str) -> str:
        """A key for something of a unit: JG00001-N01 a section, JG00001-Z003 a duty."""
        number = 1
        while (key := f"{unit}-{mark}{number:02}") in self.taken:
            number += 1
        self.taken.add(key)
        return key
