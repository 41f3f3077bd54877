"""The first page: totals by kind, and the units in being, found by name or code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bianzhi.core.folding import known_by
from bianzhi.core.state import FIGURES, State
from bianzhi.office.desk.asking import Asked, asked
from bianzhi.office.desk.showing import page, part
from bianzhi.office.desk.words import Words

NAMES = ("name", "short_name", "habitual_names", "nameplates")
SIDES = ("granted", "held", "abolished", "converted")
NOTHING = dict.fromkeys(("approved", "actual", "pending", "reserved", "vacant", "gross_vacant"))


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Totals and units of a day."""
    view = asked(request)
    sought = view.others.get("q", "")
    units = in_order(listed(view.state, sought))
    shown = part(request, view, len(units))
    return page(
        request, "ledgers/home", view,
        sought=sought,
        totals=totals(view.words, leadership=False),
        total=counted(view.words),
        leadership=totals(view.words, leadership=True),
        gone=gone(view, sought) if sought else [],
        units=list(lines(view.words, units[shown.start : shown.end])),
        part=shown,
    )  # fmt: skip


def totals(words: Words, *, leadership: bool) -> list[dict[str, Any]]:
    """A row a kind: granted, abolished, converted, and the figures of all units and pools."""
    state = words.state
    frame = state.totals.join(state.figures("kind"), on="kind", how="left")
    frame = frame.with_columns(pl.col(*FIGURES).fill_null(0))
    frame = frame.filter(pl.any_horizontal([pl.col(name) != 0 for name in (*SIDES, *FIGURES)]))
    rows = frame.iter_rows(named=True)
    found = [row for row in rows if words.is_leadership(row["kind"]) == leadership]
    return named(words, found)


def named(words: Words, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with the names of their kinds, in the order of the code tree."""
    rows = [{**row, "name": words.kind(row["kind"])} for row in rows]
    return sorted(rows, key=lambda row: words.place(row["kind"]))


def counted(words: Words) -> dict[str, Any]:
    """The sum over the kinds that count towards the total."""
    rows = [row for row in totals(words, leadership=False) if words.counts(row["kind"])]
    if len(rows) < 2:
        return {}
    return {name: sum(row[name] for row in rows) for name in (*SIDES, *FIGURES)}


def listed(state: State, sought: str) -> pl.DataFrame:
    """The units to list: all but sections, or, when something is sought, all that match."""
    orgs = state.orgs
    if not sought:
        return orgs.filter(pl.col("cls") != "section")
    return orgs.filter(pl.any_horizontal([has(name, sought) for name in ("key", *NAMES)]))


def has(column: str, sought: str) -> pl.Expr:
    """Whether a text contains what is sought, letter for letter."""
    return pl.col(column).str.contains(sought, literal=True).fill_null(False)


def in_order(orgs: pl.DataFrame) -> list[dict[str, Any]]:
    """Units under those they belong to, pools last; each row with its depth."""
    rows = {row["key"]: row for row in orgs.iter_rows(named=True)}

    def path(key: str) -> tuple[tuple[str, str], ...]:
        steps: list[tuple[str, str]] = []
        at: str | None = key
        while at in rows:
            steps.insert(0, (str(rows[at]["order_no"] or ""), str(at)))
            at = rows[at]["parent"]
        return tuple(steps)

    paths = {key: path(key) for key in rows}
    ordered = sorted(rows, key=lambda key: (rows[key]["cls"] == "pool", paths[key]))
    return [{**rows[key], "depth": min(len(paths[key]) - 1, 3)} for key in ordered]


def lines(words: Words, units: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each unit with a line of figures a kind, its leadership posts summed up."""
    keys = [unit["key"] for unit in units]
    found = words.state.figures("holder", "kind").filter(pl.col("holder").is_in(keys))
    by_holder = found.partition_by("holder", as_dict=True)
    for unit in units:
        figures = by_holder.get((unit["key"],))
        rows = list(figures.iter_rows(named=True)) if figures is not None else []
        leads = [row for row in rows if words.is_leadership(row["kind"])]
        posts = [row for row in rows if not words.is_leadership(row["kind"])]
        yield {
            **unit,
            "about": [words.value("org", name, unit[name]) if unit[name] else ""
                      for name in ("rank", "category", "welfare_class")],
            "lines": named(words, posts) or [NOTHING],
            "leads": sum(row["approved"] for row in leads) if leads else None,
            "leading": sum(row["actual"] for row in leads),
        }  # fmt: skip


def gone(view: Asked, sought: str) -> list[dict[str, Any]]:
    """Units that bear or bore a name like this and are not in the list: renamed or no more."""
    columns, known = view.columns, view.state.known
    facts = columns.frame("facts").filter(pl.col("field").is_in(NAMES))
    facts = facts.filter(known_by(columns, known) & has("value", sought))
    keys = columns.frame("subjects")["key"]
    now = set(listed(view.state, sought)["key"])
    being = set(view.state.orgs["key"])
    found: dict[str, dict[str, Any]] = {}
    for number, value in facts.sort("day", "no").select("subject", "value").iter_rows():
        key = keys[number - 1]
        if key not in now and view.words.classes[key] in ("org", "section", "pool"):
            found[key] = {"key": key, "was": value, "being": key in being}
    return list(found.values())
