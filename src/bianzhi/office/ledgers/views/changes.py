"""The changes posted, and one change: its document, its entries, its digest."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from bianzhi.core.changes import KINDS
from bianzhi.core.days import day_date, parse_day
from bianzhi.core.errors import Refusal
from bianzhi.core.facts import REFERENCES
from bianzhi.core.ledger import FIGURES as USES
from bianzhi.core.quantity import quantity
from bianzhi.core.rows import Assertion, Rows
from bianzhi.office.desk import sheets
from bianzhi.office.desk.asking import Asked, asked, need, number_of
from bianzhi.office.desk.sheets import Column
from bianzhi.office.desk.showing import FIGURES, page, part
from bianzhi.office.desk.words import Words
from bianzhi.office.ledgers.register.sight import own_changes, own_subjects
from bianzhi.office.papers import texts
from bianzhi.record.engine import Engine
from bianzhi.record.models import Change, Document
from bianzhi.record.source import SqlSource

Line = dict[str, Any]
ENDINGS = {
    "post": "占编结束", "leadership": "任职结束", "ticket": "用编号码了结", "hold": "锁编了结",
}  # fmt: skip


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """The changes known that the user may see, the newest first, as far as they are asked for."""
    view = asked(request)
    sought = view.others.get("q", "")
    # a paper speaks of many units: only who may see them all finds a change by its words
    within = texts.numbers_with(sought) if own_changes(view.words) is None else set()
    frame = wanted(seen(view), view.others, within)
    if sheets.wanted(request):
        return exported(view, frame)
    cut = part(request, view, frame.height)
    given = {name: view.others.get(name, "") for name in ("q", "from", "to", "kind")}
    return page(
        request, "ledgers/changes", view,
        rows=told_of(view, frame[cut.start : cut.end]), part=cut,
        given=given, kinds=KINDS, sought=any(given.values()),
    )  # fmt: skip


def seen(view: Asked) -> pl.DataFrame:
    """The changes known in which something is within the user's reach, the newest first."""
    frame = view.columns.frame("changes").filter(pl.col("no") <= view.state.known)
    own = own_changes(view.words)
    if own is not None:
        frame = frame.filter(pl.col("no").is_in(own.implode()))
    return frame.sort("no", descending=True)


def wanted(
    frame: pl.DataFrame, given: Mapping[str, str], within: Collection[str] = ()
) -> pl.DataFrame:
    """The changes asked for: ``q`` in 文号, title, issuer and note, or in the text of one of the
    papers ``within`` (文号); ``from`` and ``to``, days of the document or of its effect; ``kind``.

    Raises:
        Refusal: A day or a kind is none.
    """
    sought, kind = given.get("q", ""), given.get("kind", "")
    if sought:
        looked = [
            pl.col(name).str.contains(sought, literal=True).fill_null(False)
            for name in ("doc_no", "title", "issuer", "note")
        ]
        looked.append(pl.col("doc_no").is_in(list(within)).fill_null(False))
        frame = frame.filter(pl.any_horizontal(looked))
    for name, after in (("from", True), ("to", False)):
        if text := given.get(name, ""):
            day = parse_day(text)
            days = (pl.col(each) for each in ("doc_date", "effective_on"))
            fits = [(each >= day) if after else (each <= day) for each in days]
            frame = frame.filter(pl.any_horizontal(fits).fill_null(False))
    if kind and kind not in KINDS:
        raise Refusal.of("bad-choice", f"没有“{kind}”这种变更", f"可选的有：{'、'.join(KINDS)}")
    return frame.filter(pl.col("kind") == kind) if kind else frame


def told_of(view: Asked, frame: pl.DataFrame) -> list[Line]:
    """The changes with their papers."""
    papers = view.words.papers(frame["no"])
    return [{**row, "paper": papers[row["no"]]} for row in frame.iter_rows(named=True)]


def exported(view: Asked, frame: pl.DataFrame) -> HttpResponse:
    """The changes as a workbook."""
    columns = [Column("变更", 7), Column("文号", 24), Column("标题", 50), Column("条款"),
               Column("发文机关", 24), Column("成文日期", 11), Column("生效日期", 11),
               Column("性质"), Column("现状"), Column("备注", 30), Column("经办")]  # fmt: skip
    cells = (
        [row["no"], row["doc_no"], row["title"], row["clause"], row["issuer"],
         _date(row["doc_date"]), _date(row["effective_on"]), KINDS[row["kind"]],
         row["paper"].flag, row["note"], row["by"]]
        for row in told_of(view, frame)
    )  # fmt: skip
    return sheets.workbook(view, "变更文件", columns, cells, frame.height)


def _date(number: int | None) -> date | None:
    return None if number is None else day_date(number)


@require_safe
def change(request: HttpRequest) -> HttpResponse:
    """One change with everything it entered, as far as it is within the user's reach."""
    view = asked(request)
    no = number_of(need("变更号", request.GET.get("no")), 0)
    head = Change.objects.filter(no=no, no__lte=view.state.known).first()
    numbers = seen(view)["no"]
    if head is None or no not in numbers:  # one of others is as good as none
        raise Refusal.of(
            "unknown-change", f"没有第 {no} 号变更", f"截至所选变更，最后一号是 {view.state.known}"
        )
    rows = SqlSource(Engine(), no).rows_of(no)
    own = own_subjects(view.words)
    within = [line for line in lines(view.words, rows) if reached(view, own, numbers, line)]
    told = sorted(within, key=lambda line: line["act"])
    cut = part(request, view, len(told))
    recorded = parse_datetime(head.recorded_at)
    document = Document.objects.filter(change_no=no).first()
    kept = texts.of_document(document.doc_no or "", document.file_digest) if document else None
    return page(
        request, "ledgers/change", view,
        head=head, kind=KINDS[head.kind],
        recorded=localtime(recorded) if recorded else head.recorded_at,
        document=document, text=kept if own is None else None,
        paper=view.words.papers([no])[no],
        before=numbers.filter(numbers < no).max(), after=numbers.filter(numbers > no).min(),
        lines=told[cut.start : cut.end], part=cut,
        partly=own is not None,
        assertions=[assertion(view, each) for each in rows.assertions
                    if own is None or each.holder in own],
    )  # fmt: skip


def reached(view: Asked, own: frozenset[str] | None, numbers: pl.Series, line: Line) -> bool:
    """Whether a line is about what the user may see."""
    if own is None:
        return True
    if "target" in line:
        return line["target"] in numbers
    if (at := line.get("at")) is not None:
        return view.may_see(at)
    return line["subject"] in own and all(each in own for each in line.get("names", ()))


def lines(words: Words, rows: Rows) -> Iterator[Line]:
    """Every entry of a change in words, except published totals."""
    for fact in rows.facts:
        cls = words.classes.get(fact.subject, "")
        text = words.value(cls, fact.field, fact.value)
        title = words.field(fact.subject, fact.field)
        named = (fact.value,) if fact.field in REFERENCES and fact.value else ()
        yield {**_line(fact, fact.subject, f"{title}：{text}"), "names": named}
    for posting in rows.postings:
        kind = words.kind(posting.account.kind)
        yield _line(posting, posting.account.holder, kind, words.funding(posting.account.funding),
                    posting.delta)  # fmt: skip
    for claim in rows.claims:
        yield _claim(words, claim)
    for each in rows.links:
        told = _line(each, each.before, f"由 {words.name(each.after)}（{each.after}）承接")
        yield {**told, "names": (each.after,)}
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
