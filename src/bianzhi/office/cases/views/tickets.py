"""用编号码: the list with its filters, the history of each, how they end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST, require_safe

from bianzhi.core.days import day_date, day_number
from bianzhi.core.folding import known_by
from bianzhi.office.access import log
from bianzhi.office.access.log import name_of
from bianzhi.office.access.rights import may, need
from bianzhi.office.access.roles import HANDLE, POST
from bianzhi.office.cases.deadlines import calendar, due_after
from bianzhi.office.cases.stepping import day_of
from bianzhi.office.cases.use import ending
from bianzhi.office.cases.use.limits import ENROLL, SOON, limit
from bianzhi.office.cases.use.tickets import (
    CANCELLED,
    CREATED,
    GIVEN_UP,
    STATES,
    USED,
    Seen,
    tickets,
)  # fmt: skip
from bianzhi.office.desk.asking import Asked, asked
from bianzhi.office.desk.sheets import Column, wanted, workbook
from bianzhi.office.desk.showing import page, part

COLUMNS = tuple(Column(head, width) for head, width in (
    ("用编号码", 14), ("状态", 8), ("用编单位", 28), ("编制种类", 16), ("经费形式", 12),
    ("数量", 8), ("进入形式", 12), ("取得日期", 12), ("有效期至", 12), ("办理日期", 12),
    ("人员", 10), ("提醒", 12),
))  # fmt: skip
DUE = {"over": "已到期未上编", "soon": "快到期"}
ASKED = ("state", "unit", "year", "q", "due")


def within(view: Asked) -> list[Seen]:
    """The tickets of the units a user may see."""
    inside = view.state.inside
    found = tickets(view.columns)
    if inside is None:
        return found
    own = set(inside)
    return [each for each in found if each.unit in own]


def reminders(view: Asked) -> list[tuple[str, str, int]]:
    """What waits to be done about tickets: code, words, how many."""
    today, soon = day_number(timezone.localdate()), limit(SOON)
    found = within(view)
    counts = {"over": sum(each.overdue(today) for each in found),
              "soon": sum(each.due(today, soon) for each in found)}  # fmt: skip
    return [(code, DUE[code], n) for code, n in counts.items() if n]


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All tickets one may see."""
    view = asked(request)
    given = {name: request.GET.get(name, "").replace("\0", "").strip() for name in ASKED}
    seen = within(view)
    found = _filtered(seen, given)
    if wanted(request):
        rows = [_exported(row) for row in _rows(view, found)]
        return workbook(view, "用编号码", COLUMNS, rows, len(rows))
    cut = part(request, view, len(found))
    return page(
        request, "cases/tickets", view, part=cut, wanted=given, states=STATES, due=DUE,
        rows=_rows(view, found[cut.start : cut.end]),
        units=sorted({(each.unit, view.words.name(each.unit)) for each in seen if each.unit}),
        years=sorted({each.key[1:5] for each in seen if each.key[1:5].isdecimal()}, reverse=True),
        reminders=reminders(view), office=may(request.user, HANDLE), paper=ending.PAPER.items(),
        ends=[(GIVEN_UP, "放弃"), (CANCELLED, "注销")], today=timezone.localdate(),
    )  # fmt: skip


