"""The Word papers of a delivery: their texts kept, to be found by any two characters in them."""

from __future__ import annotations

from bianzhi.core.errors import Refusal
from bianzhi.files.word import Paper, read_paper, read_word
from bianzhi.office.intake.keeping import TEXTS, opened
from bianzhi.office.intake.models import DeliveredFile, Delivery
from bianzhi.office.papers import texts


def is_paper(name: str) -> bool:
    """Whether a file of this name is read as a document."""
    return name.lower().endswith(TEXTS)


def paper_of(delivered: DeliveredFile) -> Paper:
    """What a document says.

    Raises:
        Refusal: It cannot be read.
    """
    return read_paper(read_word(opened(delivered.kept), delivered.name))


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
