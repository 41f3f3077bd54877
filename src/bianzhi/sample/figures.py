"""What the current roster says of each body: people by kind, leaders."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from bianzhi.sample.world import District, Posts


@dataclass
class Figures:
    """Of one body on the last day."""

    actual: Posts = field(default_factory=dict)
    leaders: Counter[str] = field(default_factory=Counter)
    sections: dict[str, Counter[str]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """All people that count."""
        return sum(self.actual.values())


def figures(district: District) -> dict[str, Figures]:
    """By key of body."""
    found: dict[str, Figures] = defaultdict(Figures)
    for placed in district.rosters[district.last]:
        held = found[placed.org]
        held.actual[placed.kind] = held.actual.get(placed.kind, 0) + 1
        if placed.leader:
            held.leaders[placed.leader] += 1
        if placed.section:
            held.sections.setdefault(placed.section, Counter())[placed.leader] += 1
    return found
