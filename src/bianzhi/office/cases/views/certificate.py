"""机构编制管理证 as a snapshot of one day: what a unit is, may have and must do."""

from __future__ import annotations

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bianzhi.core.days import day_date
from bianzhi.core.errors import Refusal
from bianzhi.core.facts import FIELDS
from bianzhi.files.official import Table
from bianzhi.files.official.sheet import BLUE, RED, Sheet, typeset_sheet
from bianzhi.office.access import log
from bianzhi.office.access.downloads import shown
from bianzhi.office.access.rights import need as need_right
from bianzhi.office.access.roles import READ
from bianzhi.office.desk.asking import Asked, asked, need
from bianzhi.office.desk.templatetags.pages import number
from bianzhi.office.papers.fonts import fonts

ABOUT = ("short_name", "nameplates", "rank", "category", "nature", "welfare_class", "supervisor",
         "sponsor", "funding_form", "uscc", "founded_on", "location")  # fmt: skip
FIGURES = (("approved", "核定"), ("actual", "实有"), ("pending", "待上编"), ("reserved", "预留"),
           ("vacant", "空编"))  # fmt: skip
REVIEW = ("年度", "公示", "审核意见", "经办人", "日期")  # written by hand, year by year
ORGAN = "1"  # categories of 机关 begin with it; the rest are 事业单位


@require_safe
def certificate(request: HttpRequest) -> HttpResponse:
    """The certificate of a unit on a day, as PDF: red cover for 机关, blue for 事业单位."""
    view = asked(request)
    code = need("单位", request.GET.get("code"))
    need_right(request.user, READ, code, view.state)
    sheet = snapshot(view, code)
    log.note(request, "export", f"机构编制管理证 {view.words.name(code)}", subject=code)
    return shown(typeset_sheet(sheet, fonts()), f"{view.words.name(code)}机构编制管理证.pdf")


def snapshot(view: Asked, code: str) -> Sheet:
    """What the certificate says.

    Raises:
        Refusal: There is no such unit on the day.
    """
    words = view.words
    own = view.state.orgs.filter(pl.col("key") == code)
    if own.is_empty():
        raise Refusal.of("unknown-unit", f"当日没有代码为“{code}”的机构", "请核对代码和日期")
    row = own.row(0, named=True)
    name = words.name(code)
    organ = str(row.get("category") or "").startswith(ORGAN)
    facts = [("名称", name), ("代码", code)]
    facts += [
        (FIELDS["org"][field].title, words.value("org", field, row[field]))
        for field in ABOUT if row.get(field)
    ]  # fmt: skip
    note = f"{view.day}的情况，截至第 {view.state.known} 号变更"
    return Sheet(
        "机构编制管理证", day_date(view.on), note, tuple(facts), _tables(view, code),
        _lists(view, code), cover=("机构编制管理证", name, f"版本：{view.day}·{view.state.known}"),
        colour=RED if organ else BLUE,
    )  # fmt: skip


def _tables(view: Asked, code: str) -> tuple[Table, ...]:
    words = view.words
    rows = view.state.figures("holder", "kind", "funding").filter(pl.col("holder") == code)
    posts: list[tuple[str, ...]] = []
    leaders: list[tuple[str, ...]] = []
    for row in rows.iter_rows(named=True):
        told = (words.kind(row["kind"]), words.funding(row["funding"]))
        cells = (*told, *(number(row[figure]) for figure, _ in FIGURES))
        (leaders if words.is_leadership(row["kind"]) else posts).append(cells)
    heads = ("种类", "经费形式", *(title for _, title in FIGURES))
    numeric = tuple(range(2, len(heads)))
    titled = (("编制", posts), ("领导职数", leaders))
    found = tuple(Table(title, heads, tuple(lines), numeric) for title, lines in titled if lines)
    return (*found, Table("年审记录", REVIEW, (("",) * len(REVIEW),) * 4))


def _lists(view: Asked, code: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    sections = view.state.things("section").filter(pl.col("parent") == code)["name"].to_list()
    duties = view.state.things("duty").filter(pl.col("holder") == code)["text"].to_list()
    told = (("内设机构", sections), ("主要职责", duties))
    return tuple((title, tuple(map(str, found))) for title, found in told if found)
