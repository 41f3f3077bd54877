"""Changes with their documents, and the postings they made."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.http import Http404, HttpRequest
from ninja import Path, Query, Router

from bianzhi.api.answering import exact, listed, need_unit, touching, viewpoint
from bianzhi.api.shapes import (
    REFUSED,
    Change,
    Changes,
    Number,
    Paging,
    Postings,
    Problems,
    Under,
    Viewpoint,
)
from bianzhi.core.columns import Columns
from bianzhi.core.days import day_date
from bianzhi.core.folding import known_by, voided
from bianzhi.office.desk.asking import Asked

router = Router(tags=["变更和文件"])
TEXTS = ("kind", "recorded_at", "by", "note", "doc_no", "title", "issuer")


@router.get("/changes", response={200: Changes, REFUSED: Problems}, summary="变更和文件")
def changes(request: HttpRequest, paging: Query[Paging], at: Query[Viewpoint]) -> dict[str, Any]:
    """从新到旧；只看本单位的用户只有涉及本单位和下属的。"""
    view, state = viewpoint(request)
    return listed(state, _changes(view).sort("no", descending=True), paging)


@router.get("/changes/{no}", response={200: Change, REFUSED: Problems}, summary="一号变更")
def change(request: HttpRequest, no: Path[Number], at: Query[Viewpoint]) -> dict[str, Any]:
    """一号变更和它的文件。"""
    view, _ = viewpoint(request)
    found = _changes(view).filter(pl.col("no") == no)
    if found.is_empty():
        raise Http404(f"您的范围内没有第 {no} 号变更")
    return found.row(0, named=True)


@router.get("/postings", response={200: Postings, REFUSED: Problems}, summary="编制分录")
def postings(
    request: HttpRequest, paging: Query[Paging], unit: Under = "", ) -> dict[str, Any]:  # fmt: skip
    """到所选日期为止的编制增减，按变更和行号；作废的不列。"""
    view, state = viewpoint(request)
    if unit:
        need_unit(view, unit)
    columns = view.columns
    held = columns.frame("accounts").with_row_index("account", 1).with_columns(
        pl.col("account").cast(pl.Int64)
    )  # fmt: skip
    if unit:
        held = held.filter(pl.col("holder") == unit)
    if state.inside is not None:
        held = held.filter(pl.col("holder").is_in(state.inside.implode()))
    counts = (pl.col("day") <= view.on) & known_by(columns, state.known)
    rows = columns.frame("postings").filter(counts).join(held, on="account").sort("no", "line")
    answer = listed(state, rows, paging)
    answer["items"] = [_posting(row) for row in answer["items"]]
    return answer


def _posting(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "change": row["no"], "line": row["line"], "day": day_date(row["day"]), "verb": row["verb"],
        "unit": row["holder"], "kind": row["kind"], "funding": row["funding"],
        "delta": exact(row["delta"]), "source": row["source"],
    }  # fmt: skip


def _changes(view: Asked) -> pl.DataFrame:
    columns: Columns = view.columns
    found = columns.frame("changes").filter(pl.col("no") <= view.state.known)
    own = touching(view)
    if own is not None:
        found = found.filter(pl.col("no").is_in(own.implode()))
    return found.select(
        "no",
        *(pl.col(name).fill_null("") for name in TEXTS),
        *(pl.col(name).cast(pl.Date) for name in ("doc_date", "effective_on")),
        pl.col("no").is_in(voided(columns, view.state.known)).alias("voided"),
    )
