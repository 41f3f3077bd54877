"""The state of one unit, read by index: what a unit's page needs, in a few milliseconds.

The same facts, postings and claims as :class:`~bianzhi.core.state.State` folds as frames; a test
holds the two against each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from bianzhi.core.book import Book
from bianzhi.core.errors import Refusal
from bianzhi.core.facts import HOLDERS, REFERENCES
from bianzhi.core.ledger import FIGURES
from bianzhi.core.quantity import quantity
from bianzhi.core.rows import Account
from bianzhi.core.shelf import Use


class Figures(NamedTuple):
    """The five figures of an account of the unit, and 核定 − 实有 beside 空编."""

    kind: str
    funding: str
    approved: Decimal
    actual: Decimal
    pending: Decimal
    reserved: Decimal
    uncounted: Decimal

    @property
    def vacant(self) -> Decimal:
        """空编 = 核定 − 实有 − 待上编 − 预留."""
        return self.approved - self.actual - self.pending - self.reserved

    @property
    def gross_vacant(self) -> Decimal:
        """核定 − 实有."""
        return self.approved - self.actual


class Using(NamedTuple):
    """Somebody or something that uses posts of the unit."""

    claimant: str
    name: str
    cls: str
    kind: str
    funding: str
    figure: str
    amount: Decimal


class Dependant(NamedTuple):
    """A thing that names the unit on the day: a section, a subordinate unit, a duty."""

    key: str
    cls: str
    field: str
    name: str


@dataclass(frozen=True)
class UnitState:
    """A unit on a day, as known at a change."""

    unit: str
    cls: str
    on: int
    known: int
    fields: dict[str, str]
    accounts: list[Figures]
    uses: list[Using]
    dependants: list[Dependant]


def unit_state(book: Book, unit: str, on: int) -> UnitState:
    """The state of one unit on a day.

    Args:
        book: A fresh book over the record as known at the change wanted.
        unit: Key of an org, section or pool.
        on: Day number.

    Raises:
        Refusal: There is no such unit.
    """
    cls = book.cls(unit)
    if cls is None or cls not in HOLDERS:
        raise Refusal.of("unknown-unit", f"没有代码为“{unit}”的机构", "请核对代码", field="unit")
    # read at once: looking up what a nameless unit is called adds to the book's own page of it
    values = [(field, timeline.at(on)) for field, timeline in book.fields(unit).items()]
    accounts = sorted(book.accounts(unit))
    uses = list(_uses(book, accounts, on))
    return UnitState(
        unit=unit,
        cls=cls,
        on=on,
        known=book.head,
        fields={field: value for field, value in values if value is not None},
        accounts=[_figures(book, account, uses, on) for account in accounts],
        uses=[_using(book, claimant, use, on) for claimant, use in uses],
        dependants=list(_dependants(book, unit, on)),
    )


def figures_of(book: Book, holders: Collection[str], on: int) -> dict[str, list[Figures]]:
    """The accounts of several units with their figures on a day, by unit; for the sections and
    subordinate units that a unit's page lists."""
    accounts = sorted(book.source.accounts(holders))
    uses = list(_uses(book, accounts, on))
    found: dict[str, list[Figures]] = {holder: [] for holder in holders}
    claimed = defaultdict(list)
    for claimant, use in uses:
        claimed[use[0]].append((claimant, use))
    for account in accounts:
        found[account.holder].append(_figures(book, account, claimed[account], on))
    return found


def is_under(book: Book, unit: str, scope: str, on: int) -> bool:
    """Whether a unit is ``scope`` or lies below it by 上级机构 on a day: what ``State.inside`` of
    that scope holds, found by walking up from the unit."""
    at: str | None = unit
    walked = set[str]()
    while at is not None and at != scope and at not in walked:
        walked.add(at)
        at = book.fact(at, "parent", on)
    return at == scope


def _uses(book: Book, accounts: list[Account], on: int) -> Iterator[tuple[str, Use]]:
    book.load_balances(accounts)
    book.load_claimants(accounts)
    claimants = sorted({each for account in accounts for each in book.claimants(account)})
    book.load_subjects(claimants)
    wanted = set(accounts)
    for claimant in claimants:
        for timeline in book.claims(claimant).values():
            use = timeline.at(on)
            if use is not None and use[0] in wanted:
                yield claimant, use


def _figures(book: Book, account: Account, uses: list[tuple[str, Use]], on: int) -> Figures:
    used = dict.fromkeys(FIGURES, 0)
    for _, (claimed, figure, amount) in uses:
        if claimed == account:
            used[figure] += amount
    amounts = (book.balance(account).on(on), *used.values())
    return Figures(account.kind, account.funding, *map(quantity, amounts))


def _using(book: Book, claimant: str, use: Use, on: int) -> Using:
    account, figure, amount = use
    name = book.fact(claimant, "name", on) or claimant
    cls = book.cls(claimant) or ""
    return Using(claimant, name, cls, account.kind, account.funding, figure, quantity(amount))


def _dependants(book: Book, unit: str, on: int) -> Iterator[Dependant]:
    referrers = sorted(book.referrers(unit))
    book.load_subjects(referrers)
    for key in referrers:
        for field in sorted(REFERENCES):
            if book.fact(key, field, on) == unit and _in_being(book, key, on):
                name = book.fact(key, "name", on) or book.fact(key, "text", on) or key
                yield Dependant(key, book.cls(key) or "", field, name)


def _in_being(book: Book, key: str, on: int) -> bool:
    if book.cls(key) not in HOLDERS:
        return True
    ended = book.life(key)[1]
    return ended is None or on < ended
