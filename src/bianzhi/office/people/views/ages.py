"""Ages and structure by unit, department, kind, education, post; retirements to come."""

from __future__ import annotations

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bianzhi.core.errors import Refusal
from bianzhi.office.access import log
from bianzhi.office.checks.judging import seen
from bianzhi.office.desk.asking import Asked, asked
from bianzhi.office.desk.held import held
from bianzhi.office.desk.showing import page
from bianzhi.office.identity.retiring import with_retirement
from bianzhi.office.people.reading import need_unit
from bianzhi.office.people.roll import Wanted, chosen, roll
from bianzhi.office.people.sheets import workbook
from bianzhi.office.people.structure import (
    BY,
    HORIZONS,
    leavers,
    pyramid,
    split,
)
from bianzhi.office.people.views.register import told

LISTED = 300
SHEET = {
    "name": "姓名", "unit": "所在单位", "kind_name": "编制种类", "sex": "性别",
    "birth_date": "出生日期", "position_type": "岗位类别", "retires": "法定退休年月",
    "masked_id": "身份证号",
}  # fmt: skip
SPLIT = {"value": "", "number": "人数", "mean_age": "平均年龄", "young": "35 岁及以下",
         "old": "55 岁及以上"}  # fmt: skip


@require_safe
def ages(request: HttpRequest) -> HttpResponse:
    """The page."""
    view = asked(request)
    under = need_unit(view, view.others.get("under", ""))
    by = view.others.get("by", "unit")
    if by not in BY:
        raise Refusal.of("unknown-grouping", f"不能按“{by}”分组", "请从下拉框里选")
    state = held().state(view.on, view.state.known, under).state if under else view.state
    people = told(view, chosen(roll(state), Wanted(standing="in"), state))
    people = people.with_columns(department=_departments(view, people))
    sure = with_retirement(people)
    coming = leavers(sure, view.on, max(HORIZONS))
    if request.GET.get("xlsx") == "retirement":
        log.note(request, "export", f"五年内退休名单，{coming.height} 人，{state.basis}")
        return workbook("五年内退休名单", coming, SHEET, state.basis)
    table = split(people, by)
    if "xlsx" in request.GET:
        log.note(request, "export", f"人员结构（{BY[by]}），{state.basis}")
        return workbook("人员结构", table, {**SPLIT, "value": BY[by]}, state.basis)
    bands = pyramid(people)
    mean = people["age"].mean()
    return page(
        request, "people/ages", view,
        total=people.height, mean=round(float(mean), 1) if isinstance(mean, float) else None,
        without=people["birth_date"].null_count(), bands=bands,
        most=max((each.total for each in bands), default=1) or 1,
        by=by, groupings=BY, table=table.to_dicts(), under=under,
        under_name=view.words.name(under) if under else "",
        horizons=[(years, leavers(sure, view.on, years).height) for years in HORIZONS],
        unknown=people.height - sure.height, coming=coming.head(LISTED).to_dicts(),
        overdue=sure.filter(pl.col("key").is_in(late(view))).head(LISTED).to_dicts(),
    )  # fmt: skip


def late(view: Asked) -> list[str]:
    """Those in a post although their statutory month is over, as the rule in use finds them."""
    found = seen(view.words)
    return found.filter(pl.col("rule") == "CK-19")["about"].to_list()


def _departments(view: Asked, people: pl.DataFrame) -> pl.Series:
    """The name of the supervising department of each one's unit, else the unit's own."""
    supervisor = dict(view.state.orgs.select("key", "supervisor").iter_rows())
    return pl.Series(
        [view.words.name(supervisor.get(unit) or unit) for unit in people["holder"]],
        dtype=pl.String,
    )
