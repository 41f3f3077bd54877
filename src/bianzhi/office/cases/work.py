"""Opening and filling in matters; the rest of their life is steps (``stepping``)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from bianzhi.core.errors import Refusal
from bianzhi.office.cases.flow import DRAFT, LEVELS, RETURNED
from bianzhi.office.cases.matters import matters
from bianzhi.office.cases.matters.base import POSTS, SHARES, UNITS, Field, Given
from bianzhi.office.cases.models import Case

LINES = 4  # of a table of posts in a form, with two more than are filled in
REQUEST = ("doc_no", "title", "issuer", "doc_date")
EDITABLE = (DRAFT, RETURNED)
MULTIPLE = (UNITS, "section", "duties")


def read_form(fields: tuple[Field, ...], sent: Any) -> dict[str, Any]:
    """What a form says, by field; a table of posts as lists of its cells.

    Args:
        fields: Of the type of matter.
        sent: The request's form data (a QueryDict).
    """
    given: dict[str, Any] = {"wishes": _clean(sent.get("wishes", ""))}
    for each in fields:
        if each.widget in (POSTS, SHARES):
            given[each.name] = _lines(each.name, sent)
        elif each.widget in MULTIPLE:
            given[each.name] = [_clean(one) for one in sent.getlist(each.name) if one.strip()]
        else:
            given[each.name] = _clean(sent.get(each.name, ""))
    return given


def _lines(name: str, sent: Any) -> list[list[str]]:
    columns = [sent.getlist(f"{name}.{part}") for part in range(3)]
    rows = [[_clean(cell) for cell in row] for row in zip(*columns, strict=False)]
    return [row for row in rows if row[0] or row[2]]


def _clean(text: str) -> str:
    return text.replace("\0", "").replace("\r\n", "\n").strip()


def open_case(type_: str, unit: str, *, by: str, now: datetime) -> Case:
    """A new draft.

    Raises:
        Refusal: There is no such type.
    """
    if type_ not in matters():
        raise Refusal.of("unknown-type", f"没有“{type_}”这种事项", "请从列表里选")
    matter = matters()[type_]
    return Case(type=type_, unit=unit, title=matter.title, levels=list(matter.levels),
                opened_by=by, opened_at=now)  # fmt: skip


@transaction.atomic
def save(
    case: Case, given: Mapping[str, Any], request: Mapping[str, str], name: Any, version: int
) -> Case:
    """Keep what a form says; incomplete drafts may be kept.

    Raises:
        Refusal: It is no longer a draft, or somebody has changed it since.
    """
    if case.pk:
        case = Case.objects.select_for_update().get(pk=case.pk)
    if case.state not in EDITABLE or case.version != version:
        raise Refusal.of(
            "stale-case", "事项已经报送或刚被别人改过，这次的修改没有保存", "请刷新页面，看过再改"
        )
    case.given, case.request = dict(given), {key: _clean(request.get(key, "")) for key in REQUEST}
    case.save()  # a new one has its number, and with it its key, from here on
    case.title = title(case, name)
    case.save(update_fields=["title"])
    return case


def title(case: Case, name: Any) -> str:
    """How lists name a matter: its subject, as far as the form says."""
    matter = matters()[case.type]
    subject = matter.subject(Given(case.given, case.key), name)
    return (subject or matter.title)[:250]


def need_levels(levels: list[str]) -> list[str]:
    """The levels that decide, in their order.

    Raises:
        Refusal: None is chosen.
    """
    chosen = [level for level in LEVELS if level in levels]
    if not chosen:
        raise Refusal.of("no-level", "没有选由谁审议", "至少选一级", field="levels")
    return chosen
