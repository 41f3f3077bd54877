"""当时所知: what was known, on the day of a recording, about a unit on a day."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bianzhi.core.errors import Refusal
from bianzhi.core.facts import FIELDS, HOLDERS
from bianzhi.core.folding import VOID
from bianzhi.core.quantity import quantity
from bianzhi.office.desk.asking import Asked, asked, known_of
from bianzhi.office.desk.showing import page
from bianzhi.office.ledgers.reading.knowing import Correction, Knowing, knowing, local_day
from bianzhi.office.ledgers.reading.sight import seen

COLUMNS, ROWS = 16, 40  # of the grid: the newest
MOST = 100  # voided changes listed
Line = dict[str, Any]


@require_safe
def known(request: HttpRequest) -> HttpResponse:
    """The grid day × known of a unit's 核定, two views of one day, and the corrections."""
    view = asked(request)
    code = view.others.get("code", "")
    if not code:
        return page(request, "ledgers/known_where", view, rows=voided(view))
    if view.words.classes.get(code) not in HOLDERS:
        raise Refusal.of("unknown-unit", f"没有代码为“{code}”的机构", "请核对代码")
    seen(view, code)
    told = knowing(view.columns.until(view.state.known), code)
    then = picked(view)
    kind = view.others.get("kind", "")
    kinds = sorted({row.kind for row in told.moved}, key=view.words.place)
    counted = [kind] if kind else [each for each in kinds if view.words.counts(each)]
    moments, days = told.moments(posts_only=True)[-COLUMNS:], rows_of(told, view.on)
    return page(
        request, "ledgers/known", view,
        code=code, name=view.words.name(code), then=then, latest=view.state.known,
        recorded=view.others.get("recorded", ""), kind=kind,
        kinds=[{"code": each, "name": view.words.kind(each)} for each in kinds],
        moments=heads(view, moments, then), rows=grid(told, days, moments, counted, view.on, then),
        more=len(told.moments(posts_only=True)) > COLUMNS,
        sides=beside(view, told, code, then, kinds),
        corrections=[correction(view, code, each) for each in told.corrections()],
        paper=view.words.papers([then]).get(then) if then else None,
    )  # fmt: skip


def voided(view: Asked) -> list[Line]:
    """The changes put right by voiding them, newest first, with the units they had touched."""
    amendments = view.columns.frame("amendments").sort("no", descending=True)
    rows = amendments.filter((pl.col("verb") == VOID) & (pl.col("no") <= view.state.known))
    papers = view.words.papers({*rows["no"], *rows["target"]})
    found = []
    for no, target in rows.head(MOST).select("no", "target").iter_rows():
        units = [{"key": key, "name": view.words.name(key)}
                 for key in touched(view, target) if view.may_see(key)]  # fmt: skip
        if units:
            found.append({"paper": papers.get(no), "voids": papers.get(target), "units": units})
    return found


def touched(view: Asked, no: int) -> list[str]:
    """The units whose posts or fields a change moved."""
    accounts, subjects = view.columns.frame("accounts"), view.columns.frame("subjects")
    moved = view.columns.frame("postings").filter(pl.col("no") == no)["account"].unique()
    told = view.columns.frame("facts").filter(pl.col("no") == no)["subject"].unique()
    keys = {*accounts["holder"].gather(moved - 1), *subjects["key"].gather(told - 1)}
    return sorted(key for key in keys if view.words.classes.get(key) in HOLDERS)


def picked(view: Asked) -> int:
    """The change up to which one wants to know what was known: by its number, or by the day."""
    given = view.others.get("then") or view.others.get("recorded", "")
    latest = view.state.known
    return min(known_of(given, view.columns), latest) if given else latest


def rows_of(told: Knowing, on: int) -> list[int]:
    """The days of the grid, newest first: those on which posts changed, and the day asked for."""
    return sorted({*told.days()[-ROWS:], on}, reverse=True)


def heads(view: Asked, moments: list[int], then: int) -> list[Line]:
    """The columns of the grid: a change each, with its paper and when it was recorded."""
    papers = view.words.papers(moments)
    changes = view.columns.frame("changes")
    stamps = dict(changes.select("no", "recorded_at").iter_rows())
    at = max((no for no in moments if no <= then), default=0)
    return [
        {"no": no, "paper": papers.get(no), "recorded": local_day(stamps[no]), "picked": no == at}
        for no in moments
    ]


def grid(
    told: Knowing, days: list[int], moments: list[int], kinds: list[str], on: int, then: int
) -> list[Line]:
    """核定 on each day as known at each change; what differs from the change before is marked."""
    at = max((no for no in moments if no <= then), default=0)
    rows = []
    for day in days:
        cells, before = [], None
        for no in moments:
            value = told.posts(day, no, kinds)
            cells.append({
                "value": None if value is None else quantity(value), "no": no,
                "changed": before is not None and value != before and value is not None,
                "picked": day == on and no == at,
            })  # fmt: skip
            before = value
        rows.append({"day": day, "cells": cells, "asked": day == on})
    return rows


def beside(view: Asked, told: Knowing, code: str, then: int, kinds: list[str]) -> list[Line]:
    """核定 and fields of the day as known then and as known now, side by side."""
    cls, on, now = view.words.classes[code], view.on, view.state.known
    lines = []
    for kind in kinds:
        sides = [told.posts(on, no, {kind}) for no in (then, now)]
        if any(sides):
            shown = [None if side is None else quantity(side) for side in sides]
            lines.append({"title": f"核定　{view.words.kind(kind)}", "sides": shown,
                          "differs": shown[0] != shown[1], "is_number": True})  # fmt: skip
    for name, field in FIELDS[cls].items():
        values = [told.value(name, on, no) for no in (then, now)]
        if any(value is not None for value in values):
            words = ["" if value is None else view.words.value(cls, name, value)
                     for value in values]  # fmt: skip
            lines.append({"title": field.title, "sides": words, "differs": words[0] != words[1]})
    return lines


def correction(view: Asked, code: str, each: Correction) -> Line:
    """A correction in words, with both papers."""
    words, cls = view.words, view.words.classes[code]
    title = f"核定　{words.kind(each.about)}" if each.is_posts else words.field(code, each.about)

    def shown(value: Any) -> Any:
        if value is None:
            return None if each.is_posts else ""
        return quantity(value) if each.is_posts else words.value(cls, each.about, value)

    papers = words.papers([each.no, each.voids])
    return {
        "no": each.no, "day": each.day, "title": title, "is_posts": each.is_posts,
        "before": shown(each.before), "after": shown(each.after), "now": shown(each.now),
        "paper": papers.get(each.no), "voids": papers.get(each.voids),
    }  # fmt: skip
