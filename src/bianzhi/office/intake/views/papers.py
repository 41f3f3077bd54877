"""A paper of a delivery: its numbers beside the ledger's, to be confirmed, and its text."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from bianzhi.core.days import day_text
from bianzhi.office.intake import running, stating, texts
from bianzhi.office.intake.models import POSTED, VOID, DeliveredFile, Delivery
from bianzhi.office.intake.views.deliveries import around, delivery_of
from bianzhi.office.intake.wording import EFFECTS, VERDICTS


def _paper(found: Delivery, file: int) -> DeliveredFile:
    return get_object_or_404(found.files, pk=file, name__iendswith=".docx")


@require_safe
def paper(request: HttpRequest, number: int, file: int) -> HttpResponse:
    """What the paper says, and how each of its numbers stands to the ledger."""
    found = delivery_of(request, number)
    shown = _paper(found, file)
    read = texts.paper_of(shown)
    told = texts.written(shown)
    rows = [
        (
            each, VERDICTS[each.verdict], EFFECTS.get(each.verdict, ""),
            each.words.partition(each.phrase),
            day_text(each.held_day) if each.held_day is not None else "",
        )
        for each in shown.stated.all()
    ]  # fmt: skip
    return render(request, "intake/paper.html", around(request, found) | {
        "file": shown, "paper": read, "told": told, "rows": rows,
        "clauses": [(each.number, each.text) for each in read.clauses if each.number or each.text],
        "tables": read.text.tables,
        "from_day": day_text(told.day) if told.day is not None else "",
        "open_to_change": found.state not in (POSTED, VOID), "confirmable": stating.OPEN,
    })  # fmt: skip


@require_POST
def confirm(request: HttpRequest, number: int, file: int) -> HttpResponse:
    """The numbers ticked are confirmed, the others are not (any more)."""
    found = delivery_of(request, number)
    shown = _paper(found, file)
    keys = request.POST.getlist("confirm")
    if request.POST.get("all"):
        keys = list(shown.stated.values_list("key", flat=True))
    count = stating.confirm(shown, keys, str(getattr(request.user, "name", "")))
    messages.info(request, f"“{shown.name}”已确认 {count} 个数，入账时一并登记")
    return redirect("delivery-paper", number, file)


@require_POST
def correct(request: HttpRequest, number: int, file: int) -> HttpResponse:
    """Whose paper it is, from when it holds, its 文号: corrected by hand and compared again."""
    found = delivery_of(request, number)
    shown = _paper(found, file)
    given = (request.POST.get(name, "") for name in ("unit", "day", "doc_no"))
    stating.correct(shown, *given)
    running.prepare(found)
    messages.info(request, "已更正并重新核对")
    return redirect("delivery-paper", number, file)
