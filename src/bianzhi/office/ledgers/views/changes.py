"""The changes posted, and one change: its document, its entries, its digest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from bianzhi.core.changes import KINDS
from bianzhi.core.errors import Refusal
from bianzhi.core.ledger import FIGURES as USES
from bianzhi.core.quantity import quantity
from bianzhi.core.rows import Assertion, Rows
from bianzhi.office.desk.asking import Asked, asked, need, number_of
from bianzhi.office.desk.showing import FIGURES, page, part
from bianzhi.office.desk.words import Words
from bianzhi.record.engine import Engine
from bianzhi.record.models import Change, Document
from bianzhi.record.source import SqlSource

Line = dict[str, Any]
ENDINGS = {
    "post": "占编结束", "leadership": "任职结束", "ticket": "用编号码了结", "hold": "锁编了结",
}  # fmt: skip


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """All changes known, the newest first; ``q`` looks in 文号, title and issuer."""
    view = asked(request)
    frame = view.columns.frame("changes").filter(pl.col("no") <= view.state.known)
    sought = view.others.get("q", "")
    if sought:
        looked = [
            pl.col(name).str.contains(sought, literal=True).fill_null(False)
            for name in ("doc_no", "title", "issuer", "note")
        ]
        frame = frame.filter(pl.any_horizontal(looked))
    frame = frame.sort("no", descending=True)
    cut = part(request, view, frame.height)
    rows = frame[cut.start : cut.end]
    papers = view.words.papers(rows["no"])
    shown = [{**row, "paper": papers[row["no"]]} for row in rows.iter_rows(named=True)]
    return page(request, "ledgers/changes", view, rows=shown, part=cut, sought=sought)


@require_safe
def change(request: HttpRequest) -> HttpResponse:
    """One change with everything it entered."""
    view = asked(request)
    no = number_of(need("变更号", request.GET.get("no")), 0)
    head = Change.objects.filter(no=no, no__lte=view.state.known).first()
    if head is None:
        raise Refusal.of(
            "unknown-change", f"没有第 {no} 号变更", f"截至所选变更，最后一号是 {view.state.known}"
        )
    rows = SqlSource(Engine(), no).rows_of(no)
    told = sorted(lines(view.words, rows), key=lambda line: line["act"])
    cut = part(request, view, len(told))
    recorded = parse_datetime(head.recorded_at)
    return page(
        request, "ledgers/change", view,
        head=head, kind=KINDS[head.kind],
        recorded=localtime(recorded) if recorded else head.recorded_at,
        document=Document.objects.filter(change_no=no).first(),
        paper=view.words.papers([no])[no],
        before=no - 1 if no > 1 else None,
        after=no + 1 if no < view.state.known else None,
        lines=told[cut.start : cut.end], part=cut,
        assertions=[assertion(view, each) for each in rows.assertions],
    )  # fmt: skip


def lines(words: Words, rows: Rows) -> Iterator[Line]:
    """Every entry of a change in words, except published totals."""
    for fact in rows.facts:
        cls = words.classes.get(fact.subject, "")
        text = words.value(cls, fact.field, fact.value)
        title = words.field(fact.subject, fact.field)
        yield _line(fact, fact.subject, f"{title}：{text}")
    for posting in rows.postings:
        kind = words.kind(posting.account.kind)
        yield _line(posting, posting.account.holder, kind, words.funding(posting.account.funding),
                    posting.delta)  # fmt: skip
    for claim in rows.claims:
        yield _claim(words, claim)
    for each in rows.links:
        yield _line(each, each.before, f"由 {words.name(each.after)}（{each.after}）承接")
    for word in rows.amendments:
        part = f"第 {word.line} 条" if word.line else ""
        yield {
            "act": word.act, "verb": word.verb, "target": word.target,
            "text": f"第 {word.target} 号变更{part}", "source": word.source,
        }  # fmt: skip


def _line(row: Any, subject: str, text: str, funding: str = "", amount: int | None = None) -> Line:
    return {
        "act": row.act, "verb": row.verb, "subject": subject, "text": text, "funding": funding,
        "amount": None if amount is None else quantity(amount), "day": row.day,
        "source": row.source,
    }  # fmt: skip


def _claim(words: Words, claim: Any) -> Line:
    if claim.account is None:
        return _line(claim, claim.subject, ENDINGS[claim.slot.partition(":")[0]])
    kind = words.kind(claim.account.kind)
    return {
        **_line(claim, claim.subject, f"{USES[claim.figure]}　{kind}",
                words.funding(claim.account.funding)),
        "at": claim.account.holder,
        "uses": quantity(claim.amount),
    }  # fmt: skip


def assertion(view: Asked, each: Assertion) -> Line:
    """A published total that came with the change."""
    scopes = {"unit": "", "subtree": "及其下属", "area": "全区"}
    return {
        "holder": each.holder, "scope": scopes[each.scope], "kind": view.words.kind(each.kind),
        "figure": "下达总量" if each.holder == "上级" else FIGURES[each.figure],
        "expected": quantity(each.expected), "tolerance": quantity(each.tolerance),
        "day": each.day, "source": each.source,
    }  # fmt: skip
