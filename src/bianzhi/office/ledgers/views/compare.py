"""Two days compared, every post of the difference explained by a document."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bianzhi.core.days import day_date, day_number, day_text
from bianzhi.core.diff import Difference, diff, unexplained
from bianzhi.core.facts import HOLDERS
from bianzhi.core.ledger import COUNTERS
from bianzhi.office.desk.asking import Asked, asked, day_of, number_of
from bianzhi.office.desk.held import held
from bianzhi.office.desk.showing import page
from bianzhi.office.desk.words import Words

MOST = 500  # rows of each table on the page; the command line gives them all
FULL = ("approved", "actual", "vacant")  # shown before, after and change; the others by change
Row = dict[str, Any]


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """The difference from one day to another; from the start of the year if none is given."""
    view = asked(request)
    known = view.state.known
    new_year = day_number(day_date(view.on).replace(month=1, day=1))
    days = [day_of(view.others.get(name, ""), default)
            for name, default in (("before", new_year), ("after", view.on))]  # fmt: skip
    changes = [number_of(view.others.get(name, ""), known)
               for name in ("known_before", "known_after")]  # fmt: skip
    sides = [held().state(day, no) for day, no in zip(days, changes, strict=True)]
    found = diff(sides[0].state, sides[1].state)
    words = sides[1]
    return page(
        request, "ledgers/compare", view,
        before=day_text(days[0]), after=day_text(days[1]),
        known_before=changes[0], known_after=changes[1],
        **cut("figures", figures(words, found)),
        **cut("postings", postings(view, words, found)),
        **cut("facts", facts(view, words, found)),
        **cut("links", links(view, found)),
        unexplained=unexplained(found).height,
    )  # fmt: skip


def cut(name: str, rows: list[Row]) -> dict[str, Any]:
    """The rows a page shows, and how many it leaves out."""
    return {name: rows[:MOST], f"{name}_left": max(0, len(rows) - MOST)}


def figures(words: Words, found: Difference) -> list[Row]:
    """A row an account, its figures side by side."""
    units = found.figures.filter(~pl.col("holder").is_in(list(COUNTERS)))
    rows: dict[tuple[str, str, str], Row] = {}
    for line in units.iter_rows(named=True):
        where = line["holder"], line["kind"], line["funding"]
        row = rows.setdefault(where, {**line, "kind_name": words.kind(line["kind"]),
                                      "funding_name": words.funding(line["funding"])})  # fmt: skip
        row[line["figure"]] = {name: line[name] for name in ("before", "after", "change")}
    return [
        {**row, "full": [row.get(name) for name in FULL],
         "pending": row.get("pending"), "reserved": row.get("reserved")}
        for row in rows.values()
    ]  # fmt: skip


def postings(view: Asked, words: Words, found: Difference) -> list[Row]:
    """The postings that explain 核定, unit by unit."""
    units = found.postings.filter(~pl.col("holder").is_in(list(COUNTERS)))
    papers = view.words.papers(units["no"])
    return [
        {**row, "kind_name": words.kind(row["kind"]), "paper": papers.get(row["no"]),
         "funding_name": words.funding(row["funding"])}
        for row in units.iter_rows(named=True)
    ]  # fmt: skip


def facts(view: Asked, words: Words, found: Difference) -> list[Row]:
    """What else is different about units."""
    papers = view.words.papers(found.facts["no"])
    rows = []
    for row in found.facts.iter_rows(named=True):
        cls = words.classes.get(row["key"], "")
        if cls in HOLDERS:
            sides = {
                name: words.value(cls, row["field"], row[name]) if row[name] is not None else ""
                for name in ("before", "after")
            }
            title = words.field(row["key"], row["field"])
            rows.append({**row, **sides, "title": title, "paper": papers.get(row["no"])})
    return rows


def links(view: Asked, found: Difference) -> list[Row]:
    """Successions between the two days."""
    papers = view.words.papers(found.succession["no"])
    return [
        {**row, "paper": papers.get(row["no"])} for row in found.succession.iter_rows(named=True)
    ]
