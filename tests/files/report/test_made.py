"""The report as Word and as PDF: the same words, the same numbers, the same links, twice alike."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from io import BytesIO

from docx import Document

from bianzhi.files.report.document import Picture
from bianzhi.files.report.pdf import as_pdf, as_png
from bianzhi.files.report.word import as_word
from tests.files.report.conftest import BASE, WHERE, figure, small_report
from tests.support.reports import (
    numbers,
    pdf_links,
    pdf_pages,
    word_lines,
    word_links,
    word_tables,
)


def test_word_says_what_the_report_says(fonts):
    lines = word_lines(as_word(small_report(), fonts))
    assert lines[:3] == ["测县事业单位", "调研报告", "二〇二六年"]
    assert "共有138家，小的占61.5%。【请补充：调研时间】〔来源1、2〕" in lines
    assert "图1　规模" in lines


def test_word_can_be_edited_and_has_an_outline(fonts):
    document = Document(BytesIO(as_word(small_report(), fonts)))
    levels = [each._p.xpath("./w:pPr/w:outlineLvl/@w:val") for each in document.paragraphs]
    assert [each[0] for each in levels if each] == ["0", "1", "1", "0"]
    assert len(document.tables) == 3
    assert len(document.inline_shapes) == 1
    assert document.element.body.xpath(".//wp:docPr/@descr") == ["大小的分布"]
    assert document.core_properties.title == "测县事业单位调研报告"


def test_tables_add_up_as_they_are_read_back(fonts):
    first = word_tables(as_word(small_report(), fonts))[0]
    assert first == [["类别", "家"], ["公益一类", "100"], ["公益二类", "38"], ["合计", "138"]]


def test_every_number_in_word_is_a_link_to_its_grounds(fonts):
    links = word_links(as_word(small_report(), fonts))
    assert ("138", f"{BASE}{WHERE}units") in links
    assert ("5", f"{BASE}{WHERE}approved:A") in links
    assert ("甲中心", f"{BASE}/unit?code=A") in links
    assert ("classes", f"{BASE}{WHERE}classes") in links


def test_pdf_says_the_same_numbers_with_the_same_links(fonts):
    made = as_pdf(small_report(), fonts)
    pages = "\n".join(pdf_pages(made))
    assert "共有138家，小的占61.5%。【请补充：调研时间】" in re.sub(r"\s", "", pages)
    assert Counter(numbers(pages))["61.5%"] == 3  # sentence, picture, list of sources
    addresses = {address for _, address in word_links(as_word(small_report(), fonts))}
    assert pdf_links(made) == addresses


def test_the_same_report_is_the_same_file(fonts):
    assert as_word(small_report(), fonts) == as_word(small_report(), fonts)
    assert as_pdf(small_report(), fonts) == as_pdf(small_report(), fonts)
    other = small_report(base="http://another")
    assert as_pdf(other, fonts) != as_pdf(small_report(), fonts)


def test_words_are_never_markup(fonts):
    odd = small_report(title="<w:p>#let x = 1 & “*_")
    assert word_lines(as_word(odd, fonts))[0] == "<w:p>#let x = 1 & “*_"
    assert "#let x = 1" in pdf_pages(as_pdf(odd, fonts))[0]


def test_a_drawing_goes_into_word_as_png(fonts):
    picture = small_report().body[5]
    assert isinstance(picture, Picture)
    assert as_png(picture.drawing, fonts).startswith(b"\x89PNG")
    with zipfile.ZipFile(BytesIO(as_word(small_report(), fonts))) as package:
        assert [name for name in package.namelist() if name.endswith(".png")]


def test_thousands_of_linked_numbers_share_their_links(fonts):
    assert figure("a", "1") == figure("a", "1")
    body = small_report().body * 3
    links = word_links(as_word(small_report(body=body), fonts))
    assert len({address for _, address in links}) < len(links)
