"""The register (实名制名册): list, search, workbook; a person found by the exact ID number."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from bianzhi.core.errors import Refusal
from bianzhi.office.access import log
from bianzhi.office.access.rights import may, need
from bianzhi.office.access.roles import READ, SECRETS
from bianzhi.office.desk import sheets
from bianzhi.office.desk.asking import Asked, asked
from bianzhi.office.desk.held import held
from bianzhi.office.desk.showing import page, part
from bianzhi.office.identity import keeping
from bianzhi.office.identity.numbers import masked, read_id_number
from bianzhi.office.people.official import roster
from bianzhi.office.people.reading import need_unit
from bianzhi.office.people.roll import (
    BANDS,
    NONE,
    STANDING,
    Wanted,
    band_name,
    chosen,
    funding_differs,
    roll,
)
from bianzhi.office.people.sheets import workbook
from bianzhi.office.people.whole import whole_numbers

FILTERS = ("q", "kind", "standing", "band", "position_type")
COLUMNS = {
    "name": "姓名", "unit": "所在单位", "kind_name": "编制种类", "funding_name": "经费形式",
    "standing": "状态", "title": "职务", "sex": "性别", "birth_date": "出生日期", "age": "年龄",
    "ethnicity": "民族", "education": "学历", "work_start": "参加工作时间",
    "political_status": "政治面貌", "position_type": "岗位类别",
    "professional_title": "职称", "personnel_identity": "人员身份", "masked_id": "身份证号",
    "works": "实际工作单位", "key": "人员代码",
}  # fmt: skip


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The list."""
    view = asked(request)
    wanted, under, people, found = _found(view)
    if "xlsx" in request.GET:
        log.note(request, "export", f"人员名册，{found.height} 人，{view.state.basis}")
        return workbook("人员名册", told(view, found), COLUMNS, view.state.basis)
    piece = part(request, view, found.height)
    rows = told(view, found.slice(piece.start, piece.end - piece.start)).to_dicts()
    return page(
        request, "people/register", view,
        may_open=may(request.user, SECRETS),
        rows=rows, part=piece, wanted=wanted, under=under, standings=STANDING,
        under_name=view.words.name(under) if under else "",
        bands=[band_name(*band) for band in BANDS], kinds=_kinds(view, people),
        position_types=_values(people, "position_type"),
    )  # fmt: skip


@require_POST
def full(request: HttpRequest) -> HttpResponse:
    """The workbook with whole ID numbers, for a reason that is logged before one is opened.

    ``form=official`` gives the office's own 实名制人员名册, of those in a post.
    """
    need(request.user, SECRETS)
    view = asked(request)
    found = _found(view)[3]
    reason = request.POST.get("reason", "").replace("\0", "").strip()[:200]
    if len(reason) < 2:
        messages.error(request, "请写明为什么要带完整身份证号；每次导出都会记录。")
        return redirect("people")
    what = f"人员名册（完整身份证号），{found.height} 人，{view.state.basis}"
    log.note(request, "secret", what, reason=reason)
    if request.POST.get("form") == "official":
        title, content = roster(view.state, found, view.state.basis)
        answer = sheets.handed_over(content, title, view)
        answer["Cache-Control"] = "no-store"
        return answer
    whole = whole_numbers(found["key"])
    told_ = told(view, found).with_columns(pl.Series("masked_id", whole, dtype=pl.String))
    answer = workbook("人员名册", told_, COLUMNS, view.state.basis)
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """The page of the person with exactly this number; it never stands in an address."""
    need(request.user, READ)
    view = asked(request)
    try:
        number = read_id_number(request.POST.get("id_number", ""))
    except Refusal as refusal:
        messages.error(request, "；".join(each.what for each in refusal.problems))
        return redirect("people")
    file = keeping.find(number)
    log.note(request, "search", f"按身份证号 {masked(number)} 查人", subject=_key(file))
    seen = file is not None and not view.state.people.filter(
        pl.col("key") == file.person
    ).is_empty()  # fmt: skip
    if file is None or not seen:
        # the same words whether there is nobody or somebody outside: nothing is given away
        messages.error(request, f"您的范围内没有身份证号为 {masked(number)} 的人员。")
        return redirect("people")
    return redirect(f"{reverse('person')}?code={file.person}")


def told(view: Asked, people: pl.DataFrame) -> pl.DataFrame:
    """Rows of the roll with names for codes."""
    words = view.words
    return people.with_columns(
        unit=_names(people["holder"].fill_null(people["leads"]), words.name),
        works=_names(people["works_at"], words.name),
        kind_name=_names(people["kind"], words.kind),
        funding_name=_names(people["funding"], words.funding),
        standing=_standing(),
        told_funding=_names(people["funding_form"], words.funding),
        funding_flagged=funding_differs(),
        flagged=(pl.col("works_at") != pl.col("holder")).fill_null(False),
    ).with_columns(works=pl.when(pl.col("flagged")).then("works").otherwise(pl.lit("")))


def _found(view: Asked) -> tuple[Wanted, str, pl.DataFrame, pl.DataFrame]:
    """What is asked for, the unit it is narrowed to, everybody there, and those chosen."""
    wanted = Wanted(**{name: view.others.get(name, "") for name in FILTERS})
    under = need_unit(view, view.others.get("under", ""))
    people = roll(_state(view, under))
    return wanted, under, people, chosen(people, wanted, view.state)


def _standing() -> pl.Expr:
    leads = pl.when(pl.col("leads").is_not_null()).then(pl.lit("任职")).otherwise(pl.lit("已下编"))
    placed = pl.when(pl.col("holder").is_not_null()).then(pl.lit("在编")).otherwise(leads)
    return pl.when(pl.col("figure") == "uncounted").then(pl.lit("不占编")).otherwise(placed)


def _names(keys: pl.Series, name: Any) -> pl.Series:
    known = {key: name(key) for key in keys.unique() if key}
    return pl.Series([known.get(key, "") for key in keys], dtype=pl.String)


def _state(view: Asked, under: str) -> Any:
    if not under:
        return view.state
    return held().state(view.on, view.state.known, under).state


def _kinds(view: Asked, people: pl.DataFrame) -> list[tuple[str, str]]:
    kinds = sorted(people["kind"].drop_nulls().unique(), key=view.words.place)
    return [(kind, view.words.kind(kind)) for kind in kinds]


def _values(people: pl.DataFrame, column: str) -> list[str]:
    return [*sorted(value for value in people[column].drop_nulls().unique() if value), NONE]


def _key(file: Any) -> str:
    return str(file.person) if file is not None else ""
