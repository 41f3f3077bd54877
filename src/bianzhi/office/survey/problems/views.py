"""共性、个性问题: the themes, the quotes under them, and what the office decides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from bianzhi.core.errors import Refusal
from bianzhi.methods.themes import BASES, FOUND, NOTHING, STANDINGS, UNSORTED, standing
from bianzhi.office.access import log
from bianzhi.office.access.rights import need
from bianzhi.office.access.roles import HANDLE
from bianzhi.office.desk import sheets
from bianzhi.office.desk.asking import Asked, asked
from bianzhi.office.desk.sheets import Column
from bianzhi.office.desk.showing import page, part
from bianzhi.office.survey import told as survey
from bianzhi.office.survey.marking import marked
from bianzhi.office.survey.problems import query
from bianzhi.office.survey.problems.deciding import decide, told
from bianzhi.office.survey.problems.grouped import Grouped, grouped
from bianzhi.office.survey.problems.models import ThemeDecision

COLUMNS = [
    Column(head, width)
    for head, width in (
        ("主题", 20), ("单位代码", 14), ("单位", 30), ("主管部门", 24), ("问题或建议", 10),
        ("原话", 50), ("凭什么归入", 40), ("依据的词", 24), ("共性或个性", 12), ("说明", 60),
        ("答卷全文", 60), ("答卷", 14),
    )
]  # fmt: skip
EVERY = "全部"


@require_safe
def problems(request: HttpRequest) -> HttpResponse:
    """Themes with how many say them, what classes share, and what was decided."""
    need(request.user, HANDLE)
    view = asked(request)
    whole = grouped(view.words)
    wish = query.read(view.others, whole)
    found = query.answer(whole, wish)
    if sheets.wanted(request):
        return _exported(view, found)
    return page(
        request, "survey/problems", view, wish=wish, whole=whole.found, kinds=query.KINDS,
        rows=query.table(whole, found, wish.cls), classes=query.names(whole),
        standings=STANDINGS, quotes=found.height, common=whole.found.common.to_dicts(),
        tests=whole.found.shared.height, decisions=_decisions(whole), titles=_choices(whole),
    )  # fmt: skip


@require_safe
def quotes(request: HttpRequest) -> HttpResponse:
    """The quotes asked for, each with the words that decided, its answer, and where to move it."""
    need(request.user, HANDLE)
    view = asked(request)
    whole = grouped(view.words)
    wish = query.read(view.others, whole)
    found = query.answer(whole, wish)
    if sheets.wanted(request):
        return _exported(view, found)
    cut = part(request, view, found.height)
    about = whole.found.themes.filter(theme=wish.theme).to_dicts()
    titles = _titles(whole)
    return page(
        request, "survey/quotes", view, wish=wish, part=cut, kinds=query.KINDS,
        title=titles.get(wish.theme, EVERY), about=about[0] if about else None,
        rows=[_shown(row) for row in found[cut.start : cut.end].iter_rows(named=True)],
        classes=query.names(whole), standings=STANDINGS, titles=_choices(whole),
        is_new=wish.theme.startswith(FOUND), is_kept=wish.theme in whole.found.catalogue.by_code,
        common=whole.found.common.filter(theme=wish.theme).to_dicts(),
    )  # fmt: skip


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    return {
        **row, "before": row["text"][: row["start"]], "after": row["text"][row["end"] :],
        "parts": marked(row["quote"], "、".join(row["words"])), "base": BASES[row["basis"]],
        "stands": STANDINGS.get(row["standing"] or "", ""), "kind_name": _kind(row),
        "address": survey.address(row["answer"]),
    }  # fmt: skip


def _kind(row: dict[str, Any]) -> str:
    return query.KINDS.get(row["kind"], str(row["kind"]))


def _titles(whole: Grouped) -> dict[str, str]:
    """What every theme is called, met or not."""
    return _choices(whole) | dict(whole.found.themes.select("theme", "title").iter_rows())


def _choices(whole: Grouped) -> dict[str, str]:
    """Where a quote may be moved."""
    kept = {code: theme.title for code, theme in whole.found.catalogue.by_code.items()}
    return {**kept, UNSORTED: BASES["none"], NOTHING: BASES["empty"]}


def _decisions(whole: Grouped) -> list[dict[str, Any]]:
    """All decisions, the newest first, with whether they stand."""
    every = list(ThemeDecision.objects.all())
    stand = {each.no for each in standing([each.decision() for each in every])}
    titles = _titles(whole)
    return [{"row": each, "told": told(each, titles), "stands": each.pk in stand}
            for each in reversed(every)]  # fmt: skip


def _exported(view: Asked, found: pl.DataFrame) -> HttpResponse:
    return sheets.workbook(view, "共性个性问题", COLUMNS, _cells(found), found.height)


def _cells(found: pl.DataFrame) -> Iterator[list[Any]]:
    for row in found.iter_rows(named=True):
        yield [
            row["title"], row["unit"], row["unit_name"], row["led"] or "",
            _kind(row), row["quote"], row["why"], "、".join(row["words"]),
            STANDINGS.get(row["standing"] or "", ""), row["sentence"] or "", row["text"],
            row["answer"],
        ]  # fmt: skip


@require_POST
def give(request: HttpRequest) -> HttpResponse:
    """Keep what the office decides."""
    need(request.user, HANDLE)
    view = asked(request)
    back = reverse("problems") + "?" + urlencode(view.carried)
    if theme := request.POST.get("back", ""):
        back = reverse("problem-quotes") + "?" + urlencode({**view.carried, "theme": theme})
    try:
        kept = decide(request.POST.dict(), log.name_of(request.user))
    except Refusal as refusal:
        for problem in refusal.problems:
            messages.error(request, str(problem))
        return redirect(back)
    words = f"{told(kept, _titles(grouped(view.words)))}；理由：{kept.reason}"
    log.note(request, "check", f"问题主题：{words}", reason=kept.reason)
    messages.success(request, f"已记下：{words}")
    return redirect(back)
