"""What the demo shows of matters: how the office signs, and a few matters on their way.

Every one goes the way of all matters, so the demo cannot show what could not be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl
from django.db import transaction

from bianzhi.core.days import day_number, day_text
from bianzhi.core.facts import ACTIVE
from bianzhi.core.state import State
from bianzhi.office.cases import stepping, work
from bianzhi.office.cases.flow import BOARD
from bianzhi.office.cases.issuing import issue
from bianzhi.office.cases.models import Case, Letterhead, Meeting
from bianzhi.office.cases.stepping import day_of
from bianzhi.office.cases.use.standing import Standing
from bianzhi.office.desk.held import held
from bianzhi.office.desk.words import Words

HEADS = {
    "office": ("中共澜溪区委机构编制委员会办公室", "澜编办发"),
    "board": ("中共澜溪区委机构编制委员会", "澜编发"),
    "party": ("中共澜溪区委", "澜委发"),
    "use": ("中共澜溪区委机构编制委员会办公室", "澜编控"),
}
CLERK, SECRETARY = "bianban", "mishu"
VACANT = 3  # posts a unit needs to be shown with tickets
TO_BOARD = ("submit", "accept", "study", "refer")


@dataclass(frozen=True)
class Chosen:
    """A unit that may use posts: its key, name, department and account."""

    org: str
    name: str
    department: str
    kind: str
    funding: str


def make_demo_heads() -> None:
    """How the sample district signs, where nobody has said otherwise."""
    for level, (issuer, word) in HEADS.items():
        Letterhead.objects.get_or_create(level=level, defaults={
            "issuer": issuer, "word": word, "printed_by": "中共澜溪区委机构编制委员会办公室",
            "copies": "区委组织部，区财政局，区人力资源和社会保障局",
        })  # fmt: skip


@transaction.atomic
def make_demo_cases(department: str, now: datetime) -> int:
    """Matters in different states, made once; how many there are.

    Args:
        department: Key of the department whose units come first.
        now: The clock: papers bear its day.
    """
    make_demo_heads()
    if Case.objects.exists():
        return Case.objects.count()
    units = list(_units(department, day_number(day_of(now))))
    if units:
        _use(units[0], now)
    for place, unit in enumerate(units[1:4]):
        _STAGES[place](unit, now)
    return Case.objects.count()


def _units(department: str, today: int) -> Iterator[Chosen]:
    """Units with vacant posts that no rule keeps from using them, the department's first."""
    columns = held().columns
    state = State(columns, today)
    words = Words(state)
    kinds = [kind for kind in state.accounts["kind"].unique()
             if words.counts(kind) and not words.is_leadership(kind)]  # fmt: skip
    orgs = state.orgs.filter((pl.col("cls") == "org") & (pl.col("status") == ACTIVE))
    orgs = orgs.filter(pl.col("supervisor").is_not_null())
    free = state.figures("holder", "kind", "funding").filter(
        (pl.col("vacant") >= VACANT) & pl.col("kind").is_in(kinds)
    )
    rows = free.join(orgs.select(holder="key", name="name", above="supervisor"), on="holder")
    rows = rows.sort(pl.col("above") != department, "holder")
    one_each = rows.unique("holder", keep="first", maintain_order=True)
    for row in one_each.iter_rows(named=True):
        if not Standing(columns, row["holder"], today).overdue():
            yield Chosen(row["holder"], row["name"], row["above"], row["kind"], row["funding"])


def _use(unit: Chosen, now: datetime) -> None:
    """A plan that was issued, tickets given out inside it, and a request that waits."""
    plan = _filed("use_plan", unit, now, posts=[[unit.kind, unit.funding, str(VACANT)]],
                  year=str(now.year), how=f"公开招聘{VACANT}名")  # fmt: skip
    _issued(_walked(plan, now, *TO_BOARD, "agree"), now)
    asked = {"kind": unit.kind, "funding": unit.funding, "entry_form": "公开招聘"}
    _issued(_walked(_filed("use_request", unit, now, n="2", **asked), now, *TO_BOARD, "agree"), now)
    _walked(_filed("use_request", unit, now, n="1", **asked), now, "submit")


def _before_the_board(unit: Chosen, now: datetime) -> None:
    """A plan on the agenda of a meeting."""
    case = _filed("use_plan", unit, now, posts=[[unit.kind, unit.funding, "2"]],
                  year=str(now.year), how="公开招聘1名，调入1名")  # fmt: skip
    case = _walked(case, now, *TO_BOARD)
    case.meeting = Meeting.objects.create(
        level=BOARD, title=f"区委编委{now.year}年第1次会议", held_on=day_number(day_of(now)),
        place="区委三楼会议室",
    )  # fmt: skip
    case.save(update_fields=["meeting"])


def _decided(unit: Chosen, now: datetime) -> None:
    """A reduction, agreed: it holds its posts and waits for its paper."""
    case = _filed("reduce", unit, now, kind=unit.kind, funding=unit.funding, n="1")
    _walked(case, now, *TO_BOARD, "agree")


def _returned(unit: Chosen, now: datetime) -> None:
    """An increase that lacks something."""
    case = _filed("increase", unit, now, kind=unit.kind, funding=unit.funding, n="2")
    case = _walked(case, now, "submit")
    stepping.take(case.pk, case.version, "return", by=CLERK, now=now, words="请补充编制来源的意见")


_STAGES = (_before_the_board, _decided, _returned)


def _filed(type_: str, unit: Chosen, now: datetime, **given: Any) -> Case:
    day = day_of(now)
    above = Words(State(held().columns, day_number(day))).name
    case = work.open_case(type_, unit.department, by="bumen", now=now)
    seq = Case.objects.count() + 1
    request = {
        "doc_no": f"澜请〔{day.year}〕{seq}号", "issuer": above(unit.department),
        "title": f"关于{case.title}的请示", "doc_date": day_text(day_number(day)),
    }  # fmt: skip
    told = {"org": unit.org, "reason": "业务需要，现有人员不足。", **given}
    return work.save(case, told, request, above, 0)


def _walked(case: Case, now: datetime, *codes: str) -> Case:
    said = {"study": "材料齐全，符合规定，建议同意。", "agree": f"区委编委{now.year}年会议研究"}
    for code in codes:
        by = SECRETARY if code == "agree" else CLERK
        case = stepping.take(case.pk, case.version, code, by=by, now=now, words=said.get(code, ""))
    return case


def _issued(case: Case, now: datetime) -> None:
    issue(case.pk, case.version, signed_on=day_of(now), by=SECRETARY, now=now)
