"""A sample district as a state: its posts, the people of its last rosters, its duties, and the
troubles planted beside those the sample has itself, with the answers of its units to a survey."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bianzhi.core.days import parse_day
from bianzhi.core.memory import MemoryRecord
from bianzhi.core.state import State
from bianzhi.sample.answers import Answers, answers
from bianzhi.sample.make import make_world
from bianzhi.sample.troubles import YEARS, Troubles, trouble
from bianzhi.sample.world import District, Org
from tests.support.ledger import ledger

DAY = "2026-06-30"
OPENED = "2023-12-31"


@dataclass(frozen=True)
class Troubled:
    """The state, what the sample planted, the units in trouble, the answers."""

    state: State
    planted: list[dict[str, Any]]
    true: Troubles
    answers: Answers


def troubled(seed: int, units: int = 138) -> Troubled:
    """The district of a seed."""
    world = make_world(units, seed=seed)
    district = world.districts[0]
    true = trouble(district, seed)
    record = MemoryRecord()
    record.post(*ledger("\n".join(_lines(district, true))))
    state = State(record.columns(), parse_day(DAY))
    return Troubled(state, world.planted, true, answers(district, world.planted, true, seed))


def _lines(district: District, true: Troubles) -> Any:
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
            more = true.cut.get(org.key, 0) if kind == "SY" else 0
            yield f"  下达 to={org.key} kind={kind} n={posts + more}"
    yield from _duties(living)
    there: set[str] = set()
    for year in YEARS:
        wanted = {
            f"{org.key}-{kind}-{each} org={org.key} kind={kind}"
            for org in living for kind, posts in org.posts.items()
            for each in range(min(posts, true.counts[year][org.key, kind]))
        }  # fmt: skip
        if year != YEARS[0]:
            yield f"{year}-12-31 测编办发〔{year}〕1号"
        for gone in sorted(there - wanted):
            yield f"  下编 person=p{gone.split()[0]}"
        if year == 2024:
            yield from (f"  收回 org={key} kind=SY n={n}" for key, n in sorted(true.cut.items()))
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
