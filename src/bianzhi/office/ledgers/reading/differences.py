"""Two states against each other, as far as a comparison asks and its reader may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import polars as pl

from bianzhi.core.diff import Difference, diff
from bianzhi.core.facts import HOLDERS
from bianzhi.core.folding import known_by
from bianzhi.core.ledger import COUNTERS
from bianzhi.core.state import State
from bianzhi.office.desk.words import Words

FULL = ("approved", "actual", "vacant")  # shown before, after and change; the others by change
PROMISED = ("pending", "reserved")
SHOWN = (*FULL, *PROMISED)
Row = dict[str, Any]


def difference(before: State, after: State, units: frozenset[str] | None) -> Difference:
    """The difference, of everything or of some units.

    It is taken whole and then cut: a unit that moved into the scope brings no posts that no
    document explains, it brings the document that moved it.
    """
    found = diff(before, after)
    if units is None:
        return found
    keys = pl.Series(sorted(units)).implode()
    inside = pl.col("holder").is_in(keys)
    duties = pl.col("field").eq("holder") & (
        pl.col("before").is_in(keys) | pl.col("after").is_in(keys)
    )
    ends = pl.col("before").is_in(keys) | pl.col("after").is_in(keys)
    return replace(
        found,
        figures=found.figures.filter(inside),
        postings=found.postings.filter(inside),
        facts=found.facts.filter(pl.col("key").is_in(keys) | duties),
        succession=found.succession.filter(ends),
    )


def figures(words: Words, found: Difference) -> list[Row]:
    """A row an account, its figures side by side."""
    units = found.figures.filter(~pl.col("holder").is_in(list(COUNTERS)))
    rows: dict[tuple[str, str, str], Row] = {}
    for line in units.iter_rows(named=True):
        where = line["holder"], line["kind"], line["funding"]
        row = rows.setdefault(where, {**line, "kind_name": words.kind(line["kind"]),
                                      "funding_name": words.funding(line["funding"])})  # fmt: skip
        row[line["figure"]] = {name: line[name] for name in ("before", "after", "change")}
    return [_beside(row) for row in rows.values()]


def _beside(row: Row) -> Row:
    return {**row, "full": [row.get(name) for name in FULL],
            **{name: row.get(name) for name in PROMISED}}  # fmt: skip


def summed(
    words: Words, before: State, after: State, units: frozenset[str] | None, by: str
) -> list[Row]:
    """The figures by kind or by holder on both days, those that do not differ left out; by holder
    only the kinds that count towards the total."""
    sides = [_sums(words, state, units, by) for state in (before, after)]
    both = sides[0].join(sides[1], on=by, how="full", coalesce=True, suffix="_after")
    both = both.with_columns(pl.col(*SHOWN, *(f"{name}_after" for name in SHOWN)).fill_null(0))
    both = both.filter(pl.any_horizontal([pl.col(f"{n}_after") != pl.col(n) for n in SHOWN]))
    rows = [_pair(row[by], row) for row in both.iter_rows(named=True)]
    return sorted(rows, key=lambda row: words.place(row["key"]) if by == "kind" else row["key"])


def _sums(words: Words, state: State, units: frozenset[str] | None, by: str) -> pl.DataFrame:
    frame = state.figures("holder", "kind")
    if units is not None:
        frame = frame.filter(pl.col("holder").is_in(pl.Series(sorted(units)).implode()))
    if by == "holder":
        counted = [kind for kind in frame["kind"].unique() if words.counts(kind)]
        frame = frame.filter(pl.col("kind").is_in(counted))
    return frame.group_by(by).agg(pl.col(*SHOWN).sum())


def _pair(key: str, sums: Row) -> Row:
    row: Row = {"key": key}
    for name in SHOWN:
        was, now = sums[name], sums[f"{name}_after"]
        row[name] = {"before": was, "after": now, "change": now - was}
    return _beside(row)


def total(rows: Iterable[Row]) -> Row:
    """Rows added up."""
    kept = list(rows)
    sums = {
        name: {part: sum((row[name][part] for row in kept), Decimal(0))
               for part in ("before", "after", "change")}
        for name in SHOWN
    }  # fmt: skip
    return _beside(dict(sums))


def postings(words: Words, found: Difference) -> list[Row]:
    """The postings that explain 核定, unit by unit."""
    units = found.postings.filter(~pl.col("holder").is_in(list(COUNTERS)))
    papers = words.papers(units["no"])
    return [
        {**row, "kind_name": words.kind(row["kind"]), "paper": papers.get(row["no"]),
         "funding_name": words.funding(row["funding"])}
        for row in units.iter_rows(named=True)
    ]  # fmt: skip


def facts(words: Words, found: Difference) -> list[Row]:
    """What else is different about units, and duties that came or went."""
    papers = words.papers(found.facts["no"])
    texts = duties(words)
    rows = []
    for row in found.facts.iter_rows(named=True):
        cls = words.classes.get(row["key"], "")
        if cls in HOLDERS or (cls == "duty" and row["field"] == "holder"):
            sides = {
                name: words.value(cls, row["field"], row[name]) if row[name] is not None else ""
                for name in ("before", "after")
            }
            title = words.field(row["key"], row["field"])
            rows.append({**row, **sides, "title": title, "paper": papers.get(row["no"]),
                         "duty": texts.get(row["key"], "") if cls == "duty" else ""})  # fmt: skip
    return rows


def duties(words: Words) -> dict[str, str]:
    """The words of every duty, the last ones known."""
    columns = words.state.columns
    keys = columns.frame("subjects")["key"]
    known = known_by(columns, words.state.known)
    texts = columns.frame("facts").filter(known & (pl.col("field") == "text"))
    texts = texts.sort("day", "no", "line")
    return dict(zip(keys.gather(texts["subject"] - 1), texts["value"], strict=True))


def links(words: Words, found: Difference) -> list[Row]:
    """Successions between the two days."""
    papers = words.papers(found.succession["no"])
    return [
        {**row, "paper": papers.get(row["no"])} for row in found.succession.iter_rows(named=True)
    ]
