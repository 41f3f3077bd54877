"""文号: however it was typed, one paper has one number; a damaged number is not guessed away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianzhi.core.days import parse_day
from bianzhi.core.documents import Document, normal_doc_no, parse_doc_no

IN_USE = [
    ("达市编控〔2018〕1号", "达市", "编控", 2018, 1),
    ("川编发〔2009〕61号", "川", "编发", 2009, 61),
    ("陕编办发〔2020〕185号", "陕", "编办发", 2020, 185),
    ("晋编办字〔2015〕72号", "晋", "编办字", 2015, 72),
    ("甘机编发〔2010〕67号", "甘", "机编发", 2010, 67),
    ("州机编办字〔2011〕14号", "州", "机编办字", 2011, 14),
    ("滕编办〔2013〕11号", "滕", "编办", 2013, 11),
    ("德编办〔2011〕98号", "德", "编办", 2011, 98),
    ("运盐编发〔2022〕1号", "运盐", "编发", 2022, 1),
    ("泰高委办发〔2008〕78号", "泰高", "委办发", 2008, 78),
    ("鄂发〔2012〕8号", "鄂", "发", 2012, 8),
    ("X编办发〔2023〕12号", "X", "编办发", 2023, 12),
    ("X编发〔2023〕5号", "X", "编发", 2023, 5),
    ("X编办〔2023〕12号", "X", "编办", 2023, 12),
    ("中央编办发〔2014〕72号", "中央", "编办发", 2014, 72),
]


@pytest.mark.parametrize(("text", "issuer", "word", "year", "seq"), IN_USE)
def test_the_patterns_in_use_are_taken_apart(text, issuer, word, year, seq):
    found = parse_doc_no(text)
    assert found is not None
    assert (found.issuer, found.word, found.year, found.seq) == (issuer, word, year, seq)
    assert not found.needs_review
    assert str(found) == text  # written back: 〔〕, no leading zero, no 第


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("X编发[2003]08号", "X编发〔2003〕8号"),
        ("X编发（2011）14号", "X编发〔2011〕14号"),
        ("X编发(2011)14号", "X编发〔2011〕14号"),
        ("X编发［２０１１］１４号", "X编发〔2011〕14号"),
        ("X编发【2011】14号", "X编发〔2011〕14号"),
        ("滕编办 [2013] 11", "滕编办〔2013〕11号"),
        ("滕编办〔2013〕第11号", "滕编办〔2013〕11号"),
        ("滕编办〔2013〕　011　号", "滕编办〔2013〕11号"),
        ("川编发〔2009]61号", "川编发〔2009〕61号"),
    ],
)
def test_old_and_careless_spellings_are_one_number(typed, meant):
    assert normal_doc_no(typed) == meant


@pytest.mark.parametrize("damaged", ["晋编办字〔201572", "晋编办字201572号", "晋编办字2015〕72号"])
def test_a_lost_bracket_is_read_but_must_be_looked_at(damaged):
    found = parse_doc_no(damaged)
    assert found is not None
    assert (found.issuer, found.word, found.year, found.seq) == ("晋", "编办字", 2015, 72)
    assert found.needs_review
    # a guess must not make two papers one
    assert normal_doc_no(damaged) != normal_doc_no("晋编办字〔2015〕72号")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "无",
        "〔2023〕5号",
        "X编发〔23〕5号",
        "X编发〔2023〕0号",
        "X编发〔2023〕号",
        "Req. 17/2013",
    ],
)
def test_what_is_no_chinese_number_is_left_alone(text):
    assert parse_doc_no(text) is None


def test_a_foreign_number_keeps_its_own_spelling_but_for_blanks_and_width():
    assert normal_doc_no(" Req. １７/2013 ") == "Req.17/2013"


@given(
    st.text(alphabet="甲乙丙丁川鄂X", min_size=1, max_size=4),
    st.sampled_from(["编发", "编办发", "编办", "编控", "机编发", "函"]),
    st.integers(1950, 2099),
    st.integers(1, 9999),
    st.sampled_from(["〔〕", "[]", "()", "（）", "【】"]),
    st.sampled_from(["", " ", "第", "00"]),
)
def test_normalising_twice_changes_nothing_more(issuer, word, year, seq, brackets, pad):
    typed = f"{issuer}{word}{brackets[0]}{year}{brackets[1]}{pad}{seq}号"
    once = normal_doc_no(typed)
    assert once == f"{issuer}{word}〔{year}〕{seq}号"
    assert normal_doc_no(once) == once


def paper(**given_fields: object) -> Document:
    return Document(**({"title": "批复", "doc_no": "X编发〔2023〕5号"} | given_fields))  # type: ignore[arg-type]


def test_the_same_number_in_another_spelling_is_the_same_paper():
    assert paper().key == paper(doc_no="X编发[2023]05号", title="别的标题").key


def test_a_clause_carried_out_apart_is_a_paper_of_its_own():
    assert paper(clause="第一条").key != paper(clause="第二条").key


@pytest.mark.parametrize(
    "other",
    [{"issuer": "市统计局"}, {"title": "年鉴 2022"}, {"doc_date": 1}, {"clause": "表 2"}],
)
def test_without_a_number_issuer_title_date_and_clause_tell_papers_apart(other):
    plain = {"doc_no": "", "title": "年鉴", "issuer": "统计局", "doc_date": parse_day("2023-01-01")}
    assert paper(**plain).key == paper(**plain).key
    assert paper(**plain).key != paper(**(plain | other)).key


def test_people_see_the_number_or_else_the_title():
    assert paper().label == "X编发〔2023〕5号"
    assert paper(doc_no="").label == "《批复》"


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [("title", " ", "no-title"), ("file_digest", "abc", "bad-file-digest")],
)
def test_what_is_missing_in_a_paper_is_named_with_its_field(field, value, code):
    assert paper().problems() == []
    assert [(p.code, p.field) for p in paper(**{field: value}).problems()] == [(code, field)]
