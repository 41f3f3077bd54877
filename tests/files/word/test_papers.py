"""三定 and 批复 in Word: the text is kept in clauses, numbers are proposed with their clause."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import docx
import pytest

from bianzhi.core.errors import Refusal
from bianzhi.files.word import clauses_of, read_paper, read_word
from bianzhi.files.word.numbering import chinese
from bianzhi.files.word.reading import Text
from bianzhi.files.workbook import Limits
from tests.support.workbooks import xlsx

PLAN = """
甲区委机构编制委员会文件
甲编发〔2019〕12号
关于印发《甲区交通局职能配置、内设机构和人员编制规定》的通知
各镇，区直各单位：
《甲区交通局职能配置、内设机构和人员编制规定》已经批准，现予印发。
甲区交通局职能配置、内设机构和人员编制规定
第一条　根据甲编发〔2019〕1号，制定本规定。
第四条　甲区交通局的主要职责是：
（一）负责全区道路运输管理工作。
第五条　甲区交通局设下列内设机构：
（一）办公室。负责机关日常运转。
（二）综合规划科。负责规划。
第六条　甲区交通局行政编制15名，机关工勤编制1名。设局长1名，副局长3名；股级领导职数2正。
第九条　本规定自2019年12月1日起施行。
甲区委机构编制委员会
2019年11月11日
"""
REPLY = """
甲编办发〔2020〕8号
关于设立甲区消费维权中心的批复
甲区市场监管局：
你局《关于设立消费维权中心的请示》（甲市监〔2020〕3号）收悉。经研究，同意：
一、设立甲区消费维权中心，为你局所属公益一类事业单位，股级。
二、核定事业编制五名，经费形式为财政全额，从甲区质检所划转事业编制3名。
三、核定领导职数1正1副，内设综合科、维权科2个内设机构。
特此批复。
二〇二〇年三月五日
"""


def word(text, name="文件.docx"):
    paper = docx.Document()
    for line in text.strip().splitlines():
        paper.add_paragraph(line)
    made = io.BytesIO()
    paper.save(made)
    return read_word(made.getvalue(), name)


def said(paper):
    return [(each.place, each.fact.kind, each.fact.n, each.fact.figure) for each in paper.proposals]


def test_a_plan_of_three_fixings():
    paper = read_paper(word(PLAN))
    assert (paper.kind, paper.doc_no, paper.doc_date) == (
        "三定", "甲编发〔2019〕12号", date(2019, 11, 11),
    )  # fmt: skip
    assert paper.subject == "甲区交通局"
    assert paper.effective_on == date(2019, 12, 1)
    assert [name for name, _ in paper.sections] == ["办公室", "综合规划科"]
    assert said(paper) == [
        ("第六条", "XZ", 15, "approved"), ("第六条", "GJ", 1, "approved"),
        ("第六条", "LD1", 1, "approved"), ("第六条", "LD2", 3, "approved"),
        ("第六条", "LN1@7", 2, "approved"),
    ]  # fmt: skip
    assert paper.sections[1][1].label == "第五条（二）"
    assert "道路运输" in paper.text.text


def test_a_reply_for_an_institution():
    paper = read_paper(word(REPLY))
    assert (paper.kind, paper.doc_no, paper.doc_date) == (
        "批复", "甲编办发〔2020〕8号", date(2020, 3, 5),
    )  # fmt: skip
    assert paper.subject == "甲区消费维权中心"
    assert said(paper) == [
        ("二", "SY", 5, "approved"), ("二", "SY", 3, "moved"),
        ("三", "LD1", 1, "approved"), ("三", "LD2", 1, "approved"), ("三", "", 2, "approved"),
    ]  # fmt: skip
    assert [name for name, _ in paper.sections] == ["综合科", "维权科"]


def test_sections_named_in_one_sentence_lose_the_words_that_lead_to_them():
    title = "甲区农业局职能配置、内设机构和人员编制规定"
    for lead in ("设下列内设机构：", "设", "下设："):
        words = f"{lead}办公室、种植业股。"
        paper = read_paper(Text("三定", (title, f"第二条　甲区农业局内设机构。{words}")))
        assert [name for name, _ in paper.sections] == ["办公室", "种植业股"], lead


def test_clauses_know_their_place_in_the_whole():
    found = clauses_of(
        ["引言", "一、甲", "（一）乙", "续", "1.丙", "（二）丁", "二、戊", "3.5万元"]
    )
    assert [each.label for each in found] == [
        "", "一", "一（一）", "一（一）", "一（一）1", "一（二）", "二", "二",
    ]  # fmt: skip
    assert found[1].text == "甲"


def test_tables_are_kept_and_paragraphs_in_them_are_not_counted_twice():
    paper = docx.Document()
    paper.add_paragraph("前")
    table = paper.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "科室", "编制"
    paper.add_paragraph("后")
    made = io.BytesIO()
    paper.save(made)
    text = read_word(made.getvalue())
    assert text.paragraphs == ("前", "后")
    assert text.tables == ((("科室", "编制"),),)
    assert "科室\t编制" in text.text


def packed(**parts) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(f"word/{name}.xml", text)
    return made.getvalue()


SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def body(text: str) -> str:
    return f"<w:document {SPACE}><w:body>{text}</w:body></w:document>"


def numbered(text: str, level: int = 0) -> str:
    mark = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr></w:pPr>'
    return f"<w:p>{mark}<w:r><w:t>{text}</w:t></w:r></w:p>"


NUMBERING = (
    f'<w:numbering {SPACE}><w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
)


def test_automatic_numbers_are_written_out():
    text = (
        numbered("甲") + numbered("乙", 1) + numbered("丙", 1) + numbered("丁") + numbered("戊", 1)
    )
    found = read_word(packed(document=body(text), numbering=NUMBERING))
    assert found.paragraphs == ("一、甲", "1.乙", "2.丙", "二、丁", "1.戊")
    assert [chinese(n) for n in (9, 10, 11, 20, 99)] == ["九", "十", "十一", "二十", "九十九"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "wrong-type"),
        (b"plain text", "wrong-type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "wrong-type"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "encrypted-file",
        ),
        (b"PK\x03\x04", "damaged-file"),
        (packed(document="<w:p>"), "damaged-file"),
        (packed(document=""), "damaged-file"),
        (packed(document=f"<!DOCTYPE a [<!ENTITY b 'c'>]>{body('')}"), "external-entity"),
        (packed(document=body("<w:p/>") + " " * 30_000_000), "too-large"),
        (packed(document=body("<w:p>" * 5000 + "</w:p>" * 5000)), "damaged-file"),
        (packed(document=body("<w:p><w:r><w:t>字</w:t></w:r></w:p>" * 50_001)), "too-large"),
    ],
    ids=range(11),
)
def test_what_is_no_good_document_is_refused_in_words(data, code):
    with pytest.raises(Refusal) as refused:
        read_word(data, "文件.docx")
    [problem] = refused.value.problems
    assert (problem.code, problem.place) == (code, "文件.docx")
    assert problem.do


def test_a_workbook_is_no_document_and_bounds_can_be_drawn_closer(tmp_path):
    with pytest.raises(Refusal, match="不是 Word"):
        read_word(xlsx([["甲"]]))
    with pytest.raises(Refusal, match="太大"):
        read_word(b"PK" * 100, limits=Limits(file_bytes=100))
    with pytest.raises(Refusal, match="没有这个文件"):
        read_word(tmp_path / "没有.docx")


@pytest.mark.parametrize("text", ["", "一句没有结尾的话", "甲\n乙\n丙", "〔2020〕1号\n" * 20])
def test_any_document_is_read_as_some_paper(text):
    paper = read_paper(word(text or " "))
    assert paper.kind in ("三定", "批复", "通知", "请示", "其他")
