"""Opening a .docx safely: its paragraphs and tables in their order, numbering written out.

Read from the XML itself, streaming, under the same bounds as a workbook: a program for writing
documents would load pictures and styles, follow relationships and lose automatic numbers.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, iterparse

from bianzhi.core.errors import Refusal, cause
from bianzhi.files.word.numbering import Numbering
from bianzhi.files.workbook.kinds import OLE
from bianzhi.files.workbook.limits import Limits
from bianzhi.files.workbook.parts import Parts, damaged, encrypted

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT, _NUMBERING = "word/document.xml", "word/numbering.xml"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MOST = 50_000  # paragraphs and cells
_DEEPEST = 200  # elements one inside another


@dataclass(frozen=True)
class Text:
    """A document: paragraphs in order; ``tables`` holds each table as rows of cell texts."""

    name: str
    paragraphs: tuple[str, ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...] = ()

    @property
    def text(self) -> str:
        """All of it, a line a paragraph, tables included, for keeping and searching."""
        cells = ("\t".join(row) for table in self.tables for row in table)
        return "\n".join((*self.paragraphs, *cells))


def read_word(source: Path | bytes, name: str = "", limits: Limits | None = None) -> Text:
    """Read a .docx.

    Raises:
        Refusal: too large, packed beyond belief, encrypted, damaged, or no .docx at all.
    """
    bounds = limits or Limits()
    data, name = _bytes(source, name, bounds)
    parts = Parts(name, data, bounds)
    if _DOCUMENT not in parts:
        raise Refusal.of(
            "wrong-type", "这不是 Word 文稿（.docx）", "请用 Word 或 WPS 另存为 .docx", place=name
        )
    body = _xml(parts, _DOCUMENT)
    numbering = Numbering()
    if _NUMBERING in parts:
        numbering = Numbering.read(_root(name, _xml(parts, _NUMBERING)))
    return _Reader(name, numbering).read(body)


def _bytes(source: Path | bytes, name: str, limits: Limits) -> tuple[bytes, str]:
    if isinstance(source, Path):
        try:
            with source.open("rb") as handle:
                data, name = handle.read(limits.file_bytes + 1), name or source.name
        except OSError as error:
            what = f"文件读不出来：{cause(error)}"
            raise Refusal.of("no-file", what, "请检查文件", place=source.name) from error
    else:
        data, name = source, name or "文稿"
    if len(data) > limits.file_bytes:
        raise Refusal.of("too-large", "文件太大", "请拆成几个文件", place=name)
    if data.startswith(OLE):
        if _ENCRYPTED_PACKAGE in data:
            raise encrypted(name)
        what = "这是旧版 Word 文档（.doc）"
        raise Refusal.of("wrong-type", what, "请用 Word 或 WPS 另存为 .docx 后再导入", place=name)
    if not data.startswith(b"PK"):
        what = "这不是 Word 文稿（.docx）"
        raise Refusal.of("wrong-type", what, "请用 Word 或 WPS 另存为 .docx", place=name)
    return data, name


def _xml(parts: Parts, part: str) -> bytes:
    data = parts.read(part)
    parts.check_xml(data)
    return data


def _root(name: str, data: bytes) -> Element:
    root: Element | None = None
    try:
        for _, element in iterparse(io.BytesIO(data)):  # noqa: S314 - no entities: checked
            root = element
    except ParseError:
        raise damaged(name) from None
    if root is None:
        raise damaged(name)
    return root


class _Reader:
    """Walks through the body once; what was read is let go."""

    def __init__(self, name: str, numbering: Numbering) -> None:
        self.name, self.numbering = name, numbering
        self.counts: dict[str, list[int]] = defaultdict(lambda: [0] * 9)

    def read(self, data: bytes) -> Text:
        paragraphs: list[str] = []
        tables: list[tuple[tuple[str, ...], ...]] = []
        try:
            for element, inside in self._blocks(data):
                if element.tag == f"{_W}tbl":
                    tables.append(tuple(map(_cells, element.iter(f"{_W}tr"))))
                elif not inside and (text := self._paragraph(element)):
                    paragraphs.append(text)
                if len(paragraphs) + sum(map(len, tables)) > _MOST:
                    raise Refusal.of("too-large", "文稿太长", "请拆成几个文件", place=self.name)
        except ParseError:
            raise damaged(self.name) from None
        return Text(self.name, tuple(paragraphs), tuple(tables))

    def _blocks(self, data: bytes) -> Iterator[tuple[Element, bool]]:
        """(paragraph or outermost table, whether the paragraph stands inside a table)."""
        tables = depth = 0
        for event, element in iterparse(io.BytesIO(data), ("start", "end")):  # noqa: S314
            opening = event == "start"
            depth += 1 if opening else -1
            if depth > _DEEPEST:
                raise damaged(self.name)
            if element.tag == f"{_W}tbl":
                tables += 1 if opening else -1
                if not opening and not tables:
                    yield element, False
                    element.clear()
            elif element.tag == f"{_W}p" and not opening and not tables:
                yield element, False
                element.clear()

    def _paragraph(self, element: Element) -> str:
        text = _text(element).strip()
        if not text:
            return ""
        return self._number(element) + text

    def _number(self, element: Element) -> str:
        """The automatic number in front of a paragraph, as it shows."""
        found = element.find(f"{_W}pPr/{_W}numPr")
        if found is None:
            return ""
        ident, level = found.find(f"{_W}numId"), found.find(f"{_W}ilvl")
        number = ident.get(f"{_W}val", "") if ident is not None else ""
        depth = level.get(f"{_W}val", "0") if level is not None else "0"
        at = min(int(depth), 8) if depth.isdecimal() else 0
        counts = self.counts[number]
        counts[at] += 1
        counts[at + 1 :] = [0] * (8 - at)
        return self.numbering.shown(number, at, counts)


def _text(element: Element) -> str:
    """Text of a paragraph: deleted text is left out, a tab is a blank."""
    pieces = []
    for each in element.iter():
        if each.tag == f"{_W}t":
            pieces.append(each.text or "")
        elif each.tag in (f"{_W}tab", f"{_W}br"):
            pieces.append(" ")
    return "".join(pieces)


def _cells(row: Element) -> tuple[str, ...]:
    return tuple(_text(cell).strip() for cell in row.iter(f"{_W}tc"))
