"""What the office keeps for its papers: register of numbers, heads, templates, calendar."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from bianzhi.core.days import day_date, parse_day
from bianzhi.core.errors import Problem, Refusal, refuse_if
from bianzhi.files.official.template import FIELDS, MOST_BYTES, need_template
from bianzhi.files.official.word import standard_template
from bianzhi.office.access import log
from bianzhi.office.access.log import name_of
from bianzhi.office.access.rights import may, need
from bianzhi.office.access.roles import DECIDE, HANDLE, READ
from bianzhi.office.cases import issuing, numbering
from bianzhi.office.cases.matters import matters
from bianzhi.office.cases.models import Holiday, Letterhead, Limit, Number, Template
from bianzhi.office.cases.use.limits import LIMITS, MOST, limits
from bianzhi.office.cases.use.notices import KINDS
from bianzhi.office.cases.views.case import download
from bianzhi.office.desk.asking import asked
from bianzhi.office.desk.sheets import Column, wanted, workbook
from bianzhi.office.desk.showing import page, part

COLUMNS = (Column("文号", 24), Column("标题", 50), Column("日期", 12), Column("登记人", 12),
           Column("作废", 30))  # fmt: skip


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The register of 文号, gap-free by 代字 and year; void ones stay."""
    need(request.user, READ)
    need(request.user, HANDLE if may(request.user, HANDLE) else DECIDE)
    view = asked(request)
    found = Number.objects.select_related("case")
    if wanted(request):
        rows = [(str(each), each.title, timezone.localtime(each.at).date(), each.by, each.void)
                for each in found]  # fmt: skip
        return workbook(view, "文号登记簿", COLUMNS, rows, len(rows))
    cut = part(request, view, found.count())
    return page(request, "cases/register", view, part=cut, rows=found[cut.start : cut.end],
                may_void=may(request.user, DECIDE),
        heads=Letterhead.objects.order_by("level"))  # fmt: skip


@require_POST
def spare(request: HttpRequest) -> HttpResponse:
    """Take a number for a paper made outside the system, or void such a one."""
    need(request.user, DECIDE)
    number = request.POST.get("void", "")
    if number.isdecimal() and len(number) < 19:
        reason = request.POST.get("reason", "").replace("\0", "")
        numbering.void(get_object_or_404(Number, pk=int(number)), reason)
        return redirect("case-register")
    title = request.POST.get("title", "").replace("\0", "").strip()
    if not title:
        raise Refusal.of("missing", "没有写明这个文号用于什么文件", "请填写标题", field="title")
    now, by = timezone.now(), name_of(request.user)
    head = numbering.letterhead(request.POST.get("level", ""))
    with transaction.atomic():
        taken = numbering.take(
            head.word, timezone.localdate().year, title, case=None, by=by, now=now
        )
    messages.success(request, f"已登记 {taken}。")
    return redirect("case-register")


@require_safe
def signing(request: HttpRequest) -> HttpResponse:
    """发文设置: heads, templates, fonts, calendar."""
    need(request.user, HANDLE)
    view = asked(request)
    known = {each.level: each for each in Letterhead.objects.all()}
    kinds = _kinds()
    templates = {each.kind: each for each in reversed(Template.objects.all())}
    return page(
        request, "cases/signing", view,
        heads=[(level, title, known.get(level)) for level, title in numbering.HEADS.items()],
        kinds=[(kind, templates.get(kind)) for kind in kinds], fields=FIELDS.items(),
        fonts=issuing.fonts().used(), folder=_told(issuing.font_folder()),
        holidays=[(each, day_date(each.day)) for each in Holiday.objects.all()],
        limits=limits(), may_change=may(request.user, DECIDE),
    )  # fmt: skip


def _kinds() -> list[str]:
    """The kinds of papers that are issued."""
    return sorted({each.paper for each in matters().values()}
                  | {each.title for each in KINDS.values()})  # fmt: skip


def _told(folder: Path) -> Path:
    """A folder as the guide names it: from where the program was started, if it lies there."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


@require_POST
def head(request: HttpRequest) -> HttpResponse:
    """Say how the papers of a level are signed."""
    need(request.user, DECIDE)
    told = {name: request.POST.get(name, "").replace("\0", "").strip()
            for name in ("level", "issuer", "word", "printed_by", "copies")}  # fmt: skip
    refuse_if(
        Problem("missing", f"缺少{title}", "请补填", field=name)
        for name, title in (("issuer", "发文机关"), ("word", "代字")) if not told[name]
    )  # fmt: skip
    numbering.need_word(told["word"])
    if told["level"] not in numbering.HEADS:
        raise Refusal.of("unknown-level", "没有这一级", "请刷新页面重试")
    level = told.pop("level")
    Letterhead.objects.update_or_create(level=level, defaults=told)
    log.note(request, "case", f"发文设置：{numbering.HEADS[level]} {told['issuer']} {told['word']}")
    messages.success(request, "已保存发文机关和代字。")
    return redirect("case-signing")


@require_POST
def set_limit(request: HttpRequest) -> HttpResponse:
    """Set a limit of the use of posts."""
    need(request.user, DECIDE)
    code, text = request.POST.get("code", ""), request.POST.get("value", "").strip()
    if code not in LIMITS or not text.isdecimal() or not 0 < int(text[:9]) <= MOST:
        raise Refusal.of(
            "bad-limit", f"期限“{text}”应是 1 到 {MOST} 的整数", "请核对", field="value"
        )
    Limit.objects.update_or_create(code=code, defaults={"value": int(text)})
    log.note(request, "case", f"发文设置：{LIMITS[code].title} {text} {LIMITS[code].unit}")
    return redirect("case-signing")


@require_POST
def template(request: HttpRequest) -> HttpResponse:
    """Hand in a Word template; it is looked through before it may be used."""
    need(request.user, DECIDE)
    kind, sent = request.POST.get("kind", ""), request.FILES.get("file")
    if kind not in _kinds() or sent is None:
        raise Refusal.of("missing", "没有选公文种类或模板文件", "请选择", field="file")
    if (sent.size or 0) > MOST_BYTES:
        raise Refusal.of("too-large", "模板文件太大", "请去掉图片再传", field="file")
    data, name = sent.read(), sent.name or "模板.docx"
    need_template(data, name)
    Template.objects.create(kind=kind, name=name[:200], digest=sha256(data).hexdigest(),
                            content=data, by=name_of(request.user), at=timezone.now())  # fmt: skip
    log.note(request, "case", f"更换{kind}模板：{name}")
    messages.success(request, f"以后的{kind}按“{name}”生成。")
    return redirect("case-signing")


@require_safe
def template_file(request: HttpRequest) -> HttpResponse:
    """The template in use for a kind of paper, or the standard one, to be edited in Word."""
    need(request.user, HANDLE)
    kind = request.GET.get("kind", "")
    own = Template.objects.filter(kind=kind).first()
    data = bytes(own.content) if own else standard_template()
    return download(data, own.name if own else "公文样板.docx")


@require_POST
def holiday(request: HttpRequest) -> HttpResponse:
    """Write a day into the calendar, or take it out."""
    need(request.user, HANDLE)
    day = parse_day(request.POST.get("day", ""))
    if "drop" in request.POST:
        Holiday.objects.filter(day=day).delete()
    else:
        Holiday.objects.update_or_create(day=day, defaults={
            "works": request.POST.get("works") == "yes",
            "name": request.POST.get("name", "").replace("\0", "").strip()[:40],
        })  # fmt: skip
    return redirect("case-signing")
