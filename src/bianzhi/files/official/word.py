"""A paper as an editable Word file: filled into a template, the office's own or the one here.

The same paper in the same template gives the same bytes.
"""

from __future__ import annotations

import zipfile
from functools import cache
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docxtpl import DocxTemplate
from jinja2 import TemplateError

from bianzhi.core.errors import Refusal, refuse_if
from bianzhi.files.official.paper import Paper
from bianzhi.files.official.template import environment

PITCH = Pt(28.95)  # 225 mm of 22 lines
BODY, TITLE, HEADING, SUBHEADING = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"
RED = RGBColor(0xE6, 0x00, 0x12)
_CENTER, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
_EPOCH = (1980, 1, 1, 0, 0, 0)


def as_word(paper: Paper, template: bytes = b"") -> bytes:
    """The paper as .docx.

    Args:
        paper: What it says.
        template: A template that passed ``need_template``; the standard one where empty.

    Raises:
        Refusal: The paper lacks something, or the template cannot be filled in.
    """
    refuse_if(paper.problems())
    filled = DocxTemplate(BytesIO(template or standard_template()))
    try:
        filled.render(paper.as_data(), jinja_env=environment(), autoescape=True)
    except TemplateError as error:
        raise Refusal.of(
            "bad-template", f"模板填不出这份公文：{error}", "请从系统下载样板，在样板上改"
        ) from error
    made = BytesIO()
    filled.save(made)
    return timeless(made.getvalue())


def timeless(data: bytes) -> bytes:
    """The same package without the moments its parts were packed at."""
    made = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _EPOCH), old.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()


@cache
def standard_template() -> bytes:
    """The template the system starts with, to the measures of GB/T 9704-2012; an office downloads
    it, edits it in Word and hands it in as its own."""
    document = Document()
    _page(document)
    _line(document, "{%p if secrecy %}")
    _line(document, "{{ secrecy }}", font=HEADING)
    _line(document, "{%p endif %}")
    _line(document, "{%p if urgency %}")
    _line(document, "{{ urgency }}", font=HEADING)
    _line(document, "{%p endif %}")
    _line(document, "{{ issuer }}文件", font=TITLE, size=36, align=_CENTER, color=RED, before=60)
    _line(document, "{{ doc_no }}", align=_CENTER, before=40)
    _rule(_line(document, ""))
    _line(document, "{{ title }}", font=TITLE, size=22, align=_CENTER, before=40, after=28)
    _line(document, "{%p if addressee %}")
    _line(document, "{{ addressee }}：")
    _line(document, "{%p endif %}")
    _body(document)
    _attachments(document)
    _line(document, "")
    _line(document, "{{ issuer }}", align=_RIGHT, right=4, before=29)
    _line(document, "{{ signed_on }}", align=_RIGHT, right=4)
    _line(document, "{%p if note %}")
    _line(document, "（{{ note }}）", indent=True)
    _line(document, "{%p endif %}")
    _line(document, "{%p for table in tables %}")
    _line(document, "附件", font=HEADING).paragraph_format.page_break_before = True
    _table(document, "table")
    _line(document, "{%p endfor %}")
    _colophon(document)
    made = BytesIO()
    document.save(made)
    return timeless(made.getvalue())


def _page(document: DocumentType) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = "{{ title }}", "{{ issuer }}", ""


def _body(document: DocumentType) -> None:
    _line(document, "{%p for item in body %}")
    _line(document, "{%p if item.table %}")
    _table(document, "item.table")
    _line(document, "{%p else %}")
    for level, font in ((1, HEADING), (2, SUBHEADING)):
        _line(document, "{%p if item.level == " + str(level) + " %}")
        headed = _line(document, "{{ item.number }}{{ item.text }}", font=font, indent=True)
        _dress(headed.add_run("{{ item.rest }}"), BODY, 16)
        _line(document, "{%p endif %}")
    _line(document, "{%p if item.level != 1 and item.level != 2 %}")
    _line(document, "{{ item.number }}{{ item.text }}{{ item.rest }}", indent=True)
    _line(document, "{%p endif %}")
    _line(document, "{%p endif %}")
    _line(document, "{%p endfor %}")


def _attachments(document: DocumentType) -> None:
    _line(document, "{%p if attachments %}")
    _line(document, "附件：", indent=True, before=29)
    _line(document, "{%p for name in attachments %}")
    _line(document, "{{ name }}", indent=True)
    _line(document, "{%p endfor %}")
    _line(document, "{%p endif %}")


def _table(document: DocumentType, name: str) -> None:
    _line(document, "{{ " + name + ".title }}", font=HEADING, align=_CENTER)
    table = document.add_table(rows=4, cols=3)
    table.style = "Table Grid"
    cells = (
        ("{%tc for head in " + name + ".heads %}", "{{ head }}", "{%tc endfor %}"),
        ("{%tr for row in " + name + ".rows %}", "", ""),
        ("{%tc for cell in row %}", "{{ cell }}", "{%tc endfor %}"),
        ("{%tr endfor %}", "", ""),
    )
    for row, texts in zip(table.rows, cells, strict=True):
        for place, text in zip(row.cells, texts, strict=True):
            _dress(place.paragraphs[0].add_run(text), "宋体", 10.5)


def _colophon(document: DocumentType) -> None:
    _line(document, "{%p if printed_by %}")
    _line(document, "{%p if copies %}")
    _rule(_line(document, "抄送：{{ copies }}。", size=14, before=29), top=True)
    _line(document, "{%p endif %}")
    _rule(_line(document, "{{ printed_by }}　　{{ printed_on }}印发", size=14))
    _line(document, "{%p endif %}")


def _line(
    document: DocumentType, text: str, *, font: str = BODY, size: float = 16,
    align: WD_ALIGN_PARAGRAPH | None = None, color: RGBColor | None = None,
    indent: bool = False, right: int = 0, before: float = 0, after: float = 0,
) -> Any:  # fmt: skip
    """One paragraph of the template."""
    paragraph = document.add_paragraph()
    form = paragraph.paragraph_format
    form.alignment = align
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.line_spacing = PITCH if size <= 22 else Pt(size * 1.2)
    if indent:
        form.first_line_indent = Pt(32)  # for programs that know no character units
        _chars(paragraph, "firstLine", 2)
    if right:
        form.right_indent = Pt(16 * right)
        _chars(paragraph, "right", right)
    run = paragraph.add_run(text)
    _dress(run, font, size)
    if color is not None:
        run.font.color.rgb = color
    return paragraph


def _chars(paragraph: Any, side: str, n: int) -> None:
    """An indent in characters, beside the one in points."""
    paragraph._p.pPr.ind.set(qn(f"w:{side}Chars"), str(n * 100))


def _dress(run: Any, font: str, size: float) -> None:
    run.font.name, run.font.size = font, Pt(size)
    run._r.rPr.rFonts.set(qn("w:eastAsia"), font)  # the library sets only the Latin one


def _rule(paragraph: Any, *, top: bool = False) -> None:
    """A red rule under the number of the paper, black ones around the colophon."""
    borders = OxmlElement("w:pBdr")
    for side in ("top", "bottom") if top else ("bottom",):
        edge = OxmlElement(f"w:{side}")
        red = not paragraph.text
        for name, value in (("val", "single"), ("sz", "16" if red else "6"), ("space", "1"),
                            ("color", "E60012" if red else "000000")):  # fmt: skip
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    # the order of children is fixed: Word refuses a file that breaks it
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
