"""周转申请: posts asked for until people leave. The form and its paper; lending itself is the
business of the pool of vacant posts."""

from __future__ import annotations

from collections.abc import Iterator

from bianzhi.core.errors import Problem
from bianzhi.core.quantity import UNIT, quantity_text
from bianzhi.files.official import Item, Table
from bianzhi.office.cases.matters.base import (
    FUNDING,
    LONG,
    NUMBER,
    QUOTA,
    REASON,
    Field,
    Given,
    Matter,
)
from bianzhi.office.cases.matters.base import UNIT as ORG
from bianzhi.office.cases.wording import Wording

LONGEST = 5  # years; longer is no 周转 but an increase


def well_said(given: Given) -> Iterator[Problem]:
    """Whole posts for whole years."""
    for name, title in (("n", "数量"), ("years", "期限")):
        number = given.number(name) if given.text(name) else 0
        if number % UNIT:
            yield Problem("bad-quantity", f"{title} {quantity_text(number)} 不是整数", "请写整数",
                          field=name)  # fmt: skip
    if given.text("years") and given.number("years") > LONGEST * UNIT:
        yield Problem(
            "too-long", f"周转期限最长 {LONGEST} 年", "更长的请申请核增编制", field="years"
        )


def says(given: Given, wording: Wording) -> Iterator[Item | Table]:
    """Who may use how many for how long, and how they come back."""
    org = wording.name(given.text("org"))
    posts = wording.amount(given.text("kind"), given.text("funding"), given.number("n"))
    years = quantity_text(given.number("years"))
    yield Item("周转编制。", 1, f"同意{org}周转使用{posts}，期限{years}年，用于周转，不作核定。")
    yield Item("归还。", 1, f"{given.text('repay').rstrip('。')}；期满自动收回。")


MATTERS = (
    Matter(
        "loan", "周转申请", "满编单位急需用编，先周转使用，自然减员后归还。",
        (
            Field("org", "借用单位", ORG), Field("kind", "编制种类", QUOTA),
            Field("funding", "经费形式", FUNDING, required=False), Field("n", "数量", NUMBER),
            Field("years", "期限（年）", NUMBER, hint=f"不超过 {LONGEST} 年"),
            Field("repay", "归还来源", LONG, hint="哪些人、什么时候退休或调出，编制归还",
                  demanded="周转须写明怎样归还"),
            REASON,
        ),
        lambda given: (), lambda given, name: f"{name(given.text('org'))}周转使用编制",
        check=well_said, says=says,
    ),
)  # fmt: skip
