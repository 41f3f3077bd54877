"""Running rules: every entry in force over a state; what breaks on one unit stops nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from time import perf_counter
from typing import Any, NamedTuple

import polars as pl

from bianzhi.core.state import State
from bianzhi.rules.beside import KINDS
from bianzhi.rules.finding import FOUND, Finding, none_found
from bianzhi.rules.material import SERVED, Material
from bianzhi.rules.pack import Entry, Pack, gathered, served_on
from bianzhi.rules.scoping import excepted, inside

MOST_BROKEN = 20  # units named before a rule is given up as a whole


class Crash(NamedTuple):
    """A rule that could not be worked out for a unit ("": for the area)."""

    rule: str
    name: str
    unit: str
    message: str

    def __str__(self) -> str:
        where = f"对单位 {self.unit} " if self.unit else ""
        return f"规则 {self.rule} {where}没有算成：{self.message}；其余不受影响"


@dataclass(frozen=True)
class Outcome:
    """What a run gave.

    Attributes:
        on, known: The state.
        rules_day: The day whose rules were used.
        entries: Those that were run.
        rows: entry (its place) and the columns of a finding.
        excused: The same, of what an exemption covers.
        crashes: What could not be worked out.
        skipped: Entries left out, and what they lacked.
        seconds: What each entry took.
    """

    on: int
    known: int
    rules_day: int
    entries: tuple[Entry, ...]
    rows: pl.DataFrame
    excused: pl.DataFrame
    crashes: tuple[Crash, ...]
    skipped: tuple[tuple[Entry, str], ...]
    seconds: tuple[float, ...]

    @cached_property
    def frame(self) -> pl.DataFrame:
        """A row a finding with everything there is to say of it (see :class:`Finding`)."""
        return self.rows.join(_said(self.entries), on="entry", how="left", maintain_order="left")

    def findings(self) -> Iterator[Finding]:
        """The findings as values."""
        names = [name for name in Finding._fields if name not in ("on", "known")]
        for row in self.frame.select(names).iter_rows(named=True):
            yield Finding(**row, on=self.on, known=self.known)

    def tally(self) -> dict[str, int]:
        """How many findings each rule has."""
        counts = self.frame.group_by("rule").len().sort("rule")
        return dict(counts.iter_rows())


def check(
    state: State, packs: Iterable[Pack], rules_day: int | None = None,
    births: pl.DataFrame | None = None,
) -> Outcome:  # fmt: skip
    """All rules of some packs over a state.

    Args:
        state: The state, or a scenario's preview.
        packs: From the widest jurisdiction to the most local.
        rules_day: The day whose rules hold; default the day of the state.
        births: See :class:`Material`.
    """
    listed = list(packs)
    day = state.on if rules_day is None else rules_day
    figures = [(*key, amount) for key, amount in served_on(listed, state.on).items()]
    served = pl.DataFrame(figures, schema=SERVED, orient="row") if figures else None
    # a branch is judged inside the whole: what stands above it is there, and its neighbours
    whole = State(state.columns, state.on, state.known) if state.scope else state
    return run(Material(whole, births, served), gathered(listed, day), day, state.inside)


def run(
    material: Material, entries: Sequence[Entry], rules_day: int, only: pl.Series | None = None
) -> Outcome:
    """Some entries over some material; with ``only``, what is told of those units."""
    found, crashes, seconds = [], [], []
    lacking = [(entry, _lacking(material, entry)) for entry in entries]
    skipped = [(entry, lacks) for entry, lacks in lacking if lacks]
    usable = tuple(entry for entry, lacks in lacking if not lacks)
    for place, entry in enumerate(usable):
        start = perf_counter()
        rows, broken = _entry(material, entry, only)
        rows = rows.select(pl.lit(place, pl.UInt32).alias("entry"), *FOUND)
        found.append(rows.with_columns(excepted(entry, material.on).alias("excepted")))
        crashes += broken
        seconds.append(perf_counter() - start)
    schema: dict[str, Any] = {"entry": pl.UInt32, **FOUND, "excepted": pl.Boolean}
    rows = pl.concat([pl.DataFrame(schema=schema), *found])
    return Outcome(
        material.on, material.state.known, rules_day, usable,
        rows.filter(~pl.col("excepted")).drop("excepted"),
        rows.filter("excepted").drop("excepted"), tuple(crashes), tuple(skipped), tuple(seconds),
    )  # fmt: skip


def _lacking(material: Material, entry: Entry) -> str:
    """What an entry would need and is not known, in words; "" where nothing lacks."""
    return "、".join(KINDS[name].title for name in entry.rule.needs if material.told(name) is None)


def _entry(
    material: Material, entry: Entry, only: pl.Series | None
) -> tuple[pl.DataFrame, list[Crash]]:
    """The findings of one entry, sorted, inside its scope."""
    try:
        inner = inside(material, entry.scope)
    except Exception as error:  # noqa: BLE001  whatever an entry does, the others are run
        return none_found(), [Crash(*entry.key, "", _words(error))]
    rows, crashes = _isolated(material, entry)
    for keys in (inner, only):
        if keys is not None:
            rows = rows.filter(pl.col("unit").is_in(keys.implode()))
    return rows.sort("unit", "about"), crashes


def _isolated(material: Material, entry: Entry) -> tuple[pl.DataFrame, list[Crash]]:
    """The findings, and the units on which the rule breaks; found by halving."""
    try:
        return entry.rule.check(material, entry.parameters), []
    except Exception as error:  # noqa: BLE001
        whole = Crash(*entry.key, "", _words(error))
    keys = None if entry.rule.area else _keys(material)
    return (none_found(), [whole]) if keys is None else _halved(material, entry, keys, whole)


def _keys(material: Material) -> pl.Series | None:
    """Every unit, and "" for the area; None where not even that can be told."""
    try:
        held = [pl.Series("unit", [""]), material.units["unit"], material.accounts["unit"]]
        return pl.concat(held).unique().sort()
    except Exception:  # noqa: BLE001  told as what the rule met
        return None


def _halved(
    material: Material, entry: Entry, keys: pl.Series, whole: Crash
) -> tuple[pl.DataFrame, list[Crash]]:
    good: list[pl.DataFrame] = []
    broken: list[Crash] = []
    waiting = [keys]
    while waiting and len(broken) < MOST_BROKEN:
        keys = waiting.pop()
        try:
            good.append(entry.rule.check(material.part(keys), entry.parameters))
        except Exception as error:  # noqa: BLE001
            if len(keys) <= 1:
                broken.append(Crash(*entry.key, keys[0] if len(keys) else "", _words(error)))
            else:
                half = len(keys) // 2
                waiting += [keys[half:], keys[:half]]
    if waiting:
        return none_found(), [whole, *broken]
    return pl.concat([none_found(), *good]), broken


def _words(error: Exception) -> str:
    first = (str(error).strip() or type(error).__name__).splitlines()[0]
    return first[:200]


def _said(entries: Sequence[Entry]) -> pl.DataFrame:
    """entry and the columns of a finding that the entry says."""
    rows = [
        (place, each.rule.code, each.name, each.title, each.severity, each.rule.family,
         each.origin.title, each.origin.doc_no, each.origin.clause, each.origin.grade, each.pack)
        for place, each in enumerate(entries)
    ]  # fmt: skip
    names = ("rule", "name", "title", "severity", "family", "source", "doc_no", "clause", "grade",
             "pack")  # fmt: skip
    schema: dict[str, Any] = {"entry": pl.UInt32, **dict.fromkeys(names, pl.String)}
    return pl.DataFrame(rows, schema=schema, orient="row")


class Difference(NamedTuple):
    """What a change of states does to the findings: rows as in ``Outcome.frame``."""

    new: pl.DataFrame
    gone: pl.DataFrame
    moved: pl.DataFrame  # still there, with other numbers (``found_before``, ``limit_before``)


KEY = ("rule", "name", "unit", "about")


def difference(before: Outcome, after: Outcome) -> Difference:
    """The findings a scenario makes and removes."""
    old, new = before.frame, after.frame
    both = new.join(
        old.select(*KEY, found_before="found", limit_before="limit"), on=list(KEY), how="inner"
    )
    other = pl.col("found").ne_missing(pl.col("found_before")) | pl.col("limit").ne_missing(
        pl.col("limit_before")
    )
    return Difference(
        new.join(old, on=list(KEY), how="anti"), old.join(new, on=list(KEY), how="anti"),
        both.filter(other),
    )  # fmt: skip
