"""The texts of documents handed over, kept to be found by any two characters in them."""

from __future__ import annotations

from dataclasses import dataclass

from bianzhi.core.errors import Refusal
from bianzhi.files.word import read_word
from bianzhi.office.intake.keeping import TEXTS, opened
from bianzhi.office.intake.models import Delivery, KeptText

AROUND = 60  # characters shown on each side of what was sought


@dataclass(frozen=True)
class Hit:
    """A text in which something was found, and the words around the first place."""

    text: KeptText
    before: str
    found: str
    after: str


def text_of(data: bytes, name: str) -> str:
    """The paragraphs and tables of a .docx.

    Raises:
        Refusal: It cannot be read.
    """
    read = read_word(data, name)
    rows = ("　".join(row) for table in read.tables for row in table)
    return "\n".join(line for line in (*read.paragraphs, *rows) if line.strip())


def keep_texts(delivery: Delivery) -> int:
    """Keep the texts of a delivery's documents; how many could be read."""
    count = 0
    for each in delivery.files.select_related("kept"):
        if not each.name.lower().endswith(TEXTS):
            continue
        try:
            text = text_of(opened(each.kept), each.name)
        except Refusal as refusal:
            each.said = "；".join(problem.what for problem in refusal.problems)
            each.save(update_fields=["said"])
            continue
        KeptText.objects.update_or_create(
            kept=each.kept, defaults={"name": each.name, "text": text}
        )
        count += 1
    return count


def search(sought: str, most: int = 100) -> list[Hit]:
    """Texts that hold what is sought, two characters or more."""
    if len(sought) < 2:
        return []
    found = KeptText.objects.filter(text__contains=sought).order_by("name")[:most]
    return [_hit(each, sought) for each in found]


def _hit(kept: KeptText, sought: str) -> Hit:
    at = kept.text.find(sought)
    end = at + len(sought)
    return Hit(kept, kept.text[max(0, at - AROUND) : at], sought, kept.text[end : end + AROUND])
