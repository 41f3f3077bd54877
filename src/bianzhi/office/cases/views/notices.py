"""入编通知 and 核销回执: who came and left and was not told of yet, and the papers that told."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from bianzhi.core.days import day_number, day_text, parse_day
from bianzhi.office.access import log
from bianzhi.office.access.log import name_of
from bianzhi.office.access.rights import need
from bianzhi.office.access.roles import HANDLE
from bianzhi.office.cases.models import Issued
from bianzhi.office.cases.use import notices
from bianzhi.office.cases.use.notices import ENTRY, KINDS, Moved
from bianzhi.office.cases.views.case import download
from bianzhi.office.cases.views.papers import pdf
from bianzhi.office.desk.asking import Asked, asked
from bianzhi.office.desk.sheets import Column, wanted, workbook
from bianzhi.office.desk.showing import page

DAYS = 92  # how far back is looked at first
ADDRESSEE = "人力资源和社会保障局、财政局"
SHOWN = 500


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Who came or left, and whether it was told; the papers issued last."""
    need(request.user, HANDLE)
    view = asked(request)
    what, since, until = _period(request)
    found = notices.moved(view.columns, what, since, until)
    told = notices.told()
    if wanted(request):
        return _workbook(request, view, what, found, told)
    return page(
        request, "cases/notices", view, what=what, kinds=KINDS.items(), kind=KINDS[what],
        since=day_text(since), until=day_text(until), total=len(found),
        rows=[(each, notices.cells(view.words, what, each), told.get(each.key))
              for each in found[:SHOWN]],
        left=sum(each.key not in told for each in found), addressee=ADDRESSEE,
        papers=Issued.objects.filter(case=None).select_related("number").order_by("-pk")[:50],
        today=timezone.localdate(),
    )  # fmt: skip


@require_POST
def issue(request: HttpRequest) -> HttpResponse:
    """Issue a notice for those chosen."""
    need(request.user, HANDLE)
    what, since, until = _period(request)
    chosen = set(request.POST.getlist("moved"))
    view = asked(request)
    people = [each for each in notices.moved(view.columns, what, since, until)
              if each.key in chosen]  # fmt: skip
    addressee = request.POST.get("addressee", "").replace("\0", "")[:200]
    paper = notices.issue(what, people, addressee, signed_on=timezone.localdate(),
                          by=name_of(request.user), now=timezone.now())  # fmt: skip
    log.note(request, "export", f"印发 {paper.number}：{KINDS[what].title} {len(people)} 人")
    messages.success(request, f"已印发 {paper.number}，{len(people)} 人。")
    return redirect(f"{reverse('notices')}?what={what}")


@require_safe
def paper(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """A notice as it was issued."""
    need(request.user, HANDLE)
    found = get_object_or_404(Issued.objects.select_related("number"), pk=number, case=None)
    if form not in ("pdf", "docx"):
        raise Http404("没有这种格式")
    log.note(request, "export", f"{found.number}（{form}）")
    if form == "pdf":
        return pdf(bytes(found.pdf), f"{found.number}.pdf")
    return download(bytes(found.word), f"{found.number}.docx")


def _period(request: HttpRequest) -> tuple[str, int, int]:
    given = request.POST if request.method == "POST" else request.GET
    what = given.get("what", ENTRY)
    if what not in KINDS:
        raise Http404("没有这种通知")
    today = day_number(timezone.localdate())
    since, until = (given.get(name, "").strip() for name in ("since", "until"))
    return what, parse_day(since) if since else today - DAYS, parse_day(until) if until else today


def _workbook(
    request: HttpRequest, view: Asked, what: str, found: list[Moved], told: dict[str, Issued]
) -> HttpResponse:
    kind = KINDS[what]
    papers = view.words.papers(each.no for each in found)
    columns = tuple(Column(head, 16) for head in (*kind.heads, "依据", "告知"))
    rows: list[tuple[Any, ...]] = [
        (*notices.cells(view.words, what, each), papers[each.no].label,
         str(told[each.key].number) if each.key in told else "")
        for each in found
    ]  # fmt: skip
    log.note(request, "export", f"{kind.title}名单 {len(rows)} 人")
    return workbook(view, f"{kind.title}名单", columns, rows, len(rows))
