"""People, masked: the same roll as the page, the same reach."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.http import Http404, HttpRequest
from ninja import Query, Router

from bianzhi.api.answering import listed, viewpoint
from bianzhi.api.shapes import REFUSED, Paging, People, Person, Problems, Under, Viewpoint, Words
from bianzhi.office.access import log
from bianzhi.office.people.roll import Wanted, chosen, roll

router = Router(tags=["人员"])
TEXTS = {
    "code": "key", "name": "name", "unit": "holder", "kind": "kind", "funding": "funding",
    "figure": "figure", "title": "title", "works_at": "works_at", "sex": "sex",
    "education": "education", "position_type": "position_type", "masked_id": "masked_id",
}  # fmt: skip


@router.get("/people", response={200: People, REFUSED: Problems}, summary="人员名册")
def people(
    request: HttpRequest, paging: Query[Paging], at: Query[Viewpoint],
    under: Under = "", q: Words = "",
) -> dict[str, Any]:  # fmt: skip
    """当日在编、任职、不占编的人员；身份证号遮盖。q 是姓名中的字或拼音首字母。"""
    _, state = viewpoint(request, under)
    found = _told(chosen(roll(state), Wanted(q=q), state))
    answer = listed(state, found, paging)
    shown = len(answer["items"])
    log.note(request, "export", f"接口读取人员名册，{shown} 人，{state.basis}")
    return answer


@router.get("/people/{code}", response={200: Person, REFUSED: Problems}, summary="一个人")
def person(request: HttpRequest, code: str, at: Query[Viewpoint]) -> dict[str, Any]:
    """一个人；身份证号遮盖。"""
    _, state = viewpoint(request)
    people = roll(state)
    found = _told(people.filter(pl.col("key") == code))
    if found.is_empty():
        raise Http404(f"您的范围内没有代码为“{code}”的人员")
    log.note(request, "see", f"接口查看 {code}", subject=code)
    return found.row(0, named=True)


def _told(people: pl.DataFrame) -> pl.DataFrame:
    texts = [pl.col(column).fill_null("").alias(name) for name, column in TEXTS.items()]
    return people.select(*texts, pl.col("age"))
