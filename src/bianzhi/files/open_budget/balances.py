"""Running balances of the posts entered so far: what a year hands on, and what would be refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

Account = tuple[str, str]  # holder, quota kind


class Balances:
    """Posts by holder and kind; changes are entered in order of days."""

    def __init__(self) -> None:
        self._held: dict[Account, Decimal] = defaultdict(Decimal)

    def add(self, holder: str, kind: str, n: Decimal) -> None:
        """Enter a movement."""
        self._held[holder, kind] += n

    def short(self, kind: str, moves: Mapping[str, Decimal]) -> dict[str, Decimal]:
        """How many posts each holder lacks for the movements; empty where all can be made."""
        after = {holder: self._held[holder, kind] + n for holder, n in moves.items()}
        return {holder: -n for holder, n in after.items() if n < 0}

    def merge(self, sources: Iterable[str], into: str) -> None:
        """Carry everything the sources hold."""
        for source in sources:
            for holder, kind in [account for account in self._held if account[0] == source]:
                self.add(into, kind, self._held.pop((holder, kind)))

    def held(self) -> list[tuple[str, str, Decimal]]:
        """(holder, kind, posts) of every account that is not empty."""
        return sorted((*account, n) for account, n in self._held.items() if n)
