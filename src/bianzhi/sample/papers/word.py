"""A Word file of a number, a title and paragraphs; small, and the same for the same text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Pt

MADE = datetime(2026, 1, 5)  # noqa: DTZ001  a property of the file, not a moment of the work
NEEDED = {"Normal", "Default Paragraph Font", "Normal Table", "No List"}
WITH_EFFECTS = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"


def save(
    path: Path, issuer: str, number: str, title: str, to: str, body: Iterable[str], day: str
) -> None:
    """Write one document (GB/T 9704 order of parts: 标志, 文号, 标题, 主送, 正文, 落款)."""
    document = Document(BytesIO(_template()))
    _line(document, f"{issuer}文件", 22, WD_ALIGN_PARAGRAPH.CENTER)
    _line(document, number, 16, WD_ALIGN_PARAGRAPH.CENTER)
    _line(document, title, 22, WD_ALIGN_PARAGRAPH.CENTER)
    _line(document, f"{to}：", 16)
    for text in body:
        _line(document, text, 16, indent=True)
    _line(document, issuer, 16, WD_ALIGN_PARAGRAPH.RIGHT)
    _line(document, day, 16, WD_ALIGN_PARAGRAPH.RIGHT)
    path.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(path))


@cache
def _template() -> bytes:
    """An empty document without the hundreds of styles of the library's own."""
    document = Document()
    properties = document.core_properties
    properties.created = properties.modified = MADE
    properties.author, properties.comments = "编办", ""
    styles = document.styles
    for style in list(styles):
        if style.name not in NEEDED:
            style.delete()
    for latent in list(styles.element.findall(f"{{{styles.element.nsmap['w']}}}latentStyles")):
        styles.element.remove(latent)
    for key, relation in list(document.part.rels.items()):
        if relation.reltype == WITH_EFFECTS:
            document.part.drop_rel(key)
            document.part.rels.pop(key, None)
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            package.rels.pop(key)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _line(document: Any, text: str, size: int, align: Any = None, indent: bool = False) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), "仿宋_GB2312"
    paragraph.alignment = align
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(size * 2)
