"""The API: the same record, the same reach as the pages, and words when refused."""

from __future__ import annotations

import pytest
from django.test import Client

from bianzhi.office.access.models import LogEntry, Token
from tests.api.conftest import NUMBER
from tests.support.cast import browser
from tests.support.register import post

PAGES = ("units", "units/YZ", "units/YZ/history", "state", "state.jsonld", "changes", "changes/1",
         "postings", "people")  # fmt: skip


def read(client, address, status=200, **query):
    answer = client.get(f"/api/{address}", query)
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def more(**fields):
    """More posts in 2024, as a change of its own."""
    act = {"do": "下达", "funding": "full", "on": "2024-01-01", **fields}
    post({"change": {"kind": "opening", "by": "x", "note": "补登"}}, act)


@pytest.mark.parametrize("page", PAGES)
def test_nobody_reads_without_a_name_nor_with_a_wrong_token(page, district):
    wrong = {"Authorization": "Bearer x"}
    for client in (Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost", headers=wrong)):
        told = read(client, page, 401)
        assert told["problems"][0]["code"] == "no-user"
        assert "令牌" in told["problems"][0]["what"]


@pytest.mark.parametrize("page", PAGES)
def test_the_administrator_reads_nothing(page, token):
    assert "不能查看台账" in read(token("administrator"), page, 403)["problems"][0]["what"]


@pytest.mark.parametrize("page", PAGES)
def test_a_login_serves_like_a_token(page, token):
    login = browser("office_clerk")
    one, other = read(login, page), read(token(), page)
    assert one == other


def test_a_revoked_token_and_a_closed_user_are_out(token):
    client = token("auditor")
    read(client, "units")
    Token.objects.update(revoked_at="2026-01-01T00:00:00Z")
    read(client, "units", 401)
    Token.objects.update(revoked_at=None)
    owner = Token.objects.get().user
    owner.is_active = False
    owner.save()
    read(client, "units", 401)


def test_units_are_paged_and_searched(token):
    client = token()
    first = read(client, "units", size=3)
    assert (first["total"], len(first["items"])) == (4, 3)
    rest = read(client, "units", size=3, page=2)
    assert [each["code"] for each in first["items"] + rest["items"]] == ["JY", "NJ", "NY", "YZ"]
    assert read(client, "units", size=3, page=9)["items"] == []
    assert [each["code"] for each in read(client, "units", q="农")["items"]] == ["NJ", "NY"]
    assert [each["code"] for each in read(client, "units", under="JY")["items"]] == ["JY", "YZ"]


def test_a_unit_has_its_five_figures(token):
    told = read(token(), "units/YZ")
    posts = next(each for each in told["accounts"] if each["kind"] == "SY")
    figures = {name: posts[name] for name in ("approved", "actual", "vacant")}
    assert figures == {"approved": "20", "actual": "1", "vacant": "19"}
    assert told["fields"]["supervisor"] == "JY"


def test_an_answer_is_seen_from_its_day_and_change(token):
    more(to="YZ", kind="SY", n=5)
    client = token()

    def approved(**query):
        rows = read(client, "state", under="YZ", **query)["items"]
        return next(row["approved"] for row in rows if row["kind"] == "SY")

    assert approved() == "25"
    assert approved(on="2023-12-31") == approved(known=1) == "20"
    assert read(client, "state", known=1)["seen"]["known"] == 1
    assert read(client, "state", 404, known=99)["problems"][0]["code"] == "unknown-change"


def test_histories_changes_and_postings_name_their_documents(token):
    paper = {"doc_no": "澜编发〔2023〕8号", "title": "核增", "doc_date": "2023-05-01"}
    post({"change": {"by": "x", "document": paper}},
         {"do": "下达", "to": "YZ", "kind": "SY", "n": 2.5, "funding": "full"})  # fmt: skip
    client = token()
    last = read(client, "changes")["items"][0]
    assert (last["no"], last["doc_no"], last["doc_date"]) == (2, "澜编发〔2023〕8号", "2023-05-01")
    assert read(client, "changes/2") == last
    event = read(client, "units/YZ/history")["items"][-1]
    assert (event["verb"], event["doc_no"]) == ("下达", "澜编发〔2023〕8号")
    posting = read(client, "postings", unit="YZ")["items"][-1]
    assert (posting["delta"], posting["change"]) == ("2.5", 2)


def test_people_are_masked_and_reading_them_is_logged(token, district):
    client = token()
    told = read(client, "people")["items"]
    assert [(each["name"], each["unit"]) for each in told] == [("李四", "YZ")]
    one = read(client, f"people/{district}")
    assert one["masked_id"] == f"{NUMBER[:4]}{'*' * 12}{NUMBER[-2:]}"
    assert NUMBER not in str(told) + str(one)
    assert set(LogEntry.objects.values_list("act", flat=True)) >= {"export", "see"}
    assert read(client, "people", q="ls")["total"] == 1
    assert read(client, "people", q="zz")["total"] == 0


def test_a_confined_user_reads_only_the_own_units(token, district):
    more(to="NY", kind="XZ", n=1)
    client = token("department_clerk", "NY")
    assert {each["code"] for each in read(client, "units")["items"]} == {"NY", "NJ"}
    assert {each["unit"] for each in read(client, "state")["items"]} == {"NY", "NJ"}
    assert {each["unit"] for each in read(client, "postings")["items"]} <= {"NY", "NJ"}
    assert [each["no"] for each in read(client, "changes")["items"]] == [2, 1]
    assert [each["no"] for each in read(token("institution_clerk", "YZ"), "changes")["items"]] == [
        1
    ]
    assert "YZ" not in str(read(client, "state.jsonld"))
    for outside in ("units/YZ", "units/YZ/history", f"people/{district}"):
        read(client, outside, 404)
    for outside in ("units", "state", "state.jsonld", "people"):
        read(client, outside, 404, under="YZ")
    read(client, "postings", 404, unit="YZ")
    read(token("institution_clerk", "YZ"), "changes/2", 404)


@pytest.mark.parametrize(
    ("query", "status", "field"),
    [({"page": "0"}, 422, "page"), ({"size": "x"}, 422, "size"), ({"on": "昨天"}, 422, "on"),
     ({"known": "-1"}, 422, "known"), ({"on": "2020-13-01"}, 400, "")],
)  # fmt: skip
def test_what_is_wrong_is_said_in_chinese(token, query, status, field):
    problem = read(token(), "units", status, **query)["problems"][0]
    assert problem["field"] == field
    assert "不" in problem["what"]
