"""What the rules of use refuse, each in the rule's own sentence (domain §3.5, §3.6, CK-20…28)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from bianzhi.core.columns import Columns
from bianzhi.core.days import day_date
from bianzhi.core.errors import Problem
from bianzhi.core.quantity import UNIT, parse_quantity, quantity, quantity_text
from bianzhi.core.values import show_value
from bianzhi.office.cases.matters.base import Given
from bianzhi.office.cases.models import Case
from bianzhi.office.cases.use.limits import WRITE_OFF, limit
from bianzhi.office.cases.use.standing import PLAN, REQUEST, Standing
from bianzhi.office.desk.entering import closed

LOAN, INCREASE = "loan", "increase"
NAMED = 5  # people a refusal names
Rule = Callable[[Given, Standing], Iterator[Problem]]


def problems(case: Case, given: Given, columns: Columns, today: int) -> Iterator[Problem]:
    """Why a matter cannot go on under the rules of use; nothing for other types."""
    rules = RULES.get(case.type, ())
    if rules and given.text("org"):
        standing = Standing(columns, given.text("org"), today, case.pk or 0)
        for rule in rules:
            yield from rule(given, standing)


def frozen(given: Given, unit: Standing) -> Iterator[Problem]:
    """CK-28: a unit that is frozen or being merged takes nothing in."""
    if status := closed(unit.state, unit.unit):
        yield Problem(
            "CK-28", f"{unit.name}处于“{status}”状态，不得进人、用编、增编（CK-28）",
            "解冻或整合完成后再报", field="org",
        )  # fmt: skip


def written_off_late(given: Given, unit: Standing) -> Iterator[Problem]:
    """CK-20, DL-08: whoever does not write leavers off in time is granted no further use."""
    found = unit.overdue()
    if found:
        named = (f"{name[:1]}＊（{at.year}年{at.month}月到龄）" for name, at in found[:NAMED])
        names = "、".join(named)
        more = f"等 {len(found)} 人" if len(found) > NAMED else ""
        yield Problem(
            "CK-20", f"{unit.name}有退休人员逾期没有核销：{names}{more}，退休后 {limit(WRITE_OFF)} "
            "个工作日内应办理下编，逾期的不受理用编和增编（CK-20）",
            "请先办理下编；批准延迟退休的，请在人员档案的人员状态里写明“延迟退休”", field="org",
        )  # fmt: skip


def over_staffed(given: Given, unit: Standing) -> Iterator[Problem]:
    """CK-25, VU-03: an over-staffed unit takes nobody in."""
    for kind in _kinds(given):
        row = unit.figures(kind)
        over = row["actual"] - row["approved"]
        if over > 0:
            approved, actual = show_value(row["approved"]), show_value(row["actual"])
            yield Problem(
                "CK-25", f"{unit.name}{unit.words.kind(kind)}核定 {approved} 名、实有 {actual} 名，"
                f"超编 {show_value(over)} 名：超编单位不得进人（CK-25）", "请先消化超编",
                field="org",
            )  # fmt: skip


def beyond_plan(given: Given, unit: Standing) -> Iterator[Problem]:
    """CK-24, VU-01: posts are used only inside the plan of the year."""
    kind, n = given.text("kind"), parse_quantity(given.text("approved") or given.text("n"))
    planned = unit.planned(kind, unit.year)
    if planned is None:
        yield Problem(
            "CK-24", f"{unit.name}没有 {unit.year} 年度用编计划：只能在计划内用编（CK-24）",
            "请先报年度用编计划", field="n",
        )  # fmt: skip
        return
    used = unit.used(kind, unit.year)
    if used + n > planned:
        yield Problem(
            "CK-24", f"{unit.name}{unit.year} 年度计划使用{unit.words.kind(kind)} "
            f"{quantity_text(planned)} 名，已用和在办 {quantity_text(used)} 名，再用 "
            f"{quantity_text(n)} 名超出计划 {quantity_text(used + n - planned)} 名（CK-24）",
            "请减少数量，或先追加年度用编计划", field="n",
        )  # fmt: skip


def beyond_vacancy(given: Given, unit: Standing) -> Iterator[Problem]:
    """VU-02: a plan reaches as far as what is vacant and what falls vacant in the year."""
    year = int(given.text("year"))
    for kind in _kinds(given):
        row = unit.figures(kind)
        vacant = row["approved"] - row["actual"] - row["pending"] - row["reserved"]
        vacant -= quantity(unit.promised(kind, year))
        leavers = unit.leavers(kind, date(year, 12, 31))
        n = sum(n for each, _, n in given.posts("posts") if each == kind)
        if n > (max(vacant, 0) + leavers) * UNIT:
            yield Problem(
                "VU-02", f"{unit.name}{unit.words.kind(kind)}没有计划的空编 "
                f"{show_value(vacant)} 名，{year} 年预计退休 {leavers} 名，"
                f"计划使用 {quantity_text(n)} 名：满编单位只能出一进一（VU-02）",
                "请减少计划数，或核对人员档案里的出生日期", field="posts",
            )  # fmt: skip


def beyond_return(given: Given, unit: Standing) -> Iterator[Problem]:
    """CK-27: a loan is no larger than what retirement gives back within its term."""
    years = given.number("years") // UNIT
    today, kind, n = day_date(unit.today), given.text("kind"), given.number("n")
    until = date(today.year + years, today.month, 1)
    leavers = unit.leavers(kind, until)
    if n > leavers * UNIT:
        yield Problem(
            "CK-27", f"{unit.name}{years} 年内预计退休{unit.words.kind(kind)} {leavers} 名，"
            f"申请周转 {quantity_text(n)} 名：周转数不得超过期限内的自然减员（CK-27）",
            "请减少数量或延长期限，或核对人员档案里的出生日期", field="n",
        )  # fmt: skip


def _kinds(given: Given) -> list[str]:
    kinds = [kind for kind, *_ in given.posts("posts")] or [given.text("kind")]
    return list(dict.fromkeys(kind for kind in kinds if kind))


ALWAYS: tuple[Rule, ...] = (frozen, written_off_late)
RULES: dict[str, tuple[Rule, ...]] = {
    PLAN: (*ALWAYS, over_staffed, beyond_vacancy),
    REQUEST: (*ALWAYS, over_staffed, beyond_plan),
    LOAN: (*ALWAYS, over_staffed, beyond_return),
    INCREASE: ALWAYS,
}
