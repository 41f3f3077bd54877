"""The paper of a decided matter, made from the change it posts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from bianzhi.core.changes import Draft
from bianzhi.core.columns import Columns
from bianzhi.core.state import State
from bianzhi.files.official import Item, Paper, Table
from bianzhi.office.cases.drafting import matter_of
from bianzhi.office.cases.flow import LEVELS
from bianzhi.office.cases.matters.base import Given
from bianzhi.office.cases.models import Case, Letterhead
from bianzhi.office.cases.wording import Wording
from bianzhi.office.desk.previewing import Figure, figures, preview
from bianzhi.office.desk.words import Words

MANDATE, NOTICE = "三定规定", "编制使用通知单"
TITLES = {MANDATE: "关于印发《{}》的通知", NOTICE: "关于{}的通知"}  # others: 关于……的批复
HEADS = ("单位", "编制种类", "经费形式", "原核定", "现核定", "增减")
NUMERIC = (3, 4, 5)


def compose(
    case: Case, given: Given, draft: Draft, columns: Columns, head: Letterhead, doc_no: str,
    signed_on: date,
) -> Paper:  # fmt: skip
    """The paper; every number in it is one of the change.

    Args:
        case: What was decided.
        given: What its form says, with what issuing adds to it.
        draft: The change that will be posted.
        columns: The record it is posted on.
        head: How the office signs.
        doc_no: 文号.
        signed_on: 成文日期.

    Raises:
        Refusal: The change cannot be posted.
    """
    before, after = seen(draft, columns)
    wording = Wording(Words(after), Words(before))
    matter = matter_of(case)
    said = tuple(matter.says(given, wording) if matter.says else wording.clauses(draft.acts))
    own = (each for each in said if isinstance(each, Table))
    tables = (*own, *_tables(before, after, wording))
    kind = matter.paper
    return Paper(
        kind=kind,
        issuer=head.issuer,
        doc_no=doc_no,
        title=title_of(case, given, wording),
        signed_on=signed_on,
        addressee=wording.name(case.unit),
        body=(
            Item(_opening(case)),
            *(each for each in said if isinstance(each, Item)),
            *(Item(line) for line in given.lines("wishes")),
            Item(f"特此{_verb(kind)}。"),
        ),
        attachments=tuple(each.title for each in tables),
        tables=tables,
        copies=head.copies,
        printed_by=head.printed_by,
    )


def seen(draft: Draft, columns: Columns) -> tuple[State, State]:
    """The states before and after; the same twice where only the paper is the fact.

    Raises:
        Refusal: The change cannot be posted.
    """
    if draft.acts:
        return preview(draft, columns)
    state = State(columns, draft.day or 0)
    return state, state


def title_of(case: Case, given: Given, wording: Wording) -> str:
    """关于……的批复; a 三定 is issued by a 通知."""
    matter = matter_of(case)
    subject = matter.subject(given, wording.name)
    return TITLES.get(matter.paper, f"关于{{}}的{matter.paper}").format(subject)


def _opening(case: Case) -> str:
    told = case.request
    by = LEVELS[case.levels[-1]] if case.levels else "编委会"
    decided = case.decision.strip().removeprefix("经").rstrip("。，；") or f"{by}研究"
    do = _verb(matter_of(case).paper)
    return f"《{told['title']}》（{told['doc_no']}）收悉。经{decided}，现{do}如下："


def _verb(kind: str) -> str:
    return "通知" if kind in TITLES else kind


def _tables(before: State, after: State, wording: Wording) -> Iterator[Table]:
    """核定 before and after, where any changes."""
    changed = [each for each in figures(before, after) if _approved(each)[0] != _approved(each)[1]]
    if changed:
        rows = tuple(_row(each, wording, Words(after)) for each in changed)
        yield Table("编制和领导职数变化表", HEADS, rows, NUMERIC)


def _row(each: Figure, wording: Wording, words: Words) -> tuple[str, ...]:
    was, will = _approved(each)
    names = (wording.name(each.unit), words.kind(each.kind), words.funding(each.funding))
    return (*names, _plain(was), _plain(will), f"{will - was:+f}".rstrip("0").rstrip("."))


def _approved(each: Figure) -> tuple[Any, Any]:
    return each.before["approved"], each.after["approved"]


def _plain(n: Any) -> str:
    text = f"{n:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
