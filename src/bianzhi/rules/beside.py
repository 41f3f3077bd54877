"""What rules are told beside the state: frames of what other rooms keep, by name.

A rule says by name what it needs; whoever runs it gives what there is. Rules never go and look.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import polars as pl

from bianzhi.rules.finding import EXACT


class Kind(NamedTuple):
    """A frame rules may be given: what people call it, its columns."""

    title: str
    schema: dict[str, Any]


BIRTHS = {"person": pl.String, "born": pl.Date, "category": pl.String}
SERVED = {"unit": pl.String, "measure": pl.String, "amount": pl.Float64}

KINDS = {
    # category is one of bianzhi.methods.retirement
    "births": Kind("人员的出生年月", BIRTHS),
    # measure is 高中, 床位, 常住人口 …
    "served": Kind("业务量（学生、床位、人口）", SERVED),
    # 管理, 专业技术, 工勤技能
    "positions": Kind("人员的岗位类别", {"person": pl.String, "position": pl.String}),
    # the posts of one kind a unit means to fill in a year; day is when its paper took effect
    "plans": Kind("年度用编计划", {
        "unit": pl.String, "kind": pl.String, "year": pl.Int64, "n": EXACT, "day": pl.Int64,
    }),
    # posts lent to a unit; since and due are its first and last day
    "loans": Kind("批准的周转", {
        "loan": pl.String, "unit": pl.String, "kind": pl.String, "n": EXACT,
        "since": pl.Int64, "due": pl.Int64,
    }),
    # until is the last day on which a ticket can be used
    "tickets": Kind("用编号码的有效期", {"ticket": pl.String, "until": pl.Int64}),
    # day is null where only the text is kept
    "papers": Kind("公文登记或文件全文", {"title": pl.String, "day": pl.Int64}),
    # days that are not as the week has them
    "calendar": Kind("工作日历", {"day": pl.Int64, "works": pl.Boolean}),
}  # fmt: skip

Beside = Mapping[str, pl.DataFrame]


def frame(name: str, rows: Any) -> pl.DataFrame:
    """A frame of a name from its rows, in the order of its columns."""
    return pl.DataFrame(rows, schema=KINDS[name].schema, orient="row")
