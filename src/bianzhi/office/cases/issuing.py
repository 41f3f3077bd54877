"""Issuing (印发): number, paper and change in one transaction, or none of them."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from bianzhi.core.changes import Draft
from bianzhi.core.days import day_number
from bianzhi.core.documents import DocNo, Document
from bianzhi.core.errors import Refusal, refuse_if
from bianzhi.files.official import Item, Paper, Table
from bianzhi.files.official.typeset import typeset
from bianzhi.files.official.word import as_word
from bianzhi.office.cases import numbering, stepping
from bianzhi.office.cases.composing import compose
from bianzhi.office.cases.drafting import carried_out, given_of, matter_of
from bianzhi.office.cases.flow import UPPER
from bianzhi.office.cases.models import Case, Issued, Letterhead, Template
from bianzhi.office.cases.use import numbers, refusing
from bianzhi.office.desk.held import held
from bianzhi.office.papers.fonts import fonts
from bianzhi.record.engine import Engine
from bianzhi.record.post import Poster


def draft_paper(case: Case, signed_on: date) -> Paper:
    """The paper as it would be issued now, for reading beforehand; the number it shows is the next
    one and is not taken.

    Raises:
        Refusal: The change cannot be posted, or the office has not said how it signs.
    """
    head = numbering.letterhead(_signing(case))
    document = _document(case, "（草案）", head.issuer, signed_on, "")
    given = given_of(case)
    given = numbers.foreseen(given, matter_of(case).numbers(given), signed_on)
    draft = carried_out(case, given, document, "", stepping.held_since(case))
    seq = numbering.following(head.word, signed_on.year)
    doc_no = str(DocNo("", head.word, signed_on.year, seq))
    return compose(case, given, draft, held().columns, head, doc_no, signed_on)


@transaction.atomic
def issue(case_id: int, version: int, *, signed_on: date, by: str, now: datetime) -> Issued:
    """Issue a decided matter.

    Raises:
        Refusal: Somebody was quicker, or the change cannot be posted; then nothing was done.
    """
    case = stepping.locked(case_id, version, "issue")
    head = numbering.letterhead(_signing(case))
    number = numbering.take(head.word, signed_on.year, case.title, case=case, by=by, now=now)
    document = _document(case, str(number), head.issuer, signed_on, "")
    given = given_of(case)
    given = numbers.take(case, given, matter_of(case).numbers(given), signed_on)
    with Engine().writing():  # nobody posts between making the paper and posting it
        columns = held().columns
        refuse_if(refusing.problems(case, given, columns, day_number(stepping.day_of(now))))
        draft = carried_out(case, given, document, by, stepping.held_since(case))
        paper = compose(case, given, draft, columns, head, str(number), signed_on)
        pdf, word, template = files_of(paper)
        document = replace(document, title=paper.title, file_digest=sha256(pdf).hexdigest())
        change = _posted(replace(draft, document=document), columns.head)
    number.title = paper.title[:250]
    number.save(update_fields=["title"])
    issued = Issued.objects.create(
        case=case, number=number, paper=as_json(paper), template=template, pdf=pdf, word=word,
        pdf_digest=document.file_digest, word_digest=sha256(word).hexdigest(), change=change,
        at=now, by=by,
    )  # fmt: skip
    case.holding = False
    stepping.taken(case, "issue", by=by, now=now, words=str(number), change=change)
    return issued


def files_of(paper: Paper) -> tuple[bytes, bytes, Template | None]:
    """A paper as PDF and as Word, and the template of the office that was used, if any."""
    template = Template.objects.filter(kind=paper.kind).first()
    return typeset(paper, fonts()), as_word(paper, _content(template)), template


def _posted(draft: Draft, baseline: int) -> int | None:
    """The number of the change; None where the paper changes nothing in the ledger."""
    return Poster().post([draft], baseline=baseline)[0].no if draft.acts else None


def made_again(issued: Issued) -> tuple[bytes, bytes]:
    """The paper made anew from what the record keeps: the same bytes, as long as the fonts and
    the programs that set it are the same.

    Raises:
        Refusal: It came out otherwise; the copy that was issued is still kept.
    """
    paper = from_json(issued.paper)
    pdf, word = typeset(paper, fonts()), as_word(paper, _content(issued.template))
    if sha256(pdf).hexdigest() != issued.pdf_digest:
        raise Refusal.of(
            "other-bytes", "重新生成的文件与印发时不完全相同",
            "多半是字体或程序换过；印发时的原件仍保存，可直接下载",
        )  # fmt: skip
    return pdf, word


def as_json(paper: Paper) -> dict[str, Any]:
    """A paper as it is kept."""
    told = asdict(paper)
    told["body"] = [{"table": asdict(each)} if isinstance(each, Table) else asdict(each)
                    for each in paper.body]  # fmt: skip
    told["signed_on"] = paper.signed_on.isoformat()
    told["printed_on"] = paper.printed_on.isoformat() if paper.printed_on else None
    return dict(json.loads(json.dumps(told, ensure_ascii=False)))


def from_json(told: dict[str, Any]) -> Paper:
    """The kept paper again."""
    body = tuple(_table(each["table"]) if "table" in each else Item(**each)
                 for each in told["body"])  # fmt: skip
    printed = told["printed_on"]
    return Paper(**{
        **told, "body": body, "tables": tuple(map(_table, told["tables"])),
        "attachments": tuple(told["attachments"]),
        "signed_on": date.fromisoformat(told["signed_on"]),
        "printed_on": date.fromisoformat(printed) if printed else None,
    })  # fmt: skip


def _table(told: dict[str, Any]) -> Table:
    rows = tuple(tuple(row) for row in told["rows"])
    return Table(told["title"], tuple(told["heads"]), rows, tuple(told["numeric"]))


def _signing(case: Case) -> str:
    """Whose head the paper bears: that of the type where the office has set one, else the last
    level that decides here; the level above signs its own papers, ours is the board's."""
    if (head := matter_of(case).head) and Letterhead.objects.filter(level=head).exists():
        return head
    own = [level for level in case.levels if level != UPPER]
    return own[-1] if own else "board"


def _document(case: Case, doc_no: str, issuer: str, signed_on: date, digest: str) -> Document:
    day = day_number(signed_on)
    effective = case.effective_on if case.effective_on is not None else day
    return Document(case.title, doc_no, issuer, day, effective, "", digest)


def _content(template: Template | None) -> bytes:
    return bytes(template.content) if template else b""
