"""Names through time: which unit bore a name on a day, short and misspelt names included."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

import polars as pl

from bianzhi.core.columns import Columns
from bianzhi.core.facts import ENDED
from bianzhi.core.ledger import FOREVER
from bianzhi.office.intake.plan.words import folded

_NOISE = re.compile(r"[（(].*?[)）]|[“”\"·.．]")
SHORTEST = 3  # characters of an abbreviation that may be guessed


def plain(name: str) -> str:
    """A name as it is compared."""
    return folded(name)


@dataclass
class Names:
    """Who bore which name when.

    Attributes:
        spans: name -> (from, until, key); ``until`` is the first day it no longer holds.
        area: What many names begin with (澜溪区), so that 教育局 finds 澜溪区教育局.
        denied: (short name, full name) a person said are not the same unit.
    """

    spans: dict[str, list[tuple[int, int, str]]] = field(default_factory=lambda: defaultdict(list))
    area: str = ""
    current: dict[str, tuple[str, int]] = field(default_factory=dict)
    denied: set[tuple[str, str]] = field(default_factory=set)

    def add(self, key: str, name: str, day: int) -> None:
        """From ``day`` the unit bears this name."""
        self.end(key, day)
        self.current[key] = (plain(name), day)
        self.spans[plain(name)].append((day, FOREVER, key))

    def end(self, key: str, day: int) -> None:
        """From ``day`` the unit bears its name no longer."""
        if (old := self.current.pop(key, None)) is not None:
            spans = self.spans[old[0]]
            spans[:] = [(a, day if k == key and b == FOREVER else b, k) for a, b, k in spans]

    def exact(self, name: str, day: int) -> str | None:
        """The unit of exactly this name on the day, with or without the area before it."""
        wanted = plain(name)
        forms = (wanted, self.full(wanted), self.area + wanted, wanted.removeprefix(self.area))
        for form in forms:
            found = {k for a, b, k in self.spans.get(form, ()) if a <= day < b}
            if len(found) == 1:
                return found.pop()
        return None

    def resolve(self, name: str, day: int) -> tuple[str | None, bool]:
        """(unit, whether it was guessed from a short form); None where nothing or several fit."""
        found = self.exact(name, day)
        if found is not None or not name:
            return found, False
        wanted = plain(name)
        short = _NOISE.sub("", self.full(name)).removeprefix(self.area)
        if len(short) < SHORTEST:
            return None, True
        fits = {
            key
            for key, (full, _) in self.current.items()
            if _within(short, full) and (wanted, full) not in self.denied
        }
        return (fits.pop() if len(fits) == 1 else None), True

    def full(self, name: str) -> str:
        """区财政局 as 澜溪区财政局: the area is often cut down to its last character."""
        wanted = plain(name)
        if self.area and wanted.startswith(self.area[-1]) and not wanted.startswith(self.area):
            return self.area + wanted[1:]
        return wanted

    def ever(self, name: str) -> list[str]:
        """Units that ever bore the name."""
        wanted = plain(name)
        forms = (wanted, self.area + wanted)
        return sorted({k for form in forms for _, _, k in self.spans.get(form, ())})


def _within(short: str, full: str) -> bool:
    """Whether the characters of a short form stand in a full name in this order, last one last.

    >>> _within("教体局", "澜溪区教育和体育局"), _within("教体局", "体育教研局")
    (True, False)
    """
    letters = iter(full)
    return full.endswith(short[-1]) and all(letter in letters for letter in short)


def known_names(columns: Columns, known: int) -> Names:
    """The names in the record."""
    names = Names()
    subjects = columns.frame("subjects")["key"].to_list()
    facts = columns.frame("facts").filter(
        pl.col("field").is_in(["name", "status"]) & (pl.col("no") <= known)
    )
    classes = columns.frame("subjects")["cls"].to_list()
    rows = facts.sort("day", "no", "line").select("subject", "field", "value", "day").iter_rows()
    for subject, what, value, day in rows:
        if classes[subject - 1] != "org":
            continue
        key = subjects[subject - 1]
        if what == "name" and value:
            names.add(key, value, day)
        elif what == "status" and value in ENDED:
            names.end(key, day)
    return names


def common_area(names: list[str]) -> str:
    """What most names begin with, up to and including 区, 县, 市, 旗."""
    counts: dict[str, int] = defaultdict(int)
    for name in names:
        if match := re.match(r"[一-鿿]{1,8}?[区县市旗]", plain(name)):
            counts[match[0]] += 1
    best = max(counts, key=lambda area: counts[area], default="")
    return best if best and counts[best] * 2 > len(names) else ""
