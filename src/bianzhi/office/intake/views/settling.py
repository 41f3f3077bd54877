"""Settling a delivery: columns corrected, findings read, differences answered, and posting."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import PurePosixPath

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from bianzhi.core.errors import Refusal
from bianzhi.core.kinds import national
from bianzhi.files.headings import table_kind, table_kinds
from bianzhi.office.access import log
from bianzhi.office.access.rights import need
from bianzhi.office.access.roles import IMPORT, POST
from bianzhi.office.intake import running, work
from bianzhi.office.intake.models import POSTED, VOID, Delivery, Found, Sheet
from bianzhi.office.intake.plan.differences import ANSWERS
from bianzhi.office.intake.plan.rows import SEVERITIES
from bianzhi.office.intake.views.deliveries import around, delivery_of
from bianzhi.office.papers import texts

MOST = 500  # lines of a page


@require_safe
def sheet(request: HttpRequest, number: int, sheet: int) -> HttpResponse:
    """A sheet: how each column was understood, with sample values, each to be corrected."""
    found = delivery_of(request, number)
    shown = get_object_or_404(Sheet, pk=sheet, file__delivery=found)
    kind = table_kind(shown.kind) if shown.kind else None
    fields = [(each.name, each.title) for each in kind.fields.values()] if kind else []
    taken = {column["field"] for column in shown.columns}
    missing = [kind.field(name).title for name in kind.must if name not in taken] if kind else []
    return render(request, "intake/sheet.html", around(request, found) | {
        "sheet": shown, "kind": kind, "fields": fields, "missing": missing,
        "shift": next((each for each, one in shifted(found) if one == shown), None),
        "kinds": [(each.name, each.title) for each in table_kinds()],
        "open_to_change": found.state not in (POSTED, VOID),
    })  # fmt: skip


@require_POST
def correct(request: HttpRequest, number: int, sheet: int) -> HttpResponse:
    """Columns corrected by hand; read again with them, and remembered."""
    found = delivery_of(request, number)
    shown = get_object_or_404(Sheet, pk=sheet, file__delivery=found)
    if (kind := request.POST.get("kind", "")) and kind != shown.kind:
        table_kind(kind)
        shown.corrections = {"kind": kind}
    if "used" in request.POST:
        shown.corrections = {**shown.corrections, "used": request.POST["used"] == "yes"}
    work.correct(shown, _changes(request, shown), str(getattr(request.user, "name", "")))
    running.prepare(found)
    messages.info(request, f"已更正“{shown.name}”并重新读入；以后同样的表头会直接认出")
    return redirect("delivery", number)


def shifted(found: Delivery) -> list[tuple[Found, Sheet]]:
    """The sheets whose numbers stand one column off and wait for a word, with what was found."""
    sheets = {
        (each.file.name, each.name): each
        for each in Sheet.objects.filter(file__delivery=found).select_related("file")
    }
    return [
        (each, sheets[each.file, each.sheet])
        for each in found.found.filter(code__endswith="shifted-block")
        if (each.file, each.sheet) in sheets
    ]


@require_POST
def move_back(request: HttpRequest, number: int, sheet: int) -> HttpResponse:
    """移回: the block is read where its values belong, or (``back=no``) as headed again."""
    found = delivery_of(request, number)
    shown = get_object_or_404(Sheet, pk=sheet, file__delivery=found)
    agreed = request.POST.get("back") != "no"
    work.move_back(shown, agreed)
    running.prepare(found)
    said = "已把错位的数移回本栏" if agreed else "已恢复按表头读"
    messages.info(request, f"“{shown.name}”{said}，并重新读入")
    return redirect("delivery-findings", number)


def _changes(request: HttpRequest, shown: Sheet) -> dict[int, str]:
    return {
        column["at"]: told
        for column in shown.columns
        if (told := request.POST.get(f"column-{column['at']}")) is not None
        and told != column["field"]
    }


@require_safe
def findings(request: HttpRequest, number: int) -> HttpResponse:
    """What was found, by severity, each with its cell."""
    found = delivery_of(request, number)
    severity = request.GET.get("severity", "error")
    rows = found.found.filter(severity=severity)
    counts = Counter(found.found.values_list("severity", flat=True))
    return render(request, "intake/findings.html", around(request, found) | {
        "severity": severity, "found": rows[:MOST], "more": max(0, rows.count() - MOST),
        "shifted": shifted(found), "open_to_change": found.state not in (POSTED, VOID),
        "severities": [(code, title, counts[code]) for code, title in SEVERITIES.items()],
    })  # fmt: skip


@require_POST
def adopt(request: HttpRequest, number: int) -> HttpResponse:
    """采用: the number a remark hides goes in, or (``back``) not after all."""
    found = delivery_of(request, number)
    back = bool(request.POST.get("back"))
    work.adopt(found, request.POST.get("key", ""), not back)
    running.prepare(found)
    messages.info(request, "已撤回采用" if back else "已采用，并重新比对")
    return redirect(f"{request.path.removesuffix('adopt')}findings?severity=warning")


@require_safe
def differences(request: HttpRequest, number: int) -> HttpResponse:
    """The 差异清单."""
    found = delivery_of(request, number)
    kinds = Counter(found.lines.values_list("kind", flat=True))
    kind = request.GET.get("kind") or next(iter(sorted(kinds)), "")
    lines = found.lines.filter(kind=kind)
    return render(request, "intake/differences.html", around(request, found) | {
        "kinds": sorted(kinds.items()), "kind": kind, "lines": lines[:MOST], "titles": ANSWERS,
        "more": max(0, lines.count() - MOST),
    })  # fmt: skip


@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Answer one line, or a whole kind; one line comes back alone."""
    found = delivery_of(request, number)
    key, kind = request.POST.get("key", ""), request.POST.get("kind", "")
    if not key and not kind:
        raise Refusal.of("no-line", "没有写明是哪一行", "请回到差异清单再选")
    count = work.decide(found, request.POST.get("answer", ""), key, kind)
    if request.headers.get("HX-Request") and key:
        return render(request, "intake/parts/line.html", around(request, found) | {
            "line": get_object_or_404(found.lines, key=key), "titles": ANSWERS,
        })  # fmt: skip
    messages.info(request, f"已处理 {count} 条")
    return redirect(f"{request.path.removesuffix('decide')}differences?kind={kind}")


