"""The jobs of the office to choose from: each shown to those who may, once it is built."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import NoReverseMatch, reverse

from bianzhi.office.access.rights import Visitor, may
from bianzhi.office.access.roles import ANSWER, AUDIT, DECIDE, HANDLE, IMPORT, POST, READ, USERS


@dataclass(frozen=True)
class Entry:
    """A job in the list.

    Attributes:
        title: What people read.
        route: Name of the route it leads to.
        action: What a user must be allowed to do to see it.
        pages: Names of other routes that belong to it: on them the entry is marked too.
        dated: Whether it is seen on a day, so that the day picked stays.
    """

    title: str
    route: str
    action: str
    pages: tuple[str, ...] = ()
    dated: bool = True


class Shown(NamedTuple):
    """An entry as one user sees it on one page."""

    title: str
    address: str
    dated: bool
    here: bool


DELIVERY = (
    "intake-search", "delivery", "delivery-sheet", "delivery-findings", "delivery-differences",
    "delivery-posting",
)  # fmt: skip
SURVEY = (
    "survey:rounds", "survey:round", "survey:round-new", "survey:sheet", "survey:fill",
    "survey:interviews", "survey:questionnaires", "survey:answer",
)  # fmt: skip
GROUPS: dict[str, tuple[Entry, ...]] = {
    "台账": (
        Entry("台账首页", "home", READ, ("entries",)),
        Entry("机构名册", "units", READ, ("unit", "bitemporal", "plan")),
        Entry("机构图", "chart", READ),
        Entry("沿革承接", "succession", READ),
        Entry("变更文件", "changes", READ, ("change",)),
        Entry("两日对比", "compare", READ),
    ),
    "人员": (
        Entry("人员名册", "people", READ, ("people-find", "person")),
        Entry("年龄和结构", "people-ages", READ),
        Entry("上编下编、转隶、任免", "people-move", POST),
    ),
    "办理": (
        Entry("事项", "cases", READ, ("case", "case-new", "case-edit"), dated=False),
        Entry("用编号码", "tickets", READ, ("ticket",), dated=False),
        Entry("入编通知、核销回执", "notices", HANDLE, dated=False),
        Entry("会议审议", "meetings", DECIDE, ("meeting",), dated=False),
        Entry("批量印发", "case-batch", DECIDE, dated=False),
        Entry("文号登记簿", "case-register", DECIDE, dated=False),
        Entry("年度报告", "case-reports", READ, ("case-report",), dated=False),
        Entry("发文设置", "case-signing", HANDLE, dated=False),
        Entry("导入", "intake", IMPORT, DELIVERY, dated=False),
    ),
    "检查": (
        Entry("检查发现", "findings", READ, ("finding", "findings-gone", "findings-trend")),
        Entry("调研", "survey:mine", ANSWER, SURVEY),
        Entry("机构诊断", "diagnosis", HANDLE, ("diagnosis-unit",)),
        Entry("一张图", "district-picture", HANDLE),
        Entry("共性、个性问题", "problems", HANDLE, ("problem-quotes",)),
        Entry("调研报告", "survey-report", HANDLE, ("survey-figure",)),
        Entry("规则包", "packs", READ),
    ),
    "管理": (
        Entry("用户", "users", USERS, ("user",), dated=False),
        Entry("访问记录", "access-log", AUDIT, dated=False),
    ),
}


def navigation(user: Visitor, here: str) -> Iterator[tuple[str, list[Shown]]]:
    """The groups with what a user may choose in each; groups with nothing are left out."""
    for title, entries in GROUPS.items():
        shown = [
            Shown(entry.title, address, entry.dated, here == entry.route or here in entry.pages)
            for entry in entries
            if may(user, entry.action) and (address := _address(entry.route))
        ]
        if shown:
            yield title, shown


def _address(route: str) -> str:
    """Where a route leads without further parts; "" where there is none."""
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""
