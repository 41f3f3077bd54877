"""Texts of papers: found by their words, and shown beside the change that stands on them."""

from __future__ import annotations

import pytest

from bianzhi.office.papers import texts
from tests.support.cast import browser
from tests.support.county import COUNTY
from tests.support.pages import get, text
from tests.support.records import SQLITE, fresh

pytestmark = pytest.mark.django_db
NO = "测编发〔2020〕3号"
WORDS = "第四条　承担全区农药残留抽检工作。\n第六条　核定行政编制9名。"


@pytest.fixture
def county():
    with fresh(SQLITE) as record:
        record.write(COUNTY)
        yield record


def test_a_text_is_found_by_two_characters_with_the_words_around():
    texts.keep("a" * 64, "三定.docx", "某局三定规定", NO, WORDS)
    [hit] = texts.search("农药")
    assert (hit.before[-4:], hit.found, hit.after[:4]) == ("承担全区", "农药", "残留抽检")
    assert texts.search("药") == [] == texts.search("水利")


def test_the_same_file_again_is_the_same_text():
    for name in ("一.docx", "二.docx"):
        texts.keep("a" * 64, name, "", NO, WORDS)
    assert [hit.text.name for hit in texts.search("农药")] == ["二.docx"]


def test_a_paper_is_the_one_of_the_file_before_the_one_of_the_number():
    texts.keep("a" * 64, "一.docx", "", "测编发 [2020] 003", WORDS)
    texts.keep("b" * 64, "二.docx", "", "", WORDS)
    found = (texts.of_document(NO), texts.of_document(NO, "b" * 64))
    assert [each and each.name for each in found] == ["一.docx", "二.docx"]
    assert texts.of_document("测编发〔2021〕3号") is None
    assert texts.known([NO, "", "《别的》"]) == {NO}


def test_a_change_is_found_by_the_words_of_its_paper_and_shows_them(county):
    texts.keep("a" * 64, "三定.docx", "某局三定规定", NO, WORDS)
    assert NO in text(get("/changes", q="农药残留"))
    assert "承担全区农药残留抽检工作" in text(get("/change", no="2"))


def test_who_is_confined_to_a_unit_finds_and_sees_no_text(county):
    texts.keep("a" * 64, "三定.docx", "某局三定规定", NO, WORDS)
    client = browser("department_clerk", "B")
    assert NO in client.get("/changes").content.decode()
    assert "没有这样的变更" in client.get("/changes", {"q": "农药残留"}).content.decode()
    assert "农药残留" not in client.get("/change", {"no": "2"}).content.decode()


def test_the_papers_of_a_unit_lead_to_their_texts(county):
    address = "/change?no=2#text"
    assert address not in get("/unit", code="B")
    texts.keep("a" * 64, "三定.docx", "某局三定规定", NO, WORDS)
    assert address in get("/unit", code="B")
