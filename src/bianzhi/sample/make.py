"""A whole world from a seed: districts planned, their past told, people placed."""

from __future__ import annotations

from datetime import date
from random import Random

from bianzhi.sample import plant
from bianzhi.sample import vocabulary as words
from bianzhi.sample.past import Past
from bianzhi.sample.people import Staffing
from bianzhi.sample.plan import Planner
from bianzhi.sample.world import District, World

UNITS_A_DISTRICT = 230
LAST = 2025


def make_world(units: int = 138, years: int = 22, seed: int = 1, mess: int = 2) -> World:
    """The world of ``units`` institutions over ``years`` years, the same for the same seed."""
    count = max(1, min(len(words.DISTRICTS), round(units / UNITS_A_DISTRICT)))
    shares = [units // count + (1 if place < units % count else 0) for place in range(count)]
    world = World([], seed, mess)
    for place, share in enumerate(shares):
        chance = Random(f"{seed}/{place}")
        name = words.DISTRICTS[place]
        district = District(name, f"{place + 1:02}", name[0], LAST - years + 1, LAST, {})
        world.planted += _fill(chance, district, share)
        world.districts.append(district)
    return world


def _fill(chance: Random, district: District, units: int) -> plant.Found:
    """Everything about one district; returns what was planted."""
    Planner(chance, district, units).fill()
    planted = plant.plant_duties(chance, district) + plant.plant_leadership(chance, district)
    Past(chance, district).tell()
    number(chance, district)
    over = over_staffed(chance, district)
    Staffing(chance, district, roster_years(district.first, LAST), over).run()
    plant.plant_reserves(chance, district)
    for step in plant.AFTER:
        planted += step(chance, district)
    return planted + plant.note_over(district)


def roster_years(first: int, last: int) -> set[int]:
    """The years with a roster: the last three, and one every five years before."""
    return {year for year in range(first + 1, last) if year % 5 == 0} | {last - 2, last - 1, last}


def over_staffed(chance: Random, district: District) -> dict[str, int]:
    """Bodies that end with more people than posts."""
    small = [org.key for org in district.living if org.kind == "institution" and org.total >= 4]
    chosen = chance.sample(small, min(len(small), max(1, len(small) // 25)))
    return {key: chance.randint(1, 3) for key in chosen}


def number(chance: Random, district: District) -> None:
    """Give every paper its 文号: gap-free a year and word from the first year on."""
    used: dict[tuple[str, int], int] = {}
    for paper in district.papers:
        year, old = paper.day.year, paper.day.year < district.first
        step = chance.randint(1, 4) if old else 1
        serial = used[paper.word, year] = used.get((paper.word, year), 0) + step
        paper.number = _doc_no(district, paper.word, year, serial)
        board = "中共" + district.name + "委机构编制委员会" if paper.day >= date(2019, 3, 1) else (
            district.name + "机构编制委员会"
        )  # fmt: skip
        paper.issuer = board + ("" if paper.word == "编" else "办公室")


def _doc_no(district: District, word: str, year: int, serial: int) -> str:
    return f"{district.short}{word}发〔{year}〕{serial}号"
