"""A unit on a day: what it is, its figures, who uses its posts, what became of it and by which
document."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bianzhi.core.book import Book
from bianzhi.core.columns import Columns
from bianzhi.core.facts import ENDED, FIELDS
from bianzhi.core.history import history
from bianzhi.core.ledger import FIGURES as USES
from bianzhi.core.state import State
from bianzhi.core.unit import Figures, UnitState, unit_state
from bianzhi.office.desk.asking import asked, need
from bianzhi.office.desk.showing import FIGURES, page
from bianzhi.office.desk.words import EVER, Words
from bianzhi.record.engine import Engine
from bianzhi.record.source import SqlSource
from bianzhi.record.unit import load_unit

TITLED = ("name", "status")  # they stand in the heading


@require_safe
def unit(request: HttpRequest) -> HttpResponse:
    """The page of one unit."""
    view = asked(request)
    code = need("单位代码", request.GET.get("code"))
    book = Book(SqlSource(Engine(), view.state.known))
    found = unit_state(book, code, view.on)
    columns = load_unit(code, known=view.state.known)
    posts, leads = figures(view.words, found)
    told = events(view.words, columns, code, view.on)
    return page(
        request, "ledgers/unit", view,
        unit=found, name=view.words.name(code),
        standing=standing(found),
        fields=fields(view.words, found),
        posts=posts, leads=leads, total=summed(view.words, found),
        uncounted=any(row.uncounted for row in found.accounts),
        users=users(view.words, book, found),
        **dependants(found),
        events=told, ahead=any(each["ahead"] for each in told),
        **succession(columns, code),
    )  # fmt: skip


def standing(found: UnitState) -> str:
    """Where the unit is in its life on the day; "" while it is in being."""
    status = found.fields.get("status")
    if status is None:
        return "当日尚未设立"
    if status in ENDED:
        return "已撤销" if status == "abolished" else "已转企"
    return ""


def fields(words: Words, found: UnitState) -> list[dict[str, str | None]]:
    """Title and value of each field, in the order of the register; units by key for a link."""
    return [
        {
            "title": field.title,
            "value": words.value(found.cls, name, found.fields[name]),
            "unit": found.fields[name] if field.type == "ref" else None,
        }
        for name, field in FIELDS[found.cls].items()
        if name in found.fields and name not in TITLED
    ]


def figures(words: Words, found: UnitState) -> tuple[list[Any], list[Any]]:
    """The accounts in use: posts, and leadership posts."""
    posts: list[dict[str, Any]] = []
    leads: list[dict[str, Any]] = []
    for row in sorted(found.accounts, key=lambda row: words.place(row.kind)):
        if any(getattr(row, name) for name in (*FIGURES, "uncounted")):
            side = leads if words.is_leadership(row.kind) else posts
            side.append({"row": row, "kind": words.kind(row.kind),
                         "funding": words.funding(row.funding)})  # fmt: skip
    return posts, leads


def summed(words: Words, found: UnitState) -> Figures | None:
    """The sum of the accounts that count towards the total, where there are several."""
    rows = [row for row in found.accounts if words.counts(row.kind)]
    if len(rows) < 2:
        return None
    sums = (sum((getattr(row, name) for row in rows), Decimal(0)) for name in Figures._fields[2:])
    return Figures("", "", *sums)


def users(words: Words, book: Book, found: UnitState) -> list[dict[str, Any]]:
    """Who or what uses posts here; the post and the leadership post of one person on one line."""
    lines = []
    for claimant, group in groupby(found.uses, key=lambda use: use.claimant):
        uses = list(group)
        leads = [use for use in uses if words.is_leadership(use.kind)]
        lines.append({
            "name": uses[0].name,
            "cls": uses[0].cls,
            "title": book.fact(claimant, "title", found.on) or "",
            "leads": [words.kind(use.kind) for use in leads],
            "posts": [
                {"use": use, "figure": USES[use.figure], "kind": words.kind(use.kind),
                 "funding": words.funding(use.funding)}
                for use in uses if use not in leads
            ],
        })  # fmt: skip
    return sorted(lines, key=lambda line: (line["cls"] == "person", not line["leads"]))


def dependants(found: UnitState) -> dict[str, list[Any]]:
    """Sections, subordinate units and duties, each once."""
    by_key = {each.key: each for each in found.dependants}
    return {
        "sections": [each for each in by_key.values() if each.cls == "section"],
        "below": [each for each in by_key.values() if each.cls == "org"],
        "duties": [each for each in by_key.values() if each.cls == "duty"],
    }


def events(words: Words, columns: Columns, code: str, on: int) -> list[dict[str, Any]]:
    """沿革, newest first; what one document says many times in the same words is said once."""
    told: list[dict[str, Any]] = []
    for _, group in groupby(history(columns, code), key=lambda e: (e.day, e.no, e.verb, e.text)):
        same = list(group)
        told.append({"event": same[0], "times": len(same), "ahead": same[0].day > on})
    papers = words.papers(each["event"].no for each in told)
    return [{**each, "paper": papers.get(each["event"].no)} for each in reversed(told)]


def succession(columns: Columns, code: str) -> dict[str, list[dict[str, Any]]]:
    """Who came before and who came after, with the day and the change."""
    links = list(State(columns, EVER).succession.iter_rows(named=True))
    return {
        "before": [each for each in links if each["after"] == code],
        "after": [each for each in links if each["before"] == code],
    }
