"""Reading a report back: the words of a Word file and of a PDF, and the numbers in them."""

from __future__ import annotations

import re
from io import BytesIO

import pypdfium2
from docx import Document
from docx.oxml.ns import qn

NUMBER = re.compile(r"\d+(?:\.\d+)?%?")


def word_lines(data: bytes) -> list[str]:
    """Every paragraph of a Word file in order, those in tables and links among them."""
    body = Document(BytesIO(data)).element.body
    return ["".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))]


def word_tables(data: bytes) -> list[list[list[str]]]:
    """The cells of every table of a Word file."""
    return [
        [["".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in row.iter(qn("w:tc"))]
         for row in table.iter(qn("w:tr"))]
        for table in Document(BytesIO(data)).element.body.iter(qn("w:tbl"))
    ]  # fmt: skip


def word_links(data: bytes) -> list[tuple[str, str]]:
    """(words, address) of every link of a Word file, in order."""
    document = Document(BytesIO(data))
    return [
        ("".join(t.text or "" for t in link.iter(qn("w:t"))),
         document.part.rels[link.get(qn("r:id"))].target_ref)
        for link in document.element.body.iter(qn("w:hyperlink"))
    ]  # fmt: skip


def pdf_pages(data: bytes) -> list[str]:
    """The words of every page of a PDF without its number."""
    pages = pypdfium2.PdfDocument(data)
    texts = (page.get_textpage().get_text_range() for page in pages)
    return [re.sub(r"— \d+ —", "", text) for text in texts]


def pdf_links(data: bytes) -> set[str]:
    """Every address the PDF links to."""
    return {found.decode() for found in re.findall(rb"/URI\s?\(([^)]*)\)", data)}


def numbers(text: str) -> list[str]:
    """The numbers of a text as they are printed, % with them."""
    return NUMBER.findall(text)
