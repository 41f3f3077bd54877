"""The Word papers of a delivery: their texts kept, to be found by any two characters in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bianzhi.core.days import day_number, parse_day
from bianzhi.core.documents import Document
from bianzhi.core.errors import Refusal
from bianzhi.core.quantity import UNIT
from bianzhi.files.word import Paper, Proposal, read_paper, read_word
from bianzhi.office.identity.locking import open_file
from bianzhi.office.intake.keeping import TEXTS
from bianzhi.office.intake.models import DeliveredFile, Delivery
from bianzhi.office.intake.plan.written import Number, Written
from bianzhi.office.intake.wording import SECTIONS
from bianzhi.office.papers import texts


def is_paper(name: str) -> bool:
    """Whether a file of this name is read as a document."""
    return name.lower().endswith(TEXTS)


def paper_of(delivered: DeliveredFile) -> Paper:
    """What a document says.

    Raises:
        Refusal: It cannot be read.
    """
    return read_paper(read_word(open_file(delivered.kept), delivered.name))


def keep_texts(delivery: Delivery) -> int:
    """Keep the texts of a delivery's documents; how many could be read."""
    count = 0
    for each in delivery.files.select_related("kept"):
        if not is_paper(each.name):
            continue
        try:
            paper = paper_of(each)
        except Refusal as refusal:
            each.said = "；".join(problem.what for problem in refusal.problems)
            each.save(update_fields=["said"])
            continue
        texts.keep(each.kept_id, each.name, paper.title, paper.doc_no, shown(paper))
        count += 1
    return count


def shown(paper: Paper) -> str:
    """The paragraphs and tables as people read them, empty lines left out."""
    rows = ("　".join(row) for table in paper.text.tables for row in table)
    return "\n".join(line for line in (*paper.text.paragraphs, *rows) if line.strip())


def papers(delivery: Delivery) -> list[Written]:
    """The documents of a delivery as planning takes them; those that cannot be read left out."""
    # what cannot be read was said with the file when its text was kept
    readable = [each for each in delivery.files.select_related("kept") if not each.said]
    return [written(each) for each in readable if is_paper(each.name)]


def written(delivered: DeliveredFile) -> Written:
    """A document with the numbers it states, and what a person corrected about it.

    Raises:
        Refusal: It cannot be read.
    """
    paper, told = paper_of(delivered), delivered.corrections
    effective = parse_day(told["day"]) if told.get("day") else _number(paper.effective_on)
    issued = _number(paper.doc_date)
    document = Document(
        paper.title or delivered.name, told.get("doc_no", paper.doc_no), "",
        issued, effective if effective is not None else issued, "", delivered.kept_id,
    )  # fmt: skip
    numbers = (*map(_posts, _standing(paper)), *_sections(paper))
    return Written(delivered.name, document, told.get("unit", paper.subject), numbers)


def _number(day: date | None) -> int | None:
    return None if day is None else day_number(day)


def _standing(paper: Paper) -> Iterator[Proposal]:
    """The numbers that say how things stand from then on, not what was moved."""
    for each in paper.proposals:
        if each.fact.figure == "approved" and each.fact.what != SECTIONS:
            yield each


def _posts(each: Proposal) -> Number:
    fact = each.fact
    return Number(
        each.place, each.clause.text, fact.phrase, fact.what, fact.kind, fact.n * UNIT,
        fact.funding, fact.part,
    )  # fmt: skip


def _sections(paper: Paper) -> Iterator[Number]:
    """内设机构: those the paper lists, else how many it says there are."""
    if paper.sections:
        names = tuple(name for name, _ in paper.sections)
        first = paper.sections[0][1]
        place = first.label.partition("（")[0] or f"第 {first.line + 1} 段"
        listed = "、".join(names)
        yield Number(
            place, listed, listed, SECTIONS, "", len(names) * UNIT, names=names
        )  # fmt: skip
        return
    for each in paper.proposals:
        if each.fact.what == SECTIONS and each.fact.figure == "approved" and not each.fact.part:
            yield _posts(each)
