"""Units in trouble, planted in how a made district was staffed, with what is true of each.

The world itself stays as it is: only how many people its units had at the end of each year, and in
a few how many posts, is told otherwise.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from random import Random

from bianzhi.sample.world import District, Org

YEARS = (2023, 2024, 2025)
# staffed by standards of their own
APART = ("小学", "初中", "幼儿园", "医院", "卫生院", "乡镇事业")

Counts = dict[int, Counter[tuple[str, str]]]  # year -> (unit, kind) -> people


@dataclass
class Troubles:
    """Units by what is true of them.

    Attributes:
        counts: People of each unit and kind at the end of each year.
        shell: Posts and nobody on them all along.
        near: As ``shell``, but only since the last year's end: for half a year.
        half: Small, and half empty for years.
        full: As small, and always full.
        cut: Posts taken back at the end of 2024, by unit: it had as many more before.
        micro: All that are 小散弱, by the words of :func:`is_micro`.
    """

    counts: Counts
    shell: set[str] = field(default_factory=set)
    near: set[str] = field(default_factory=set)
    half: set[str] = field(default_factory=set)
    full: set[str] = field(default_factory=set)
    cut: dict[str, int] = field(default_factory=dict)
    micro: set[str] = field(default_factory=set)


def trouble(district: District, seed: int) -> Troubles:
    """Plant five shells, three near misses of them, six small and half empty units, six as small
    and full, five whose posts were cut; and say which units of the district are 小散弱."""
    chance = Random(f"troubled/{seed}")
    found = Troubles({year: _counts(district, year) for year in YEARS})
    plain = [
        org for org in district.living
        if org.kind == "institution" and org.sector == "综合" and 3 <= org.total <= 10
    ]  # fmt: skip
    chosen = chance.sample(plain, 20)
    for org in chosen[:5]:
        _staff(org, found.counts, YEARS, 0)
    for org in chosen[5:8]:
        _staff(org, found.counts, YEARS[:2], org.total)
        _staff(org, found.counts, YEARS[2:], 0)
    for org in chosen[8:14]:
        _staff(org, found.counts, YEARS, org.total // 2)
    for org in chosen[14:]:
        _staff(org, found.counts, YEARS, org.total)
    sets = (found.shell, found.near, found.half, found.full)
    for into, part in zip(sets, (slice(5), slice(5, 8), slice(8, 14), slice(14, 20)), strict=True):
        into.update(org.key for org in chosen[part])
    left = [org for org in plain if org not in chosen and org.posts.get("SY", 0) >= 4]
    found.cut = {org.key: org.posts["SY"] for org in chance.sample(left, min(len(left), 5))}
    kin = Counter(org.supervisor for org in district.living if is_ordinary(org))
    found.micro = {
        org.key for org in district.living
        if is_ordinary(org) and is_micro(org, kin[org.supervisor], found.counts)
    }  # fmt: skip
    return found


def is_ordinary(org: Org) -> bool:
    """Whether it is an institution that is no school, hospital or unit of a town."""
    return org.kind == "institution" and org.sector not in APART and org.total > 0


def is_micro(org: Org, kin: int, counts: Counts) -> bool:
    """小散弱 as those who merge such units say it: small is never enough.

    Small and weak: ten posts or fewer, three in ten of them empty on every roster. Small and
    scattered: five posts or fewer (as 青岛 closed them all) and one of seven or more under one
    department (as 青山 brought its departments down from 6–8 to 5), full or not.
    """
    empty = all(_people(org, counts[year]) <= 0.7 * org.total for year in YEARS)
    return (org.total <= 10 and empty) or (org.total <= 5 and kin >= 7)


def _counts(district: District, year: int) -> Counter[tuple[str, str]]:
    return Counter((each.org, each.kind) for each in district.rosters[year])


def _people(org: Org, counts: Counter[tuple[str, str]]) -> int:
    return sum(min(posts, counts[org.key, kind]) for kind, posts in org.posts.items())


def _staff(org: Org, counts: Counts, years: tuple[int, ...], people: int) -> None:
    for year in years:
        left = people
        for kind, posts in org.posts.items():
            counts[year][org.key, kind] = min(posts, left)
            left -= counts[year][org.key, kind]
