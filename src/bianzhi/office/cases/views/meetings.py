"""Meetings: which matters they decide, the table to read from, and the decisions on one page."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bianzhi.core.days import day_date, day_text, parse_day
from bianzhi.core.documents import DocNo
from bianzhi.core.errors import Problem, Refusal, refuse_if
from bianzhi.files.official import Item, Paper, Table
from bianzhi.files.official.sheet import Sheet, typeset_sheet
from bianzhi.files.official.word import as_word
from bianzhi.office.access import log
from bianzhi.office.access.log import name_of
from bianzhi.office.access.rights import may, need
from bianzhi.office.access.roles import DECIDE, HANDLE
from bianzhi.office.cases import drafting, issuing, numbering, stepping
from bianzhi.office.cases.flow import LEVELS, STATES
from bianzhi.office.cases.matters import matters
from bianzhi.office.cases.models import Case, CaseStep, Meeting
from bianzhi.office.cases.studying import study
from bianzhi.office.cases.views.case import download
from bianzhi.office.cases.views.papers import pdf
from bianzhi.office.desk.asking import Asked, asked
from bianzhi.office.desk.held import held
from bianzhi.office.desk.showing import page

OUTCOMES = {"agree": "同意", "refuse": "不同意", "defer": "缓议"}
HEADS = (("序号", 6), ("事项", 36), ("提出单位", 24), ("请示文号", 22), ("拟办内容", 60),
         ("论证意见", 40), ("决定", 16))  # fmt: skip


@require_http_methods(["GET", "POST"])
def meetings(request: HttpRequest) -> HttpResponse:
    """All meetings, and the form for a new one."""
    need(request.user, HANDLE if may(request.user, HANDLE) else DECIDE)
    if request.method == "POST":
        return redirect("meeting", _new(request).pk)
    view = asked(request)
    listed = [(each, LEVELS[each.level], day_text(each.held_on), each.cases.count())
              for each in Meeting.objects.all()[:200]]  # fmt: skip
    return page(request, "cases/meetings", view, meetings=listed, levels=LEVELS.items(),
                today=timezone.localdate())  # fmt: skip


def _new(request: HttpRequest) -> Meeting:
    told = {name: request.POST.get(name, "").replace("\0", "").strip()
            for name in ("level", "title", "held_on", "place")}  # fmt: skip
    refuse_if(
        Problem("missing", f"缺少{title}", "请补填", field=name)
        for name, title in (("title", "会议名称"), ("held_on", "日期")) if not told[name]
    )  # fmt: skip
    if told["level"] not in LEVELS:
        raise Refusal.of("unknown-level", "没有选是哪一级会议", "请选择", field="level")
    return Meeting.objects.create(
        level=told["level"], title=told["title"][:120], held_on=parse_day(told["held_on"]),
        place=told["place"][:120],
    )  # fmt: skip


@require_safe
def meeting(request: HttpRequest, number: int) -> HttpResponse:
    """One meeting: its matters, those that wait for one, and the decisions."""
    need(request.user, HANDLE if may(request.user, HANDLE) else DECIDE)
    view = asked(request)
    found = get_object_or_404(Meeting, pk=number)
    waiting = Case.objects.filter(state=found.level).exclude(meeting=found)
    return page(
        request, "cases/meeting", view, meeting=found, level=LEVELS[found.level],
        day=day_text(found.held_on), rows=agenda(view, found),
        waiting=[(each, view.words.name(each.unit)) for each in waiting],
        outcomes=OUTCOMES.items(), may_decide=may(request.user, DECIDE) and not found.closed,
    )  # fmt: skip


@require_POST
def attend(request: HttpRequest, number: int) -> HttpResponse:
    """Put matters that wait on the agenda."""
    need(request.user, HANDLE if may(request.user, HANDLE) else DECIDE)
    found = get_object_or_404(Meeting, pk=number, closed=False)
    chosen = [int(each) for each in request.POST.getlist("case") if each.isdecimal()]
    Case.objects.filter(pk__in=chosen, state=found.level).update(meeting=found)
    return redirect("meeting", number)


@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Enter the decisions of a meeting; each stands on its own, what cannot be is told."""
    need(request.user, DECIDE)
    found = get_object_or_404(Meeting, pk=number, closed=False)
    basis = f"{found.title}（{day_text(found.held_on)}）研究"
    done, wrong = 0, []
    for case in found.cases.filter(state=found.level):
        outcome = request.POST.get(f"outcome.{case.pk}", "")
        if outcome not in OUTCOMES:
            continue
        words = request.POST.get(f"words.{case.pk}", "").replace("\0", "").strip()
        version = int(request.POST.get(f"version.{case.pk}") or -1)
        day = request.POST.get(f"effective.{case.pk}", "").strip()
        try:
            stepping.take(
                case.pk, version, outcome, by=name_of(request.user), now=timezone.now(),
                words=f"{basis}{'，' + words if words else ''}" if outcome == "agree" else words,
                effective_on=parse_day(day) if day else None,
                approved=request.POST.get(f"approved.{case.pk}", ""),
            )  # fmt: skip
        except Refusal as refusal:
            wrong.append(f"{case.title}：{refusal.problems[0].what}")
            continue
        log.note(request, "case", f"{case.key} {OUTCOMES[outcome]}", subject=case.unit)
        done += 1
    if done:
        messages.success(request, f"已登记 {done} 件事项的决定。")
    for each in wrong:
        messages.error(request, each)
    return redirect("meeting", number)


