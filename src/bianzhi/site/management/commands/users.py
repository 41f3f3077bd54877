"""``bianzhi users``: the first users of an installation, and help when nobody can log in."""

from __future__ import annotations

import argparse
from typing import Any

from bianzhi.core.errors import Refusal
from bianzhi.office.access import enrolling
from bianzhi.office.access.models import User
from bianzhi.office.access.roles import ROLES
from bianzhi.site import console
from bianzhi.site.console import OK, aligned

DEEDS = {
    "list": "列出全部用户",
    "first": "新装好时建立系统管理员和编办负责人",
    "add": "新建一个用户",
    "reset": "重置密码和动态码，解除锁定",
    "disable": "停用",
    "enable": "启用",
}
FIRST = (("guanli", "系统管理员", "administrator"), ("zhuren", "编办负责人", "office_head"))


class Command(console.Command):
    """Manage users from the machine itself."""

    help = "用户：" + "；".join(f"{word} {told}" for word, told in DEEDS.items())
    undone = "没有办理"

    def arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("deed", choices=list(DEEDS), metavar="办什么", help="/".join(DEEDS))
        parser.add_argument(
            "username", nargs="?", default="", metavar="用户名", help="除 list、first 外都要写"
        )
        parser.add_argument("--name", default="", metavar="姓名", help="新用户的姓名")
        roles = "、".join(f"{role.code} {role.title}" for role in ROLES.values())
        parser.add_argument("--role", default="", metavar="角色", help=f"新用户的角色：{roles}")
        parser.add_argument("--unit", default="", metavar="单位", help="只看本单位的角色：单位代码")

    def work(self, **options: Any) -> tuple[int, Any]:
        deed, by = options["deed"], console.operator()
        if deed == "list":
            return OK, {"users": [_told(user) for user in User.objects.order_by("username")]}
        if deed == "first":
            return OK, {"made": _first(by)}
        if deed == "add":
            user, password = enrolling.enroll(
                options["username"], options["name"], options["role"], options["unit"], by=by
            )
            return OK, {"made": [{**_told(user), "password": password}]}
        user = _found(options["username"])
        if deed == "reset":
            return OK, {"made": [{**_told(user), "password": enrolling.reset(user, by=by)}]}
        enrolling.set_active(user, deed == "enable", by=by)
        return OK, {"users": [_told(user)]}

    def show(self, result: Any) -> None:
        people = result.get("made") or result["users"]
        for line in aligned([[str(cell) for cell in each.values()] for each in people]):
            self.say(line)
        if "made" in result:
            self.say("末列是初始密码，只显示这一次；首次登录必须改。")
        elif not people:
            self.say("还没有用户：运行 bianzhi users first")


def _first(by: str) -> list[dict[str, str]]:
    if User.objects.exists():
        raise Refusal.of(
            "users-exist",
            "已经有用户了",
            "请用 bianzhi users list 查看，用 add 新建，用 reset 重置",
        )
    made = (enrolling.enroll(username, name, role, by=by) for username, name, role in FIRST)
    return [{**_told(user), "password": password} for user, password in made]


def _found(username: str) -> User:
    user = User.objects.filter(username=username).first()
    if user is None:
        raise Refusal.of(
            "unknown-user",
            f"没有用户“{username}”",
            "请用 bianzhi users list 查看",
            field="username",
        )
    return user


def _told(user: User) -> dict[str, str]:
    return {
        "username": user.username, "name": user.name, "role": user.has.title, "unit": user.unit,
        "state": "启用" if user.is_active else "停用",
    }  # fmt: skip
