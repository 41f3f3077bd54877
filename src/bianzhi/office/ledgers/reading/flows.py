"""Where posts went through a merger or split: from the units that were to those that are, to the
pool, to 核销 — followed posting by posting, so that what comes out is what went in."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable
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
        """Take posts out, those that were there longest first.

        Raises:
            ValueError: A followed unit has fewer: the ledger lets no account fall below zero, so
                either the opening or an act is missing.
        """
        if holder not in self.units:
            return [(holder, amount)]
        if not self.has(holder, kind, amount):
            raise ValueError(f"{holder} has no {amount} posts of {kind} to give")
        return _part(self.at[holder, kind], amount)

    def give(self, holder: str, kind: str, lots: list[Lot]) -> None:
        """Put lots into a holder's posts."""
        self.at[holder, kind].extend(lots)

    def flows(self) -> list[Flow]:
        """Where everything stood, and where it stands."""
        found: dict[tuple[str, str, str], int] = defaultdict(int)
        for (holder, kind), lots in self.at.items():
            for origin, amount in lots:
                found[kind, origin, holder] += amount
        return [Flow(*way, amount) for way, amount in sorted(found.items()) if amount]


def _part(lots: deque[Lot], amount: int) -> list[Lot]:
    """So many off the front of the lots, the last of them divided where need be."""
    taken = []
    while amount:
        origin, there = lots.popleft()
        part = min(amount, there)
        taken.append((origin, part))
        amount -= part
        if there > part:
            lots.appendleft((origin, there - part))
    return taken


Net = dict[Place, int]


def net(legs: Iterable[Leg]) -> Net:
    """What legs do to each place. Posts that leave a place and enter it in the same act have not
    moved: the place need not have had them."""
    sums: Net = defaultdict(int)
    for leg in legs:
        sums[leg.holder, leg.kind] += leg.delta
    return {place: delta for place, delta in sums.items() if delta}


def follow(
    opening: dict[Place, int], days: Iterable[list[list[Leg]]], units: Collection[str]
) -> list[Flow]:
    """Follow posts through the acts of each day.

    Acts of one day stand in no order of their own: one that needs posts which another brings is
    taken after it, and such as need each other are taken together.
    """
    lots = Lots(units)
    for (holder, kind), amount in sorted(opening.items()):
        lots.open(holder, kind, amount)
    for acts in days:
        waiting = [net(act) for act in acts]
        while waiting:
            ready = next((i for i, act in enumerate(waiting) if not _lacking(lots, act)), None)
            _apply(lots, _together(lots, waiting) if ready is None else waiting.pop(ready))
    return lots.flows()


def _lacking(lots: Lots, act: Net) -> Place | None:
    """A place that has fewer posts than the act takes from it."""
    short = (at for at, delta in act.items() if delta < 0 and not lots.has(*at, -delta))
    return next(short, None)


def _together(lots: Lots, waiting: list[Net]) -> Net:
    """Take the first that waits off the list, with those it cannot do without, as one act."""
    joint = waiting.pop(0)
    while (place := _lacking(lots, joint)) is not None:
        bringing = next((i for i, act in enumerate(waiting) if act.get(place, 0) > 0), None)
        if bringing is None:
            break  # the posts are nowhere: taking them says so
        both = (Leg(*at, delta) for act in (joint, waiting.pop(bringing))
                for at, delta in act.items())  # fmt: skip
        joint = net(both)
    return joint


def _apply(lots: Lots, act: Net) -> None:
    """Out goes first, then in, in the order it was written."""
    hand: dict[str, deque[Lot]] = defaultdict(deque)
    for (holder, kind), delta in act.items():
        if delta < 0:
            hand[kind].extend(lots.take(holder, kind, -delta))
    for (holder, kind), delta in act.items():
        if delta > 0:
            lots.give(holder, kind, _part(hand[kind], delta))


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
    days = [
        [[Leg(*row[3:]) for row in act] for _, act in groupby(day, key=lambda row: row[1:3])]
        for _, day in groupby(rows, key=lambda row: row[0])
    ]
    return follow(opening, days, units), sorted(set(legs["no"]))
