"""承接关系: who became whom, and where the posts went."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bianzhi.core.days import day_number, day_text
from bianzhi.core.errors import Refusal
from bianzhi.core.facts import HOLDERS
from bianzhi.core.quantity import UNIT, quantity
from bianzhi.office.desk.asking import Asked, asked, day_of, number_of
from bianzhi.office.desk.showing import page
from bianzhi.office.desk.words import is_counter
from bianzhi.office.ledgers.reading.flows import Flow, through
from bianzhi.office.ledgers.reading.lineage import by_year, layers, lineage, links, of_year
from bianzhi.office.ledgers.reading.sight import seen

Line = dict[str, Any]
MOST = 400  # successions on one page


@require_safe
def succession(request: HttpRequest) -> HttpResponse:
    """The successions of a unit, or of a year; by default of the newest year there is."""
    view = asked(request)
    every = within(view, links(view.columns, view.state.known))
    code = view.others.get("code", "")
    years = by_year(every)
    year = 0 if code else number_of(view.others.get("year", ""), years[0][0] if years else 0)
    found = of_unit(view, code) if code else of_year(every, year) if 0 < year < 9999 else every[:0]
    days = sorted(set(found["day"]))
    first, last = period(view, days, year)
    moved = found.filter(pl.col("day").is_between(first + 1, last))
    units = {key for key in (*moved["before"], *moved["after"]) if view.may_see(key)}
    flows, changes = posts(view, units, first, last)
    return page(
        request, "ledgers/succession", view,
        code=code, name=view.words.name(code) if code else "", year=year, years=years,
        links=told(view, found[:MOST]), left=max(0, found.height - MOST),
        days=[day_text(day) for day in days], picked=day_text(last) if days else "",
        since=day_text(first) if days else "",
        graph=graph(view, found[:MOST], code), sankey=sankey(view, flows),
        flows=ways(view, flows), balance=balance(view, flows, units),
        papers=list(view.words.papers(changes).values()),
    )  # fmt: skip


def within(view: Asked, found: pl.DataFrame) -> pl.DataFrame:
    """Successions with an end that the user may see; the other end is named, not opened."""
    inside = view.state.inside
    if inside is None:
        return found
    keys = inside.implode()
    return found.filter(pl.col("before").is_in(keys) | pl.col("after").is_in(keys))


def of_unit(view: Asked, code: str) -> pl.DataFrame:
    """All ancestors and descendants of a unit the user may see."""
    if view.words.classes.get(code) not in HOLDERS:
        raise Refusal.of("unknown-unit", f"没有代码为“{code}”的机构", "请核对代码")
    seen(view, code)
    return lineage(links(view.columns, view.state.known), code)


def period(view: Asked, days: list[int], year: int) -> tuple[int, int]:
    """(end of the day before, end of the day) through which posts are followed: a year, or the day
    of one succession."""
    if year and days:
        return day_number(date(year - 1, 12, 31)), day_number(date(year, 12, 31))
    due = [day for day in days if day <= view.on] or days
    day = day_of(view.others.get("day", ""), due[-1] if due else view.on)
    return day - 1, day


def posts(view: Asked, units: set[str], first: int, last: int) -> tuple[list[Flow], list[int]]:
    """The flows of some units' posts, leadership posts left out, and the changes behind them."""
    if not units:
        return [], []
    flows, changes = through(view.columns, view.state.known, units, first, last)
    return [flow for flow in flows if not view.words.is_leadership(flow.kind)], changes


def told(view: Asked, found: pl.DataFrame) -> list[Line]:
    """Each succession with its document."""
    papers = view.words.papers(found["no"])
    return [
        {**row, "paper": papers.get(row["no"]), "ahead": row["day"] > view.on}
        for row in reversed(list(found.iter_rows(named=True)))
    ]  # fmt: skip


def graph(view: Asked, found: pl.DataFrame, code: str) -> Line:
    """Boxes by how far along they stand, arrows with day and verb."""
    layer, now = layers(found), frozenset(view.state.orgs["key"])
    rank: dict[int, int] = defaultdict(int)
    boxes = []
    for key in sorted(layer, key=lambda key: (layer[key], key)):
        boxes.append({"key": key, "name": view.words.name(key), "x": layer[key],
                      "y": rank[layer[key]], "self": key == code,
                      "gone": key not in now})  # fmt: skip
        rank[layer[key]] += 1
    arrows = [
        {"from": row["before"], "to": row["after"], "ahead": row["day"] > view.on,
         "words": f"{day_text(row['day'])} {row['verb']}"}
        for row in found.iter_rows(named=True)
    ]  # fmt: skip
    return {"boxes": boxes, "arrows": arrows, "deep": max(rank, default=0) + 1,
            "wide": max(rank.values(), default=0)}  # fmt: skip


def sankey(view: Asked, flows: list[Flow]) -> Line:
    """Left where posts stood, right where they stand."""
    sides = [dict.fromkeys(getattr(flow, side) for flow in flows) for side in ("origin", "target")]
    boxes = [
        {"id": f"{index}:{key}", "name": view.words.name(key), "outside": is_counter(key)}
        for index, side in enumerate(sides) for key in side
    ]  # fmt: skip
    kinds = list(dict.fromkeys(flow.kind for flow in flows))
    ribbons = [
        {"from": f"0:{flow.origin}", "to": f"1:{flow.target}", "value": flow.amount / UNIT,
         "kind": view.words.kind(flow.kind), "hue": kinds.index(flow.kind)}
        for flow in flows
    ]  # fmt: skip
    return {"boxes": boxes, "ribbons": ribbons}


def ways(view: Asked, flows: list[Flow]) -> list[Line]:
    """The flows as a table."""
    ordered = sorted(flows, key=lambda flow: (view.words.place(flow.kind), flow[1:]))
    return [
        {"kind": view.words.kind(flow.kind), "origin": flow.origin, "target": flow.target,
         "stays": flow.origin == flow.target, "amount": quantity(flow.amount)}
        for flow in ordered
    ]  # fmt: skip


def balance(view: Asked, flows: list[Flow], units: set[str]) -> Line:
    """Before and after by holder, and the two sums, which are the same. Of a holder that is not one
    of the units only what it gave them or got from them counts."""
    before: dict[str, int] = defaultdict(int)
    after: dict[str, int] = defaultdict(int)
    for flow in flows:
        before[flow.origin] += flow.amount
        after[flow.target] += flow.amount
    rows = [
        {"key": key, "before": quantity(before[key]), "after": quantity(after[key]),
         "change": quantity(after[key] - before[key]), "partly": key not in units}
        for key in sorted({*before, *after}, key=lambda key: (is_counter(key), key))
    ]  # fmt: skip
    return {"rows": rows, "before": quantity(sum(before.values())),
            "after": quantity(sum(after.values()))}  # fmt: skip
