"""Rows: what a change leaves in the record. Values only; nothing here decides anything.

``act`` numbers the acts of a change from 1 and ``verb`` is the act's Chinese name, so that a page
can say "由甲单位划转" and not merely that two numbers moved. ``day`` is a day number, quantities
are ten-thousandths, ``source`` says where in the document (clause, sheet and cell) the row stands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple


class Account(NamedTuple):
    """Where posts lie: a holder, a kind of post, a funding form ("" where none applies)."""

    holder: str
    kind: str
    funding: str = ""


class Subject(NamedTuple):
    """A thing with a permanent key, entered once: an org, a section, a person, a duty …"""

    key: str
    cls: str


class Fact(NamedTuple):
    """``field`` of ``subject`` has ``value`` from ``day`` until its next row; None ends it."""

    act: int
    verb: str
    subject: str
    field: str
    value: str | None
    day: int
    source: str


class Posting(NamedTuple):
    """``delta`` posts into (or, negative, out of) an account on a day."""

    act: int
    verb: str
    account: Account
    delta: int
    day: int
    source: str


# Made by the million: a tuple becomes a row without the call of Python code that ``Posting(…)`` is.
as_posting: Callable[[tuple[Any, ...]], Posting] = partial(tuple.__new__, Posting)


class Claim(NamedTuple):
    """From ``day`` the ``subject`` uses ``amount`` posts of ``account``; None ends the use.

    ``figure`` says as what: actual (实有), pending (待上编), reserved (预留) or uncounted
    (不占编). A subject has one timeline a ``slot``, so a person fills one counting place at a time.
    """

    act: int
    verb: str
    subject: str
    slot: str
    account: Account | None
    figure: str
    amount: int
    day: int
    source: str


class Link(NamedTuple):
    """Succession: ``before`` went, wholly or in part, into ``after`` on ``day``."""

    act: int
    verb: str
    before: str
    after: str
    day: int
    source: str


class Assertion(NamedTuple):
    """A published total that is compared for ever.

    Attributes:
        scope: unit (one holder), subtree (a holder and all below it) or area (everything).
        holder: The holder; "" for area.
        kind: A kind or a group of kinds.
        funding: A funding form, None for all together.
        figure: approved or actual.
        expected, tolerance: What was published, and the rounding its publisher allows.
        day: The day it speaks of.
        at_change: Compare as of its own change on that day (a 三定 says what it fixes, not what a
            later paper of the same day adds); otherwise at the end of the day.
    """

    act: int
    verb: str
    scope: str
    holder: str
    kind: str
    funding: str | None
    figure: str
    expected: int
    tolerance: int
    day: int
    at_change: bool
    source: str


class Amendment(NamedTuple):
    """A later word on an earlier change: 作废, 补依据, or 停止核对 (one assertion, by its line)."""

    act: int
    verb: str
    target: int
    line: int
    source: str


@dataclass(slots=True)
class Rows:
    """The rows of one change, each table in the order of entry (``line`` counts from 1)."""

    subjects: list[Subject] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    postings: list[Posting] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    assertions: list[Assertion] = field(default_factory=list)
    amendments: list[Amendment] = field(default_factory=list)

    def tables(self) -> tuple[list[tuple[object, ...]], ...]:
        """The tables in their fixed order, the order in which they are digested."""
        return (  # type: ignore[return-value]
            self.subjects,
            self.facts,
            self.postings,
            self.claims,
            self.links,
            self.assertions,
            self.amendments,
        )
