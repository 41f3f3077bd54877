"""One person: where they are, their way there with documents, the personal file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from bianzhi.office.access import log
from bianzhi.office.access.rights import may, need
from bianzhi.office.access.roles import POST, SECRETS
from bianzhi.office.desk.asking import Asked, asked
from bianzhi.office.desk.asking import need as need_part
from bianzhi.office.desk.showing import page
from bianzhi.office.identity import keeping
from bianzhi.office.identity.models import FIELDS, FileChange, PersonFile
from bianzhi.office.identity.opening import vault
from bianzhi.office.people.reading import need_person, way
from bianzhi.office.people.roll import roll
from bianzhi.office.people.views.register import told

CHANGES = 50  # of the personal file, newest first


@require_safe
def person(request: HttpRequest) -> HttpResponse:
    """The page of a person; that it was looked at is logged."""
    view = asked(request)
    key = need_part("人员代码", request.GET.get("code"))
    need_person(view, key)
    people = roll(view.state)
    row = told(view, people.filter(people["key"] == key)).row(0, named=True)
    file = PersonFile.objects.filter(person=key).first()
    steps = way(view, key)
    papers = view.words.papers(step.no for step in steps if step.seen)
    log.note(request, "see", f"查看 {row['name'] or key}", subject=key)
    return page(
        request, "people/person", view,
        row=row, file=file, details=_details(view, file),
        steps=[(step, papers.get(step.no)) for step in reversed(steps)],
        changes=_changes(view, key),
        titles={**FIELDS, "id_number": "身份证号", keeping.NEW: "档案"},
        may_open=may(request.user, SECRETS), may_post=may(request.user, POST),
        ahead=[step for step in steps if step.day > view.on],
        leads_as=view.words.kind(row["leads_as"] or ""),
    )  # fmt: skip


@require_POST
def secret(request: HttpRequest) -> HttpResponse:
    """The whole ID number of a person, for a reason that is logged before it is shown."""
    need(request.user, SECRETS)
    view = asked(request)
    key = need_part("人员代码", request.POST.get("code"))
    row = need_person(view, key)
    reason = request.POST.get("reason", "").strip()[:200]
    if len(reason) < 2:
        messages.error(request, "请写明为什么要看身份证号；每次查看都会记录。")
        return redirect(f"{reverse('person')}?code={key}")
    file = PersonFile.objects.filter(person=key).exclude(locked_id="").first()
    if file is None:
        messages.error(request, "这个人没有录入身份证号。")
        return redirect(f"{reverse('person')}?code={key}")
    log.note(request, "secret", f"查看 {row['name'] or key} 的身份证号", subject=key, reason=reason)
    answer = render(request, "people/secret.html", {
        "asked": view, "name": row["name"], "code": key,
        "number": vault().open(key, file.locked_id), "reason": reason,
    })  # fmt: skip
    answer["Cache-Control"] = "no-store"
    return answer


def _changes(view: Asked, key: str) -> list[FileChange]:
    """What was changed in the personal file, newest first, with names for codes."""
    found = list(FileChange.objects.filter(person=key).order_by("-id")[:CHANGES])
    for each in found:
        if each.field == "funding_form":
            each.before = view.words.funding(each.before)
            each.after = view.words.funding(each.after)
    return found


def _details(view: Asked, file: PersonFile | None) -> list[tuple[str, Any]]:
    """Heading and value of what is filled in."""
    if file is None:
        return []
    shown = [(title, getattr(file, name)) for name, title in FIELDS.items() if name != "name"]
    funding = FIELDS["funding_form"]
    told_ = [(title, view.words.funding(value) if title == funding else value)
             for title, value in shown]  # fmt: skip
    return [("身份证号", file.masked_id), *told_]
