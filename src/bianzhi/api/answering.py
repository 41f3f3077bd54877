"""What every route does: viewpoint, part of a list, values as texts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl
from django.http import Http404, HttpRequest

from bianzhi.api.shapes import Paging
from bianzhi.core.days import day_date
from bianzhi.core.folding import known_by
from bianzhi.core.state import FIGURES, State
from bianzhi.core.values import show_value
from bianzhi.office.desk.asking import Asked, asked
from bianzhi.office.desk.held import held


def viewpoint(request: HttpRequest, under: str = "") -> tuple[Asked, State]:
    """The viewpoint of a request, and its state narrowed to a unit and all below.

    Raises:
        Http404: The unit is none, or not the user's to see.
    """
    view = asked(request)
    if not under:
        return view, view.state
    need_unit(view, under)
    return view, held().state(view.on, view.state.known, under).state


def need_unit(view: Asked, unit: str) -> None:
    """Go on only with a unit the user may see."""
    if view.words.classes.get(unit) not in ("org", "section", "pool") or not view.may_see(unit):
        raise Http404(f"您的范围内没有代码为“{unit}”的单位")


def seen(state: State) -> dict[str, Any]:
    """口径 of an answer."""
    return {"on": day_date(state.on), "known": state.known, "basis": state.basis}


def listed(state: State, frame: pl.DataFrame, paging: Paging) -> dict[str, Any]:
    """One page of a frame's rows."""
    start = (paging.page - 1) * paging.size
    rows = frame.slice(start, paging.size) if start < frame.height else frame.head(0)
    return {
        "seen": seen(state), "total": frame.height, "page": paging.page, "size": paging.size,
        "items": rows.to_dicts(),
    }  # fmt: skip


def accounts(view: Asked, frame: pl.DataFrame) -> pl.DataFrame:
    """Accounts as they are answered."""
    return frame.select(
        pl.col("holder").alias("unit"),
        "kind",
        _named(frame["kind"], view.words.kind).alias("kind_name"),
        "funding",
        *(pl.Series(name, [show_value(value) for value in frame[name]], dtype=pl.String)
          for name in FIGURES),
    )  # fmt: skip


def touching(view: Asked) -> pl.Series | None:
    """The changes that touch what a confined user sees; None for everything."""
    inside = view.state.inside
    if inside is None:
        return None
    columns = view.columns
    subjects = columns.frame("subjects").with_row_index("id", 1)
    units = subjects.filter(pl.col("key").is_in(inside.implode()))["id"].cast(pl.Int64)
    accounts_ = columns.frame("accounts").with_row_index("id", 1)
    own = accounts_.filter(pl.col("holder").is_in(inside.implode()))["id"].cast(pl.Int64)
    counts = known_by(columns, view.state.known)
    found = [
        columns.frame(table).filter(counts & pl.col(column).is_in(keys.implode()))["no"]
        for table, column, keys in (
            ("facts", "subject", units), ("postings", "account", own), ("claims", "account", own),
        )
    ]  # fmt: skip
    return pl.concat(found).unique().sort()


def exact(delta: int) -> str:
    """Ten-thousandths as the decimal they are."""
    return show_value(Decimal(delta) / 10_000)


def _named(codes: pl.Series, name: Any) -> pl.Series:
    known = {code: name(code) for code in codes.unique()}
    return pl.Series([known[code] for code in codes], dtype=pl.String)
