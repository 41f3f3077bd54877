"""The users of the demo: one a role. Their passwords are known to all, so only for the demo."""

from __future__ import annotations

from typing import NamedTuple

from bianzhi.office.access.models import User
from bianzhi.office.access.roles import ROLES

PASSWORD = "lanxi-2026"  # noqa: S105 - the demo holds nothing that is true
PEOPLE = {
    "office_clerk": ("bianban", "周敏"),
    "office_head": ("zhuren", "秦岳"),
    "board_secretary": ("mishu", "董文"),
    "department_clerk": ("bumen", "文清"),
    "institution_clerk": ("danwei", "吴桐"),
    "auditor": ("shenji", "申明"),
    "administrator": ("guanli", "关宁"),
}


class DemoUser(NamedTuple):
    """How to log in as somebody."""

    username: str
    password: str
    title: str
    unit: str


def make_demo_users(department: str, institution: str) -> list[DemoUser]:
    """One user a role, made where missing; the two clerks see only the units named by key."""
    units = {"department_clerk": department, "institution_clerk": institution}
    made = []
    for role, (username, name) in PEOPLE.items():
        unit = units.get(role, "")
        if not User.objects.filter(username=username).exists():
            User.objects.make(username, PASSWORD, role, name, unit)
        made.append(DemoUser(username, PASSWORD, ROLES[role].title, unit))
    return made
