"""用编申请: vacant posts to be filled. Accepting it locks them; issuing it gives out one numbered
ticket a post (编制使用通知单)."""

from __future__ import annotations

from collections.abc import Iterator

from bianzhi.core.acts import Act
from bianzhi.core.acts.claims import Occupy
from bianzhi.core.days import day_date, parse_day
from bianzhi.core.errors import Problem, Refusal
from bianzhi.core.quantity import UNIT, parse_quantity, quantity_text
from bianzhi.files.official import Item, Table
from bianzhi.files.official.paper import day_words
from bianzhi.office.cases.matters.base import (
    CHOICE,
    DAY,
    FUNDING,
    NUMBER,
    QUOTA,
    REASON,
    TEXT,
    Field,
    Given,
    Matter,
)  # fmt: skip
from bianzhi.office.cases.matters.base import UNIT as ORG
from bianzhi.office.cases.wording import Wording

NOTICE = "编制使用通知单"
USE_HEAD = "use"  # how papers of the use of posts are signed, where the office says it apart
ENTRY_FORMS = ("公开招聘", "公务员考录", "人才引进", "选调", "调入", "军转安置", "退役士兵安置",
               "政策性安置", "其他")  # fmt: skip
HEADS = ("用编号码", "用编单位", "编制种类", "经费形式", "进入形式", "有效期至")


def approved(given: Given) -> int:
    """How many were approved; as many as were asked for where the decision says nothing."""
    return parse_quantity(given.text("approved") or given.text("n"))


def uses(given: Given) -> Iterator[Act]:
    """One ticket a post."""
    for ticket in given.tickets:
        yield Occupy(ticket=ticket, org=given.text("org"), kind=given.text("kind"),
                     funding=given.text("funding"), n=UNIT)  # fmt: skip


def locks(given: Given) -> Iterator[tuple[str, str, str, int]]:
    """What was asked for is locked until the decision."""
    yield given.text("org"), given.text("kind"), given.text("funding"), given.number("n")


def well_said(given: Given) -> Iterator[Problem]:
    """Whole posts; a last day that is one."""
    if given.text("n"):
        try:
            n = given.number("n")
        except Refusal:
            return  # told with the field
        if n % UNIT:
            yield Problem("bad-quantity", f"申请数 {quantity_text(n)} 不是整数", "一名占一个编制",
                          field="n")  # fmt: skip
    if given.text("expires_on"):
        parse_day(given.text("expires_on"))


def says(given: Given, wording: Wording) -> Iterator[Item | Table]:
    """What may be used, under which numbers, until when."""
    org, kind, funding = (given.text(name) for name in ("org", "kind", "funding"))
    posts = wording.amount(kind, funding, approved(given))
    yield Item("使用编制。", 1, f"同意{wording.name(org)}使用{posts}，"
                               f"进入形式：{given.text('entry_form')}。")  # fmt: skip
    first, last = given.tickets[0], given.tickets[-1]
    numbers = first if first == last else f"{first}至{last}"
    yield Item("用编号码。", 1, f"{numbers}，一名一号，不得重复使用，见附表。")
    until = day_words(day_date(given.until or 0))
    yield Item("有效期。", 1, f"至{until}止。逾期没有上编的号码失效，编制退回；不再使用的，"
                             "请来函放弃。")  # fmt: skip
    yield Item("上编。", 1, "人员确定后，请在规定期限内凭本通知单和任用文件办理上编。")
    cells = (wording.name(org), *wording.cells(kind, funding), given.text("entry_form"), until)
    yield Table("用编号码表", HEADS, tuple((number, *cells) for number in given.tickets))


MATTERS = (
    Matter(
        "use_request", "用编申请", "在年度计划内使用空编进人；受理后锁编，印发后一名一号。",
        (
            Field("org", "用编单位", ORG), Field("kind", "编制种类", QUOTA),
            Field("funding", "经费形式", FUNDING, required=False),
            Field("n", "申请数", NUMBER, demanded="用编申请须写明数量"),
            Field("entry_form", "进入形式", CHOICE, choices=ENTRY_FORMS),
            Field("post", "岗位和用途", TEXT, required=False),
            Field("expires_on", "有效期至", DAY, required=False, hint="不写按发文设置里的期限"),
            REASON,
        ),
        uses, lambda given, name: f"{name(given.text('org'))}使用编制", locks, paper=NOTICE,
        check=well_said, says=says, head=USE_HEAD, settles="n",
        numbers=lambda given: approved(given) // UNIT,
    ),
)  # fmt: skip