@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One ticket: where it stands, and everything that happened to it with its documents."""
    view = asked(request)
    seen = next((each for each in tickets(view.columns) if each.key == key), None)
    if seen is None:
        raise Http404(f"没有用编号码 {key}")
    if view.state.inside is not None:
        need(request.user, "read", seen.unit, view.state)
    history = _history(view, key)
    papers = view.words.papers(step["no"] for step in history)
    row = _rows(view, [seen])[0]
    move = {"do": "上编", "ticket": key, "org": seen.unit, "kind": seen.kind,
            "funding": seen.funding, "entry_form": seen.entry_form}  # fmt: skip
    return page(
        request, "cases/ticket", view, row=row,
        steps=[(step, papers[step["no"]]) for step in history],
        move=f"{reverse('people-move')}?{urlencode(move)}", usable=row["waits"] and not row["over"],
        may_post=may(request.user, POST), office=may(request.user, HANDLE),
        paper=ending.PAPER.items(), ends=[(GIVEN_UP, "放弃"), (CANCELLED, "注销")],
    )  # fmt: skip


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """Give posts back by a document: given up, or cancelled."""
    need(request.user, HANDLE)
    keys = list(dict.fromkeys(request.POST.getlist("ticket")))
    paper = {name: request.POST.get(name, "").replace("\0", "").strip()[:200]
             for name in ending.PAPER}  # fmt: skip
    why = request.POST.get("why", "")
    change = ending.end(keys, why, paper, by=name_of(request.user), now=timezone.now())
    told = f"{STATES[why]} {len(keys)} 个用编号码，第 {change} 号变更"
    log.note(request, "post", told)
    messages.success(request, f"已{told}，编制退回。")
    return redirect("tickets")


@require_POST
def expire(request: HttpRequest) -> HttpResponse:
    """Give back the posts of all tickets that ran out."""
    need(request.user, HANDLE)
    change, keys = ending.expire(by=name_of(request.user), now=timezone.now())
    if not change:
        messages.success(request, "没有到期未上编的号码。")
        return redirect("tickets")
    told = f"{len(keys)} 个用编号码到期失效，第 {change} 号变更"
    log.note(request, "post", told)
    messages.success(request, f"{told}，编制退回。")
    return redirect("tickets")


def masked(name: str) -> str:
    """A name of which only the surname is shown.

    >>> masked("张小明")
    '张＊＊'
    """
    return name[:1] + "＊" * (len(name) - 1)


def _filtered(seen: Sequence[Seen], given: Mapping[str, str]) -> list[Seen]:
    today, soon = day_number(timezone.localdate()), limit(SOON)
    found = [each for each in seen if not given["state"] or each.state == given["state"]]
    if given["unit"]:
        found = [each for each in found if each.unit == given["unit"]]
    if given["year"]:
        found = [each for each in found if each.key[1:5] == given["year"]]
    if given["q"]:
        found = [each for each in found if given["q"].upper() in each.key]
    if given["due"] == "over":
        return [each for each in found if each.overdue(today)]
    return [each for each in found if given["due"] != "soon" or each.due(today, soon)]


def _late(view: Asked, found: Sequence[Seen]) -> set[str]:
    """Tickets whose person was entered later than allowed (CK-21)."""
    used = [each for each in found if each.state == USED]
    if not used:
        return set()
    changes = view.columns.frame("changes").filter(
        pl.col("no").is_in([each.last_by for each in used])
    )
    posted = dict(changes.select("no", "recorded_at").iter_rows())
    days, special = limit(ENROLL), calendar()
    return {
        each.key for each in used
        if (at := parse_datetime(posted.get(each.last_by) or "")) is not None
        and day_number(day_of(at)) > due_after(each.last, days, special)
    }  # fmt: skip


def _rows(view: Asked, found: Sequence[Seen]) -> list[dict[str, Any]]:
    """Tickets as pages show them."""
    today, soon, late = day_number(timezone.localdate()), limit(SOON), _late(view, found)
    return [
        {
            "each": each, "state": STATES[each.state], "unit": view.words.name(each.unit),
            "kind": view.words.kind(each.kind) if each.kind else "",
            "funding": view.words.funding(each.funding), "waits": each.state == CREATED,
            "person": masked(view.words.name(each.person)) if each.person else "",
            "over": each.overdue(today), "soon": each.due(today, soon), "late": each.key in late,
        }
        for each in found
    ]  # fmt: skip


FLAGS = {"over": "已到期", "soon": "快到期", "late": "上编超期"}


def _exported(row: Mapping[str, Any]) -> tuple[Any, ...]:
    each: Seen = row["each"]
    flag = "、".join(title for name, title in FLAGS.items() if row[name])
    done = 0 if row["waits"] else each.last
    days = [day_date(day) if day else None for day in (each.since, each.until, done)]
    return (each.key, row["state"], row["unit"], row["kind"], row["funding"], each.n,
            each.entry_form, *days, row["person"], flag)  # fmt: skip


def _history(view: Asked, key: str) -> list[dict[str, Any]]:
    columns = view.columns
    number = columns.frame("subjects")["key"].index_of(key)
    if number is None:
        return []
    rows = columns.frame("claims").filter(pl.col("subject") == number + 1)
    valid = rows.select(known_by(columns, columns.head).alias("valid")) if rows.height else None
    rows = rows.with_columns(valid["valid"] if valid is not None else pl.lit(True).alias("valid"))
    return list(rows.sort("day", "no", "line").iter_rows(named=True))
