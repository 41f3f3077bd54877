"""Who may open what: every address of the site for every role, in one table.

A new address has to be entered here, or the first test fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from bianzhi.office.access.models import Token
from bianzhi.office.access.roles import ROLES
from bianzhi.office.access.seals import seal
from tests.support.cast import browser, user
from tests.support.register import post, post_district

pytestmark = pytest.mark.django_db
# The columns of the table: the roles, and somebody who has not logged in.
COLUMNS = ("office_clerk", "office_head", "board_secretary", "department_clerk",
           "institution_clerk", "auditor", "administrator", "outsider")  # fmt: skip
UNITS = {"department_clerk": "JY", "institution_clerk": "YZ"}
# y may, - is told the role may not (403), x is sent to log in (401 from the API)
READERS = "yyyyyy-x"
IMPORTERS = "yy-----x"
POSTERS = "yyy----x"
OPENERS = "yy-----x"
AUDITORS = "-----y-x"
ADMINISTRATORS = "------yx"
APPLICANTS = "yy-yy--x"
OFFICE = "yy-----x"
DECIDERS = "-yy----x"
OFFICERS = "yyy----x"
ANSWERERS = "yy-yy--x"
ANYBODY = "yyyyyyyx"
EVERYBODY = "yyyyyyyy"
TABLE = {
    "": ("GET /", READERS),
    "units": ("GET /units", READERS),
    "unit": ("GET /unit?code=YZ", READERS),
    "entries": ("GET /entries?holder=YZ&kind=SY", READERS),
    "changes": ("GET /changes", READERS),
    "change": ("GET /change?no=1", READERS),
    "compare": ("GET /compare", READERS),
    "chart": ("GET /chart", READERS),
    "chart/below": ("GET /chart/below?key=YZ", READERS),
    "succession": ("GET /succession", READERS),
    "plan": ("GET /plan?code=YZ", READERS),
    "known": ("GET /known?code=YZ", READERS),
    "access/login": ("GET /access/login", EVERYBODY),
    "access/logout": ("POST /access/logout", ANYBODY),
    "access/code": ("GET /access/code", ANYBODY),
    "access/account": ("GET /access/account", ANYBODY),
    "access/password": ("GET /access/password", ANYBODY),
    "access/everywhere": ("POST /access/everywhere", ANYBODY),
    "access/codes": ("GET /access/codes", ANYBODY),
    "access/tokens": ("POST /access/tokens", ANYBODY),
    "access/users": ("GET /access/users", ADMINISTRATORS),
    "access/user": ("GET /access/user?name=administrator", ADMINISTRATORS),
    "access/log": ("GET /access/log", AUDITORS),
    "intake/": ("GET /intake/", IMPORTERS),
    "intake/upload": ("POST /intake/upload", IMPORTERS),
    "intake/search": ("GET /intake/search?q=编制", IMPORTERS),
    "intake/<int:number>/": ("GET /intake/7/", IMPORTERS),
    "intake/<int:number>/progress": ("GET /intake/7/progress", IMPORTERS),
    "intake/<int:number>/again": ("POST /intake/7/again", IMPORTERS),
    "intake/<int:number>/void": ("POST /intake/7/void", IMPORTERS),
    "intake/<int:number>/sheets/<int:sheet>": ("GET /intake/7/sheets/7", IMPORTERS),
    "intake/<int:number>/sheets/<int:sheet>/correct":
        ("POST /intake/7/sheets/7/correct", IMPORTERS),
    "intake/<int:number>/marked/<int:file>": ("GET /intake/7/marked/7", IMPORTERS),
    "intake/<int:number>/findings": ("GET /intake/7/findings", IMPORTERS),
    "intake/<int:number>/differences": ("GET /intake/7/differences", IMPORTERS),
    "intake/<int:number>/decide": ("POST /intake/7/decide", IMPORTERS),
    "intake/<int:number>/posting": ("GET /intake/7/posting", IMPORTERS),
    "intake/<int:number>/post": ("POST /intake/7/post", IMPORTERS),
    "intake/<int:number>/adopt": ("POST /intake/7/adopt", IMPORTERS),
    "intake/<int:number>/papers/<int:file>": ("GET /intake/7/papers/7", IMPORTERS),
    "intake/<int:number>/papers/<int:file>/correct":
        ("POST /intake/7/papers/7/correct", IMPORTERS),
    "intake/<int:number>/papers/<int:file>/confirm":
        ("POST /intake/7/papers/7/confirm", IMPORTERS),
    "intake/<int:number>/sheets/<int:sheet>/move-back":
        ("POST /intake/7/sheets/7/move-back", IMPORTERS),
    "cases/": ("GET /cases/", READERS),
    "cases/new": ("GET /cases/new", APPLICANTS),
    "cases/batch": ("GET /cases/batch", DECIDERS),
    "cases/batch/next": ("POST /cases/batch/next", DECIDERS),
    "cases/register": ("GET /cases/register", OFFICERS),
    "cases/register/void": ("POST /cases/register/void", DECIDERS),
    "cases/signing": ("GET /cases/signing", OFFICE),
    "cases/signing/head": ("POST /cases/signing/head", DECIDERS),
    "cases/signing/template": ("POST /cases/signing/template", DECIDERS),
    "cases/signing/template/file": ("GET /cases/signing/template/file", OFFICE),
    "cases/signing/limit": ("POST /cases/signing/limit", DECIDERS),
    "cases/certificate": ("GET /cases/certificate?code=YZ", READERS),
    "cases/expire": ("POST /cases/expire", OFFICE),
    "cases/meetings/<int:number>/schedule.pdf":
        ("GET /cases/meetings/7/schedule.pdf", OFFICERS),
    "cases/notices": ("GET /cases/notices", OFFICE),
    "cases/notices/issue": ("POST /cases/notices/issue", OFFICE),
    "cases/notices/<int:number>.<str:form>": ("GET /cases/notices/7.pdf", OFFICE),
    "cases/tickets": ("GET /cases/tickets", READERS),
    "cases/tickets/<str:key>": ("GET /cases/tickets/N202600001", READERS),
    "cases/tickets/end": ("POST /cases/tickets/end", OFFICE),
    "cases/tickets/expire": ("POST /cases/tickets/expire", OFFICE),
    "cases/signing/holiday": ("POST /cases/signing/holiday", OFFICE),
    "cases/meetings/": ("GET /cases/meetings/", OFFICERS),
    "cases/meetings/<int:number>": ("GET /cases/meetings/7", OFFICERS),
    "cases/meetings/<int:number>/attend": ("POST /cases/meetings/7/attend", OFFICERS),
    "cases/meetings/<int:number>/decide": ("POST /cases/meetings/7/decide", DECIDERS),
    "cases/meetings/<int:number>/schedule": ("GET /cases/meetings/7/schedule", OFFICERS),
    "cases/meetings/<int:number>/minutes": ("GET /cases/meetings/7/minutes", OFFICERS),
    "cases/reports/": ("GET /cases/reports/", READERS),
    "cases/reports/<int:year>": ("GET /cases/reports/2024", READERS),
    "cases/reports/<int:year>.<str:form>": ("GET /cases/reports/2024.docx", READERS),
    "cases/<int:number>": ("GET /cases/7", READERS),
    "cases/<int:number>/edit": ("GET /cases/7/edit", READERS),
    "cases/<int:number>/step": ("POST /cases/7/step", READERS),
    "cases/<int:number>/comment": ("POST /cases/7/comment", READERS),
    "cases/<int:number>/attach": ("POST /cases/7/attach", READERS),
    "cases/<int:number>/attachments/<int:file>": ("GET /cases/7/attachments/7", READERS),
    "cases/<int:number>/draft": ("GET /cases/7/draft", READERS),
    "cases/<int:number>/issue": ("POST /cases/7/issue", READERS),
    "cases/<int:number>/again": ("POST /cases/7/again", READERS),
    "cases/<int:number>/paper.<str:form>": ("GET /cases/7/paper.pdf", READERS),
    "findings/": ("GET /findings/", READERS),
    "findings/finding": ("GET /findings/finding?rule=CK-01", READERS),
    "findings/finding/answer": ("POST /findings/finding/answer", ANSWERERS),
    "findings/gone": ("GET /findings/gone", READERS),
    "findings/trend": ("GET /findings/trend", READERS),
    "findings/keep": ("POST /findings/keep", POSTERS),
    "survey/diagnosis": ("GET /survey/diagnosis", OFFICE),
    "survey/diagnosis/unit": ("GET /survey/diagnosis/unit?code=YZ", OFFICE),
    "survey/diagnosis/judge": ("POST /survey/diagnosis/judge", OFFICE),
    "survey/rounds": ("GET /survey/rounds", OFFICE),
    "survey/rounds/new": ("GET /survey/rounds/new", OFFICE),
    "survey/rounds/<int:number>": ("GET /survey/rounds/7", OFFICE),
    "survey/rounds/<int:number>/remind": ("POST /survey/rounds/7/remind", OFFICE),
    "survey/rounds/<int:number>/change": ("POST /survey/rounds/7/change", OFFICE),
    "survey/rounds/<int:number>/workbooks": ("GET /survey/rounds/7/workbooks", OFFICE),
    "survey/rounds/<int:number>/take": ("POST /survey/rounds/7/take", OFFICE),
    "survey/rounds/<int:number>/answers": ("GET /survey/rounds/7/answers", OFFICE),
    "survey/rounds/<int:number>/attach": ("POST /survey/rounds/7/attach", OFFICE),
    "survey/rounds/<int:number>/files/<int:file>": ("GET /survey/rounds/7/files/7", OFFICE),
    "survey/rounds/<int:number>/interviews": ("GET /survey/rounds/7/interviews", OFFICE),
    "survey/mine": ("GET /survey/mine", ANSWERERS),
    "survey/questionnaires": ("GET /survey/questionnaires", OFFICE),
    "survey/questionnaires/text": ("GET /survey/questionnaires/text", OFFICE),
    "survey/sheets/<int:number>/fill": ("GET /survey/sheets/7/fill", ANSWERERS),
    "survey/sheets/<int:number>/attach": ("POST /survey/sheets/7/attach", ANSWERERS),
    "survey/sheets/<int:number>/files/<int:file>": ("GET /survey/sheets/7/files/7", ANSWERERS),
    "survey/sheets/<int:number>/workbook": ("GET /survey/sheets/7/workbook", ANSWERERS),
    "survey/sheets/<int:number>/take": ("POST /survey/sheets/7/take", ANSWERERS),
    "survey/taken/<int:number>": ("GET /survey/taken/7", ANSWERERS),
    "survey/sheets/<int:number>": ("GET /survey/sheets/7", ANSWERERS),
    "survey/sheets/<int:number>/decide": ("POST /survey/sheets/7/decide", OFFICE),
    "survey/answers/<path:answer>": ("GET /survey/answers/7:duties:d1", ANSWERERS),
    "survey/picture": ("GET /survey/picture", OFFICE),
    "survey/report": ("GET /survey/report", OFFICE),
    "survey/report.<str:form>": ("GET /survey/report.docx", OFFICE),
    "survey/report/figure": ("GET /survey/report/figure?name=units", OFFICE),
    "survey/problems": ("GET /survey/problems", OFFICE),
    "survey/problems/quotes": ("GET /survey/problems/quotes", OFFICE),
    "survey/problems/decide": ("POST /survey/problems/decide", OFFICE),
    "findings/packs": ("GET /findings/packs", READERS),
    "findings/packs/upload": ("POST /findings/packs/upload", OFFICE),
    "findings/packs/choose": ("POST /findings/packs/choose", OFFICE),
    "findings/packs/text": ("GET /findings/packs/text?key=nation", OFFICE),
    "people/": ("GET /people/", READERS),
    "people/find": ("POST /people/find", READERS),
    "people/full": ("POST /people/full", OPENERS),
    "people/person": ("GET /people/person?code=zhang", READERS),
    "people/secret": ("POST /people/secret code=zhang", OPENERS),
    "people/ages": ("GET /people/ages", READERS),
    "people/move": ("GET /people/move", POSTERS),
    "api/openapi.json": ("GET /api/openapi.json", EVERYBODY),
    "api/": ("GET /api/", EVERYBODY),
    "api/units": ("GET /api/units", READERS),
    "api/units/<code>": ("GET /api/units/YZ", READERS),
    "api/units/<code>/history": ("GET /api/units/YZ/history", READERS),
    "api/state": ("GET /api/state", READERS),
    "api/state.jsonld": ("GET /api/state.jsonld", READERS),
    "api/changes": ("GET /api/changes", READERS),
    "api/changes/<no>": ("GET /api/changes/1", READERS),
    "api/postings": ("GET /api/postings", READERS),
    "api/people": ("GET /api/people", READERS),
    "api/people/<code>": ("GET /api/people/zhang", READERS),
}  # fmt: skip
# Whoever may is told that there is no such delivery, matter or finding, and no page of the API's
# root.
MISSING = ("intake/<int", "cases/<int", "cases/meetings/<int", "cases/notices/<int",
           "cases/tickets/<str", "findings/finding", "survey/diagnosis/",
           "survey/sheets/<int", "survey/answers/", "survey/rounds/<int",
           "survey/taken/")  # fmt: skip
ROOT = "api/"
# Something outside one's own units, by every address that names a thing.
OUTSIDE = (
    "/unit?code=NJ", "/entries?holder=NJ&kind=SY", "/chart/below?key=NJ", "/known?code=NJ",
    "/succession?code=NJ", "/people/?under=NJ", "/people/person?code=wang", "/people/ages?under=NJ",
    "/api/units/NJ", "/api/units/NJ/history", "/api/people/wang", "/change?no=2", "/api/changes/2",
    "/cases/certificate?code=NJ",
)  # fmt: skip


@pytest.fixture(autouse=True)
def district(db, settings, tmp_path):
    """张 in the school below the bureau of education; 王 in a centre below another bureau."""
    settings.CACHE_DIR = tmp_path
    post_district({"zhang": "张小明"}, "YZ")
    post({"change": {"kind": "opening", "by": "测试", "note": "农技"}},
         {"do": "上编", "person": "wang", "name": "王五", "org": "NJ", "kind": "SY",
          "funding": "full", "on": "2020-01-01"})  # fmt: skip


def patterns(resolver: Any = None, before: str = "") -> Iterator[str]:
    """Every address pattern of the site."""
    for each in (resolver or get_resolver()).url_patterns:
        pattern = before + str(each.pattern)
        if hasattr(each, "url_patterns"):
            yield from patterns(each, pattern)
        else:
            yield pattern


def client(column: str) -> Client:
    """A browser of somebody."""
    if column == "outsider":
        return Client(SERVER_NAME="localhost")
    return browser(column, UNITS.get(column, ""))


def asked(column: str, call: str) -> Any:
    """The answer to a line of the table."""
    method, address, *fields = call.split(" ")
    one = client(column)
    if method == "GET":
        return one.get(address)
    return one.post(address, dict(field.split("=") for field in fields))


def verdict(column: str, call: str) -> str:
    """The mark of an answer."""
    answer = asked(column, call)
    sent_away = answer.status_code == 302 and answer["Location"].startswith("/access/login?next=")
    if answer.status_code == 401 or sent_away:
        return "x"
    return "-" if answer.status_code == 403 else "y"


def test_the_table_has_every_address_and_every_role():
    assert set(patterns()) == set(TABLE)
    assert set(COLUMNS) == {*ROLES, "outsider"}


@pytest.mark.parametrize("pattern", TABLE)
def test_each_role_opens_what_the_table_says(pattern):
    call, marks = TABLE[pattern]
    assert "".join(verdict(column, call) for column in COLUMNS) == marks


@pytest.mark.parametrize(
    "pattern", [each for each in TABLE if not each.startswith(MISSING) and each != ROOT]
)
def test_what_the_table_asks_for_is_there(pattern):
    """A mark says nothing of an address that answers nobody."""
    call, marks = TABLE[pattern]
    status = asked(COLUMNS[marks.index("y")], call).status_code
    assert status in ((200, 302) if call.startswith("GET") else (200, 302, 400)), status


@pytest.mark.parametrize("address", OUTSIDE)
def test_a_confined_user_opens_nothing_outside(address):
    assert client("office_clerk").get(address).status_code == 200
    for column in UNITS:
        answer = client(column).get(address)
        assert answer.status_code in (403, 404), column
        assert "农技" not in answer.content.decode()
        assert "王五" not in answer.content.decode()


@pytest.mark.parametrize("address", ["/units", "/people/", "/changes", "/api/units", "/api/people",
                                     "/api/state", "/api/state.jsonld", "/api/postings",
                                     "/api/changes", "/compare", "/chart", "/"])  # fmt: skip
def test_no_list_of_a_confined_user_has_anything_outside(address):
    for column in UNITS:
        shown = client(column).get(address, {"on": "2020-06-01"}).content.decode()
        assert not {each for each in ("农技中心", "农业局", "王五", "wang") if each in shown}, (
            column
        )


def test_a_token_lets_a_program_do_what_its_user_may_and_no_more():
    """The API by token asks the same function as the pages."""
    for column, unit in (("administrator", ""), ("institution_clerk", "YZ")):
        Token.objects.create(user=user(column, unit), title="测试", digest=seal(f"token-{column}"),
                             made_at="2026-01-05T08:00:00Z")  # fmt: skip
    one = Client(SERVER_NAME="localhost")
    admin = {"authorization": "Bearer token-administrator"}
    clerk = {"authorization": "Bearer token-institution_clerk"}
    assert one.get("/api/units", headers=admin).status_code == 403
    assert one.get("/api/units/YZ", headers=clerk).status_code == 200
    assert one.get("/api/units/NJ", headers=clerk).status_code == 404
