"""How large bodies are and how many leaders they get.

Sizes follow 265 institutions of one city (schools and hospitals left out): 61.5 % have ten posts
or fewer, the mean is near 16. Leaders follow a province's ladder by approved posts.
"""

from __future__ import annotations

from random import Random

BUCKETS = (
    (0.287, 2, 5), (0.328, 6, 10), (0.204, 11, 20), (0.068, 21, 30), (0.064, 31, 50),
    (0.049, 52, 150),
)  # fmt: skip
LADDER = ((10, 1, 2), (50, 2, 3), (100, 3, 4), (200, 4, 5), (400, 5, 6), (600, 6, 7))


def institution_sizes(chance: Random, count: int) -> list[int]:
    """``count`` sizes in rising order with the shares of the reference distribution."""
    sizes = []
    for number in range(count):
        share, (place, low, high) = (number + 0.5) / count, _bucket((number + 0.5) / count)
        width = BUCKETS[place][0]
        inside = (share - sum(each[0] for each in BUCKETS[:place])) / width
        sizes.append(low + round((high - low) * min(1.0, inside + chance.uniform(-0.1, 0.1))))
    return [max(2, size) for size in sorted(sizes)]


def _bucket(share: float) -> tuple[int, int, int]:
    reached = 0.0
    for place, (width, low, high) in enumerate(BUCKETS):
        reached += width
        if share <= reached:
            return place, low, high
    return len(BUCKETS) - 1, *BUCKETS[-1][1:]


def leaders(chance: Random, posts: int) -> tuple[int, int]:
    """(chiefs, deputies) for a body of ``posts`` posts."""
    for most, low, high in LADDER:
        if posts <= most:
            return 1, chance.choice((low, high)) - 1
    return 1, 7
