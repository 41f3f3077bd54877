"""Users: made by the administrator, who sees nothing else."""

from __future__ import annotations

import re

import pytest

from bianzhi.office.access.demo import make_demo_users
from bianzhi.office.access.models import LogEntry, User
from bianzhi.office.access.roles import ROLES
from tests.support.cast import browser, user
from tests.support.console import run
from tests.support.pages import text
from tests.support.register import post_district

pytestmark = pytest.mark.django_db
NEW = {"username": "wen", "name": "文清", "role": "department_clerk", "unit": "JY"}


@pytest.fixture(autouse=True)
def district(db):
    """A small district: a clerk's unit must be one of its units."""
    post_district({"p1": "张小明"})


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"administrator"}))
def test_nobody_else_manages_users(role):
    client = browser(role, "JY" if ROLES[role].own_unit_only else "")
    for answer in (client.get("/access/users"), client.get("/access/user?name=x"),
                   client.post("/access/users", NEW)):  # fmt: skip
        assert answer.status_code == 403
    assert not User.objects.filter(username="wen").exists()


def test_a_new_user_gets_a_password_that_is_shown_once():
    admin = browser("administrator")
    page = admin.post("/access/users", NEW).content.decode()
    password = re.findall(r"<code>([a-z0-9-]+)</code>", page)[0]
    made = User.objects.get(username="wen")
    assert made.check_password(password)
    assert made.must_change
    assert "新建用户 wen" in LogEntry.objects.get(act="users").what
    assert password not in str(list(LogEntry.objects.values()))
    assert password not in admin.get("/access/users").content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"username": " "}, "都要填"),
        ({"username": "administrator"}, "已有用户"),
        ({"role": "king"}, "没有“king”这个角色"),
        ({"unit": ""}, "要写明所属单位"),
        ({"unit": "JX"}, "台账里没有代码为“JX”的单位"),
        ({"unit": "p1"}, "“p1”不是机构"),
        ({"unit": "a\0b"}, "台账里没有代码为"),
        ({"role": "auditor"}, "不写所属单位"),
        ({"name": "长" * 41}, "不超过 40"),
    ],
)
def test_what_is_wrong_is_said(wrong, said):
    answer = browser("administrator").post("/access/users", {**NEW, **wrong})
    assert answer.status_code == 400
    assert said in text(answer.content.decode())
    assert not User.objects.filter(username="wen").exists()


def test_a_closed_user_is_out_at_once_and_may_be_opened_again():
    clerk, admin = browser("office_clerk"), browser("administrator")
    assert clerk.get("/access/account").status_code == 200
    admin.post("/access/user?name=office_clerk", {"do": "close"})
    assert clerk.get("/access/account").status_code == 302
    admin.post("/access/user?name=office_clerk", {"do": "open"})
    assert User.objects.get(username="office_clerk").is_active


def test_another_role_needs_another_login():
    clerk, admin = browser("office_clerk"), browser("administrator")
    admin.post("/access/user?name=office_clerk", {"do": "change", "role": "auditor", "unit": ""})
    assert User.objects.get(username="office_clerk").role == "auditor"
    assert clerk.get("/access/account").status_code == 302


def test_a_changed_unit_must_be_there_too():
    user("department_clerk", "JY")
    form = {"do": "change", "role": "institution_clerk", "unit": "JX"}
    answer = browser("administrator").post("/access/user?name=department_clerk-JY", form)
    assert answer.status_code == 400
    assert "台账里没有代码为“JX”的单位" in text(answer.content.decode())
    assert User.objects.get(username="department_clerk-JY").unit == "JY"


def test_the_last_administrator_stays():
    answer = browser("administrator").post("/access/user?name=administrator", {"do": "close"})
    assert "最后一个" in text(answer.content.decode())
    assert User.objects.get(username="administrator").is_active


def test_a_reset_gives_a_new_password():
    user("auditor")
    page = browser("administrator").post("/access/user?name=auditor", {"do": "reset"})
    password = re.findall(r"<code>([a-z0-9-]+)</code>", page.content.decode())[0]
    assert User.objects.get(username="auditor").check_password(password)


def test_a_user_that_is_none_is_not_found():
    assert browser("administrator").get("/access/user?name=x").status_code == 404


def told(*words):
    """What a command prints as data."""
    return run(*words, "--json").json


def test_the_first_users_are_made_on_the_machine_and_only_once():
    made = told("users", "first")["made"]
    assert [each["username"] for each in made] == ["guanli", "zhuren"]
    assert all(User.objects.get(username=e["username"]).check_password(e["password"]) for e in made)
    assert run("users", "first").code == 1


def test_the_command_line_helps_when_nobody_can_log_in():
    run("users", "first")
    words = ("wu", "--name", "吴桐", "--role", "institution_clerk", "--unit", "YZ")
    made = told("users", "add", *words)["made"][0]
    assert made["unit"] == "YZ"
    assert told("users", "reset", "wu")["made"][0]["password"] != made["password"]
    assert told("users", "disable", "wu")["users"][0]["state"] == "停用"
    assert run("users", "reset", "nobody").code == 1
    assert len(told("users", "list")["users"]) == 3


def test_the_demo_has_one_user_a_role():
    made = make_demo_users("JY", "YZ")
    assert [User.objects.get(username=each.username).role for each in made] == list(ROLES)
    assert {each.unit for each in made} == {"", "JY", "YZ"}
    assert make_demo_users("JY", "YZ") == made
    assert User.objects.count() == len(ROLES)
