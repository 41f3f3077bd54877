"""The diagnosis: units by signs, one unit with its evidence, and what the office says to a sign."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from bianzhi.core.errors import Refusal
from bianzhi.office.access import log
from bianzhi.office.access.rights import need
from bianzhi.office.access.roles import HANDLE
from bianzhi.office.desk import sheets
from bianzhi.office.desk.asking import Asked, asked
from bianzhi.office.desk.sheets import Column
from bianzhi.office.desk.showing import page, part
from bianzhi.office.survey import query
from bianzhi.office.survey.diagnosed import STANDINGS, diagnosed, key_of, standing
from bianzhi.office.survey.judging import judge
from bianzhi.office.survey.marking import marked
from bianzhi.office.survey.models import VERDICTS, Judgement
from bianzhi.office.survey.picture import picture
from bianzhi.office.survey.work import pages, work

COLUMNS = [
    Column(head, width)
    for head, width in (
        ("单位代码", 14), ("单位", 30), ("问题", 14), ("得分", 8), ("诊断", 50), ("数", 10),
        ("界限", 10), ("职责", 44), ("依据的词", 20), ("对方", 30), ("对方职责", 44),
        ("文件", 40), ("答复", 30), ("判断", 10), ("算法", 50), ("出处", 40), ("等级", 6),
    )
]  # fmt: skip


@require_safe
def diagnosis(request: HttpRequest) -> HttpResponse:
    """Units by signs, as asked for."""
    need(request.user, HANDLE)
    view = asked(request)
    kinds = {key: sign.title for key, sign in diagnosed(view.words).given.signs.items()}
    wish = query.read(view.others, kinds)
    found = query.answer(view.words, standing(view.words), wish)
    if sheets.wanted(request):
        return _exported(view, found)
    shown = query.columns(kinds, wish.kind)
    rows = query.table(view.words, found, shown)
    cut = part(request, view, len(rows))
    return page(
        request, "survey/diagnosis", view,
        wish=wish, kinds=kinds, shown=shown, standings=STANDINGS, part=cut,
        rows=rows[cut.start : cut.end], signs=found.height,
        given=diagnosed(view.words).given.signs.values(),
    )  # fmt: skip


def _exported(view: Asked, found: pl.DataFrame) -> HttpResponse:
    """The signs as a workbook, each with its formula and source."""
    signs = diagnosed(view.words).given.signs
    others = view.words.names_of(found["other"]).to_list()
    cells = (
        [row["unit"], row["unit_name"], row["title"], round(row["score"], 3), row["words"],
         _told(row["found"]), _told(row["limit"]), row["text"], row["phrase"], other,
         row["other_text"], row["grounds"], row["answers"], STANDINGS[row["standing"]],
         signs[row["kind"]].formula, signs[row["kind"]].source, signs[row["kind"]].grade]
        for row, other in zip(found.iter_rows(named=True), others, strict=True)
    )  # fmt: skip
    return sheets.workbook(view, "机构诊断", COLUMNS, cells, found.height)


def _told(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


@require_safe
def unit(request: HttpRequest) -> HttpResponse:
    """One institution: every sign with its evidence, and what was said to it."""
    need(request.user, HANDLE)
    return _unit(request, asked(request))


def _unit(request: HttpRequest, view: Asked, **more: Any) -> HttpResponse:
    code = view.others.get("code", "")
    found = diagnosed(view.words)
    rows = found.institutions.filter(pl.col("unit") == code).to_dicts()
    if not rows:
        raise Http404("当日没有这个事业单位")
    mine = standing(view.words).filter(pl.col("unit") == code)
    return page(
        request, "survey/unit", view, code=code, institution=rows[0],
        signs=[_shown(view, row) for row in mine.iter_rows(named=True)],
        people=found.heads.filter(pl.col("unit") == code).row(0, named=True),
        work=work(found.loads.filter(pl.col("unit") == code)), verdicts=VERDICTS, **more,
    )  # fmt: skip


def _shown(view: Asked, row: dict[str, Any]) -> dict[str, Any]:
    unit, kind, about = key_of(row["unit"], row["kind"], row["about"])
    return {
        **row, "sign": diagnosed(view.words).given.signs[kind],
        "stands": STANDINGS[row["standing"]],
        "parts": marked(row["text"], row["phrase"]),
        "other_parts": marked(row["other_text"], row["phrase"]),
        "pages": pages(row["answers"]),
        "said": [(each, VERDICTS[each.verdict])
                 for each in Judgement.objects.filter(unit=unit, kind=kind, about=about)],
    }  # fmt: skip


@require_POST
def give(request: HttpRequest) -> HttpResponse:
    """Keep what the office says to a sign."""
    need(request.user, HANDLE)
    view = asked(request)
    code, kind, about = (request.POST.get(name, "") for name in ("unit", "kind", "about"))
    there = diagnosed(view.words).signs.filter(
        pl.col("unit") == code, pl.col("kind") == kind, pl.col("about") == about
    )
    if there.is_empty():
        raise Http404("当日没有这条诊断；可能刚刚改正了")
    sign = there.row(0, named=True)
    verdict, reason = request.POST.get("verdict", ""), request.POST.get("reason", "")
    back = reverse("diagnosis-unit") + "?" + urlencode({**view.carried, "code": code})
    try:
        kept = judge(sign, verdict, reason, log.name_of(request.user), view.state)
    except Refusal as refusal:
        for problem in refusal.problems:
            messages.error(request, str(problem))
        return redirect(back)
    title = diagnosed(view.words).given.signs[kind].title
    told = f"{VERDICTS[kept.verdict]}“{title}”：{kept.reason}"
    log.note(request, "check", f"诊断：{told}", subject=code, reason=kept.reason)
    messages.success(request, f"已记下：{told}")
    return redirect(back)


@require_safe
def district(request: HttpRequest) -> HttpResponse:
    """一张图: what is wrong, how much, where."""
    need(request.user, HANDLE)
    view = asked(request)
    return page(request, "survey/picture", view, **picture(view.words))
