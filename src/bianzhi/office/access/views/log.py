"""The access log, for the auditor: filtered, paged, as a workbook. Looking at it is logged too."""

from __future__ import annotations

import io
from datetime import timedelta
from urllib.parse import urlencode

import xlsxwriter
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from bianzhi.core.errors import Refusal
from bianzhi.office.access import log as access_log
from bianzhi.office.access.downloads import XLSX, saved
from bianzhi.office.access.log import ACTS
from bianzhi.office.access.models import LogEntry
from bianzhi.office.access.rights import need
from bianzhi.office.access.roles import AUDIT

LINES = 200
MOST = 200_000  # lines of one workbook
TITLES = ("序号", "时间", "用户", "事项", "内容", "对象", "事由", "来自")
FILTERS = ("who", "act", "q", "since", "until")


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """The page."""
    need(request.user, AUDIT)
    given = {name: request.GET.get(name, "").replace("\0", "").strip() for name in FILTERS}
    found = filtered(given)
    if "xlsx" in request.GET:
        access_log.note(request, "export", f"访问记录，{found.count()} 条")
        return _workbook(found)
    page = Paginator(found, LINES).get_page(request.GET.get("page"))
    if page.number == 1:
        access_log.note(request, "audit", "查看访问记录")
    query = urlencode({name: value for name, value in given.items() if value})
    rows = [row_of(each) for each in page.object_list]
    return render(request, "access/log.html", {
        "page": page, "rows": rows, "given": given, "acts": ACTS, "query": query,
        "titles": TITLES,
    })  # fmt: skip


def filtered(given: dict[str, str]) -> QuerySet[LogEntry]:
    """The lines that are asked for, newest first."""
    found = LogEntry.objects.order_by("-no")
    if given["who"]:
        found = found.filter(who=given["who"])
    if given["act"]:
        found = found.filter(act=given["act"])
    if given["q"]:
        word = given["q"]
        found = found.filter(Q(what__contains=word) | Q(subject=word) | Q(reason__contains=word))
    # days of the office are days in China; the lines are in UTC
    for name, edge in (("since", "at__gte"), ("until", "at__lt")):
        if given[name]:
            found = found.filter(**{edge: _start(given[name], later=name == "until")})
    return found


def _start(text: str, later: bool) -> str:
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None or not 1900 <= day.year <= 2200:
        raise Refusal.of("bad-day", f"“{text}”不是日期", "请写成 2026-01-31 的样子")
    midnight = parse_datetime(f"{day + timedelta(days=1 if later else 0)}T00:00:00+08:00")
    return access_log.moment(midnight) if midnight else ""


def row_of(entry: LogEntry) -> tuple[object, ...]:
    """A line as people read it."""
    at = parse_datetime(entry.at)
    shown = f"{localtime(at):%Y-%m-%d %H:%M:%S}" if at else entry.at
    act = ACTS.get(entry.act, entry.act)
    return (
        entry.no, shown, entry.who, act, entry.what, entry.subject, entry.reason, entry.address,
    )  # fmt: skip


def _workbook(found: QuerySet[LogEntry]) -> HttpResponse:
    stream = io.BytesIO()
    # texts come from people: none is taken for a formula or a link
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    with xlsxwriter.Workbook(stream, plain) as book:
        sheet = book.add_worksheet("访问记录")
        sheet.set_column(1, 7, 18)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, TITLES, book.add_format({"bold": True}))
        for line, entry in enumerate(found[:MOST].iterator(2000), 1):
            sheet.write_row(line, 0, row_of(entry))
    return saved(stream.getvalue(), "访问记录.xlsx", XLSX)
