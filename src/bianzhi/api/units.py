"""Units, states and histories."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Query, Router

from bianzhi.api.answering import accounts, listed, need_unit, seen, viewpoint
from bianzhi.api.shapes import (
    REFUSED,
    Accounts,
    History,
    Paging,
    Problems,
    Under,
    UnitDetail,
    Units,
    Viewpoint,
    Words,
)
from bianzhi.core.days import day_date
from bianzhi.core.facts import FIELDS
from bianzhi.core.history import history as tell
from bianzhi.core.state import FIGURES
from bianzhi.files import jsonld

router = Router(tags=["单位"])
TOLD = ("key", "cls", "name")


@router.get("/units", response={200: Units, REFUSED: Problems}, summary="单位名册")
def units(
    request: HttpRequest, paging: Query[Paging], at: Query[Viewpoint],
    under: Under = "", q: Words = "",
) -> dict[str, Any]:  # fmt: skip
    """机构、内设机构和编制池，按代码排列；q 是名称中的字。"""
    _, state = viewpoint(request, under)
    found = state.orgs.sort("key")
    if q:
        found = found.filter(pl.col("name").str.contains(q, literal=True))
    answer = listed(state, found, paging)
    answer["items"] = [_unit(row) for row in answer["items"]]
    return answer


@router.get("/units/{code}", response={200: UnitDetail, REFUSED: Problems}, summary="一个单位")
def unit(request: HttpRequest, code: str, at: Query[Viewpoint]) -> dict[str, Any]:
    """登记项和五个数。"""
    view, state = viewpoint(request)
    need_unit(view, code)
    rows = state.things("org", "section", "pool").filter(pl.col("key") == code)
    row = rows.row(0, named=True) if rows.height else {"key": code, "cls": view.words.classes[code]}
    nonzero = pl.any_horizontal([pl.col(name) != 0 for name in FIGURES])
    own = state.accounts.filter((pl.col("holder") == code) & nonzero)
    return {**_unit(row), "seen": seen(state), "accounts": accounts(view, own).to_dicts()}


@router.get("/units/{code}/history", response={200: History, REFUSED: Problems}, summary="沿革")
def history(request: HttpRequest, code: str, at: Query[Viewpoint]) -> dict[str, Any]:
    """一个单位的沿革，每一条有文件；包括所选日期以后生效的。"""
    view, state = viewpoint(request)
    need_unit(view, code)
    events = tell(view.columns, code, state.known)
    return {"seen": seen(state), "items": [
        {"day": day_date(each.day), "change": each.no, "verb": each.verb, "text": each.text,
         "doc_no": each.doc_no or "", "title": each.title or "", "source": each.source}
        for each in events
    ]}  # fmt: skip


@router.get("/state", response={200: Accounts, REFUSED: Problems}, summary="某日的编制")
def state(
    request: HttpRequest, paging: Query[Paging], at: Query[Viewpoint],
    under: Under = "",
) -> dict[str, Any]:  # fmt: skip
    """每个单位每种编制的五个数。"""
    view, found = viewpoint(request, under)
    rows = accounts(view, found.figures("holder", "kind", "funding"))
    return listed(found, rows.sort("unit", "kind", "funding"), paging)


@router.get(
    "/state.jsonld", response={200: dict[str, Any], REFUSED: Problems}, summary="某日的关联数据"
)
def state_jsonld(request: HttpRequest, at: Query[Viewpoint], under: Under = "") -> HttpResponse:
    """W3C 组织本体（ORG）的 JSON-LD：单位、编制、承接关系；没有人员。"""
    _, found = viewpoint(request, under)
    told = jsonld.document(found)
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def _unit(row: dict[str, Any]) -> dict[str, Any]:
    fields = {
        name: str(row[name]) for name in FIELDS[row["cls"]]
        if name != "name" and row.get(name) is not None
    }  # fmt: skip
    name = row.get("name") or row["key"]
    return {"code": row["key"], "cls": row["cls"], "name": name, "fields": fields}
