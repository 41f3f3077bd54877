"""A report as an editable Word file. The same report with the same fonts gives the same bytes.

A district has thousands of linked numbers, so paragraphs and tables are written as they lie in the
file instead of being put together cell by cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from bianzhi.files.official.fonts import FontSet
from bianzhi.files.official.word import BODY, HEADING, SUBHEADING, TITLE, timeless
from bianzhi.files.report.document import Report
from bianzhi.files.report.layout import laid_out
from bianzhi.files.report.pdf import as_png

TABLE, LATIN = "宋体", "Times New Roman"
WIDTH = 156  # mm of the type area
_FACES = {1: HEADING, 2: SUBHEADING, 3: BODY}
_EXACT = '<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="{rule}"/>'


def as_word(report: Report, fonts: FontSet) -> bytes:
    """The report as .docx.

    Args:
        report: What it says.
        fonts: For the drawings, which go in as PNG.

    Raises:
        Refusal: This machine has no font with Chinese characters.
    """
    document = Document()
    told = laid_out(report)
    _page(document, report.title.replace("\n", ""))
    writer = _Writer(document, lambda drawing: as_png(drawing, fonts))
    for line in told["title"].split("\n"):
        writer.line(line, TITLE, 22, align="center")
    writer.line(told["under"], SUBHEADING, 16, align="center", after=300)
    writer.blocks(told["blocks"])
    for annex in told["annexes"]:
        writer.line(annex["number"], HEADING, 16, before_page=True)
        writer.line(annex["title"], TITLE, 18, align="center", after=200)
        if annex["lead"]:
            writer.lead(annex["lead"], told["where"])
        writer.blocks(annex["blocks"])
    made = BytesIO()
    document.save(made)
    return timeless(made.getvalue())


def _page(document: DocumentType, title: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = _run("— ", TABLE, 14), '<w:fldSimple w:instr=" PAGE ">', _run("1", TABLE, 14)
    xml = "".join((*run, "</w:fldSimple>", _run(" —", TABLE, 14)))
    for each in parse_xml(f"<w:p {nsdecls('w')}>{xml}</w:p>"):
        foot._p.append(each)


class _Writer:
    """Puts blocks at the end of a document."""

    def __init__(self, document: DocumentType, drawn: Callable[[str], bytes]) -> None:
        self.document = document
        self.drawn = drawn
        self._end = document.element.body.sectPr
        self._links: dict[str, str] = {}

    def blocks(self, blocks: Iterable[dict[str, Any]]) -> None:
        for block in blocks:
            getattr(self, "_" + block["kind"])(block)

    def line(self, text: str, font: str, size: float, **look: Any) -> None:
        self._add(_paragraph(_run(text, font, size), **look))

    def lead(self, words: str, where: str) -> None:
        """How a reader of the paper opens a figure."""
        self.line(words, TABLE, 9, line=0)
        self._add(_paragraph(self._linked({"text": where, "href": where}, TABLE, 9), line=0))

    def _add(self, xml: str) -> None:
        self._end.addprevious(parse_xml(xml.replace(">", f" {nsdecls('w', 'r')}>", 1)))

    def _heading(self, block: dict[str, Any]) -> None:
        run = _run(block["number"] + block["text"], _FACES[block["level"]], 16)
        self._add(_paragraph(run, indent=True, level=block["level"]))

    def _paragraph(self, block: dict[str, Any]) -> None:
        runs = [self._linked(each, BODY, 16) for each in block["pieces"]]
        note = _run(f"〔来源{block['note']}〕", TABLE, 9) if block["note"] else ""
        self._add(_paragraph("".join(runs) + note, indent=True))

    def _picture(self, block: dict[str, Any]) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = True
        run = paragraph.add_run()
        shape = run.add_picture(BytesIO(self.drawn(block["drawing"])), width=Mm(150))
        shape._inline.docPr.set("descr", block["said"])
        title = f"{block['number']}　{block['title']}"
        self.line(title, HEADING, 12, align="center", next_too=bool(block["note"]))
        self._source(block["note"], "center")

    def _table(self, block: dict[str, Any]) -> None:
        if block["title"]:
            title = f"{block['number']}　{block['title']}"
            self.line(title, HEADING, 12, align="center", next_too=True, before=120)
        total = sum(block["widths"])
        twips = [round(WIDTH * 56.7 * each / total) for each in block["widths"]]
        head = "".join(
            _cell(_run(each, HEADING, 10), "center", wide, shade=True, next_too=True)
            for each, wide in zip(block["heads"], twips, strict=True)
        )
        rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"]
        last = len(block["rows"]) - 1
        rows += [
            self._row(row, block, twips, place == last) for place, row in enumerate(block["rows"])
        ]
        grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in twips)
        self._add(f"<w:tbl>{_TABLE}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>")
        self._source(block["note"], "left")

    def _row(
        self, row: list[list[dict[str, str]]], block: dict[str, Any], twips: list[int], last: bool
    ) -> str:
        font = HEADING if last and block["summed"] else TABLE
        next_too = block["whole"] and not last
        cells = (
            _cell("".join(self._linked(each, font, 10) for each in cell),
                  "right" if place in block["numeric"] else "left", twips[place],
                  next_too=next_too)
            for place, cell in enumerate(row)
        )  # fmt: skip
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"

    def _source(self, note: str, align: str) -> None:
        """The numbers of the sources under a table or drawing; it parts tables, so it is there
        even where there is none."""
        text = f"来源：{note}" if note else ""
        self.line(text, TABLE, 9, align=align, line=0, after=120)

    def _linked(self, piece: dict[str, str], font: str, size: float) -> str:
        run = _run(piece["text"], font, size, marked=piece.get("look") == "blank")
        if not piece["href"]:
            return run
        return f'<w:hyperlink r:id="{self._link(piece["href"])}">{run}</w:hyperlink>'

    def _link(self, href: str) -> str:
        """The name of a link in the file, made once an address."""
        if href not in self._links:
            self._links[href] = f"rIdLink{len(self._links) + 1}"
            self.document.part.rels.add_relationship(
                RELATIONSHIP_TYPE.HYPERLINK, href, self._links[href], is_external=True
            )
        return self._links[href]


_EDGES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="5A5A5A"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLE = (
    f'<w:tblPr><w:tblW w:w="{round(WIDTH * 56.7)}" w:type="dxa"/><w:jc w:val="center"/>'
    f'<w:tblBorders>{_EDGES}</w:tblBorders><w:tblLayout w:type="fixed"/>'
    '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
    "</w:tblPr>"
)


def _cell(runs: str, align: str, wide: int, *, shade: bool = False, next_too: bool = False) -> str:
    fill = '<w:shd w:val="clear" w:color="auto" w:fill="E8E8E8"/>' if shade else ""
    within = f'<w:tcW w:w="{wide}" w:type="dxa"/>{fill}<w:vAlign w:val="center"/>'
    words = _paragraph(runs, align=align, line=0, next_too=next_too)
    return f"<w:tc><w:tcPr>{within}</w:tcPr>{words}</w:tc>"


def _paragraph(
    runs: str, *, align: str = "both", indent: bool = False, level: int = 0, before: int = 0,
    after: int = 0, line: int = 579, before_page: bool = False, next_too: bool = False,
) -> str:  # fmt: skip
    """A paragraph; the order of its properties is fixed, Word refuses a file that breaks it.

    ``line`` is the exact pitch in twentieths of a point (28.95 pt: 22 lines a page), 0 for single.
    """
    spacing = _EXACT.format(
        before=before, after=after, line=line or 240, rule="exact" if line else "auto"
    )
    parts = (
        "<w:keepNext/>" if level or next_too else "",
        "<w:pageBreakBefore/>" if before_page else "",
        spacing,
        '<w:ind w:firstLineChars="200" w:firstLine="640"/>' if indent else "",
        f'<w:jc w:val="{align}"/>',
        f'<w:outlineLvl w:val="{level - 1}"/>' if level else "",
    )
    return f"<w:p><w:pPr>{''.join(parts)}</w:pPr>{runs}</w:p>"


def _run(text: str, font: str, size: float, marked: bool = False) -> str:
    faces = f'w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{font}" w:hint="eastAsia"'
    light = '<w:shd w:val="clear" w:color="auto" w:fill="D7D7D7"/>' if marked else ""
    twice = round(size * 2)
    look = f'<w:rFonts {faces}/><w:sz w:val="{twice}"/><w:szCs w:val="{twice}"/>{light}'
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
