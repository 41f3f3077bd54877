"""A sample district as a state: its posts, the people of its last rosters, its duties, and troubles
added on purpose beside those the sample plants itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bianzhi.core.days import parse_day
from bianzhi.core.memory import MemoryRecord
from bianzhi.core.state import State
from bianzhi.sample.make import make_world
from bianzhi.sample.world import District, Org
from tests.support.ledger import ledger

DAY = "2026-06-30"
OPENED = "2023-12-31"
YEARS = (2023, 2024, 2025)
APART = (
    "小学",
    "初中",
    "幼儿园",
    "医院",
    "卫生院",
    "乡镇事业",
)  # staffed by standards of their own


@dataclass
class Troubled:
    """The state, what the sample planted, and what was added: units by kind.

    ``near`` are the near misses of ``shell``: empty, but not for a year yet. ``small_and_empty``
    is every unit of ten posts or fewer, three in ten of them empty on each of the rosters.
    """

    state: State
    planted: list[dict[str, Any]]
    shell: set[str] = field(default_factory=set)
    near: set[str] = field(default_factory=set)
    micro: set[str] = field(default_factory=set)
    full: set[str] = field(default_factory=set)
    small_and_empty: set[str] = field(default_factory=set)


def troubled(seed: int) -> Troubled:
    """The district of a seed."""
    world = make_world(seed=seed)
    district = world.districts[0]
    made = Troubled(None, world.planted)  # type: ignore[arg-type]
    counts = {year: _counts(district, year) for year in YEARS}
    _trouble(Random(f"troubled/{seed}"), district, made, counts)
    made.small_and_empty = {
        org.key for org in district.living
        if org.kind == "institution" and org.sector not in APART and 0 < org.total <= 10
        and all(_people(org, counts[year]) <= 0.7 * org.total for year in YEARS)
    }  # fmt: skip
    record = MemoryRecord()
    record.post(*ledger("\n".join(_lines(district, counts))))
    made.state = State(record.columns(), parse_day(DAY))
    return made


Counts = dict[int, Counter[tuple[str, str]]]


def _counts(district: District, year: int) -> Counter[tuple[str, str]]:
    return Counter((each.org, each.kind) for each in district.rosters[year])


def _trouble(chance: Random, district: District, made: Troubled, counts: Counts) -> None:
    """Five units empty all along, three from the last roster on; six small and half empty for
    years; six as small and always full, which are nothing but small."""
    plain = [
        org for org in district.living
        if org.kind == "institution" and org.sector == "综合" and 3 <= org.total <= 10
    ]  # fmt: skip
    chosen = chance.sample(plain, 20)
    for org in chosen[:5]:
        _staff(org, counts, YEARS, 0)
    for org in chosen[5:8]:
        _staff(org, counts, YEARS[:2], org.total)
        _staff(org, counts, YEARS[2:], 0)
    for org in chosen[8:14]:
        _staff(org, counts, YEARS, org.total // 2)
    for org in chosen[14:]:
        _staff(org, counts, YEARS, org.total)
    sets = (made.shell, made.near, made.micro, made.full)
    for into, part in zip(sets, (slice(5), slice(5, 8), slice(8, 14), slice(14, 20)), strict=True):
        into.update(org.key for org in chosen[part])


def _people(org: Org, counts: Counter[tuple[str, str]]) -> int:
    return sum(min(posts, counts[org.key, kind]) for kind, posts in org.posts.items())


def _staff(org: Org, counts: Counts, years: tuple[int, ...], people: int) -> None:
    for year in years:
        left = people
        for kind, posts in org.posts.items():
            counts[year][org.key, kind] = min(posts, left)
            left -= counts[year][org.key, kind]


def _lines(district: District, counts: Counts) -> Any:
    """The ledger: opened with the people of the first roster, then what each later one changed."""
    yield f"{OPENED} opening"
    living = sorted(district.living, key=lambda org: org.kind == "institution")
    for org in living:
        led = f" supervisor={org.supervisor} parent={org.supervisor}"
        yield f"  设立 org={org.key} name={org.name} category={org.category}" + (
            led if org.supervisor != org.key else ""
        )
        for place, section in enumerate(org.sections):
            yield f"  设立 org={org.key}s{place} class=section name={section.name} parent={org.key}"
        for kind, posts in org.posts.items():
            yield f"  下达 to={org.key} kind={kind} n={posts}"
    yield from _duties(living)
    there: set[str] = set()
    for year in YEARS:
        wanted = {
            f"{org.key}-{kind}-{each} org={org.key} kind={kind}"
            for org in living for kind, posts in org.posts.items()
            for each in range(min(posts, counts[year][org.key, kind]))
        }  # fmt: skip
        if year != YEARS[0]:
            yield f"{year}-12-31 测编办发〔{year}〕1号"
        for gone in sorted(there - wanted):
            yield f"  下编 person=p{gone.split()[0]}"
        for come in sorted(wanted - there):
            yield f"  上编 person=p{come}"
        there = wanted


def _duties(living: list[Org]) -> Any:
    for org in living:
        for place, duty in enumerate(org.duties):
            yield f"  赋职 duty={org.key}d{place} org={org.key} text={duty.text}"
        for number, section in enumerate(org.sections):
            for place, text in enumerate(section.duties):
                yield f"  赋职 duty={org.key}s{number}d{place} org={org.key}s{number} text={text}"