@require_safe
def posting(request: HttpRequest, number: int) -> HttpResponse:
    """What would be posted: totals by kind before and after."""
    found = delivery_of(request, number)
    tree = national("quota_kind")
    rows = [
        (code, known.name if (known := tree.find(code)) else code, before, after)
        for code, (before, after) in found.summary.get("totals", {}).items()
    ]
    return render(request, "intake/posting.html", around(request, found) | {"totals": rows})


@require_POST
def post(request: HttpRequest, number: int) -> HttpResponse:
    """Post, when she says so."""
    found = delivery_of(request, number)
    need(request.user, POST)
    if not running.may_post(found):
        raise Refusal.of("not-ready", "这批资料现在不能入账", "请等读入完成，或看它是否已经入账")
    log.note(request, "post", f"第 {number} 批资料")
    running.post(found, str(getattr(request.user, "name", "")))
    return redirect("delivery", number)


@require_safe
def marked(request: HttpRequest, number: int, file: int) -> HttpResponseBase:
    """The user's own workbook with what was found marked."""
    found = delivery_of(request, number)
    log.note(request, "export", f"第 {number} 批资料的带批注原表")
    made = work.marked(get_object_or_404(found.files, pk=file))
    return FileResponse(
        io.BytesIO(made.data), as_attachment=True, filename=PurePosixPath(made.name).name,
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )  # fmt: skip


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Kept texts that hold some words."""
    need(request.user, IMPORT)
    sought = request.GET.get("q", "").strip().replace("\0", "")
    return render(request, "intake/search.html", {"sought": sought, "hits": texts.search(sought)})
