"""A nation of regions straight into the record: bodies, posts and people, one change a region.

Regions copy a few planned districts under their own names and keys, so that making a region costs
little beside posting it, and nothing of the nation is ever held but the region at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple

from bianzhi.core.acts import Act
from bianzhi.core.acts.orgs import Establish
from bianzhi.core.acts.people import Enroll
from bianzhi.core.acts.posts import Grant
from bianzhi.core.changes import Draft
from bianzhi.core.days import parse_day
from bianzhi.core.documents import Document
from bianzhi.core.quantity import UNIT
from bianzhi.record.post import Poster
from bianzhi.sample.names import person_name
from bianzhi.sample.plan import Planner
from bianzhi.sample.world import District, Org

PLANNED = 8  # different districts, planned once each
A_REGION = 390  # bodies of a region
FILLED = 0.94  # people on posts
DAY = "2026-01-01"
FIRST, SECOND = (
    "云江临清安永长平青金石龙凤白宁广丰新太东",
    "溪川阳源泉岭湖山河城原陵沙浦坪台关桥林谷",
)
ENDS = ("县", "区", "市")


class Made(NamedTuple):
    """What one region put into the record."""

    regions: int
    units: int
    people: int
    rows: int  # acts posted: bodies, grants, people


def post_nation(
    units: int, people: int, seed: int, progress: Callable[[int], object] = lambda n: None
) -> Made:
    """Post the nation into the database of the settings.

    Args:
        units: Bodies in all; people: people in all, may be 0.
        progress: Called with the number of bodies of each region posted.

    Raises:
        Refusal: The record already holds the nation's keys.
    """
    poster = Poster()
    made = Made(0, 0, 0, 0)
    for draft, bodies, placed in regions(units, people, seed):
        poster.post([draft])
        acts = len(draft.acts)
        made = Made(made.regions + 1, made.units + bodies, made.people + placed, made.rows + acts)
        progress(bodies)
    return made


def regions(units: int, people: int, seed: int) -> Iterator[tuple[Draft, int, int]]:
    """(draft, bodies, people) of each region, until all bodies and people are made."""
    plans = [_plan(Random(f"{seed}/{number}")) for number in range(PLANNED)]
    chance, made, placed, number = Random(f"{seed}/people"), 0, 0, 0
    while made < units:
        plan = plans[number % PLANNED][: units - made]
        until = people * (made + len(plan)) // units
        yield _region(chance, number, plan, until - placed), len(plan), until - placed
        made, placed, number = made + len(plan), until, number + 1


def _plan(chance: Random) -> list[Org]:
    district = District("", "00", "", 0, 0, {})
    Planner(chance, district, A_REGION - 60).fill()
    return list(district.orgs.values())


def region_name(number: int) -> str:
    """A name of its own for each of 1,200 regions; later ones get a numeral.

    >>> region_name(0), region_name(1200)
    ('云溪县', '云溪县2')
    """
    batch, place = divmod(number, len(FIRST) * len(SECOND) * len(ENDS))
    end, pair = divmod(place, len(FIRST) * len(SECOND))
    name = FIRST[pair // len(SECOND)] + SECOND[pair % len(SECOND)] + ENDS[end]
    return name + (str(batch + 1) if batch else "")


def _region(chance: Random, number: int, plan: list[Org], people: int) -> Draft:
    name, prefix = region_name(number), f"R{number:05}"
    acts: list[Act] = []
    enrolments: list[Act] = []
    posts = sum(org.total for org in plan) or 1
    reached = done = 0
    for org in plan:
        key = f"{prefix}{org.key}"
        reached += org.total
        staff, done = people * reached // posts - done, people * reached // posts
        acts.append(Establish(org=key, name=name + org.stem, fields=_fields(org, prefix)))
        approved = {kind: max(1, round(n * max(1, people) / posts / FILLED) if people else n)
                    for kind, n in org.posts.items()}  # fmt: skip
        main = max(approved, key=lambda kind: approved[kind])
        approved[main] = max(approved[main], staff)
        acts += [
            Grant(to=key, kind=kind, n=n * UNIT, funding=org.funding)
            for kind, n in approved.items()
        ]
        enrolments += [
            Enroll(
                person=f"{key}P{place}", org=key, kind=main, funding=org.funding,
                name=person_name(chance, place % 2 == 0),
            )
            for place in range(staff)
        ]  # fmt: skip
    day = parse_day(DAY)
    paper = Document(f"{name}机构编制台账", f"{name}编发〔2026〕1号", f"{name}委编办", day, day)
    return Draft(acts + enrolments, paper, kind="opening")


def _fields(org: Org, prefix: str) -> dict[str, object]:
    found: dict[str, object] = {
        "rank": org.rank, "category": org.category, "funding_form": org.funding,
        "nature": org.nature,
    }  # fmt: skip
    if org.welfare:
        found["welfare_class"] = org.welfare
    if org.supervisor != org.key:
        found["supervisor"] = f"{prefix}{org.supervisor}"
    return found
