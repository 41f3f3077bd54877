"""Deliveries: the list, a new one, how far one is, laying one aside."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from bianzhi.core.days import day_text, parse_day
from bianzhi.core.errors import Refusal
from bianzhi.office.access import log
from bianzhi.office.access.rights import may, need
from bianzhi.office.access.roles import IMPORT, POST
from bianzhi.office.desk.unpacking import ALL, LARGEST, MEGABYTE
from bianzhi.office.intake import keeping, progress, running, work
from bianzhi.office.intake.models import STATES, Delivery
from bianzhi.office.intake.wording import DIFFERS


def delivery_of(request: HttpRequest, number: int) -> Delivery:
    """The delivery of an address, for those who may see deliveries."""
    need(request.user, IMPORT)
    return get_object_or_404(Delivery, pk=number)


@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """All deliveries, the newest first, and the form for a new one."""
    need(request.user, IMPORT)
    listed = Delivery.objects.prefetch_related("files")[:200]
    return render(request, "intake/deliveries.html", {
        "deliveries": [(each, STATES[each.state]) for each in listed],
        "endings": ",".join((*keeping.ENDINGS, ".zip")),
        "largest": LARGEST // MEGABYTE, "all": ALL // MEGABYTE,
    })  # fmt: skip


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take in files; they are read at once."""
    need(request.user, IMPORT)
    sent = request.FILES.getlist("files")
    if sum(each.size or 0 for each in sent) > ALL:
        raise Refusal.of("too-much", f"一次最多 {ALL // MEGABYTE} 兆字节", "请分几批导入")
    received = work.receive([(each.name or "", each.read()) for each in sent], _name(request))
    log.note(request, "import", f"第 {received.delivery.pk} 批资料")
    if received.known:
        messages.info(request, f"以前交过、没有再读：{'、'.join(received.known)}")
    if running.was_interrupted(received.delivery):
        running.prepare(received.delivery)
    return redirect("delivery", received.delivery.pk)


@require_safe
def delivery(request: HttpRequest, number: int) -> HttpResponse:
    """One delivery: how far it is, its sheets, what was found, and what would be posted."""
    found = delivery_of(request, number)
    return render(request, "intake/delivery.html", around(request, found) | {
        "sheets": [sheet for file in found.files.all() for sheet in file.sheets.all()],
        "documents": found.files.filter(name__iendswith=".docx").annotate(
            numbers=Count("stated"),
            confirmed=Count("stated", filter=~Q(stated__confirmed="")),
            differing=Count("stated", filter=Q(stated__verdict=DIFFERS)),
        ),
    })  # fmt: skip


def around(request: HttpRequest, found: Delivery) -> dict[str, object]:
    """What every page of a delivery shows."""
    lines = found.lines
    return {
        "delivery": found, "state": STATES[found.state], "progress": progress.of(found.pk),
        "interrupted": running.was_interrupted(found), "may_post": may(request.user, POST),
        "can_post": running.may_post(found), "day": day_shown(found),
        "errors": found.found.filter(severity="error").count(),
        "warnings": found.found.filter(severity="warning").count(),
        "differences": lines.count(), "open": lines.filter(answer="").count(),
    }  # fmt: skip


def day_shown(found: Delivery) -> str:
    """The day of the current tables, as it is written."""

    return "" if found.day is None else day_text(found.day)


@require_safe
def watch(request: HttpRequest, number: int) -> HttpResponse:
    """How far the work is; the page asks again and again."""
    found = delivery_of(request, number)
    response = render(request, "intake/parts/progress.html", around(request, found))
    if progress.of(found.pk) is None:
        response["HX-Refresh"] = "true"
    return response


@require_POST
def again(request: HttpRequest, number: int) -> HttpResponse:
    """Read and plan once more: after corrections, or where work was interrupted."""
    found = delivery_of(request, number)

    if day := request.POST.get("day", "").strip():
        found.day = parse_day(day)
        found.save(update_fields=["day"])
    running.prepare(found)
    return redirect("delivery", number)


@require_POST
def lay_aside(request: HttpRequest, number: int) -> HttpResponse:
    """Lay a delivery aside."""
    found = delivery_of(request, number)
    work.void(found)
    messages.info(request, f"第 {number} 批资料已作废，台账没有变化")
    return redirect("intake")


def _name(request: HttpRequest) -> str:
    return str(getattr(request.user, "name", "") or request.user)
