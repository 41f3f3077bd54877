"""用编计划: how many vacant posts a unit means to fill in a year; all further use stays inside it.

The plan changes no figure of the ledger. Its paper is the fact: what is planned is read from the
plans that were issued.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bianzhi.core.errors import Problem
from bianzhi.core.quantity import UNIT, quantity_text
from bianzhi.files.official import Item, Table
from bianzhi.office.cases.matters.base import (
    LONG,
    POSTS,
    REASON,
    TEXT,
    Field,
    Given,
    Matter,
)  # fmt: skip
from bianzhi.office.cases.matters.base import (
    UNIT as ORG,
)
from bianzhi.office.cases.wording import Wording

HEADS = ("单位", "编制种类", "经费形式", "计划使用（名）")


def well_said(given: Given) -> Iterator[Problem]:
    """A year, and whole posts, one line a kind."""
    if given.text("year") and not re.fullmatch(r"(19|20)\d{2}", given.text("year")):
        yield Problem("bad-year", f"“{given.text('year')}”不是年度", "写作 2026", field="year")
    seen = set()
    for kind, funding, n in given.posts("posts"):
        if n <= 0 or n % UNIT:
            yield Problem("bad-quantity", f"计划数 {quantity_text(n)} 不是整数", "一名占一个编制",
                          field="posts")  # fmt: skip
        if (kind, funding) in seen:
            yield Problem("twice", "同一种编制写了两行", "请合并成一行", field="posts")
        seen.add((kind, funding))


def says(given: Given, wording: Wording) -> Iterator[Item | Table]:
    """The plan in words, and as a table."""
    org = wording.name(given.text("org"))
    lines = given.posts("posts")
    planned = "、".join(wording.amount(*line) for line in lines)
    yield Item("用编计划。", 1, f"同意{org}{given.text('year')}年度使用{planned}。")
    yield Item("使用方式。", 1, f"{given.text('how').rstrip('。')}。")
    yield Item("有关要求。", 1, "在计划内使用编制须逐件申请，凭编制使用通知单办理进人手续。")
    rows = tuple((org, *wording.cells(kind, form), quantity_text(n)) for kind, form, n in lines)
    yield Table(f"{given.text('year')}年度用编计划表", HEADS, rows, (3,))


MATTERS = (
    Matter(
        "use_plan", "年度用编计划", "一个单位一年计划使用多少空编、怎样使用；可以追加。",
        (
            Field("org", "用编单位", ORG), Field("year", "年度", TEXT, hint="如 2026"),
            Field("posts", "计划使用编制", POSTS, demanded="用编计划须写明种类和数量"),
            Field("how", "使用方式", LONG, hint="公开招聘、调入、军转安置等，各多少名"), REASON,
        ),
        lambda given: (),
        lambda given, name: f"{name(given.text('org'))}{given.text('year')}年度用编计划",
        check=well_said, says=says,
    ),
)  # fmt: skip
