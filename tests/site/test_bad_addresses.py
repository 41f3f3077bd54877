"""What cannot be shown is told in words, with what to do; nothing is written from a page."""

from __future__ import annotations

import pytest
from django.test import Client

from bianzhi.core.errors import Refusal
from tests.support.cast import browser
from tests.support.pages import get, text
from tests.support.records import SQLITE, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    with fresh(SQLITE) as empty:
        yield empty


def answer(address):
    response = browser().get(address)
    page = text(response.content.decode())
    assert "Traceback" not in page
    assert response["Content-Security-Policy"].startswith("default-src 'self';")
    return response.status_code, page


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/unit?code=zz", 404, "没有代码为“zz”的机构"),
        ("/unit?code=上级", 404, "没有代码为“上级”的机构"),
        ("/unit?code=%00", 404, "不是单位代码"),
        ("/unit", 404, "地址里没有写明单位代码"),
        ("/entries?by=zz", 400, "地址里的“by=zz”不认识"),
        ("/entries?kind=zz", 404, "没有代码为“zz”的编制种类"),
        ("/entries?kind=XZ&holder=zz", 404, "没有代码为“zz”的机构"),
        ("/change?no=9", 404, "没有第 9 号变更"),
        ("/change?no=99999999999999999999", 400, "不是编号"),
        ("/?known=9", 404, "没有第 9 号变更，最后一号是 1"),
        ("/?known=-1", 400, "“-1”不是编号 请填写整数，或留空"),
        ("/?on=2020-02-31", 400, "“2020-02-31”不是一个日期 请写成 2023-05-01 的样子"),
        ("/?on=昨天", 400, "“昨天”不是一个日期"),
        ("/units?page=x", 400, "“x”不是编号"),
        ("/compare?before=2020", 400, "“2020”不是一个日期"),
        ("/compare?known_after=7", 404, "没有第 7 号变更"),
        ("/units?flag=zz", 400, "不认识"),
        ("/units?group=zz", 400, "可选的有：rank"),
        ("/units?kind=zz", 400, "不在编制种类代码表中"),
        ("/findings/?rule=zz", 400, "地址里的“rule=zz”不认识"),
        ("/changes?from=昨天", 400, "“昨天”不是一个日期"),
        ("/changes?kind=zz", 400, "没有“zz”这种变更"),
        ("/nothing/here", 404, "没有这一页"),
    ],
)
def test_bad_address(record, address, status, words):
    record.write("2020-01-01 opening\n  设立 org=A name=甲局")
    found, page = answer(address)
    assert (found, words in page) == (status, True), page


def test_a_day_may_be_written_as_people_write_it(record):
    record.write("2020-01-01 opening\n  设立 org=A name=甲局")
    assert "口径 2020-05-01" in text(get("/", on="2020年5月1日"))


def test_page_number_beyond_the_end_shows_the_last(record):
    record.write("2020-01-01 opening\n  设立 org=A name=甲局")
    assert "甲局" in get("/units", page="999")


def test_empty_record_says_how_to_begin(record):
    assert "台账还是空的" in text(get("/"))
    assert "没有这样的变更" in text(get("/changes"))


def test_a_name_is_never_taken_for_markup(record):
    record.write("2020-01-01 opening\n  设立 org=A name=<b>甲&乙</b>")
    for page in (get("/units"), get("/unit", code="A"), get("/units", q="<b>"),
                 get("/change", no="1")):  # fmt: skip
        assert "<b>甲" not in page
        assert "&lt;b&gt;甲&amp;乙&lt;/b&gt;" in page


def test_post_shows_at_once(record):
    record.write("2020-01-01 opening\n  设立 org=A name=甲局")
    assert "甲局" in get("/units")
    record.write("2020-02-01\n  更名 org=A name=甲委")
    assert "甲委" in get("/units")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_only_read(record, method):
    assert getattr(browser(), method)("/").status_code == 405


def test_unknown_host_is_told_what_to_set(record):
    response = Client(SERVER_NAME="elsewhere").get("/")
    assert response.status_code == 400
    assert "BIANZHI_HOSTS" in response.content.decode()
    assert "Content-Security-Policy" in response


def test_failure_inside_is_a_page_in_words(record, monkeypatch):
    def fail(request):
        raise RuntimeError("broken inside")

    monkeypatch.setattr("bianzhi.office.ledgers.views.home.asked", fail)
    client = browser()
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    assert "这一页没能做出来" in response.content.decode()
    assert "broken inside" not in response.content.decode()


def test_refusal_may_carry_several_problems(record, monkeypatch):
    def refuse(request):
        raise Refusal(*Refusal.of("a", "甲不对").problems, *Refusal.of("b", "乙不对").problems)

    monkeypatch.setattr("bianzhi.office.ledgers.views.home.asked", refuse)
    status, page = answer("/")
    assert status == 400
    assert "甲不对" in page
    assert "乙不对" in page
