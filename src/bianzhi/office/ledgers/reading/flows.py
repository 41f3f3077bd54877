"""Where posts went through a merger or split: from the units that were to those that are, to the
pool, to 核销 — followed posting by posting, so that what comes out is what went in."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

import polars as pl

from bianzhi.core.columns import Columns
from bianzhi.core.folding import known_by


class Flow(NamedTuple):
    """Posts of a kind that stood with ``origin`` before and stand with ``target`` after, in
    ten-thousandths. They are the same where posts stayed."""

    kind: str
    origin: str
    target: str
    amount: int


class Leg(NamedTuple):
    """One posting: into (or, negative, out of) a holder's posts of a kind."""

    holder: str
    kind: str
    delta: int


Place = tuple[str, str]  # holder, kind
Lot = tuple[str, int]  # where posts stood at first, how many


@dataclass
class Lots:
    """Posts by where they are, each lot remembering where it stood at first.

    Of the units followed all posts are known; others (上级, 核销, 置换, the pool, units not asked
    for) only receive and give, and what they give stood with them.
    """

    units: Collection[str]
    at: dict[Place, deque[Lot]] = field(default_factory=lambda: defaultdict(deque))

    def open(self, holder: str, kind: str, amount: int) -> None:
        """What a unit has before anything moves."""
        if amount:
            self.at[holder, kind].append((holder, amount))

    def has(self, holder: str, kind: str, amount: int) -> bool:
        """Whether so many can be taken."""
        return holder not in self.units or sum(n for _, n in self.at[holder, kind]) >= amount

    def take(self, holder: str, kind: str, amount: int) -> list[Lot]:
        """Take posts out, those that were there longest first."""
        if holder not in self.units:
            return [(holder, amount)]
        lots, taken = self.at[holder, kind], []
        while amount and lots:
            origin, there = lots.popleft()
            part = min(amount, there)
            taken.append((origin, part))
            amount -= part
            if there > part:
                lots.appendleft((origin, there - part))
        return [*taken, (holder, amount)] if amount else taken

    def give(self, holder: str, kind: str, amount: int, lots: deque[Lot]) -> None:
        """Put so many of the lots at hand into a holder's posts."""
        while amount and lots:
            origin, there = lots.popleft()
            part = min(amount, there)
            self.at[holder, kind].append((origin, part))
            amount -= part
            if there > part:
                lots.appendleft((origin, there - part))

    def flows(self) -> list[Flow]:
        """Where everything stood, and where it stands."""
        found: dict[tuple[str, str, str], int] = defaultdict(int)
        for (holder, kind), lots in self.at.items():
            for origin, amount in lots:
                found[kind, origin, holder] += amount
        return [Flow(*way, amount) for way, amount in sorted(found.items()) if amount]


def follow(opening: dict[Place, int], acts: list[list[Leg]], units: Collection[str]) -> list[Flow]:
    """Follow posts through acts.

    Acts of one day stand in no order of their own: one that needs posts which another brings is
    taken after it.
    """
    lots = Lots(units)
    for (holder, kind), amount in sorted(opening.items()):
        lots.open(holder, kind, amount)
    waiting = list(acts)
    while waiting:
        ready = next((i for i, act in enumerate(waiting) if _can(lots, act)), 0)
        _apply(lots, waiting.pop(ready))
    return lots.flows()


def _can(lots: Lots, act: list[Leg]) -> bool:
    needed: dict[Place, int] = defaultdict(int)
    for leg in act:
        if leg.delta < 0:
            needed[leg.holder, leg.kind] -= leg.delta
    return all(lots.has(*place, amount) for place, amount in needed.items())


def _apply(lots: Lots, act: list[Leg]) -> None:
    """Legs stand in pairs or in lists; out goes first, then in, in the order they were written."""
    hand: dict[str, deque[Lot]] = defaultdict(deque)
    for leg in act:
        if leg.delta < 0:
            hand[leg.kind].extend(lots.take(leg.holder, leg.kind, -leg.delta))
    for leg in act:
        if leg.delta > 0:
            lots.give(leg.holder, leg.kind, leg.delta, hand[leg.kind])


def through(
    columns: Columns, known: int, units: Collection[str], first: int, last: int
) -> tuple[list[Flow], list[int]]:
    """The flows of some units' posts from the end of day ``first`` to the end of day ``last``, and
    the changes behind them."""
    accounts = columns.frame("accounts").with_row_index("account", offset=1)
    accounts = accounts.select(pl.col("account").cast(pl.Int64), "holder", "kind")
    mine = accounts.filter(pl.col("holder").is_in(list(units)))
    postings = columns.frame("postings").filter(known_by(columns, known) & (pl.col("day") <= last))
    own = postings.filter(pl.col("account").is_in(mine["account"].implode()))
    before = own.filter(pl.col("day") <= first).join(mine, on="account")
    sums = before.group_by("holder", "kind").agg(pl.col("delta").sum())
    opening = {(holder, kind): amount for holder, kind, amount in sums.iter_rows()}
    acts = own.filter(pl.col("day") > first).select("no", "act").unique()
    legs = postings.filter(pl.col("day") > first).join(acts, on=["no", "act"], how="semi")
    legs = legs.join(accounts, on="account").sort("day", "no", "act", "line")
    rows = legs.select("day", "no", "act", "holder", "kind", "delta").iter_rows()
    by_act = [[Leg(*row[3:]) for row in group] for _, group in groupby(rows, key=lambda r: r[:3])]
    return follow(opening, by_act, units), sorted(set(legs["no"]))
