"""当时所知: what the record said of a unit's posts and fields, day by day, as it grew; and what
later changes corrected about the past.

All rows of the unit are looked at, those of changes voided since included: they were believed once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import polars as pl
from django.utils.timezone import localtime

from bianzhi.core.columns import Columns
from bianzhi.core.folding import VOID

NEVER = 2**62


class Moved(NamedTuple):
    """A posting: in which change, from which day, how many, and the change that voided it."""

    no: int
    day: int
    kind: str
    delta: int
    voided: int


class Said(NamedTuple):
    """A fact: in which change, from which day, which field, which value, and what voided it."""

    no: int
    line: int
    day: int
    field: str
    value: str | None
    voided: int


class Correction(NamedTuple):
    """What a change said about a day of which the record had already told otherwise.

    Attributes:
        no: The change.
        day: The day it speaks of.
        about: A kind of post, or a field.
        is_posts: Whether it is about posts.
        before, after: As known at the change before it, and at it: ten-thousandths, or a value.
        now: As known at the last change.
        voids: The change it voids, 0 where it adds instead.
    """

    no: int
    day: int
    about: str
    is_posts: bool
    before: Any
    after: Any
    now: Any
    voids: int


@dataclass(frozen=True)
class Knowing:
    """All that was ever said of one unit, up to change ``head``."""

    head: int
    moved: list[Moved]
    said: list[Said]

    def posts(self, day: int, known: int, kinds: Iterable[str] | None = None) -> int | None:
        """核定 on a day as known at a change; None if the unit was not known of then."""
        rows = [m for m in self.moved if m.no <= known < m.voided and m.day <= day]
        if not rows and self.value("status", day, known) is None:
            return None
        return sum(m.delta for m in rows if kinds is None or m.kind in kinds)

    def value(self, field: str, day: int, known: int) -> str | None:
        """A field on a day as known at a change."""
        rows = [s for s in self.said
                if s.field == field and s.no <= known < s.voided and s.day <= day]  # fmt: skip
        return max(rows, key=lambda s: (s.day, s.no, s.line)).value if rows else None

    def moments(self, posts_only: bool = False) -> list[int]:
        """The changes that said something new, or voided something said."""
        rows: list[Moved | Said] = [*self.moved, *(() if posts_only else self.said)]
        voided = (row.voided for row in rows if row.voided < NEVER)
        return sorted({*(row.no for row in rows), *voided})

    def days(self) -> list[int]:
        """The days from which posts changed, by whatever change."""
        return sorted({row.day for row in self.moved})

    def corrections(self) -> list[Correction]:
        """What later changes corrected about the past, newest change first."""
        found = {*self._posts_corrected(), *self._fields_corrected()}
        real = [each for each in found if each.before != each.after]
        return sorted(real, key=lambda each: (-each.no, each.day, each.about))

    def _posts_corrected(self) -> Iterable[Correction]:
        for row in self.moved:
            others = (each for each in self.moved if each.kind == row.kind)
            if any(each.no < row.no < each.voided and each.day > row.day for each in others):
                yield self._corrected(row.no, row, 0)
            if row.voided < NEVER:
                yield self._corrected(row.voided, row, row.no)

    def _corrected(self, no: int, row: Moved, voids: int) -> Correction:
        sides = [self.posts(row.day, known, {row.kind}) for known in (no - 1, no, self.head)]
        return Correction._make((no, row.day, row.kind, True, *sides, voids))

    def _fields_corrected(self) -> Iterable[Correction]:
        for row in self.said:
            others = (each for each in self.said if each.field == row.field)
            late = any(each.no < row.no < each.voided and each.day >= row.day for each in others)
            changes = [(row.no, 0)] if late else []
            changes += [(row.voided, row.no)] if row.voided < NEVER else []
            for no, voids in changes:
                sides = [self.value(row.field, row.day, at) for at in (no - 1, no, self.head)]
                yield Correction._make((no, row.day, row.field, False, *sides, voids))


def knowing(columns: Columns, unit: str) -> Knowing:
    """All that was ever said of a unit."""
    voided: dict[int, int] = defaultdict(lambda: NEVER)
    amendments = columns.frame("amendments").filter(pl.col("verb") == VOID)
    for target, no in amendments.select("target", "no").sort("no", descending=True).iter_rows():
        voided[target] = no
    keys = columns.frame("subjects")["key"]
    accounts = columns.frame("accounts").with_row_index("account", offset=1)
    mine = accounts.filter(pl.col("holder") == unit).with_columns(pl.col("account").cast(pl.Int64))
    postings = columns.frame("postings").filter(pl.col("account").is_in(mine["account"].implode()))
    moved = postings.join(mine, on="account").select("no", "day", "kind", "delta")
    facts = columns.frame("facts").filter(pl.col("subject") == (keys.index_of(unit) or 0) + 1)
    told = facts.with_columns(value=pl.coalesce(keys.gather(facts["ref"] - 1), "value"))
    said = told.select("no", "line", "day", "field", "value")
    return Knowing(
        columns.head,
        [Moved._make((*row, voided[row[0]])) for row in moved.iter_rows()],
        [Said._make((*row, voided[row[0]])) for row in said.iter_rows()],
    )


def local_day(stamp: str) -> str:
    """The day of the people on which a change was recorded; the stamp's own where it is none."""
    try:
        return localtime(datetime.fromisoformat(stamp)).date().isoformat()
    except ValueError:
        return stamp[:10]
