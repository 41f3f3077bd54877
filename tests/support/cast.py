"""The people of the tests: one user a role, the same everywhere."""

from __future__ import annotations

from django.test import Client

from bianzhi.office.access.models import User
from bianzhi.office.access.roles import ROLES

NAMES = {
    "office_clerk": "经办小周",
    "office_head": "主任老秦",
    "board_secretary": "秘书小董",
    "department_clerk": "部门小文",
    "institution_clerk": "单位小吴",
    "auditor": "审计小申",
    "administrator": "管理员小关",
}
assert NAMES.keys() == ROLES.keys()


def user(role: str, unit: str = "") -> User:
    """The user of a role, made when first asked for; a unit for those confined to one."""
    name = f"{role}-{unit}" if unit else role
    found = User.objects.filter(username=name).first()
    return found or User.objects.make(name, "unusable", role, NAMES[role], unit)


def browser(role: str = "office_head", unit: str = "") -> Client:
    """A browser in which the user of a role is logged in."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(user(role, unit))
    return client
