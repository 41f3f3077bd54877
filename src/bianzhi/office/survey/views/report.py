"""调研报告: read beforehand, taken as Word or PDF; and the page of what a figure is made of."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from bianzhi.core.errors import Refusal
from bianzhi.files.report.layout import laid_out
from bianzhi.files.report.pdf import as_pdf
from bianzhi.files.report.word import as_word
from bianzhi.office.access import log
from bianzhi.office.access.downloads import saved
from bianzhi.office.access.rights import need
from bianzhi.office.access.roles import HANDLE
from bianzhi.office.desk.asking import Asked, asked
from bianzhi.office.desk.asking import need as need_part
from bianzhi.office.desk.showing import page, part
from bianzhi.office.papers.fonts import fonts
from bianzhi.office.survey.drafted import drafted, on_site, where
from bianzhi.office.survey.report.drafting import PARTS, Draft
from bianzhi.office.survey.report.figures import UNIT, Figures
from bianzhi.office.survey.until import Until, read

LONG = 200  # rows of a table of the preview; the files have them all
MAKERS = {"docx": as_word, "pdf": as_pdf}
MIMES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    """The report on a page: the same words and numbers as in the files."""
    view, until, parts, made = _asked(request)
    told = laid_out(made.report)
    for block in _blocks(told):
        if block["kind"] == "picture":
            block["drawing"] = mark_safe(block["drawing"])  # noqa: S308  drawn here, words escaped
        elif block["kind"] == "table":
            block["left"] = max(0, len(block["rows"]) - LONG)
            block["rows"] = block["rows"][:LONG]
    query = urlencode({**view.carried, **until._asdict(), "part": parts}, doseq=True)
    return page(
        request, "survey/report", view, told=told, all_parts=PARTS, parts=parts, query=query,
    )  # fmt: skip


def _blocks(told: dict[str, Any]) -> list[dict[str, Any]]:
    return [*told["blocks"], *(block for annex in told["annexes"] for block in annex["blocks"])]


@require_safe
def made(request: HttpRequest, form: str) -> HttpResponse:
    """The report as a file: ``docx`` or ``pdf``."""
    view, _, _, draft = _asked(request)
    if form not in MAKERS:
        raise Http404("报告只有 Word 和 PDF 两种")
    report = on_site(draft, request.build_absolute_uri("/").rstrip("/")).report
    name = f"{report.title} {view.day}.{form}".replace("\n", "")
    log.note(request, "export", name)
    return saved(MAKERS[form](report, fonts()), name, MIMES[form])


@require_safe
def figure(request: HttpRequest) -> HttpResponse:
    """What a figure is made of; all figures of a table, or all of a unit."""
    view, until, _, draft = _asked(request)
    name = need_part("哪个数", view.others.get("name"))
    figures = draft.figures
    if name in figures:
        return _single(request, view, figures, name)
    found = _of_unit(figures, name) or list(figures.of_group(name))
    if not found:
        raise Http404(f"这份报告没有代号为“{name}”的数；代号在报告最后的“数据来源”里")
    cut = part(request, view, len(found))
    unit = name.removeprefix(f"{UNIT}:") if name.startswith(f"{UNIT}:") else ""
    return page(
        request, "survey/figures", view, name=name, found=found[cut.start : cut.end], part=cut,
        unit=unit, accounts=_accounts(view, unit) if unit else [], where=where(view.words, until),
    )  # fmt: skip


def _single(request: HttpRequest, view: Asked, figures: Figures, name: str) -> HttpResponse:
    found, grounds = figures[name]
    rows = grounds.rows
    cut = part(request, view, 0 if rows is None else rows.height)
    here = [] if rows is None else rows[cut.start : cut.end].to_dicts()
    return page(
        request, "survey/figure", view, figure=found, grounds=grounds, rows=here, part=cut,
        parts=[figures[each][0] for each in grounds.parts],
        amounts=rows is not None and rows["amount"].null_count() < rows.height,
        words_told=rows is not None and bool((rows["told"] != "").any()),
    )  # fmt: skip


def _of_unit(figures: Figures, name: str) -> list[Any]:
    """The figures of one unit, that all stand on one page."""
    kind, _, unit = name.partition(":")
    if kind != UNIT:
        return []
    return [figures[f"{each}:{unit}"][0] for each in ("approved", "actual", "vacant")
            if f"{each}:{unit}" in figures]  # fmt: skip


def _accounts(view: Asked, unit: str) -> list[dict[str, Any]]:
    """The accounts of a unit and its sections that count."""
    words = view.words
    orgs = words.state.orgs.filter((pl.col("key") == unit) | (pl.col("parent") == unit))
    mine = words.state.accounts.filter(pl.col("holder").is_in(orgs["key"].implode()))
    return [
        {**row, "title": words.kind(row["kind"]), "form": words.funding(row["funding"])}
        for row in mine.sort("holder", "kind", "funding").iter_rows(named=True)
        if words.counts(row["kind"]) and not words.is_leadership(row["kind"])
    ]


def _asked(request: HttpRequest) -> tuple[Asked, Until, list[str], Draft]:
    """The viewpoint, up to where what people said counts, the parts, and the report."""
    need(request.user, HANDLE)
    view = asked(request)
    parts = request.GET.getlist("part") or list(PARTS)
    if unknown := [each for each in parts if each not in PARTS]:
        raise Refusal.of(
            "bad-choice", f"地址里的“part={unknown[0]}”不认识", f"可选的有：{'、'.join(PARTS)}"
        )
    until = read(view.others)
    return view, until, parts, drafted(view.words, until, parts)
