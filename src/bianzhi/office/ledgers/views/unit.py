"""A unit on a day: what it is, its figures, who uses its posts, what became of it and by which
document."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bianzhi.core.days import day_text
from bianzhi.core.facts import ENDED, FIELDS
from bianzhi.core.unit import UnitState, unit_state
from bianzhi.office.access.rights import may
from bianzhi.office.access.roles import HANDLE
from bianzhi.office.checks import query
from bianzhi.office.desk.showing import page
from bianzhi.office.desk.words import Words
from bianzhi.office.ledgers.reading import told
from bianzhi.office.ledgers.reading.figures import (
    MOST,
    below,
    figures,
    leadership,
    once,
    sections,
    summed,
)
from bianzhi.office.ledgers.reading.sight import Sight, sight
from bianzhi.office.ledgers.reading.years import years
from bianzhi.office.papers import texts

HEAD = (
    "status", "rank", "category", "welfare_class", "civil_service_managed", "funding_form",
    "supervisor", "sponsor", "parent", "nameplates", "uscc", "founded_on",
)  # fmt: skip
ALWAYS = ("rank", "category", "welfare_class", "funding_form", "supervisor", "sponsor", "parent",
          "nameplates", "uscc", "founded_on")  # fmt: skip
INSTITUTION = "4"  # 事业单位, among the categories
STAFF_MOVES = 60  # movements of people shown on the page; the register of people has them all


@require_safe
def unit(request: HttpRequest) -> HttpResponse:
    """The page of one unit."""
    view = sight(request)
    found = unit_state(view.book, view.code, view.on)
    events = told.events(view)
    posts, leads = figures(view.words, found.accounts)
    persons, matters = told.people(view, found)
    documents = told.documents(view, events)
    by_year, steps = years(view, found)
    staff = [each for each in events if each["staff"]]
    changes = [each for each in events if not each["staff"]]
    return page(
        request, "ledgers/unit", view,
        unit=found, name=view.words.name(view.code),
        life=life(view, found),
        fields=fields(view.words, found),
        posts=posts, leads=leads, total=summed(view.words, found.accounts),
        uncounted=any(row.uncounted for row in found.accounts),
        leadership=leadership(view.words, found, {each["key"]: each["title"] for each in persons}),
        persons=persons, matters=matters,
        sections=sections(view, found), below=below(view, found),
        below_left=max(0, len(once(found, "org")) - MOST),
        duties=told.duties(view),
        events=changes, staff=staff[:STAFF_MOVES], staff_left=max(0, len(staff) - STAFF_MOVES),
        ahead=sum(each["ahead"] for each in changes),
        documents=documents, texts=texts_of(view, documents),
        newest=told.newest(events),
        years=by_year,
        picture=picture(view, changes, steps),
        findings=query.rows_of(view.area, view.code),
        diagnosed=may(request.user, HANDLE) and is_institution(view, found),
        **told.succession(view),
    )  # fmt: skip


def is_institution(view: Sight, found: UnitState) -> bool:
    """Whether it is a 事业单位, which is what the diagnosis looks at."""
    category = found.fields.get("category")
    return category is not None and view.words.state.tree("org_category").covers(
        INSTITUTION, str(category)
    )


def texts_of(view: Sight, documents: list[dict[str, Any]]) -> set[str]:
    """文号 of the papers whose full text is here, for who may see all that papers speak of."""
    if view.words.state.inside is not None:
        return set()
    return texts.known(each["paper"].label for each in documents)


def life(view: Sight, found: UnitState) -> dict[str, Any]:
    """Where the unit is in its life on the day, with a day on which it was in being."""
    born, ended = view.book.life(view.code)
    status = found.fields.get("status")
    if status is None:
        words, other = "当日尚未设立", born
    elif status in ENDED:
        words, other = ("已撤销" if status == "abolished" else "已转企"), (ended or 1) - 1
    else:
        return {"words": "", "born": born, "ended": ended}
    return {"words": words, "born": born, "ended": ended,
            "other": day_text(other) if other is not None else ""}  # fmt: skip


def fields(words: Words, found: UnitState) -> list[dict[str, str | None]]:
    """Title and value of each field, the head of the card first; units by key for a link."""
    known = FIELDS[found.cls]
    rest = [name for name in known if name not in (*HEAD, "name") and name in found.fields]
    shown = [
        name for name in (*HEAD, *rest)
        if name in found.fields or (found.cls == "org" and name in ALWAYS)
    ]  # fmt: skip
    return [
        {
            "title": known[name].title,
            "value": words.value(found.cls, name, found.fields[name])
            if name in found.fields else "—",
            "unit": found.fields.get(name) if known[name].type == "ref" else None,
        }
        for name in shown
    ]  # fmt: skip


def picture(view: Sight, events: list[dict[str, Any]], steps: list[Any]) -> dict[str, Any]:
    """What the drawing of the 沿革 is made of; the tables beside it say the same."""
    by_paper: dict[tuple[int, int], dict[str, Any]] = {}
    for each in reversed(events):
        event = each["event"]
        point = by_paper.setdefault(
            (event.day, event.no),
            {"day": day_text(event.day), "verbs": [], "ahead": each["ahead"],
             "paper": each["paper"].label if each["paper"] else ""},
        )  # fmt: skip
        if event.verb not in point["verbs"]:
            point["verbs"].append(event.verb)
    return {
        "on": view.day,
        "events": list(by_paper.values()),
        "steps": [(day_text(day), approved, actual) for day, approved, actual in steps],
    }
