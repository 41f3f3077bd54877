"""The year's report: on a page where every number leads to its grounds, as Word, as Excel."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from bianzhi.core.days import day_number, day_text
from bianzhi.office.access import log
from bianzhi.office.cases.reports.files import as_word, as_workbook
from bianzhi.office.cases.reports.year import BOARD_BY, Year, due
from bianzhi.office.cases.views.case import download
from bianzhi.office.desk.asking import Asked, asked
from bianzhi.office.desk.held import held
from bianzhi.office.desk.showing import page
from bianzhi.office.desk.today import today

FIRST = 1949
MOST = 300  # rows of a table on the page; the files have them all
MAKERS = {"docx": as_word, "xlsx": as_workbook}


@require_safe
def newest(request: HttpRequest) -> HttpResponse:
    """The report that is due next: of last year until the end of March, then of this one."""
    asked(request)
    now = today()
    return redirect("case-report", now.year - ((now.month, now.day) <= BOARD_BY))


@require_safe
def report(request: HttpRequest, year: int) -> HttpResponse:
    """The report of a year, up to today where it is not over."""
    view, told = _seen(request, year)
    sections = [(each, each.rows[:MOST], max(0, len(each.rows) - MOST))
                for each in told.sections()]  # fmt: skip
    return page(
        request, "cases/report", view, year=year, sections=sections, title=_title(view, year),
        opening=_opening(view, year), due=due(year, bool(view.state.scope)),
        years=[each for each in (year - 1, year + 1) if FIRST < each <= today().year],
    )  # fmt: skip


@require_safe
def report_file(request: HttpRequest, year: int, form: str) -> HttpResponse:
    """The same as a file: ``docx`` or ``xlsx``."""
    view, told = _seen(request, year)
    if form not in MAKERS:
        raise Http404("报告只有 Word 和 Excel 两种")
    title = _title(view, year)
    made = MAKERS[form](title, _opening(view, year), told.sections())
    log.note(request, "export", f"{title}（{form}）", subject=view.state.scope or "")
    return download(made, f"{title}.{form}")


def _seen(request: HttpRequest, year: int) -> tuple[Asked, Year]:
    """The viewpoint of the last day of the report, and what it is made from."""
    view = asked(request)
    if not FIRST < year <= today().year:
        raise Http404(f"没有{year}年的报告")
    scope, known = view.state.scope, view.state.known
    first, last = day_number(date(year - 1, 12, 31)), day_number(min(date(year, 12, 31), today()))
    view = replace(
        view, on=last, words=held().state(last, known, scope),
        carried={**view.carried, "on": day_text(last)},
    )  # fmt: skip
    units = None
    if scope is not None:
        insides = [held().state(day, known, scope).state.inside for day in (first, last)]
        units = frozenset(key for inside in insides if inside is not None for key in inside)
    return view, Year(held().state(first, known), held().state(last, known), units)


def _title(view: Asked, year: int) -> str:
    return f"{view.scope_name if view.state.scope else ''}{year}年度机构编制执行情况报告"


def _opening(view: Asked, year: int) -> str:
    return (
        f"{year - 1}-12-31 与 {view.day} 对比，截至第 {view.state.known} 号变更；"
        "空编 = 核定 − 实有 − 待上编 − 预留。"
    )
