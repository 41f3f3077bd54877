"""Made-up establishments, the same for the same seed: units under departments, pools, movements."""

from __future__ import annotations

import random
from collections.abc import Iterator

from bianzhi.core.acts import Act
from bianzhi.core.acts.orgs import Establish
from bianzhi.core.acts.posts import Grant, Increase, PoolIn, PoolOut, Transfer
from bianzhi.core.acts.record import Check
from bianzhi.core.changes import Draft
from bianzhi.core.days import parse_day
from bianzhi.core.documents import Document
from bianzhi.core.quantity import UNIT

START = parse_day("2015-01-01")
SPAN = 3_650  # days over which documents are spread
KINDS = ("XZ", "SY")
PLENTY = 10**6  # posts in every pool
UNITS_A_POOL = 200
UNITS_A_DEPARTMENT = 20  # the first of them is the department
SET_UP_AT_A_TIME = 1_000


class Office:
    """Gives drafts that the record accepts: it remembers what every unit holds.

    Args:
        units: How many.
        documents: How many will move posts, to spread them over the years.
        area: Goes before every key, so that several offices fit into one record.
    """

    def __init__(self, units: int, documents: int, area: str = "") -> None:
        self.chance = random.Random(f"{area} 20260101")
        self.documents = documents
        self.made = 0
        self.area = area
        self.units = [f"{area}U{number:06}" for number in range(units)]
        self.pools = [f"{area}P{number:04}" for number in range(-(-units // UNITS_A_POOL))]
        self.held: dict[tuple[str, str], int] = {}

    def setting_up(self) -> Iterator[Draft]:
        """Pools with posts in them, their published total, then the units."""
        pools: list[Act] = []
        for pool in self.pools:
            pools.append(Establish(org=pool, name=f"{pool}编制池", class_="pool"))
            pools += [Grant(to=pool, kind=kind, n=PLENTY * UNIT) for kind in KINDS]
        pools += [Check(kind=kind, n=PLENTY * UNIT, org=self.pools[0]) for kind in KINDS]
        yield Draft(pools, kind="opening", document=self._paper(START))
        for first in range(0, len(self.units), SET_UP_AT_A_TIME):
            numbers = range(first, min(first + SET_UP_AT_A_TIME, len(self.units)))
            acts = [self._unit(number) for number in numbers]
            yield Draft(acts, kind="opening", document=self._paper(START))

    def _unit(self, number: int) -> Act:
        department = self.units[number - number % UNITS_A_DEPARTMENT]
        unit = self.units[number]
        above = {} if unit == department else {"parent": department}
        return Establish(org=unit, name=f"第{unit}号单位", fields=above)

    def moving(self, acts: int) -> Draft:
        """One document of some acts, two postings each."""
        day = START + 1 + SPAN * self.made // max(self.documents, 1)
        paper = self._paper(day)
        return Draft([self._act(f"第{number}条", day) for number in range(1, acts + 1)], paper)

    def _paper(self, day: int) -> Document:
        self.made += 1
        return Document(
            "关于调整机构编制事项的批复", f"甲编办发〔2024〕{self.made}号", "甲编办", day, day,
            clause=self.area,
        )  # fmt: skip

    def _act(self, source: str, day: int) -> Act:
        chance = self.chance
        number = chance.randrange(len(self.units))
        unit, kind = self.units[number], KINDS[chance.random() < 0.7]
        pool = self.pools[number // UNITS_A_POOL]
        have, n = self.held.get((unit, kind), 0), chance.randint(1, 5)
        if n < have and chance.random() < 0.7:
            return self._out_of(unit, kind, pool, n, source)
        self.held[unit, kind] = have + n
        if chance.random() < 0.3:
            return Increase(org=unit, kind=kind, n=n * UNIT, from_=pool, source=source)
        # one in a hundred takes effect before its document
        on = max(START + 1, day - 400) if chance.random() < 0.01 else None
        return PoolOut(pool=pool, org=unit, kind=kind, n=n * UNIT, on=on, source=source)

    def _out_of(self, unit: str, kind: str, pool: str, n: int, source: str) -> Act:
        self.held[unit, kind] -= n
        taker = self.chance.choice(self.units)
        if taker == unit or self.chance.random() < 0.3:
            return PoolIn(org=unit, pool=pool, kind=kind, n=n * UNIT, source=source)
        self.held[taker, kind] = self.held.get((taker, kind), 0) + n
        return Transfer(from_=unit, to=taker, kind=kind, n=n * UNIT, source=source)
