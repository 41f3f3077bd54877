"""A person's page: the way there with documents; the whole number only for a logged reason."""

from __future__ import annotations

import pytest

from bianzhi.office.access.models import LogEntry
from tests.office.people.conftest import NUMBERS
from tests.support.cast import browser
from tests.support.pages import text
from tests.support.register import post

pytestmark = pytest.mark.usefixtures("people")


@pytest.fixture
def moved(key):
    """李四 goes from the school to the agriculture centre in 2023, and leads it."""
    paper = {"doc_no": "澜编发〔2023〕8号", "title": "转隶", "doc_date": "2023-05-01"}
    lead = {"do": "任职", "person": key("李四"), "org": "NJ", "kind": "LD1@6", "title": "主任"}
    go: dict[str, object] = {"do": "转隶", "persons": [key("李四")], "to": "NJ"}
    post({"change": {"by": "测试", "document": paper}}, go, lead)


def seen(client, code, **query):
    return client.get("/people/person", {"code": code, **query})


def test_the_way_is_told_with_its_documents(key, moved):
    page = text(seen(browser("auditor"), key("李四")).content.decode())
    for words in ("第一中学", "农技中心", "2023-05-01", "澜编发〔2023〕8号", "主任"):
        assert words in page
    assert LogEntry.objects.filter(act="see", subject=key("李四"), who="auditor").exists()


def test_on_a_past_day_the_past_is_shown(key, moved):
    page = text(seen(browser("auditor"), key("李四"), on="2022-01-01").content.decode())
    assert "之后生效" in page


def test_a_clerk_does_not_read_where_else_somebody_was(key, moved):
    own = browser("institution_clerk", "NJ")
    page = text(seen(own, key("李四")).content.decode())
    assert "范围以外的单位" in page
    assert "第一中学" not in page
    assert seen(browser("institution_clerk", "YZ"), key("李四")).status_code == 404


def test_the_whole_number_needs_the_right_and_a_reason(key):
    clerk = browser("office_clerk")
    asked_for = {"code": key("李四"), "reason": "核对工资表"}
    answer = clerk.post("/people/secret", asked_for)
    assert NUMBERS["李四"] in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    logged = LogEntry.objects.get(act="secret")
    assert (logged.who, logged.subject, logged.reason) == (
        "office_clerk", key("李四"), "核对工资表")  # fmt: skip
    assert NUMBERS["李四"] not in logged.what
    refused = clerk.post("/people/secret", {"code": key("李四"), "reason": " "}, follow=True)
    assert "请写明为什么" in text(refused.content.decode())
    assert LogEntry.objects.filter(act="secret").count() == 1


@pytest.mark.parametrize(
    ("role", "unit"),
    [("auditor", ""), ("board_secretary", ""), ("department_clerk", "JY"),
     ("institution_clerk", "YZ"), ("administrator", "")],
)  # fmt: skip
def test_others_may_not_see_a_whole_number(role, unit, key):
    answer = browser(role, unit).post("/people/secret", {"code": key("李四"), "reason": "看看"})
    assert answer.status_code == 403
    assert not LogEntry.objects.filter(act="secret").exists()


def test_nobody_is_not_found():
    assert seen(browser("auditor"), "x").status_code == 404
    assert browser("auditor").get("/people/person").status_code == 404
