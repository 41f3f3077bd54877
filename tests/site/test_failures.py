"""Where an address leads nowhere or is asked in the wrong way, people and programs are told."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.support.cast import browser, user
from tests.support.pages import text

pytestmark = pytest.mark.django_db


def words(response) -> str:
    return text(response.content.decode())


@pytest.mark.parametrize("address", ["/intake/upload", "/people/find", "/intake/1/post"])
def test_a_form_s_address_typed_in_is_a_page_that_says_what_to_do(address):
    """As after logging in again: the browser asks with GET for what had been a form."""
    response = browser("office_clerk").get(address)
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "这个地址不是一页" in words(response)
    assert "Content-Security-Policy" in response


def test_a_form_that_is_not_from_a_page_of_this_login_is_told_in_words():
    client = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    client.force_login(user("office_clerk"))
    response = client.post("/intake/upload")
    assert response.status_code == 403
    assert "这张表单已经失效，没有办理" in words(response)


def test_a_page_that_is_not_there_says_to_check_the_address():
    assert words(browser().get("/nothing/here")).endswith("没有这一页 请核对地址。 回到首页")


@pytest.mark.parametrize(
    ("method", "address", "status", "code"),
    [
        ("post", "/api/units", 405, "read-only"),
        ("delete", "/api/state", 405, "read-only"),
        ("get", "/api/nothing", 404, "not-found"),
    ],
)
def test_programs_are_told_in_the_shape_of_the_api(method, address, status, code):
    response = getattr(browser(), method)(address)
    assert response.status_code == status
    (problem,) = response.json()["problems"]
    assert problem["code"] == code
    assert problem["what"]
    assert problem["do"]
    assert "\\u" not in response.content.decode(), "Chinese as Chinese"


def test_a_failure_behind_the_api_is_a_body_in_words(monkeypatch):
    def fail(request):
        raise RuntimeError("broken inside")

    monkeypatch.setattr("bianzhi.api.entry.ByLogin.authenticate", lambda self, r, k: fail(r))
    client = browser()
    client.raise_request_exception = False
    response = client.get("/api/units")
    assert response.status_code == 500
    assert response.json()["problems"][0]["code"] == "failed"


def chosen(number: int) -> dict[str, list[SimpleUploadedFile]]:
    """So many files selected in the browser, one by one."""
    return {"files": [SimpleUploadedFile(f"{at}.txt", b"x") for at in range(number)]}


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (120, "不是可以导入的文件"),  # read and looked at
        (501, "一次最多导入 500 个文件"),
        (1001, "这次提交收不下，没有办理"),
    ],
)
def test_a_folder_selected_file_by_file_is_taken_or_told_its_limit(number, told):
    response = browser("office_clerk").post("/intake/upload", chosen(number))
    assert response.status_code == 400
    assert told in words(response)
