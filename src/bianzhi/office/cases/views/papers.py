"""The paper of a matter: read beforehand, issued, taken out again; many at once, one by one."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from bianzhi.core.days import day_date, parse_day
from bianzhi.core.errors import Refusal
from bianzhi.files.official.typeset import typeset
from bianzhi.office.access import log
from bianzhi.office.access.log import name_of
from bianzhi.office.access.rights import need
from bianzhi.office.access.roles import DECIDE, HANDLE
from bianzhi.office.cases import expiring, issuing
from bianzhi.office.cases.flow import APPROVED
from bianzhi.office.cases.models import Case, Issued
from bianzhi.office.cases.views.case import download
from bianzhi.office.cases.views.reach import case_for
from bianzhi.office.desk.asking import asked
from bianzhi.office.desk.showing import page


@require_safe
def draft(request: HttpRequest, number: int) -> HttpResponse:
    """The paper as it would be issued, as PDF; it bears no number yet."""
    _, case = case_for(request, number)
    need(request.user, HANDLE)
    today = timezone.localdate()
    paper = issuing.draft_paper(case, today)
    return pdf(typeset(paper, issuing.fonts()))


@require_POST
def issue(request: HttpRequest, number: int) -> HttpResponse:
    """Issue the paper: number, paper and change, or none of them."""
    view, case = case_for(request, number)
    need(request.user, DECIDE, case.unit, view.state)
    issued = issuing.issue(
        case.pk, int(request.POST.get("version") or -1), signed_on=_signed(request),
        by=name_of(request.user), now=timezone.now(),
    )  # fmt: skip
    _note(request, issued)
    posted = f"，第 {issued.change} 号变更入账" if issued.change else ""
    messages.success(request, f"已印发 {issued.number}{posted}。")
    return redirect("case", number)


@require_safe
def issued(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """The paper that was issued, as it was issued: ``pdf`` or ``docx``."""
    _, case = case_for(request, number)
    paper = Issued.objects.filter(case=case).select_related("number").first()
    if paper is None or form not in ("pdf", "docx"):
        raise Http404("还没有印发")
    log.note(request, "export", f"{paper.number}（{form}）", subject=case.unit)
    if form == "pdf":
        return pdf(bytes(paper.pdf), f"{paper.number}.pdf")
    return download(bytes(paper.word), f"{paper.number}.docx")


@require_POST
def again(request: HttpRequest, number: int) -> HttpResponse:
    """Make the issued paper anew and compare it with what was issued, byte by byte."""
    _, case = case_for(request, number)
    need(request.user, HANDLE)
    paper = Issued.objects.filter(case=case).first()
    if paper is None:
        raise Http404("还没有印发")
    issuing.made_again(paper)
    messages.success(request, "重新生成的文件与印发时逐字节相同。")
    return redirect("case", number)


@require_safe
def batch(request: HttpRequest) -> HttpResponse:
    """All decided matters that wait for their papers."""
    need(request.user, DECIDE)
    view = asked(request)
    waiting = Case.objects.filter(state=APPROVED).order_by("pk")
    rows = [(each, view.words.name(each.unit)) for each in waiting]
    return page(request, "cases/batch", view, rows=rows, today=timezone.localdate())


@require_POST
def batch_next(request: HttpRequest) -> HttpResponse:
    """Issue the next of the chosen matters and say how far it is; the page asks again until all
    are done. Each is a transaction of its own: stopped half-way, it is begun again with the rest.
    """
    need(request.user, DECIDE)
    chosen = [int(each) for each in request.POST.getlist("case") if each.isdecimal()]
    waiting = Case.objects.filter(pk__in=chosen, state=APPROVED).order_by("pk")
    skipped = {int(each) for each in request.POST.getlist("failed") if each.isdecimal()}
    case = waiting.exclude(pk__in=skipped).first()
    refused = None
    if case is not None:
        try:
            done = issuing.issue(
                case.pk, case.version, signed_on=_signed(request), by=name_of(request.user),
                now=timezone.now(),
            )  # fmt: skip
            _note(request, done)
        except Refusal as refusal:
            refused = refusal.problems
            skipped.add(case.pk)
    out = list(Issued.objects.filter(case__in=chosen).select_related("number", "case"))
    left = waiting.exclude(pk__in=skipped).count()
    return render(request, "cases/parts/batch.html", {
        "chosen": chosen, "failed": skipped, "out": out, "left": left, "total": len(chosen),
        "signed_on": request.POST.get("signed_on", ""), "last": case, "refused": refused,
    })  # fmt: skip


@require_POST
def expire(request: HttpRequest) -> HttpResponse:
    """Release the locks that ran out; their matters go back to those who asked."""
    need(request.user, HANDLE)
    done, failed = expiring.expire(by=name_of(request.user), now=timezone.now())
    for case in done:
        log.note(request, "case", f"{case.key} 锁编到期", subject=case.unit)
    messages.success(request, f"锁编到期的事项 {len(done)} 件，编制已退回。")
    for case, refusal in failed:
        messages.error(request, f"{case.title}：{refusal.problems[0].what}")
    return redirect("cases")


def pdf(data: bytes, name: str = "草案.pdf") -> HttpResponse:
    """A PDF to be read in the browser."""
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name)}"
    return answer


def _signed(request: HttpRequest) -> date:
    text = request.POST.get("signed_on", "").strip()
    return day_date(parse_day(text)) if text else timezone.localdate()


def _note(request: HttpRequest, issued: Issued) -> None:
    told = f"印发 {issued.number}" + (f"，第 {issued.change} 号变更" if issued.change else "")
    log.note(request, "post", told, subject=issued.case.unit if issued.case else "")