@require_safe
def schedule(request: HttpRequest, number: int) -> HttpResponse:
    """审议表: what the members read from, one line a matter."""
    need(request.user, HANDLE if may(request.user, HANDLE) else DECIDE)
    view = asked(request)
    found = get_object_or_404(Meeting, pk=number)
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False}) as book:
        head = book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter"})
        cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        title = book.add_format({"bold": True, "font_size": 18, "align": "center"})
        sheet = book.add_worksheet("审议表")
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, 1)
        sheet.merge_range(0, 0, 0, len(HEADS) - 1, f"{found.title}审议事项表", title)
        for place, (name, width) in enumerate(HEADS):
            sheet.set_column(place, place, width)
            sheet.write_string(1, place, name, head)
        for line, row in enumerate(agenda(view, found), start=1):
            for place, text in enumerate(_line(line, row)):
                sheet.write_string(line + 1, place, text, cell)
    return download(made.getvalue(), f"{found.title}审议表.xlsx")


@require_safe
def schedule_pdf(request: HttpRequest, number: int) -> HttpResponse:
    """审议表 to be printed and handed round."""
    need(request.user, HANDLE if may(request.user, HANDLE) else DECIDE)
    view = asked(request)
    found = get_object_or_404(Meeting, pk=number)
    title = f"{found.title}审议事项表"
    heads = tuple(name for name, _ in HEADS)
    rows = tuple(_line(line, row) for line, row in enumerate(agenda(view, found), start=1))
    sheet = Sheet(
        title, day_date(found.held_on), note=f"{title}，{day_text(found.held_on)}",
        tables=(Table("", heads, rows),), widths=tuple(width for _, width in HEADS), landscape=True,
    )  # fmt: skip
    return pdf(typeset_sheet(sheet, issuing.fonts()), f"{found.title}审议表.pdf")


def _line(number: int, row: dict[str, Any]) -> tuple[str, ...]:
    case = row["case"]
    return (str(number), case.title, row["unit"], str(case.request.get("doc_no", "")),
            "\n".join(row["clauses"]), case.study, row["state"])  # fmt: skip


@require_safe
def minutes(request: HttpRequest, number: int) -> HttpResponse:
    """会议纪要, drafted from the decisions, to be finished in Word."""
    need(request.user, HANDLE if may(request.user, HANDLE) else DECIDE)
    view = asked(request)
    found = get_object_or_404(Meeting, pk=number)
    head = numbering.letterhead(found.level if found.level != "upper" else "board")
    day = day_date(found.held_on)
    items: list[Item] = [Item(
        f"{day.year}年{day.month}月{day.day}日，{found.title}"
        f"{'在' + found.place if found.place else ''}召开。会议审议了以下事项："
    )]  # fmt: skip
    for row in agenda(view, found):
        case = row["case"]
        items.append(Item(f"{case.title}。", 1, f"{row['decided']}"))
        items += [Item(clause, 0) for clause in row["clauses"] if row["agreed"]]
    # the number that is next, as a draft of any paper shows it; none is taken
    seq = numbering.following(head.word, day.year)
    doc_no, title = str(DocNo("", head.word, day.year, seq)), f"{found.title}会议纪要"
    paper = Paper("纪要", head.issuer, doc_no, title, day, body=tuple(items))
    return download(as_word(paper), f"{found.title}会议纪要（稿）.docx")


def _decided(last: CaseStep | None) -> str:
    return f"会议{OUTCOMES.get(last.step, '')}。{last.words}" if last else "会议未作决定。"


def agenda(view: Asked, found: Meeting) -> list[dict[str, Any]]:
    """The matters of a meeting with what each would do and what was decided."""
    rows = []
    for case in found.cases.order_by("pk"):
        last = case.steps.filter(source=found.level).last()
        looked = study(case, held().columns, timezone.localdate())
        agreed = last is not None and last.step == "agree"
        rows.append({
            "case": case, "unit": view.words.name(case.unit), "state": STATES[case.state],
            "type": matters()[case.type].title, "clauses": looked.clauses,
            "problems": looked.problems, "waiting": case.state == found.level, "agreed": agreed,
            "decided": _decided(last), "asked": drafting.asked_for(case),
        })  # fmt: skip
    return rows
