"""The texts of documents handed over, kept to be found by any two characters in them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

import docx
from docx.opc.exceptions import PackageNotFoundError

from bianzhi.office.intake.keeping import TEXTS, opened
from bianzhi.office.intake.models import Delivery, KeptText

UNPACKED = 64 * 1024 * 1024
AROUND = 60  # characters shown on each side of what was sought


@dataclass(frozen=True)
class Hit:
    """A text in which something was found, and the words around the first place."""

    text: KeptText
    before: str
    found: str
    after: str


def text_of(data: bytes) -> str | None:
    """The paragraphs and tables of a .docx, None where it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(info.file_size for info in packed.infolist()) > UNPACKED:
                return None
        document = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError):
        return None
    lines = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        lines += ["　".join(cell.text for cell in row.cells) for row in table.rows]
    return "\n".join(line for line in lines if line.strip())


def keep_texts(delivery: Delivery) -> int:
    """Keep the texts of a delivery's documents; how many could be read."""
    count = 0
    for each in delivery.files.select_related("kept"):
        if not each.name.lower().endswith(TEXTS):
            continue
        text = text_of(opened(each.kept))
        each.said = "" if text is not None else "这个文档打不开，没有读到文字"
        each.save(update_fields=["said"])
        if text is not None:
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
