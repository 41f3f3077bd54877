"""The Word file says what the PDF says, and is the same file for the same paper."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from bianzhi.core.errors import Refusal
from bianzhi.files.official import Item, Paper
from bianzhi.files.official.word import as_word, standard_template
from bianzhi.files.word.paper import read_paper
from bianzhi.files.word.reading import read_word


def test_every_word_of_the_paper_is_in_the_file(reply: Paper) -> None:
    text = read_word(as_word(reply), "批复.docx").text
    for words in (
        "中共澜溪区委机构编制委员会文件", "澜编发〔2026〕5号", "区农业农村局：", "一、机构设置。",
        "（二）领导职数1正2副。", "1.其中划转12名。", "2026年3月5日", "抄送：区委组织部",
        "区农业技术推广站\t12",
    ):  # fmt: skip
        assert words in text


def test_our_own_reader_of_papers_understands_it(reply: Paper) -> None:
    paper = read_paper(read_word(as_word(reply), "批复.docx"))
    assert (paper.kind, paper.doc_no) == ("批复", "澜编发〔2026〕5号")
    assert paper.doc_date == reply.signed_on


def test_parts_that_are_empty_leave_no_trace(reply: Paper) -> None:
    bare = replace(reply, copies="", printed_by="", attachments=(), tables=(), urgency="")
    text = read_word(as_word(bare), "批复.docx").text
    assert not [word for word in ("抄送", "印发", "附件") if word in text]


def test_the_same_paper_is_the_same_file(reply: Paper) -> None:
    assert as_word(reply) == as_word(reply)


def test_special_characters_are_words_too(reply: Paper) -> None:
    odd = replace(reply, body=(Item("<w:p/> & {{ title }} {% for x in y %}"),))
    assert "<w:p/> & {{ title }} {% for x in y %}" in read_word(as_word(odd), "批复.docx").text


def test_margins_and_chinese_fonts_of_the_standard(reply: Paper) -> None:
    document = Document(io.BytesIO(as_word(reply)))
    section = document.sections[0]
    assert [round((each or 0) / Mm(1)) for each in (section.top_margin, section.left_margin)] == [
        37,
        28,
    ]
    fonts = {
        run._r.rPr.rFonts.get(qn("w:eastAsia"))
        for paragraph in document.paragraphs for run in paragraph.runs
        if run._r.rPr is not None and run._r.rPr.rFonts is not None
    }  # fmt: skip
    assert {"仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"} <= fonts


def test_the_children_of_a_paragraph_stand_in_the_order_word_asks_for(reply: Paper) -> None:
    order = ["pageBreakBefore", "pBdr", "spacing", "ind", "jc"]
    for paragraph in Document(io.BytesIO(as_word(reply))).paragraphs:
        properties = paragraph._p.pPr
        names = [each.tag.split("}")[1] for each in properties] if properties is not None else []
        known = [order.index(name) for name in names if name in order]
        assert known == sorted(known)


def test_a_paper_without_a_number_is_not_made(reply: Paper) -> None:
    with pytest.raises(Refusal, match="文号"):
        as_word(replace(reply, doc_no=""))


def test_no_part_bears_the_moment_it_was_packed() -> None:
    with zipfile.ZipFile(io.BytesIO(standard_template())) as packed:
        assert {each.date_time for each in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
