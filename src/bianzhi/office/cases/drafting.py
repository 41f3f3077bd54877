"""What a matter would do to the ledger, as drafts: locked, released, and carried out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bianzhi.core.acts import Act
from bianzhi.core.acts.claims import Occupy, Release
from bianzhi.core.changes import Draft
from bianzhi.core.days import parse_day
from bianzhi.core.documents import Document
from bianzhi.core.errors import Problem, Refusal, refuse_if
from bianzhi.core.quantity import UNIT, parse_quantity, quantity_text
from bianzhi.office.cases.matters import matters
from bianzhi.office.cases.matters.base import Given, Matter
from bianzhi.office.cases.models import Case

REQUEST = {"doc_no": "请示文号", "title": "请示标题", "issuer": "来文单位", "doc_date": "请示日期"}


def matter_of(case: Case) -> Matter:
    """The type of a matter."""
    return matters()[case.type]


def given_of(case: Case) -> Given:
    """What its form says."""
    return Given({**case.given, "approved": case.approved}, case.key)


def need_request(request: Mapping[str, Any]) -> None:
    """Go on only if the 请示 is named in full.

    Raises:
        Refusal: Every missing part.
    """
    refuse_if(
        Problem("missing", f"缺少{title}", "请补填", field=name)
        for name, title in REQUEST.items()
        if not str(request.get(name) or "").strip()
    )
    parse_day(request["doc_date"])


def asked_for(case: Case) -> str:
    """The number the decision may lower, as it was asked for; "" where there is none."""
    return given_of(case).text(matter_of(case).settles)


def settled(case: Case, approved: str) -> str:
    """How many are approved, "" for as many as were asked for.

    Raises:
        Refusal: More than were asked for (CK-23), none, or parts of a post.
    """
    matter = matter_of(case)
    if not matter.settles or not approved.strip():
        return ""
    asked, n = given_of(case).number(matter.settles), parse_quantity(approved.strip())
    if n > asked:
        raise Refusal.of(
            "over-request",
            f"批准 {quantity_text(n)} 名，多于申请的 {quantity_text(asked)} 名："
            "批准数不得超过申请数（CK-23）",
            "要增加的，请退回由单位重新申请", field="approved",
        )  # fmt: skip
    if n <= 0 or n % UNIT:
        raise Refusal.of("bad-quantity", f"批准数 {quantity_text(n)} 应为大于零的整数",
                         "一名也不批的，请选“不同意”", field="approved")  # fmt: skip
    return quantity_text(n)


def request_document(case: Case, clause: str, on: int) -> Document:
    """The 请示 as the grounds of a lock or a release."""
    told = case.request
    return Document(
        title=told["title"], doc_no=told["doc_no"], issuer=told["issuer"],
        doc_date=parse_day(told["doc_date"]), effective_on=on, clause=clause,
    )  # fmt: skip


def lock(case: Case, on: int, by: str) -> Draft | None:
    """What accepting the matter locks; None where it needs no posts until it is decided."""
    acts = matter_of(case).hold_acts(given_of(case), case.title)
    if not acts:
        return None
    clause = f"锁编（{case.key}，第 {case.held + 1} 次）"
    return Draft(acts, request_document(case, clause, on), by=by)


def unlock(case: Case, on: int, by: str, why: str) -> Draft:
    """Giving back what the matter holds."""
    clause = f"释放（{case.key}，第 {case.held} 次）"
    return Draft((Release(claimant=case.key),), request_document(case, clause, on), by=by, note=why)


def carried_out(
    case: Case, given: Given, document: Document, by: str, held_on: int | None
) -> Draft:
    """The matter as the one change that issuing it posts.

    Args:
        case: What was decided.
        given: What its form says, with what issuing adds to it.
        document: The paper that is issued.
        by: Who issues it.
        held_on: The day its posts were locked; None where it holds none.
    """
    own: list[Act] = list(matter_of(case).acts(given))
    if case.holding:
        day = document.effective_on or 0
        # posts locked later than the paper takes effect come free on the day they were locked
        own = _drawn(case, given, own, max(day, held_on or day))
    return Draft(own, document, by=by, note=case.key)


def _drawn(case: Case, given: Given, own: list[Act], on: int) -> list[Act]:
    """The acts with what the matter holds: tickets draw on it, and the rest comes free."""
    if not given.tickets:
        return [Release(claimant=case.key, on=on), *own]
    drawn: list[Act] = [
        replace(act, matter=case.key, on=on) if isinstance(act, Occupy) else act for act in own
    ]
    held = sum(n for *_, n in matter_of(case).holds(given))
    used = sum(act.n for act in drawn if isinstance(act, Occupy))
    return [*drawn, Release(claimant=case.key, on=on)] if used < held else drawn
